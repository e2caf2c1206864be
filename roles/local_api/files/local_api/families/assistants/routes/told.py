# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can be told under /_control: how the next runs end."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from local_api.core.serving import body_of
from local_api.core.world import World

from ..life import RUNS, RunOutcome
from ..schemas.told import NextRunRequest


def router(world: World) -> APIRouter:
    """POST /_control/next_run."""
    routes = APIRouter()

    @routes.post("/next_run")
    async def next_run(body: Annotated[NextRunRequest, body_of(NextRunRequest)]) -> Response:
        calls = None if body.tool_calls is None else [call.as_told() for call in body.tool_calls]
        world.told[RUNS].append(RunOutcome(body.outcome, body.text, calls))
        return JSONResponse({"next_runs": len(world.told[RUNS])})

    return routes
