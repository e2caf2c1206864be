# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A run told as server-sent events (the Assistants v2 streaming protocol), while it walks its statuses."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

from local_api.core.events import event
from local_api.core.store import Json, Store

from .kinds import MESSAGE, RUN, RUN_STEP
from .life import RunLife

WAITING = ("queued", "in_progress", "cancelling")
LONGEST_NAP = 0.02  # seconds; a run can be cancelled by somebody else meanwhile


async def run_events(store: Store, life: RunLife, run: Json, opening: list[str]) -> AsyncIterator[str]:
    """From a queued run to its end, or to the point where it requires action; then ``done``."""
    for line in opening:
        yield line
    told = {step["id"] for step in store.all(RUN_STEP, run["id"])}
    yield event("thread.run.queued", run)
    begun = False
    while True:
        life.catch_up(run["thread_id"])
        now = store.get(RUN, run["id"], run["thread_id"])
        if now is None:
            yield event("error", {"error": {"message": "The run was deleted.", "type": "server_error"}})
            break
        if not begun and now["started_at"] is not None and now["status"] != "queued":
            begun = True
            yield event("thread.run.in_progress", _before_the_end(now))
        if now["status"] not in WAITING:
            for line in _end_of_run(store, now, told):
                yield line
            break
        await asyncio.sleep(_nap(life.next_step_at(now)))
    yield "event: done\ndata: [DONE]\n\n"


def _end_of_run(store: Store, run: Json, told: set[str]) -> Iterator[str]:
    """What the run has made, then its last status."""
    for step in store.all(RUN_STEP, run["id"]):
        if step["id"] not in told:
            yield from _step_events(store, step)
    yield event(f"thread.run.{run['status']}", run)


def _step_events(store: Store, step: Json) -> Iterator[str]:
    begun = {**step, **{"status": "in_progress", "completed_at": None, "usage": None}}
    yield event("thread.run.step.created", begun)
    yield event("thread.run.step.in_progress", begun)
    if step["type"] == "message_creation":
        message_id = step["step_details"]["message_creation"]["message_id"]
        message = store.get(MESSAGE, message_id, step["thread_id"])
        if message is not None:
            yield from _message_events(message)
    if step["status"] != "in_progress":
        yield event(f"thread.run.step.{step['status']}", step)


def _message_events(message: Json) -> Iterator[str]:
    """A message told word by word."""
    empty = {
        **message,
        "status": "in_progress",
        "content": [],
        "completed_at": None,
        "incomplete_at": None,
        "incomplete_details": None,
    }
    yield event("thread.message.created", empty)
    yield event("thread.message.in_progress", empty)
    for index, part in enumerate(message["content"]):
        for word in _words(part["text"]["value"]):
            delta = {"content": [{"index": index, "type": "text", "text": {"value": word}}]}
            yield event("thread.message.delta", {"id": message["id"], "object": "thread.message.delta", "delta": delta})
    yield event(f"thread.message.{message['status']}", message)


def _words(text: str) -> list[str]:
    """The text in pieces that add up to it."""
    first, *others = text.split(" ")
    return [first, *(f" {word}" for word in others)]


def _before_the_end(run: Json) -> Json:
    """The run as it was when it began."""
    return {
        **run,
        **{"status": "in_progress", "required_action": None, "last_error": None, "usage": None, "completed_at": None},
        **{"failed_at": None, "cancelled_at": None, "incomplete_details": None},
    }


def _nap(until: float | None) -> float:
    """Seconds to sleep: to the run's next step, but never long."""
    return LONGEST_NAP if until is None else min(LONGEST_NAP, max(0.0, until - time.time()))


def tool_steps(store: Store, run: Json) -> list[str]:
    """What opens the stream of a run whose tool outputs were submitted."""
    steps: list[dict[str, Any]] = store.all(RUN_STEP, run["id"])
    return [event("thread.run.step.completed", step) for step in steps if step["type"] == "tool_calls"]
