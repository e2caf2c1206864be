# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""/threads/runs, /threads/{thread_id}/runs and the steps of a run."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response, StreamingResponse

from local_api.core.errors import ApiError
from local_api.core.events import event
from local_api.core.pages import page
from local_api.core.queries import PageQuery
from local_api.core.serving import body_of, found, query_of, shown, with_metadata
from local_api.core.store import Json
from local_api.core.world import World

from .. import objects
from ..events import run_events, tool_steps
from ..kinds import ASSISTANT, RUN, RUN_STEP, THREAD
from ..life import RUNS, RunLife
from ..schemas.queries import RunStepsQuery
from ..schemas.threads import (
    CreateRunRequest,
    CreateThreadAndRunRequest,
    ModifyRunRequest,
    SubmitToolOutputsRequest,
)
from .threads import add_messages, new_thread


def router(world: World, life: RunLife) -> APIRouter:
    """createThreadAndRun, listRuns, createRun, getRun, modifyRun, cancelRun, submitToolOuputsToRun."""
    routes = APIRouter(prefix="/threads")
    store = world.store

    @routes.post("/runs")
    async def create_thread_and_run(
        body: Annotated[CreateThreadAndRunRequest, body_of(CreateThreadAndRunRequest)],
    ) -> Response:
        sent = body.sent()
        assistant = found(store, ASSISTANT, body.assistant_id)
        with store.together():
            thread = new_thread(world, sent.get("thread", {}))
            run = _start(sent, assistant, thread["id"])
        return _answer(run, body.stream, [event("thread.created", thread), event("thread.run.created", run)])

    @routes.get("/{thread_id}/runs")
    async def list_runs(thread_id: str, query: Annotated[PageQuery, query_of(PageQuery)]) -> Response:
        _up_to_date(thread_id)
        return page(store, RUN, query, thread_id)

    @routes.post("/{thread_id}/runs")
    async def create_run(thread_id: str, body: Annotated[CreateRunRequest, body_of(CreateRunRequest)]) -> Response:
        sent = body.sent()
        _up_to_date(thread_id)
        assistant = found(store, ASSISTANT, body.assistant_id)
        active = life.active_run(thread_id)
        if active:
            raise ApiError(f"Thread {thread_id} already has an active run {active}.")
        with store.together():
            add_messages(world, thread_id, sent.get("additional_messages") or [])
            run = _start(sent, assistant, thread_id)
        return _answer(run, body.stream, [event("thread.run.created", run)])

    @routes.get("/{thread_id}/runs/{run_id}")
    async def get_run(thread_id: str, run_id: str) -> Response:
        run = _run(thread_id, run_id)
        return JSONResponse(run, headers=_poll_after(run))

    @routes.post("/{thread_id}/runs/{run_id}")
    async def modify_run(
        thread_id: str, run_id: str, body: Annotated[ModifyRunRequest, body_of(ModifyRunRequest)]
    ) -> Response:
        current = _run(thread_id, run_id)
        run = {**current, **with_metadata(world, current, body.sent())}
        store.save(run)
        return JSONResponse(run)

    @routes.post("/{thread_id}/runs/{run_id}/cancel")
    async def cancel_run(thread_id: str, run_id: str) -> Response:
        run = _run(thread_id, run_id)
        life.cancel(run)
        return JSONResponse(run)

    @routes.post("/{thread_id}/runs/{run_id}/submit_tool_outputs")
    async def submit_tool_outputs(
        thread_id: str, run_id: str, body: Annotated[SubmitToolOutputsRequest, body_of(SubmitToolOutputsRequest)]
    ) -> Response:
        run = _run(thread_id, run_id)
        life.submit(run, body.sent())
        return _answer(run, body.stream, tool_steps(store, run))

    @routes.get("/{thread_id}/runs/{run_id}/steps")
    async def list_run_steps(
        thread_id: str, run_id: str, query: Annotated[RunStepsQuery, query_of(RunStepsQuery)]
    ) -> Response:
        _run(thread_id, run_id)
        return page(store, RUN_STEP, query, run_id)

    @routes.get("/{thread_id}/runs/{run_id}/steps/{step_id}")
    async def get_run_step(thread_id: str, run_id: str, step_id: str) -> Response:
        _run(thread_id, run_id)
        return shown(store, RUN_STEP, step_id, run_id)

    def _up_to_date(thread_id: str) -> None:
        found(store, THREAD, thread_id)
        life.catch_up(thread_id)

    def _run(thread_id: str, run_id: str) -> Json:
        _up_to_date(thread_id)
        return found(store, RUN, run_id, thread_id)

    def _start(sent: Json, assistant: Json, thread_id: str) -> Json:
        run = objects.run(sent, assistant, thread_id, int(time.time()))
        life.start(run, world.next_told(RUNS), world.settings.run_seconds)
        return run

    def _answer(run: Json, stream: bool | None, opening: list[str]) -> Response:
        if stream:
            return StreamingResponse(run_events(store, life, run, opening), media_type="text/event-stream")
        return JSONResponse(run)

    def _poll_after(run: Json) -> dict[str, str]:
        """When it is worth asking again (the official client obeys this header)."""
        if run["status"] not in ("queued", "in_progress", "cancelling"):
            return {}
        due = life.next_step_at(run)
        wait = 1.0 if due is None else min(1.0, max(0.01, due - time.time()))
        return {"openai-poll-after-ms": str(int(wait * 1000))}

    return routes
