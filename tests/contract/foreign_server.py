# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server that nobody here wrote: answers over real HTTP as a function tells it to."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]
Handler = Callable[[str, str, Any], tuple[Any, ...]]
"""From method, path and body, the status and the body of the answer, and more headers if it has any."""


class ForeignServer:
    """The server, what it was asked, and where it listens."""

    def __init__(self, handle: Handler) -> None:
        self.asked: list[str] = []
        foreign = self

        class Answering(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: Any) -> None:
                """Says nothing."""

            def answer(self) -> None:
                path = urlsplit(self.path).path.removeprefix("/v1")
                foreign.asked.append(f"{self.command} {path}")
                given = self.rfile.read(int(self.headers.get("content-length") or 0))
                status, body, *headers = handle(self.command, path, json.loads(given) if given else None)
                text = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(text)))
                for name, value in dict(*headers).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = do_DELETE = answer

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Stops listening."""
        self._server.shutdown()
        self._server.server_close()


@contextlib.contextmanager
def serving(handle: Handler) -> Iterator[ForeignServer]:
    """The server while the block lasts."""
    server = ForeignServer(handle)
    try:
        yield server
    finally:
        server.close()


def page(*objects: Json) -> tuple[int, Json]:
    """The answer of a list."""
    return 200, {"object": "list", "has_more": False, "data": list(objects)}


def missing() -> tuple[int, Json]:
    """The answer where there is nothing."""
    return 404, {"error": {"message": "No such thing.", "type": "invalid_request_error"}}
