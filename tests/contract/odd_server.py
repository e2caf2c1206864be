# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that answers as a test tells it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, TypeAlias

Told: TypeAlias = "tuple[int, Any] | tuple[int, Any, dict[str, str]] | bytes | None"
Handle: TypeAlias = Callable[[str, str, Any, BaseHTTPRequestHandler], Told]


class OddServer(ThreadingHTTPServer):
    """Calls `handle(method, path, body, handler)` for each request; the path has no `/v1` and no query.

    It returns status, body (JSON, text or bytes) and perhaps headers; or all bytes of the answer; or None for none.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, handle: Handle) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.handle = handle
        self.url = f"http://127.0.0.1:{self.server_address[1]}/v1"
        self.asked: list[str] = []
        self.ending = threading.Event()

    def __enter__(self) -> OddServer:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.ending.set()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has had enough is none."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: OddServer

    def _answer(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.removeprefix("/v1").partition("?")[0]
        self.server.asked.append(f"{self.command} {path}")
        told = self.server.handle(self.command, path, json.loads(sent) if sent else None, self)
        if not isinstance(told, tuple):
            self.close_connection = True
            self.wfile.write(told or b"")
            return
        status, body, headers = (*told, {})[:3]
        if not isinstance(body, (str, bytes)):
            headers, body = {"Content-Type": "application/json", **headers}, json.dumps(body)
        content = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(b"" if status == 204 else content)

    do_GET = do_POST = do_DELETE = _answer

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing is to be said on the terminal."""
