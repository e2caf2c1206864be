# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can be told under /_control: ChatKit threads, which the API itself cannot make."""

from __future__ import annotations

import time
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from local_api.core.kinds import new_object
from local_api.core.serving import body_of
from local_api.core.world import World

from ..kinds import CHATKIT_THREAD, CHATKIT_THREAD_ITEM
from ..schemas.told import ChatkitThreadRequest


def router(world: World) -> APIRouter:
    """POST /_control/chatkit_threads."""
    routes = APIRouter()

    @routes.post("/chatkit_threads")
    async def add_chatkit_thread(body: Annotated[ChatkitThreadRequest, body_of(ChatkitThreadRequest)]) -> Response:
        return JSONResponse(_add_chatkit_thread(world, body))

    return routes


def _add_chatkit_thread(world: World, body: ChatkitThreadRequest) -> dict[str, Any]:
    """A ChatKit thread with its items, oldest first. The answer is the thread, and its items' ids."""
    now = int(time.time())
    status = {"type": body.status} if body.status == "active" else {"type": body.status, "reason": body.reason}
    thread = new_object(CHATKIT_THREAD, now, title=body.title, status=status, user=body.user)
    items = [new_object(CHATKIT_THREAD_ITEM, now, thread_id=thread["id"], **item.model_dump()) for item in body.items]
    with world.store.together():
        world.store.add(CHATKIT_THREAD, thread, created_at=now, label=body.user)
        for item in items:
            world.store.add(CHATKIT_THREAD_ITEM, item, created_at=now, parent=thread["id"])
    return {**thread, "item_ids": [item["id"] for item in items]}
