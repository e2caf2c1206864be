# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""stop.py PID: end a process and wait until it is gone."""

from __future__ import annotations

import os
import signal
import sys
import time

PATIENCE = 10  # seconds


def gone(pid: int) -> bool:
    """Whether a process has ended, be it that nobody has taken note of its end yet."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
            return stat.read().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


def main(pid: int) -> int:
    """SIGTERM, then patience."""
    os.kill(pid, signal.SIGTERM)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if gone(pid):
            return 0
        time.sleep(0.02)
    print(f"Process {pid} is still there {PATIENCE} seconds after SIGTERM.")
    return 1


sys.exit(main(int(sys.argv[1])))
