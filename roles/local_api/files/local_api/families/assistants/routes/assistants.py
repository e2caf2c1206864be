# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""/assistants."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from local_api.core.pages import page
from local_api.core.queries import PageQuery
from local_api.core.serving import body_of, deleted, found, query_of, shown, with_metadata
from local_api.core.world import World

from .. import objects
from ..kinds import ASSISTANT
from ..schemas.assistants import CreateAssistantRequest, ModifyAssistantRequest


def router(world: World) -> APIRouter:
    """listAssistants, createAssistant, getAssistant, modifyAssistant, deleteAssistant."""
    routes = APIRouter(prefix="/assistants")
    store = world.store

    @routes.get("")
    async def list_assistants(query: Annotated[PageQuery, query_of(PageQuery)]) -> Response:
        return page(store, ASSISTANT, query)

    @routes.post("")
    async def create_assistant(body: Annotated[CreateAssistantRequest, body_of(CreateAssistantRequest)]) -> Response:
        now = int(time.time())
        assistant = objects.assistant(body.sent(), now)
        store.add(ASSISTANT, assistant, created_at=now)
        return JSONResponse(assistant)

    @routes.get("/{assistant_id}")
    async def get_assistant(assistant_id: str) -> Response:
        return shown(store, ASSISTANT, assistant_id)

    @routes.post("/{assistant_id}")
    async def modify_assistant(
        assistant_id: str, body: Annotated[ModifyAssistantRequest, body_of(ModifyAssistantRequest)]
    ) -> Response:
        current = found(store, ASSISTANT, assistant_id)
        assistant = objects.changed_assistant(current, with_metadata(world, current, body.sent()))
        store.save(assistant)
        return JSONResponse(assistant)

    @routes.delete("/{assistant_id}")
    async def delete_assistant(assistant_id: str) -> Response:
        return JSONResponse(deleted(store, ASSISTANT, assistant_id))

    return routes
