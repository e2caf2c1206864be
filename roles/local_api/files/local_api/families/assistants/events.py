# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A run told as server-sent events (the Assistants v2 streaming protocol), while it walks its statuses."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

from local_api.core.events import event
from local_api.core.store import Json, Store

from .kinds import MESSAGE, RUN, RUN_STEP
from .life import RunLife

WAITING = ("queued", "in_progress", "cancelling")
LONGEST_WAIT = 1.0  # seconds; nobody says when a thread is deleted with its runs


async def run_events(store: Store, life: RunLife, run: Json, opening: list[str]) -> AsyncIterator[str]:
    """From a queued run to its end, or to the point where it requires action; then ``done``."""
    for line in opening:
        yield line
    news = News(store, life, run)
    yield event("thread.run.queued", run)
    begun = False
    while True:
        bell = life.bell(run["id"])
        life.catch_up(run["thread_id"])
        now = store.get(RUN, run["id"], run["thread_id"])
        if now is None:
            yield event("error", {"error": {"message": "The run was deleted.", "type": "server_error"}})
            break
        if not begun and now["started_at"] is not None and now["status"] != "queued":
            begun = True
            yield event("thread.run.in_progress", _before_the_end(now))
        for line in news.since():
            yield line
        if now["status"] not in WAITING:
            yield event(f"thread.run.{now['status']}", now)
            break
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(bell.wait(), _wait(life.next_step_at(now)))
    yield "event: done\ndata: [DONE]\n\n"


class News:
    """What a run has made since it was looked at last."""

    def __init__(self, store: Store, life: RunLife, run: Json) -> None:
        self._store = store
        self._life = life
        self._run_id = run["id"]
        self._over = {step["id"] for step in store.all(RUN_STEP, run["id"])}
        self._told: dict[str, int] = {}
        """How many characters of an open step's message were told."""

    def since(self) -> Iterator[str]:
        """The events."""
        for step in self._store.all(RUN_STEP, self._run_id):
            if step["id"] in self._over:
                continue
            if step["type"] == "message_creation":
                yield from self._message(step)
            else:
                yield from self._opening(step)
            if step["status"] != "in_progress" or step["type"] == "tool_calls":
                self._over.add(step["id"])
            if step["status"] != "in_progress":
                yield event(f"thread.run.step.{step['status']}", step)

    def _opening(self, step: Json) -> Iterator[str]:
        begun = {**step, **{"status": "in_progress", "completed_at": None, "usage": None}}
        yield event("thread.run.step.created", begun)
        yield event("thread.run.step.in_progress", begun)

    def _message(self, step: Json) -> Iterator[str]:
        """A message told as it is spoken, or word by word when it is there already."""
        message_id = step["step_details"]["message_creation"]["message_id"]
        message = self._store.get(MESSAGE, message_id, step["thread_id"])
        if step["id"] not in self._told:
            self._told[step["id"]] = 0
            yield from self._opening(step)
            yield from _message_opening(message)
        if message is None:
            return
        told = self._told[step["id"]]
        if step["status"] == "in_progress":
            text = self._life.said(self._run_id)
            pieces = [text[told:]] if len(text) > told else []
        else:
            text = "".join(part["text"]["value"] for part in message["content"])
            pieces = _words(text[told:]) if len(text) > told or not told else []
        self._told[step["id"]] = len(text)
        for piece in pieces:
            delta = {"content": [{"index": 0, "type": "text", "text": {"value": piece}}]}
            yield event("thread.message.delta", {"id": message_id, "object": "thread.message.delta", "delta": delta})
        if step["status"] != "in_progress":
            yield event(f"thread.message.{message['status']}", message)


def _message_opening(message: Json | None) -> Iterator[str]:
    if message is None:
        return
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


def _wait(until: float | None) -> float:
    """Seconds to the run's next step, but never long."""
    return LONGEST_WAIT if until is None else min(LONGEST_WAIT, max(0.0, until - time.time()))


def tool_steps(store: Store, run: Json) -> list[str]:
    """What opens the stream of a run whose tool outputs were submitted."""
    steps: list[dict[str, Any]] = store.all(RUN_STEP, run["id"])
    return [event("thread.run.step.completed", step) for step in steps if step["type"] == "tool_calls"]
