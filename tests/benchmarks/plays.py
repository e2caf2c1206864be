# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Playbooks as data, and what it costs to play them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from static_server import ASSISTANT

KEY = "sk-test-0123456789"
Json = dict[str, Any]


@dataclass(frozen=True)
class Cost:
    """What one command took."""

    seconds: float
    busy: float
    """The seconds of a processor that it took, with all its processes."""

    megabytes: float
    """The largest resident size that any process of the command had."""

    output: str


def cost_of(command: Sequence[str]) -> Cost:
    """Runs a command to its end. Raises SystemExit with what it said if it fails."""
    with tempfile.TemporaryFile("w+") as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        _pid, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        said = output.read()
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{said}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6, said)


class Player:
    """Plays tasks on this machine, against one server."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.url = url

    def play(self, *tasks: Json, in_process: bool = True, changed: int = 0) -> Cost:
        """Plays tasks of which as many must change something as told."""
        connection = {"base_url": self.url, "api_key": KEY}
        switches = {
            "ansible_python_interpreter": "{{ ansible_playbook_python }}",
            "aiops_openai_in_process": in_process,
        }
        playbook = self.folder / "playbook.yml"
        play = {"hosts": "localhost", "connection": "local", "gather_facts": False, "vars": switches}
        defaults = {"module_defaults": {"group/aiops.openai.openai": connection}}
        playbook.write_text(json.dumps([{**play, **defaults, "tasks": list(tasks)}]), encoding="utf-8")
        cost = cost_of(["ansible-playbook", "-i", "localhost,", str(playbook)])
        if tasks and f"changed={changed} " not in cost.output:
            sys.exit(f"The play was to have changed={changed}:\n{cost.output}")
        return cost

    def uri(self, number: int | str = "{{ item }}") -> Json:
        """A task that reads an assistant."""
        headers = {"Authorization": f"Bearer {KEY}"}
        return {"ansible.builtin.uri": {"url": f"{self.url}/assistants/asst_{number}", "headers": headers}}


def by_id(number: int | str = "{{ item }}") -> Json:
    """A task that finds an assistant as it should be, by its id."""
    return assistant(assistant_id=f"asst_{number}", **ASSISTANT)


def by_name(number: int | str = "{{ item }}") -> Json:
    """The same by its name."""
    return assistant(name=f"Assistant {number}", **ASSISTANT)


def assistant(**options: Any) -> Json:
    """A task for an assistant."""
    return {"aiops.openai.openai_assistant": options}


def assistants(count: int, **options: Any) -> Json:
    """A task for a set of them."""
    every = [{"name": f"Assistant {number}", **ASSISTANT} for number in range(1, count + 1)]
    return {"aiops.openai.openai_assistants": {"assistants": every, **options}}


def thread(**options: Any) -> Json:
    """A task for a thread."""
    return {"aiops.openai.openai_thread": options}


def messages(count: int) -> Json:
    """A task that lists the messages of a thread that holds as many."""
    options = {"thread_id": f"thread_{count}", "max_items": max(count, 1)}
    return {"aiops.openai.openai_thread_message_info": options, "register": "listed"}


def debug(said: Any = "asst_{{ item }}") -> Json:
    """A task that does nothing but say something, if only at -vvv where that is long."""
    return {"ansible.builtin.debug": {"msg": said, "verbosity": 0 if isinstance(said, str) else 3}}


def loop(task: Json, count: int) -> Json:
    """The task, as many times as told."""
    return {**task, "loop": f"{{{{ range(1, {count} + 1) | list }}}}"}
