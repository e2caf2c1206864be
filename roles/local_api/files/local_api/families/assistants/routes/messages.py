# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""/threads/{thread_id}/messages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from local_api.core.errors import ApiError
from local_api.core.pages import page
from local_api.core.serving import body_of, deleted, found, query_of, shown, with_metadata
from local_api.core.world import World

from ..kinds import MESSAGE, THREAD
from ..life import RunLife
from ..schemas.queries import MessagesQuery
from ..schemas.threads import CreateMessageRequest, ModifyMessageRequest
from .threads import add_messages


def router(world: World, life: RunLife) -> APIRouter:
    """listMessages, createMessage, getMessage, modifyMessage, deleteMessage."""
    routes = APIRouter(prefix="/threads/{thread_id}/messages")
    store = world.store

    @routes.get("")
    async def list_messages(thread_id: str, query: Annotated[MessagesQuery, query_of(MessagesQuery)]) -> Response:
        found(store, THREAD, thread_id)
        life.catch_up(thread_id)
        return page(store, MESSAGE, query, thread_id, query.run_id)

    @routes.post("")
    async def create_message(
        thread_id: str, body: Annotated[CreateMessageRequest, body_of(CreateMessageRequest)]
    ) -> Response:
        found(store, THREAD, thread_id)
        active = life.active_run(thread_id)
        if active:
            raise ApiError(f"Can't add messages to {thread_id} while a run {active} is active.")
        return JSONResponse(add_messages(world, thread_id, [body.sent()])[0])

    @routes.get("/{message_id}")
    async def get_message(thread_id: str, message_id: str) -> Response:
        found(store, THREAD, thread_id)
        life.catch_up(thread_id)
        return shown(store, MESSAGE, message_id, thread_id)

    @routes.post("/{message_id}")
    async def modify_message(
        thread_id: str, message_id: str, body: Annotated[ModifyMessageRequest, body_of(ModifyMessageRequest)]
    ) -> Response:
        found(store, THREAD, thread_id)
        current = found(store, MESSAGE, message_id, thread_id)
        message = {**current, **with_metadata(world, current, body.sent())}
        store.save(message)
        return JSONResponse(message)

    if world.options.message_deletion:

        @routes.delete("/{message_id}")
        async def delete_message(thread_id: str, message_id: str) -> Response:
            found(store, THREAD, thread_id)
            return JSONResponse(deleted(store, MESSAGE, message_id, thread_id))

    return routes
