# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run a command, and leave none of its processes behind: python processes.py COMMAND [ARGUMENT...].

A playbook that is interrupted does not reach its `always:` blocks, so a server it started in the background
would live on. On Linux a process can ask to become the parent of all orphans below it; what is still there when
the command has ended is stopped. Elsewhere only the command itself is.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

PR_SET_CHILD_SUBREAPER = 36
PATIENCE = 5.0  # seconds between asking a process to stop and stopping it


@contextlib.contextmanager
def nothing_left_behind() -> Iterator[None]:
    """Stop all processes that were started inside the block and outlive it, also when it is interrupted."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        _stop_children()


class Command(NamedTuple):
    """What to run; with a log, what it says goes there."""

    words: Sequence[str]
    cwd: Path | None = None
    env: dict[str, str] | None = None
    log: Path | None = None


def run(command: Sequence[str], cwd: Path | None = None, env: dict[str, str] | None = None) -> int:
    """Run the command and return its exit code; 130 when interrupted."""
    return run_all([Command(command, cwd, env)])[0]


def run_all(commands: Sequence[Command]) -> list[int]:
    """Run commands side by side and return their exit codes; 130 for all when interrupted."""
    with nothing_left_behind():
        running = [_start(command) for command in commands]
        try:
            return [process.wait() for process in running]
        except KeyboardInterrupt:
            # A Ctrl-C in the terminal has reached the commands as well: let them say their last words.
            for process in running:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(PATIENCE)
            return [130] * len(commands)


def _start(command: Command) -> subprocess.Popen[bytes]:
    if command.log is None:
        return subprocess.Popen(command.words, cwd=command.cwd, env=command.env)
    with open(command.log, "wb") as log:
        return subprocess.Popen(command.words, cwd=command.cwd, env=command.env, stdout=log, stderr=subprocess.STDOUT)


def _leave(number: int, frame: object) -> None:
    raise SystemExit(128 + number)


def _stop_children() -> None:
    deadline = time.monotonic() + PATIENCE
    asked: set[int] = set()
    while children := _children():
        for pid in children:
            with contextlib.suppress(ProcessLookupError):
                if time.monotonic() > deadline:
                    os.kill(pid, signal.SIGKILL)
                elif pid not in asked:
                    os.kill(pid, signal.SIGTERM)
                    asked.add(pid)
        time.sleep(0.05)


def _children() -> list[int]:
    """Return this process's living children, after clearing away the dead ones."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    children = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            # "pid (name) state parent ...": the name may hold spaces and parentheses.
            parent = stat.read_text(errors="replace").rpartition(")")[2].split()[1]
            if int(parent) == os.getpid():
                children.append(int(stat.parent.name))
    return children


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
