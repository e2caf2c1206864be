# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""start.py PID_FILE LOG PACKAGE HEALTH_URL COMMAND..., with two lines on standard input, empty or not.

The lines are the required key, and the key of the model's server.

Start local_api detached from this session, note its process id, and wait until it answers. It has no parent here
once this script ends, so nothing is left behind when it ends. If it does not answer, show what it logged last.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request

PATIENCE = 30  # seconds
LAST_LINES = 20


def answers(url: str) -> bool:
    """Whether local_api is up; asked without any proxy."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def wait(process: subprocess.Popen[bytes], url: str) -> bool:
    """Until it answers, ends, or patience does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        if answers(url):
            return True
        time.sleep(0.05)
    return False


def main(pid_file: str, log: str, package: str, url: str, *command: str) -> int:
    """Start it."""
    environment = {**os.environ, "PYTHONPATH": package, "PYTHONUNBUFFERED": "1"}
    for name in ("LOCAL_API_REQUIRE_KEY", "LOCAL_API_MODEL_KEY"):
        environment[name] = sys.stdin.readline().strip()
    with open(log, "wb") as output:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd="/",
            start_new_session=True,
        )
    with open(pid_file, "w", encoding="ascii") as file:
        file.write(f"{process.pid}\n")
    if wait(process, url):
        return 0
    process.kill()
    process.wait()
    os.remove(pid_file)
    with open(log, encoding="utf-8", errors="replace") as lines:
        print("".join(lines.readlines()[-LAST_LINES:]), end="")
    return 1


sys.exit(main(*sys.argv[1:]))
