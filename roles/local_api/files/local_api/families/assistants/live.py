# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs that a model answers: one task for each claimed job, and so many of them at once."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from typing import Any

from local_api.core.dialects import CONTENT_FILTER, LENGTH, Answer, UpstreamError, usage
from local_api.core.jobs import Job, Jobs
from local_api.core.store import Json, Store
from local_api.core.upstream import Upstream
from local_api.core.world import Model

from .conversation import TooLong, chat, tokens_of
from .kinds import MESSAGE, RUN_STEP
from .life import RunLife


class Live:
    """Takes the jobs of a store's runs, asks the model, and lets each run take the step that the answer means."""

    def __init__(self, store: Store, jobs: Jobs, life: RunLife, model: Model) -> None:
        self._store = store
        self._jobs = jobs
        self._life = life
        self._model = model
        self._tasks: dict[str, asyncio.Task[None]] = {}

    @contextlib.asynccontextmanager
    async def working(self, app: Any) -> AsyncIterator[None]:
        """As long as the server serves."""
        upstream = Upstream(self._model)
        work = asyncio.create_task(self._work(upstream))
        try:
            yield
        finally:
            for task in (work, *self._tasks.values()):
                task.cancel()
            await upstream.close()

    async def _work(self, upstream: Upstream) -> None:
        while True:
            ours = self._jobs.renew()
            for object_id in self._tasks.keys() - ours:  # cancelled, deleted, or taken over by another server
                self._tasks.pop(object_id).cancel()
            while len(self._tasks) < self._model.parallel and (job := self._jobs.claim()):
                task = asyncio.create_task(self._answer(upstream, job))
                self._tasks[job.id] = task
                task.add_done_callback(lambda done, job=job: self._ended(job, done))  # type: ignore[misc]
            await self._jobs.changed()

    def _ended(self, job: Job, done: asyncio.Task[None]) -> None:
        """There is room for another job. The end of what was cancelled was noted before."""
        if self._tasks.get(job.id) is done:
            del self._tasks[job.id]
            self._jobs.wake()

    async def _answer(self, upstream: Upstream, job: Job) -> None:
        run = self._life.begin(job)
        if run is None:
            return
        try:
            async with asyncio.timeout(max(0.0, run["expires_at"] - time.time())):
                answer = await self._asked(upstream, run)
        except TimeoutError:
            self._life.catch_up(job.parent)  # the run has expired
        except TooLong:
            self._life.settle(job, outcome="incomplete", text="", reason="max_prompt_tokens", usage=usage(0, 0))
        except UpstreamError as error:
            self._life.settle(job, outcome="failed", text=error.message, code=error.code, usage=usage(0, 0))
        except Exception as error:  # a run ends, whatever comes
            said = f"local_api had an error: {type(error).__name__}"
            self._life.settle(job, outcome="failed", text=said, code="server_error", usage=usage(0, 0))
        else:
            self._life.settle(job, **answer)

    async def _asked(self, upstream: Upstream, run: Json) -> Json:
        """Ask the model; how the run is to go on."""
        messages = self._store.all(MESSAGE, run["thread_id"])
        asked = chat(run, messages, self._store.all(RUN_STEP, run["id"]), self._life.used(run))
        answer = await upstream.ask(asked, lambda piece: self._life.say(run, piece), run["expires_at"])
        counted = answer.usage or usage(_guess(asked["messages"]), tokens_of(answer.text))
        return {**_outcome(answer, run), "usage": counted}


def _outcome(answer: Answer, run: Json) -> Json:
    """What an answer means for the run. Calls that were cut off in the middle are none."""
    if answer.finish == LENGTH:
        return {"outcome": "incomplete", "text": answer.text, "reason": "max_completion_tokens"}
    if answer.finish == CONTENT_FILTER:
        said = "The model's server has filtered the answer."
        return {"outcome": "failed", "text": said, "code": "invalid_prompt", "why": CONTENT_FILTER}
    calls = answer.tool_calls()
    known = {tool["function"]["name"] for tool in run["tools"] if tool["type"] == "function"}
    for call in calls:
        if call["function"]["name"] not in known:
            raise UpstreamError(f"The model called {call['function']['name'][:64]!r}, which is no function of the run.")
    if calls:
        return {"outcome": "requires_action", "text": answer.text, "calls": calls}
    return {"outcome": "completed", "text": answer.text}


def _guess(messages: list[Json]) -> int:
    """The tokens of a request, where the model's server does not count them."""
    return sum(tokens_of(str(message.get("content") or "")) for message in messages)
