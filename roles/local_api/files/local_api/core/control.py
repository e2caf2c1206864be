# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""/_control: what tests and rehearsals tell the server to do. Without a key, for loopback clients only."""

from __future__ import annotations

import hashlib
import ipaddress
import json
import os
import re
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response

from .errors import ApiError
from .family import Family
from .fault_kinds import FAULT_KINDS
from .faults import CONTROL
from .serving import body_of
from .told import FaultRequest, SettingsRequest
from .world import Fault, World

LATIN_1 = "charset=iso-8859-1"


def guard(world: World) -> Any:
    """Who may tell the server what to do: a program on this machine, and no web page that its browser shows."""

    async def check(request: Request) -> None:
        _check_client(request)
        _check_page(request, world.options.host)
        _check_json(request)

    return Depends(check)


def _check_client(request: Request) -> None:
    """403 for clients on other machines; one that comes from the server's own address is on this one."""
    client, server = request.client.host if request.client else "", request.scope["server"][0]
    forwarded = ",".join(request.headers.getlist("x-forwarded-for"))
    behind = [each.strip() for each in forwarded.split(",") if each.strip()]
    if not all(_is_loopback(each) or each == server for each in (client, *behind)):
        raise ApiError("/_control answers loopback clients only.", status=403)


def _check_page(request: Request, listens_on: str) -> None:
    """403 for what a web page sends: it names its own host (be its address ours by now), or its own origin."""
    host, origin = request.headers.get("host", ""), request.headers.get("origin")
    name = _host_name(host)
    if not (_is_loopback(name) or name in ("localhost", listens_on.lower(), request.scope["server"][0])):
        raise ApiError("/_control is reached by this machine's own address only, not by the Host given.", status=403)
    if origin is not None and origin != f"http://{host}":
        raise ApiError("/_control does not answer web pages: leave the Origin header out.", status=403)


def _check_json(request: Request) -> None:
    """415 for a body that is not declared as JSON, as a page's form can send it unasked."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    sends = request.headers.get("content-length", "0") != "0" or "transfer-encoding" in request.headers
    if kind != "application/json" and (kind or sends):
        raise ApiError("/_control wants JSON: send the header 'Content-Type: application/json'.", status=415)


def _host_name(host: str) -> str:
    """The host of a Host header, without its port."""
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_loopback(text: str) -> bool:
    """Whether it is a loopback address."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def router(world: World, families: Iterable[Family]) -> APIRouter:
    """Faults, settings, the request log, reset. What a family can be told stands in its own folder."""
    routes = APIRouter(prefix=CONTROL, dependencies=[guard(world)])

    @routes.get("/health")
    async def health() -> Response:
        return JSONResponse(_health(world))

    @routes.post("/faults")
    async def add_fault(body: Annotated[FaultRequest, body_of(FaultRequest)]) -> Response:
        world.faults.append(_fault(body.unfolded()))
        return JSONResponse({"faults": len(world.faults)})

    @routes.get("/faults")
    async def faults() -> Response:
        return JSONResponse({"faults": [fault.shown() for fault in world.faults], "kinds": list(FAULT_KINDS)})

    @routes.delete("/faults")
    async def clear_faults() -> Response:
        world.faults.clear()
        return JSONResponse({"faults": 0})

    @routes.get("/requests")
    async def requests() -> Response:
        return JSONResponse({"requests": list(world.requests)})

    @routes.delete("/requests")
    async def clear_requests() -> Response:
        world.requests.clear()
        return JSONResponse({"requests": []})

    @routes.get("/settings")
    async def settings() -> Response:
        return JSONResponse(asdict(world.settings))

    @routes.post("/settings")
    async def change_settings(body: Annotated[SettingsRequest, body_of(SettingsRequest)]) -> Response:
        for name, value in body.sent().items():
            setattr(world.settings, name, value)
        return JSONResponse(asdict(world.settings))

    @routes.post("/reset")
    async def reset() -> Response:
        world.reset()
        return JSONResponse({"status": "ok"})

    for family in families:
        routes.include_router(family.told(world))
    return routes


def _health(world: World) -> dict[str, Any]:
    """Who answers, and how it was started: enough to tell this server from any other program on the port."""
    options, model = world.options, world.options.model
    return {
        "status": "ok",
        "prefix": options.prefix,
        "pid": os.getpid(),
        "package": str(Path(__file__).resolve().parents[2]),
        "options": {
            "run_seconds": world.at_start.run_seconds,
            "latency_ms": options.latency_ms,
            "db": options.db,
            "auth_scheme": options.auth_scheme,
            "api_version": options.api_version,
            "lists_threads": options.lists_threads,
            "message_deletion": options.message_deletion,
            "key": _hash(options.require_key),
            "model": model and {**asdict(model), "key": _hash(model.key)},
        },
    }


def _hash(key: str | None) -> str | None:
    """What tells a key from another one, and does not tell the key."""
    return key and hashlib.sha256(key.encode()).hexdigest()


def _fault(body: FaultRequest) -> Fault:
    headers = {name.lower(): str(value) for name, value in body.headers.items()}
    text = _fault_body(body)
    headers.setdefault("content-type", "text/plain" if isinstance(body.body, str) else "application/json")
    return Fault(
        kind=body.kind,
        method=body.method,
        path=re.compile(body.path),
        times=body.times,
        every=body.every,
        chance=body.chance,
        random=Random(f"{body.seed} {body.kind} {body.method} {body.path}"),
        delay_ms=body.delay_ms,
        status=body.status,
        headers=headers,
        body=text.encode("latin-1" if LATIN_1 in headers["content-type"] else "utf-8", errors="replace"),
        carried_out=body.carried_out,
        endless=body.endless,
        drop=body.drop,
        hang=body.hang,
    )


def _fault_body(body: FaultRequest) -> str:
    """The told body, or an error in the API's own shape."""
    if isinstance(body.body, str):
        return body.body
    told: Any = body.body
    if told is None:
        told = {
            "error": {"message": f"Told to answer {body.status}.", "type": "server_error", "param": None, "code": None}
        }
    return json.dumps(told)
