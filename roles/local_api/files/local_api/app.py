# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The application, put together."""

from __future__ import annotations

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from .errors import ApiError, unknown_url
from .faults import Faults
from .routes import assistants, chatkit, control, messages, runs, threads
from .routes.common import guard
from .run_life import RunLife
from .world import World


def create_app(world: World) -> ASGIApp:
    """All paths under the prefix, the control paths beside them, and faults around everything."""
    app = FastAPI(openapi_url=None, redirect_slashes=False)
    app.include_router(_api(world), prefix=world.options.prefix)
    app.include_router(control.router(world))
    app.add_exception_handler(ApiError, _api_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _server_error)
    return Faults(app, world)


def _api(world: World) -> APIRouter:
    """Runs come before threads, because /threads/runs is no thread."""
    life = RunLife(world.store)
    api = APIRouter()
    beta_assistants, beta_chatkit = [guard(world, "assistants=v2")], [guard(world, "chatkit_beta=v1")]
    api.include_router(assistants.router(world), dependencies=beta_assistants)
    api.include_router(runs.router(world, life), dependencies=beta_assistants)
    api.include_router(messages.router(world, life), dependencies=beta_assistants)
    api.include_router(threads.router(world), dependencies=beta_assistants)
    api.include_router(chatkit.router(world), dependencies=beta_chatkit)
    return api


async def _api_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return error.answer()


async def _http_error(request: Request, error: Exception) -> Response:
    """What the router itself refuses: an unknown path, or a method the path has not."""
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        message = f"Not allowed to {request.method} on {request.url.path}."
        return ApiError(message, status=405, code="method_not_supported").answer()
    return unknown_url(request.method, request.url.path).answer()


async def _server_error(request: Request, error: Exception) -> Response:
    message = "The server had an error while processing your request."
    return ApiError(message, status=500, type_="server_error").answer()
