# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ctrl-C, and the signal that ends a job: the play ends soon, without a traceback, and nothing is half done."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from local_server import PATIENCE, LocalApi
from stage import BIN, Stage

PLAYBOOK = """\
- hosts: all
  gather_facts: false
  module_defaults:
    group/aiops.openai.openai:
      base_url: "{{ url }}"
      api_key: sk-interrupted
  tasks:
    - name: Have an assistant
      aiops.openai.openai_assistant:
        name: A
        model: m
      register: made
    - name: Run it
      aiops.openai.openai_thread_run:
        assistant_id: "{{ made.assistant.id }}"
        thread: {messages: [{role: user, content: Hello}]}
        stream: "{{ stream | default(false) }}"
    - name: Be never reached
      aiops.openai.openai_thread:
"""


def waiting(api: LocalApi) -> Callable[[], bool]:
    """The run hangs, and is asked for again and again."""
    api.control("POST", "/next_run", {"outcome": "hang"})
    return lambda: any(method == "GET" and "/runs/" in path for method, path in api.requests())


def streaming(api: LocalApi) -> Callable[[], bool]:
    """The run hangs, and so do its events."""
    api.control("POST", "/next_run", {"outcome": "hang"})
    return lambda: ("POST", "/threads/runs") in api.requests()


def retrying(api: LocalApi) -> Callable[[], bool]:
    """The server asks for half a minute."""
    api.control(
        "POST", "/faults", {"path": "/threads/runs", "status": 429, "headers": {"retry-after": 30}, "times": 99}
    )
    return lambda: ("POST", "/threads/runs") in api.requests()


@pytest.fixture
def api(playbook_api: LocalApi) -> Iterator[LocalApi]:
    playbook_api.control("POST", "/reset")
    yield playbook_api
    playbook_api.control("POST", "/reset")


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "by module"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("busy", [waiting, streaming, retrying])
def test_it_ends(
    stage: Stage, api: LocalApi, busy: Callable[[LocalApi], Callable[[], bool]], number: int, in_process: bool
) -> None:
    is_busy = busy(api)
    variables: dict[str, Any] = {"url": api.url, "stream": busy is streaming, "aiops_openai_in_process": in_process}
    stage.prepare(PLAYBOOK, {"here": variables})
    play = subprocess.Popen(
        [sys.executable, str(BIN / "ansible-playbook"), "-i", "hosts.json", "playbook.yml"],
        cwd=stage.folder,
        env=stage.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        until(is_busy, "the play has not come so far")
        # A terminal tells the whole group of a Ctrl-C; who ends a job tells its first process.
        (os.killpg if number == signal.SIGINT else os.kill)(play.pid, number)
        output, _errors = play.communicate(timeout=PATIENCE)
        until(lambda: not processes_of(stage), "something of the play is left")
    finally:
        for pid in processes_of(stage):
            os.kill(pid, signal.SIGKILL)
    assert play.returncode != 0
    assert "Traceback" not in output
    assert "Be never reached" not in output
    made = [one for one in api.requests() if one[0] == "POST"]
    assert made.count(("POST", "/threads/runs")) == 1


def until(true: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, otherwise
        time.sleep(0.05)


def processes_of(stage: Stage) -> list[int]:
    """Everything that runs in the play's environment."""
    mark = str(stage.folder).encode()
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):  # it has ended, or is another user's
            if mark in environment.read_bytes():
                found.append(int(environment.parent.name))
    return found
