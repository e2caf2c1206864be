# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""stop.py PID: end a process, by force if it does not listen, and wait until it is gone."""

from __future__ import annotations

import os
import signal
import sys
import time

PATIENCE = 5  # seconds for each signal


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


def ends(pid: int, *signals: int) -> bool:
    """Send the signals; whether the process is gone a little later."""
    try:
        for number in signals:
            os.kill(pid, number)
    except ProcessLookupError:
        return True
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if gone(pid):
            return True
        time.sleep(0.02)
    return False


def main(pid: int) -> int:
    """SIGTERM, heard by a suspended process once it goes on; then SIGKILL."""
    try:
        ended = ends(pid, signal.SIGTERM, signal.SIGCONT) or ends(pid, signal.SIGKILL)
    except OSError as error:
        print(f"Process {pid} cannot be ended: {error.strerror}.")
        return 1
    if not ended:
        print(f"Process {pid} is still there {PATIENCE} seconds after SIGKILL.")
    return not ended


sys.exit(main(int(sys.argv[1])))
