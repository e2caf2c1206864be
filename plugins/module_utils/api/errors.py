# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything that can end a task: exceptions until the task runner turns them into one failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class OpenAIError(Exception):
    """The root of them all.

    `str()` is the failure's one-sentence message, `details` what the failure's `error` key holds,
    and `result` what was already made or found when it happened, by result key.
    """

    maybe_done = False
    """Whether a write that ended like this may have been carried out all the same."""

    overdue = False
    """Whether the server may even be at work on it still."""

    outworn = False
    """Whether it left on a kept connection that the server closed without a word: most likely it has not arrived."""

    def __init__(self, message: str, /, **details: Any) -> None:
        super().__init__(message)
        self.details = details
        self.result: dict[str, Any] = {}

    def add(self, more: str) -> None:
        """Adds to the message."""
        self.args = (f"{self}; {more}",)


class InvalidTask(OpenAIError):
    """The task asks for something that no server needs to be asked about."""


class WriteRefused(OpenAIError):
    """A write was about to leave in check mode: the client's own wall."""


class ConnectionFailed(OpenAIError):
    """No answer came: refused, reset, timed out, or TLS did not come about."""


class OutOfTime(OpenAIError):
    """The time that a task may take has passed before a request could be sent again."""


class StreamBroken(OpenAIError):
    """A stream of events ended before what it told of did."""

    maybe_done = True


class BadAnswer(OpenAIError):
    """An answer came that is not what the API promises."""

    maybe_done = True


class ApiError(OpenAIError):
    """The server answered with an error status (schema `ErrorResponse`)."""

    @property
    def status(self) -> int:
        """The HTTP status code."""
        return int(self.details["status"])


class NotFound(ApiError):
    """The object is missing, on a server that offers its endpoint."""


class EndpointGone(ApiError):
    """The server does not offer the endpoint at all."""


@contextmanager
def carrying(**result: Any) -> Iterator[None]:
    """Gives whatever ends the block what is made or found by now, for the failure's result to hold."""
    try:
        yield
    except Exception as error:
        error.result = {**result, **result_of(error)}  # type: ignore[attr-defined]
        raise


def result_of(error: Exception) -> dict[str, Any]:
    """What was already made or found when it happened, by result key."""
    return dict(getattr(error, "result", {}))
