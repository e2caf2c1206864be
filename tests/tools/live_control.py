# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In place of the control paths of a local_api with a model's server behind it: what is told about the next run is told
to that server, where a model can bring it about. All else goes on to local_api.
"""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests
from model_server import ModelServer, Says

FOREVER = 3600  # seconds; what hangs is hung up on


def as_said(told: dict[str, Any]) -> Says | None:
    """What a model says so that a run ends as told; None where no model can make it end so."""
    outcome, text = told.get("outcome", "completed"), told.get("text")
    if outcome == "hang":
        return Says(seconds=FOREVER)
    if outcome == "requires_action" and told.get("tool_calls"):
        return Says("", calls=[call_of(each) for each in told["tool_calls"]])
    return {"completed": Says(text), "incomplete": Says(text, finish="length")}.get(outcome)


def call_of(told: dict[str, Any]) -> dict[str, Any]:
    """A function call."""
    arguments = told.get("arguments", {})
    return {"name": told["name"], "arguments": arguments if isinstance(arguments, str) else json.dumps(arguments)}


class Control:
    """The control paths, on a free port; a context manager."""

    def __init__(self, root: str, model: ModelServer) -> None:
        self._session = requests.Session()
        self._session.trust_env = False
        self._root = root
        self._model = model
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.root = f"http://127.0.0.1:{self._server.server_address[1]}"
        self.said = 0
        """How many runs the model was told about."""

    def __enter__(self) -> Control:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """Tell the model, or pass the request on."""
        if path == "/_control/reset":
            self._model.told.clear()
        said = as_said(json.loads(body)) if path == "/_control/next_run" else None
        if said is not None:
            self._model.tell(said)
            self.said += 1
            return 200, b"{}"
        passed = self._session.request(
            method, self._root + path, data=body, headers={"Content-Type": "application/json"}, timeout=60
        )
        return passed.status_code, passed.content

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        answer = self.answer

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, said = answer(self.command, self.path, body)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            do_POST = do_DELETE = do_GET

            def log_message(self, format: str, *args: Any) -> None:
                pass

        return Handler
