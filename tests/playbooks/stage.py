# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plays playbooks, and tells which hosts needed a Python of their own for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Any

HERE = Path(__file__).resolve().parent
CALLBACKS = HERE.parent / "tools" / "callback"
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Played:
    """How a playbook went."""

    status: int
    output: str
    results: Mapping[tuple[str, str], Any]
    """What the display was given of each task of this collection, by host and task name."""

    pythons: Counter[str]
    """How many Pythons were started for the host: none at all if everything was in process."""

    def succeeded(self) -> Played:
        """Itself, if nothing failed."""
        assert self.status == 0, self.output
        return self


class Stage:
    """A folder with an inventory and playbooks. Each host has a Python that counts its starts."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.results = folder / "results.jsonl"
        self.starts = folder / "starts"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "ANSIBLE_"))},
            "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}",
            "ANSIBLE_COLLECTIONS_PATH": os.environ["ANSIBLE_COLLECTIONS_PATH"],
            "ANSIBLE_HOME": str(folder / "home"),
            "ANSIBLE_ASYNC_DIR": str(folder / "home" / "async"),
            "ANSIBLE_LOCAL_TEMP": str(folder / "home" / "local"),
            "ANSIBLE_REMOTE_TEMP": str(folder / "home" / "remote"),
            "ANSIBLE_CALLBACK_PLUGINS": str(CALLBACKS),
            "ANSIBLE_CONNECTION_PLUGINS": str(HERE / "plugins" / "connection"),
            "ANSIBLE_HOST_KEY_CHECKING": "false",
            "ANSIBLE_FORKS": "20",
            "ANSIBLE_NOCOLOR": "true",
            "ANSIBLE_RETRY_FILES_ENABLED": "false",
            "AIOPS_OPENAI_LEDGER": str(folder / "ledger" / "ledger.sqlite"),
            "AIOPS_OPENAI_RESULTS": str(self.results),
            "LC_ALL": "C.UTF-8",
        }
        self.variables = {"url": url, "ansible_connection": "local"}

    def python(self, host: str, before: str | None) -> str:
        """A script that notes that a Python is started for the host, runs what is to be before, and is that Python."""
        note = f"echo {quote(host)} >>{quote(str(self.starts))}"
        python = f'exec {quote(sys.executable)} "$@"'
        return str(self.script(f"python-{host}", "\n".join([note, before or "", python])))

    def script(self, name: str, content: str) -> Path:
        """An executable shell script."""
        script = self.folder / name
        script.write_text(f"#!/bin/sh\n{content}\n")
        script.chmod(0o755)
        return script

    def file(self, name: str, content: Any) -> Path:
        """A file of YAML, of which JSON is a part."""
        path = self.folder / name
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    def play(
        self,
        playbook: str,
        hosts: Mapping[str, Mapping[str, Any]],
        *arguments: str,
        environment: Mapping[str, str] | None = None,
    ) -> Played:
        """Play it for these hosts, which have these variables."""
        self.prepare(playbook, hosts)
        done = subprocess.run(
            [sys.executable, str(BIN / "ansible-playbook"), "-i", "hosts.json", "playbook.yml", *arguments],
            cwd=self.folder,
            env={**self.environment, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=600,
            check=False,
        )
        return Played(done.returncode, done.stdout, self._results(), self._starts())

    def prepare(self, playbook: str, hosts: Mapping[str, Mapping[str, Any]]) -> None:
        """Write the inventory and the playbook, and forget what was before."""
        for left in (self.results, self.starts):
            left.unlink(missing_ok=True)
        inventory = {
            name: {**self.variables, **own, "ansible_python_interpreter": self.python(name, own.get("before"))}
            for name, own in hosts.items()
        }
        self.file("hosts.json", {"all": {"hosts": inventory}})
        self.file("playbook.yml", playbook)

    def _results(self) -> dict[tuple[str, str], Any]:
        if not self.results.exists():
            return {}
        lines = [json.loads(line) for line in self.results.read_text().splitlines()]
        return {(line["host"], line["task"]): {**line["result"], "ending": line["ending"]} for line in lines}

    def _starts(self) -> Counter[str]:
        return Counter(self.starts.read_text().split() if self.starts.exists() else [])
