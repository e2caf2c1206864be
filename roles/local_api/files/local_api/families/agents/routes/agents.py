# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""/agents."""

from __future__ import annotations

import time
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from local_api.core.pages import page
from local_api.core.serving import body_of, deleted, found, query_of, shown, with_metadata
from local_api.core.world import World

from .. import objects
from ..kinds import AGENT
from ..schemas.agents import CreateAgentRequest, UpdateAgentRequest
from ..schemas.queries import AgentsPageQuery


def router(world: World) -> APIRouter:
    """Agents.list, .create, .retrieve, .update, .delete."""
    routes = APIRouter(prefix="/agents")
    store = world.store

    @routes.get("")
    async def list_agents(query: Annotated[AgentsPageQuery, query_of(AgentsPageQuery)]) -> Response:
        return page(store, AGENT, query)

    @routes.post("")
    async def create_agent(body: Annotated[CreateAgentRequest, body_of(CreateAgentRequest)]) -> Response:
        now = int(time.time())
        agent = objects.agent(body.sent(), now)
        store.add(AGENT, agent, created_at=now)
        return JSONResponse(agent)

    @routes.get("/{agent_id}")
    async def get_agent(agent_id: str) -> Response:
        return shown(store, AGENT, agent_id)

    @routes.post("/{agent_id}")
    async def update_agent(agent_id: str, body: Annotated[UpdateAgentRequest, body_of(UpdateAgentRequest)]) -> Response:
        current = found(store, AGENT, agent_id)
        agent = objects.changed_agent(current, with_metadata(world, current, body.sent()), int(time.time()))
        store.save(agent)
        return JSONResponse(agent)

    @routes.delete("/{agent_id}")
    async def delete_agent(agent_id: str) -> Response:
        return JSONResponse(deleted(store, AGENT, agent_id))

    return routes
