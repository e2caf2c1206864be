# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What requests that go out side by side have in common: they hold off together, and retry out of one purse."""

from __future__ import annotations

import threading
import time


class Pace:
    """The pace of up to `parallel` requests at a time, each of which may be retried `max_retries` times on its own.

    A server that is down would be asked that often for each of a thousand objects. So all of them together have no more
    retries than `parallel` at a time would have; each success earns one back.
    """

    def __init__(self, parallel: int, max_retries: int) -> None:
        self._lock = threading.Lock()
        self._most = self._left = parallel * max_retries
        self._until = 0.0

    def hold(self, seconds: float) -> None:
        """Has every request wait that long from now: one of them was told to."""
        with self._lock:
            self._until = max(self._until, time.monotonic() + seconds)

    def left(self) -> float:
        """The seconds that a request still has to wait; none if they are not more than zero."""
        return self._until - time.monotonic()

    def spend(self) -> bool:
        """Takes one retry out of the purse; returns whether there was one."""
        with self._lock:
            self._left -= 1
            return self._left >= 0

    def earn(self) -> None:
        """Puts one back."""
        with self._lock:
            self._left = min(self._most, max(self._left, 0) + 1)
