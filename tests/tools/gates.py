# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run gates (targets of the Makefile), two at a time: python gates.py GATE...

A gate that passes takes one line, pytest's count included; a gate that fails shows the end of its log.
The logs stay in .build/log.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import processes
import tree

AT_ONCE = 2
MOST = 200  # lines of a failing gate's log that are shown
LOGS = tree.ROOT / ".build" / "log"
PYTEST_COUNT = re.compile(r"^.*\d+ passed.* in [\d.]+s.*$", re.MULTILINE)


class Gate(NamedTuple):
    name: str
    log: Path
    process: subprocess.Popen[bytes]
    started: float


def start(name: str) -> Gate:
    log = LOGS / f"{name}.log"
    # MAKEFLAGS would tie this make to the job server of the one above.
    env = {key: value for key, value in os.environ.items() if key not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    command = [env.get("MAKE", "make"), "--no-print-directory", f"PYTHON={sys.executable}", name]
    with open(log, "wb") as output:
        process = subprocess.Popen(
            command, cwd=tree.ROOT, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        )
    return Gate(name, log, process, time.monotonic())


def report(gate: Gate) -> bool:
    """Print how a gate ended, and return whether it passed."""
    passed = gate.process.returncode == 0
    log = gate.log.read_text(errors="replace").rstrip()
    if not passed:
        lines = log.splitlines()
        left_out = f"({len(lines) - MOST} lines before are in {gate.log.relative_to(tree.ROOT)})\n"
        shown = "\n".join(lines[-MOST:])
        print(f"----- {gate.name} failed, its log:\n{left_out if len(lines) > MOST else ''}{shown}\n-----")
    elif counts := PYTEST_COUNT.findall(log):
        print(counts[-1])
    print(f"{'ok  ' if passed else 'FAIL'} {gate.name:<12} {time.monotonic() - gate.started:6.1f} s", flush=True)
    return passed


def main(names: list[str]) -> int:
    LOGS.mkdir(parents=True, exist_ok=True)
    waiting = list(names)
    running: list[Gate] = []
    failed = []
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            running.append(start(waiting.pop(0)))
        time.sleep(0.1)
        for gate in [gate for gate in running if gate.process.poll() is not None]:
            running.remove(gate)
            if not report(gate):
                failed.append(gate.name)
    if failed:
        print(f"Failed: {', '.join(failed)}.")
        return 1
    print(f"All {len(names)} gates passed.")
    return 0


if __name__ == "__main__":
    try:
        with processes.nothing_left_behind():
            sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
