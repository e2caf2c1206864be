"""Answers of a server that nobody here wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from odd_server import OddServer

Json = dict[str, Any]
Handler = Callable[[str, str, Any], Any]
"""From method, path and body, the status and the body of the answer, and more headers if it has any."""


def serving(handle: Handler) -> OddServer:
    """A server that answers so."""
    return OddServer(lambda method, path, body, _handler: handle(method, path, body))


def page(*objects: Json) -> tuple[int, Json]:
    """The answer of a list."""
    return 200, {"object": "list", "has_more": False, "data": list(objects)}


def missing() -> tuple[int, Json]:
    """The answer where there is nothing."""
    return 404, {"error": {"message": "No such thing.", "type": "invalid_request_error"}}
