# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server in front of local_api that keeps who said what over which connection."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

import requests
from local_server import PATIENCE

SLOW = "sk-slow"
WRONG = "sk-wrong"


@dataclass(frozen=True)
class Exchange:
    """A request and its answer."""

    method: str
    path: str
    key: str
    client: tuple[str, int]
    body: Any
    answer: Any


class Recorder(ThreadingHTTPServer):
    """Passes requests on. Who holds a slow key gets no answer, who holds a wrong key is told which one it was."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, root: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.root = root
        self.url = f"http://127.0.0.1:{self.server_address[1]}/v1"
        self.exchanges: list[Exchange] = []
        self.ending = threading.Event()

    def __enter__(self) -> Recorder:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.ending.set()
        self.shutdown()
        self.server_close()

    def written(self) -> list[Exchange]:
        """What was not only read."""
        return [exchange for exchange in self.exchanges if exchange.method != "GET"]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that was ended while it waited is none."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Recorder

    def _pass_on(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        key = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if key.startswith(SLOW):
            self.server.ending.wait()
        status, answer = self._answer(key, sent)
        is_form = self.headers.get("Content-Type", "").startswith("multipart/")
        body = sent if is_form else json.loads(sent) if sent else None
        self.server.exchanges.append(
            Exchange(self.command, self.path, key, self.client_address, body, json.loads(answer))
        )
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _answer(self, key: str, sent: bytes) -> tuple[int, bytes]:
        if key.startswith(WRONG):
            error = {"message": f"Incorrect API key provided: {key}.", "type": "invalid_request_error"}
            return 401, json.dumps({"error": error}).encode()
        names = ("Authorization", "OpenAI-Beta", "Content-Type")
        headers = {name: self.headers[name] for name in names if name in self.headers}
        with requests.Session() as session:
            session.trust_env = False
            url = self.server.root + self.path
            answer = session.request(self.command, url, data=sent, headers=headers, timeout=PATIENCE)
        return answer.status_code, answer.content

    do_GET = do_POST = do_DELETE = _pass_on

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing is to be said on the terminal."""
