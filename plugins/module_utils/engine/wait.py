# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Waiting for an object to come to a stop."""

from __future__ import annotations

import time
from collections.abc import Collection
from typing import Any

from ..api.client import Answer, Client
from ..api.errors import OpenAIError, OutOfTime
from .write import Check

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 5.0


class Deadline:
    """A number of seconds, counted from now."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """The seconds that are left, negative once it has passed."""
        return self._end - time.monotonic()


class WaitTimeout(OpenAIError):
    """An object has not come to a stop in time; the failure's result holds it as last seen."""

    def __init__(self, wire_object: dict[str, Any], deadline: Deadline, result_key: str) -> None:
        state = f"{wire_object['id']} is still {wire_object['status']}"
        super().__init__(f"{state} after {deadline.seconds:g} seconds (wait_timeout)")
        self.result = {result_key: wire_object}


def until_stopped(
    client: Client,
    path: str,
    checked: Check,
    wire_object: dict[str, Any],
    moving: Collection[str],
    deadline: Deadline,
    result_key: str,
) -> dict[str, Any]:
    """Reads the object at `path` until its status is none of `moving`; returns it as last read.

    Pauses as long as the server asks (`openai-poll-after-ms`), else from 0.5 up to 5 seconds.
    Raises WaitTimeout, carrying the object as `result_key`, once the deadline has passed.
    """
    pause = FIRST_PAUSE
    while wire_object["status"] in moving:
        if deadline.left <= 0:
            raise WaitTimeout(wire_object, deadline, result_key)
        client.tell(f"{wire_object['id']} is {wire_object['status']}, {deadline.left:.0f} seconds left to wait")
        client.sleep(max(0, min(pause, deadline.left)))
        try:
            answer = client.for_seconds(deadline.left).get(path)
        except OutOfTime as late:
            raise WaitTimeout(wire_object, deadline, result_key) from late
        wire_object = checked(answer)
        pause = _asked_pause(answer) or min(pause * 2, LONGEST_PAUSE)
    return wire_object


def _asked_pause(answer: Answer) -> float | None:
    try:
        return max(0.05, float(answer.headers["openai-poll-after-ms"]) / 1000)
    except (KeyError, ValueError):
        return None
