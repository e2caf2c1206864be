# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The outermost layer: told faults, closed endpoints, latency, request ids and the log of requests."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .errors import unknown_url
from .kinds import new_id
from .world import Fault, World

CONTROL = "/_control"
ENDLESS_PAUSE = 0.02  # seconds between two pieces of a body without end


class Faults:
    """ASGI middleware around the whole application. Control requests pass through unseen."""

    def __init__(self, app: ASGIApp, world: World) -> None:
        self._app = app
        self._world = world

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or let it fail as told."""
        if scope["type"] != "http" or scope["path"].startswith(CONTROL + "/"):
            await self._app(scope, receive, _observed(send, {}))
            return
        path = scope["path"].removeprefix(self._world.options.prefix)
        entry = {
            "method": scope["method"],
            "path": path,
            "query": scope["query_string"].decode(errors="replace"),
            "status": None,
        }
        self._world.requests.append(entry)
        fault = self._world.take_fault(scope["method"], path)
        await self._wait(fault)
        if fault is not None and (fault.drop or fault.hang):
            await self._break_off(fault, scope, receive, send)
            return
        await self._serve(fault, path, scope, receive, _observed(send, entry))

    async def _wait(self, fault: Fault | None) -> None:
        delay_ms = self._world.options.latency_ms + (fault.delay_ms if fault else 0)
        if delay_ms:
            await asyncio.sleep(delay_ms / 1000)

    async def _serve(self, fault: Fault | None, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        if fault is not None and fault.status is not None:
            if fault.carried_out:
                await self._app(scope, receive, _unheard)
            await _told_answer(fault, fault.status, receive, send)
        elif self._world.is_gone(path):
            await unknown_url(scope["method"], scope["path"]).answer()(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _break_off(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        """Abort the connection, or fall silent until the client goes, at the told moment."""
        moment = fault.drop or fault.hang
        if moment == "after":
            await self._app(scope, receive, _unheard)
        elif moment == "midway":
            with contextlib.suppress(_BrokenOff):
                await self._app(scope, receive, _first_half(send))
        if fault.drop:
            connection: Any = getattr(send, "__self__", None)  # uvicorn's request cycle, which holds the transport
            await asyncio.sleep(0)  # what was sent is on its way
            connection.transport.abort()
        await _client_goes(receive)


def _observed(send: Send, entry: dict[str, Any]) -> Send:
    """The same ``send``, which also notes the status and adds the request's id."""

    async def observed(message: Message) -> None:
        if message["type"] == "http.response.start":
            entry["status"] = message["status"]
            headers = message["headers"] = list(message.get("headers", []))
            if not any(name == b"x-request-id" for name, _value in headers):
                headers.append((b"x-request-id", new_id("req_").encode()))
        await send(message)

    return observed


class _BrokenOff(Exception):
    """Half of the answer is sent."""


def _first_half(send: Send) -> Send:
    """``send`` for the headers and half of the first part of the body."""

    async def half(message: Message) -> None:
        body = message.get("body", b"")
        if not body:
            await send(message)
            return
        await send({**message, "body": body[: len(body) // 2], "more_body": True})
        raise _BrokenOff

    return half


async def _unheard(message: Message) -> None:
    """An answer that nobody gets."""


async def _told_answer(fault: Fault, status: int, receive: Receive, send: Send) -> None:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in fault.headers.items()]
    headers.append((b"x-local-api", b"told"))
    if not fault.endless and "content-length" not in fault.headers:
        headers.append((b"content-length", str(len(fault.body)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    if fault.endless:
        await _without_end(fault.body, receive, send)
    else:
        await send({"type": "http.response.body", "body": fault.body})


async def _without_end(piece: bytes, receive: Receive, send: Send) -> None:
    """The same piece again and again, until the client has had enough."""
    gone = asyncio.ensure_future(_client_goes(receive))
    while not gone.done():
        await send({"type": "http.response.body", "body": piece, "more_body": True})
        await asyncio.wait([gone], timeout=ENDLESS_PAUSE)


async def _client_goes(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
