# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The application, put together."""

from __future__ import annotations

from collections.abc import Iterable

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from . import control
from .errors import ApiError, unknown_url
from .family import Family
from .faults import Faults
from .serving import guard
from .world import World


def create_app(world: World, families: Iterable[Family]) -> ASGIApp:
    """Each family's paths under the prefix, the control paths beside them, and faults around everything."""
    app = FastAPI(openapi_url=None, redirect_slashes=False)
    for family in families:
        for routes in family.routes(world):
            app.include_router(routes, prefix=world.options.prefix, dependencies=[guard(world, family.beta)])
    app.include_router(control.router(world, families))
    app.add_exception_handler(ApiError, _api_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _server_error)
    return Faults(app, world)


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
