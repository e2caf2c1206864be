# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What every path needs: who may ask, how bodies and queries are read, and how one object is shown or deleted."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from math import isfinite
from typing import Any, TypeVar

from fastapi import Depends, Request
from fastapi.responses import Response
from pydantic import BaseModel, ValidationError

from .bodies import METADATA_PAIRS
from .errors import ApiError, invalid, not_found, param_of
from .kinds import Kind
from .store import Json, Store
from .world import Options, World

ModelT = TypeVar("ModelT", bound=BaseModel)


BODY_BYTES = 64 * 1024 * 1024  # room for several state variables of the 10 MiB that each may have


def guard(world: World, beta: str | None) -> Any:
    """A key is needed (401), and the beta header of the family, if it has one (400)."""

    async def check(request: Request) -> None:
        _check_key(request, world.options)
        _check_version(request, world.options.api_version)
        betas = [each.strip() for each in request.headers.get("openai-beta", "").split(",")]
        if beta is not None and beta not in betas:
            raise ApiError(
                "You must provide the 'OpenAI-Beta' header to access this API. Please try again by setting the "
                f"header 'OpenAI-Beta: {beta}'.",
                code="invalid_beta",
            )

    return Depends(check)


def _check_key(request: Request, options: Options) -> None:
    """``Authorization: Bearer KEY``, or ``api-key: KEY`` as Azure-style servers have it."""
    scheme, _space, token = request.headers.get("authorization", "").partition(" ")
    given = {
        "bearer": token.strip() if scheme.lower() == "bearer" else "",
        "api_key": request.headers.get("api-key", ""),
    }
    key = given[options.auth_scheme] if options.auth_scheme else given["bearer"] or given["api_key"]
    if not key:
        header = "api-key: YOUR_KEY" if options.auth_scheme == "api_key" else "Authorization: Bearer YOUR_KEY"
        raise ApiError(f"You didn't provide an API key. You need to provide it in a header ({header}).", status=401)
    required = options.require_key
    if required is not None and not hmac.compare_digest(key.encode(), required.encode()):
        raise ApiError("Incorrect API key provided.", status=401, code="invalid_api_key")


def _check_version(request: Request, required: str | None) -> None:
    """``?api-version=VERSION``, where the server insists on one as Azure-style servers do."""
    if required is not None and request.query_params.get("api-version") != required:
        raise ApiError(
            f"The api-version query parameter (?api-version={required}) is required for all requests.",
            code="MissingApiVersionParameter",
        )


def body_of(model: type[ModelT]) -> Any:
    """The request's JSON body as a model; no body is an empty one."""

    async def read(request: Request) -> ModelT:
        try:
            body = model.model_validate_json(await _received(request) or b"{}")
        except ValidationError as error:
            raise invalid(error) from None
        _no_unreal_numbers(body.model_dump(by_alias=True, exclude_unset=True))
        return body

    return Depends(_named(read))


async def _received(request: Request) -> bytes:
    """The request's body, or 413. A little more than the limit is still taken in, so that the client hears of it."""
    told = request.headers.get("content-length", "")
    parts, size = [], 0
    if told.isdigit() and int(told) > 2 * BODY_BYTES:
        raise _too_large()
    async for part in request.stream():
        size += len(part)
        if size <= BODY_BYTES:
            parts.append(part)
        elif size > 2 * BODY_BYTES:
            raise _too_large()
    if size > BODY_BYTES:
        raise _too_large()
    return b"".join(parts)


def _too_large() -> ApiError:
    return ApiError(f"The request body is larger than {BODY_BYTES} bytes.", status=413)


def _no_unreal_numbers(value: Any, *place: str | int) -> None:
    """400 for NaN and Infinity, also as a number too large to be one: JSON has no words for them."""
    if isinstance(value, float) and not isfinite(value):
        param = param_of(place)
        raise ApiError(f"Invalid '{param}': Input should be a finite number.", param=param, code="invalid_value")
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, each in inside:
        _no_unreal_numbers(each, *place, step)


def query_of(model: type[ModelT]) -> Any:
    """The request's query parameters as a model; a name that ends in [] is a list."""

    async def read(request: Request) -> ModelT:
        query = request.query_params
        values = {name: query.getlist(name) if name.endswith("[]") else query[name] for name in query}
        try:
            return model.model_validate(values)
        except ValidationError as error:
            raise invalid(error) from None

    return Depends(_named(read))


def _named(read: Callable[[Request], Awaitable[Any]]) -> Callable[[Request], Awaitable[Any]]:
    """FastAPI need not know what a dependency returns."""
    read.__annotations__.pop("return", None)
    return read


def found(store: Store, kind: Kind, object_id: str, parent: str = "") -> Json:
    """An object, or 404."""
    body = store.get(kind, object_id, parent)
    if body is None:
        raise not_found(kind, object_id)
    return body


def shown(store: Store, kind: Kind, object_id: str, parent: str = "") -> Response:
    """GET of one object: its stored text, or 404."""
    text = store.read(kind, object_id, parent)
    if text is None:
        raise not_found(kind, object_id)
    return Response(text, media_type="application/json")


def deleted(store: Store, kind: Kind, object_id: str, parent: str = "") -> Json:
    """DELETE of one object with everything that lives in it."""
    if store.place(kind, object_id, parent) is None:
        raise not_found(kind, object_id)
    store.delete(object_id, parent)
    return {"id": object_id, "object": kind.deleted, "deleted": True}


def with_metadata(world: World, current: Json, sent: Json) -> Json:
    """The fields sent, with the metadata the object is to have afterwards."""
    if "metadata" not in sent:
        return sent
    metadata = changed_metadata(current["metadata"], sent["metadata"], world.settings.metadata_update)
    if len(metadata) > METADATA_PAIRS:
        raise ApiError(f"Invalid 'metadata': at most {METADATA_PAIRS} pairs are allowed.", param="metadata")
    return {**sent, "metadata": metadata}


def changed_metadata(current: dict[str, str], sent: dict[str, str | None] | None, way: str) -> dict[str, str]:
    """Metadata after an update, which replaces the map or merges into it; a null value removes its key."""
    pairs = {**current, **(sent or {})} if way == "merge" else (sent or {})
    return {key: value for key, value in pairs.items() if value is not None}
