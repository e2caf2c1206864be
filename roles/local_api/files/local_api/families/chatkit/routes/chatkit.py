# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""/chatkit: sessions, threads and their items."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from local_api.core.pages import page
from local_api.core.serving import body_of, deleted, found, query_of, shown
from local_api.core.world import World

from .. import objects
from ..kinds import CHATKIT_SESSION, CHATKIT_THREAD, CHATKIT_THREAD_ITEM
from ..schemas.queries import ChatkitPageQuery, ChatkitThreadsQuery
from ..schemas.sessions import CreateSessionRequest


def router(world: World) -> APIRouter:
    """CreateChatSessionMethod, CancelChatSessionMethod, and reading and deleting ChatKit threads."""
    routes = APIRouter(prefix="/chatkit")
    store = world.store

    @routes.post("/sessions")
    async def create_session(body: Annotated[CreateSessionRequest, body_of(CreateSessionRequest)]) -> Response:
        now = int(time.time())
        session = objects.session(body.model_dump(), now)
        store.add(CHATKIT_SESSION, session, created_at=now)
        return JSONResponse(session)

    @routes.post("/sessions/{session_id}/cancel")
    async def cancel_session(session_id: str) -> Response:
        """A session that is over already is answered as it is."""
        session = found(store, CHATKIT_SESSION, session_id)
        if session["status"] == "active":
            session["status"] = "expired" if session["expires_at"] <= time.time() else "cancelled"
            store.save(session)
        return JSONResponse(session)

    @routes.get("/threads")
    async def list_threads(query: Annotated[ChatkitThreadsQuery, query_of(ChatkitThreadsQuery)]) -> Response:
        return page(store, CHATKIT_THREAD, query, label=query.user)

    @routes.get("/threads/{thread_id}")
    async def get_thread(thread_id: str) -> Response:
        return shown(store, CHATKIT_THREAD, thread_id)

    @routes.delete("/threads/{thread_id}")
    async def delete_thread(thread_id: str) -> Response:
        return JSONResponse(deleted(store, CHATKIT_THREAD, thread_id))

    @routes.get("/threads/{thread_id}/items")
    async def list_thread_items(
        thread_id: str, query: Annotated[ChatkitPageQuery, query_of(ChatkitPageQuery)]
    ) -> Response:
        found(store, CHATKIT_THREAD, thread_id)
        return page(store, CHATKIT_THREAD_ITEM, query, thread_id)

    return routes
