# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waiting for an object to come to a stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from typing import Any

from ..api.client import Answer, Client
from ..api.errors import OpenAIError
from ..api.models import received

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 5.0


class WaitTimeout(OpenAIError):
    """The object has not come to a stop in time; `wire_object` is it as last read."""

    def __init__(self, wire_object: dict[str, Any], timeout: float) -> None:
        state = f"{wire_object['id']} is still {wire_object['status']}"
        super().__init__(f"{state} after {timeout:g} seconds (wait_timeout)")
        self.wire_object = wire_object


def until_stopped(
    client: Client,
    path: str,
    wire_object: dict[str, Any],
    moving: Collection[str],
    timeout: float,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] = time.sleep,
) -> dict[str, Any]:
    """Reads the object at `path` until its status is none of `moving`; returns it as last read.

    Pauses as long as the server asks (`openai-poll-after-ms`), else from 0.5 up to 5 seconds.
    Raises WaitTimeout, carrying the object, after `timeout` seconds.
    """
    deadline = clock() + timeout
    pause = FIRST_PAUSE
    while wire_object["status"] in moving:
        left = deadline - clock()
        if left <= 0:
            raise WaitTimeout(wire_object, timeout)
        sleep(min(pause, left))
        answer = client.get(path)
        wire_object = received(answer, wire_object["object"])
        pause = _asked_pause(answer) or min(pause * 2, LONGEST_PAUSE)
    return wire_object


def _asked_pause(answer: Answer) -> float | None:
    try:
        return max(0.05, float(answer.headers["openai-poll-after-ms"]) / 1000)
    except (KeyError, ValueError):
        return None
