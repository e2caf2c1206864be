# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server of chat completions and responses that says what it is told, and misbehaves when it is told to.

It has no model: what nobody has told it about, it answers with an echo of the last user message.
"""

from __future__ import annotations

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Json = dict[str, Any]
CHAT, RESPONSES = "/v1/chat/completions", "/v1/responses"


def nothing() -> None:
    """Nobody waits."""


@dataclass
class Says:
    """One answer."""

    text: str | None = None
    """None echoes."""
    calls: list[Json] = field(default_factory=list)
    """Function calls: id, name, arguments."""
    finish: str | None = None
    usage: bool = True
    whole: bool = False
    """In one piece, not as a stream."""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""
    """What is sent with another status than 200, or in place of a stream."""
    pieces: int | None = None
    """After so many pieces the connection is cut."""
    endless: bool = False
    seconds: float = 0
    """What it thinks, before it says anything."""
    midway: Callable[[], object] = nothing
    """What happens after the first piece was sent."""


class Server(ThreadingHTTPServer):
    """Many callers at once; one that goes is no news."""

    daemon_threads = True
    request_queue_size = 512
    model: ModelServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Callers hang up; that is what some tests are about."""


class ModelServer:
    """The server, on a free port; a context manager."""

    def __init__(self, paths: tuple[str, ...] = (CHAT, RESPONSES), seconds: float = 0) -> None:
        self.paths = paths
        self.told: deque[Says] = deque()
        self.usual = Says(seconds=seconds)
        self.asked: list[Json] = []
        self.keys: list[str | None] = []
        self.gone = threading.Event()
        """Set once a caller has hung up before the end."""
        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.model = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/v1"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> ModelServer:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def tell(self, *answers: Says) -> None:
        """What it says next."""
        self.told.extend(answers)


class Handler(BaseHTTPRequestHandler):
    """One request."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Answer as told, or echo."""
        model = self.server.model
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path not in model.paths:
            self._send(404, '{"detail": "Not Found"}', {})
            return
        model.asked.append(body)
        model.keys.append(self.headers["Authorization"])
        says = model.told.popleft() if model.told else model.usual
        if says.seconds:
            time.sleep(says.seconds)
        try:
            self._answer(says, body)
        except OSError:
            model.gone.set()
            self.close_connection = True

    def _answer(self, says: Says, body: Json) -> None:
        text = echo_of(body) if says.text is None else says.text
        chat = self.path == CHAT
        if says.status != 200 or (says.body and says.whole):
            self._send(says.status, says.body, says.headers)
        elif says.whole:
            self._send(200, json.dumps((chat_whole if chat else response_whole)(says, text)), says.headers)
        else:
            self._stream(says, says.body.split("\n") if says.body else (chat_events if chat else events)(says, text))

    def _stream(self, says: Says, data: Any) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        for number, each in enumerate(data):
            if number == says.pieces:
                return
            self.wfile.write(f"data: {each}\n\n".encode())
            self.wfile.flush()
            if number == 0:
                says.midway()

    def _send(self, status: int, body: str, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


def echo_of(body: Json) -> str:
    """An echo of what the user said last."""
    said = [each for each in body.get("messages", body.get("input")) if each.get("role") == "user"]
    content = said[-1]["content"] if said else ""
    return f"Echo: {content if isinstance(content, str) else content[0]['text']}"


def words(says: Says, text: str) -> Iterator[str]:
    """The text in pieces; without end, if told so."""
    first, *rest = text.split(" ")
    yield first
    while says.endless:
        time.sleep(0.005)
        yield " and on"
    yield from (f" {word}" for word in rest)


def chat_events(says: Says, text: str) -> Iterator[str]:
    """Chunks of a chat completion."""

    def chunk(delta: Json, finish: str | None = None) -> str:
        return json.dumps({"object": "chat.completion.chunk", "choices": [choice("delta", delta, finish)]})

    for word in words(says, text) if text else ():
        yield chunk({"content": word})
    for index, call in enumerate(says.calls):
        arguments, half = call["arguments"], len(call["arguments"]) // 2
        function = {"name": call["name"], "arguments": arguments[:half]}
        yield chunk({"tool_calls": [{"index": index, "id": call.get("id"), "type": "function", "function": function}]})
        yield chunk({"tool_calls": [{"index": index, "function": {"arguments": arguments[half:]}}]})
    yield chunk({}, says.finish or ("tool_calls" if says.calls else "stop"))
    if says.usage:
        yield json.dumps({"object": "chat.completion.chunk", "choices": [], "usage": chat_usage(text)})
    yield "[DONE]"


def chat_whole(says: Says, text: str) -> Json:
    """A chat completion in one piece."""
    calls = [{"id": each.get("id"), "type": "function", "function": each} for each in says.calls]
    message = {"role": "assistant", "content": text or None, **({"tool_calls": calls} if calls else {})}
    finish = says.finish or ("tool_calls" if calls else "stop")
    return {"object": "chat.completion", "choices": [choice("message", message, finish)], "usage": chat_usage(text)}


def choice(part: str, said: Json, finish: str | None) -> Json:
    """The only choice."""
    return {"index": 0, part: said, "finish_reason": finish}


def chat_usage(text: str) -> Json:
    """A token is a word."""
    spoken = len(text.split())
    return {"prompt_tokens": 10, "completion_tokens": spoken, "total_tokens": 10 + spoken}


def events(says: Says, text: str) -> Iterator[str]:
    """Events of a response."""
    for word in words(says, text) if text else ():
        yield json.dumps({"type": "response.output_text.delta", "delta": word})
    whole = response_whole(says, text)
    for item in whole["output"]:
        yield json.dumps({"type": "response.output_item.done", "item": item})
    yield json.dumps({"type": f"response.{whole['status']}", "response": whole})


def response_whole(says: Says, text: str) -> Json:
    """A response in one piece."""
    spoken = {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": text}]}
    calls = [
        {"type": "function_call", "call_id": each.get("id"), "name": each["name"], "arguments": each["arguments"]}
        for each in says.calls
    ]
    cut = {"length": "max_output_tokens", "content_filter": "content_filter"}.get(says.finish or "")
    return {
        "object": "response",
        "status": "incomplete" if cut else "completed",
        "incomplete_details": {"reason": cut} if cut else None,
        "output": [*([spoken] if text else []), *calls],
        "usage": {"input_tokens": 10, "output_tokens": len(text.split()), "total_tokens": 0},
    }
