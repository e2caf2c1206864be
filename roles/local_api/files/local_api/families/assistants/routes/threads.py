# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""/threads."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from local_api.core.pages import page
from local_api.core.queries import PageQuery
from local_api.core.serving import body_of, deleted, found, query_of, shown, with_metadata
from local_api.core.store import Json
from local_api.core.world import World

from .. import objects
from ..kinds import MESSAGE, THREAD
from ..schemas.threads import CreateThreadRequest, ModifyThreadRequest


def router(world: World) -> APIRouter:
    """createThread, getThread, modifyThread, deleteThread; and Foundry's list of all threads, where it is told to."""
    routes = APIRouter(prefix="/threads")
    store = world.store

    @routes.post("")
    async def create_thread(body: Annotated[CreateThreadRequest, body_of(CreateThreadRequest)]) -> Response:
        return JSONResponse(new_thread(world, body.sent()))

    if world.options.lists_threads:

        @routes.get("")
        async def list_threads(query: Annotated[PageQuery, query_of(PageQuery)]) -> Response:
            return page(store, THREAD, query)

    @routes.get("/{thread_id}")
    async def get_thread(thread_id: str) -> Response:
        return shown(store, THREAD, thread_id)

    @routes.post("/{thread_id}")
    async def modify_thread(
        thread_id: str, body: Annotated[ModifyThreadRequest, body_of(ModifyThreadRequest)]
    ) -> Response:
        current = found(store, THREAD, thread_id)
        thread = objects.changed_thread(current, with_metadata(world, current, body.sent()))
        store.save(thread)
        return JSONResponse(thread)

    @routes.delete("/{thread_id}")
    async def delete_thread(thread_id: str) -> Response:
        return JSONResponse(deleted(store, THREAD, thread_id))

    return routes


def new_thread(world: World, sent: Json) -> Json:
    """A new thread and its first messages."""
    now = int(time.time())
    thread = objects.thread(sent, now)
    with world.store.together():
        world.store.add(THREAD, thread, created_at=now)
        add_messages(world, thread["id"], sent.get("messages") or [])
    return thread


def add_messages(world: World, thread_id: str, sent: list[Json]) -> list[Json]:
    """New messages at the end of a thread, in the order given."""
    now = int(time.time())
    messages = [objects.message(each, thread_id, now) for each in sent]
    for message in messages:
        world.store.add(MESSAGE, message, parent=thread_id, created_at=now)
    return messages
