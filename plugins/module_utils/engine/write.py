# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes whose answer is lost: what they made is looked for before they are sent again."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeAlias

from ..api.client import Answer, Client
from ..api.errors import ApiError, InvalidTask, OpenAIError
from .plan import Json

Look: TypeAlias = "Callable[[], Json | None]"
"""Returns the object that a write has made or changed; None if it has not."""

Check: TypeAlias = Callable[[Answer], Json]
"""Takes the object out of an answer. Raises BadAnswer where it is not the one that was asked about."""


def send_until_settled(client: Client, send: Callable[[], Json], look: Look | None = None) -> Json:
    """The object that a write answers; where its answer is lost, the one that `look` finds.

    It is sent again, at most `max_retries` times, only after `look` has found nothing, and not while the server may
    still be at work on it. Without a `look`, to be carried out twice makes no difference to it. That the first one went
    out on an outworn connection does not count.
    Raises what the last attempt ended with.
    """
    attempt, first = 0, True
    while True:
        try:
            return send()
        except OpenAIError as failure:
            if not failure.maybe_done:
                raise
            outworn, first = failure.outworn and first, False
            attempt += not outworn
            last = attempt > client.settings.max_retries
            if (look or not last) and not outworn:
                client.pause(attempt, f"{failure}; the server may have carried it out")
            found = _found(look, failure, outworn) if look else None
            if found is not None:
                return found
            if last or (look and failure.overdue):
                failure.add(f"the server may have carried it out{', but nothing of it was found' if look else ''}")
                raise


def _found(look: Look, failure: OpenAIError, outworn: bool) -> Json | None:
    try:
        return look()
    except OpenAIError as trouble:
        if outworn and isinstance(trouble, InvalidTask):
            return None  # it cannot be looked for, and has most likely not arrived
        failure.add(f"the server may have carried it out, but {trouble}")
        raise failure from trouble


def cancel(client: Client, path: str, checked: Check, ended: Collection[str]) -> Json:
    """The object at `path` after it was cancelled, or as it is if it is among the `ended` by itself.

    `checked` takes what an answer holds. Without any `ended`, it cannot be read, and cancelling it twice does no harm.
    """

    def look() -> Json | None:
        seen = checked(client.get(path))
        return seen if seen["status"] in ended else None

    def send() -> Json:
        try:
            return checked(client.post(f"{path}/cancel"))
        except ApiError as refusal:
            seen = look() if ended and refusal.status == 400 else None
            if seen is None:
                raise
            return seen

    return send_until_settled(client, send, look if ended else None)
