# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server that answers the few requests of the benchmarks as fast as Python can, so that it is not what is measured.

It keeps no state: below `/1000/150` there are 1,000 assistants, and every answer takes 150 ms; `thread_10000` holds
10,000 messages. Connections are kept alive.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import signal
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

RUN_SECONDS = 0.05
ASSISTANT = {
    "model": "gpt-4o",
    "instructions": "You write short release notes.",
    "metadata": {"team": "documentation"},
}
TEXT = "A message of ordinary length says in two or three sentences what somebody wants to know, or answers it. " * 3
Json = dict[str, Any]
made = itertools.count(1_000_000)


def assistant(number: int, **fields: Any) -> Json:
    """The assistant of that number, with all fields that the API shows."""
    shown = {"description": None, "tools": [], "tool_resources": {}, "temperature": 1.0, "top_p": 1.0}
    kind = {"id": f"asst_{number}", "object": "assistant", "created_at": 1764000000, "name": f"Assistant {number}"}
    return {**kind, **ASSISTANT, **shown, "response_format": "auto", **fields}


def thread(thread_id: str, **fields: Any) -> Json:
    """A thread."""
    kind = {"id": thread_id, "object": "thread", "created_at": 1764000000}
    return {**kind, "tool_resources": {}, "metadata": {}, **fields}


def message(thread_id: str, number: int) -> Json:
    """The message of that number in a thread."""
    content = [{"type": "text", "text": {"value": f"{number}: {TEXT}", "annotations": []}}]
    kind = {"id": f"msg_{number}", "object": "thread.message", "created_at": 1764000000, "thread_id": thread_id}
    return {**kind, "role": "user", "content": content, "attachments": [], "metadata": {}, **_written_by_nobody()}


def _written_by_nobody() -> Json:
    return {"assistant_id": None, "run_id": None}


def number_of(object_id: str) -> int:
    """The number at the end of an id."""
    return int(object_id.rpartition("_")[2])


def page(show: Callable[[int], Json], count: int, query: dict[str, list[str]]) -> Json:
    """One page of objects from 1 to `count`; the newest is the last, or the first where it is asked for so."""
    numbers = range(1, count + 1) if query.get("order") == ["asc"] else range(count, 0, -1)
    begin = numbers.index(number_of(query["after"][0])) + 1 if "after" in query else 0
    data = [show(number) for number in numbers[begin : begin + int(query["limit"][0])]]
    ends = {"first_id": data[0]["id"], "last_id": data[-1]["id"]} if data else {}
    return {"object": "list", "data": data, "has_more": begin + len(data) < count, **ends}


def run(thread_id: str, status: str) -> Json:
    """A run; its metadata tell when the server said so, on the clock that all processes of a machine share."""
    kind = {"id": "run_1", "object": "thread.run", "created_at": 1764000000, "thread_id": thread_id}
    return {**kind, "assistant_id": "asst_1", "status": status, "metadata": {"told_at": repr(time.monotonic())}}


class Connection(asyncio.Protocol):
    """One client."""

    transport: asyncio.Transport

    def __init__(self) -> None:
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remembers where answers go."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answers every request that has come in whole."""
        self.received += data
        while b"\r\n\r\n" in self.received:
            head, _blank, rest = self.received.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)\ncontent-length: *(\d+)", head)
            body = int(length[1]) if length else 0
            if len(rest) < body:
                return
            self.received = rest[body:]
            method, target, _version = head.partition(b"\r\n")[0].decode().split(" ")
            self.answer(method, target, json.loads(rest[:body] or b"{}"))

    def answer(self, method: str, target: str, body: Json) -> None:
        """Answers one request."""
        parts = urlsplit(target)
        query = parse_qs(parts.query)
        _root, count, latency, *path = parts.path.split("/")
        send = partial(asyncio.get_running_loop().call_later, int(latency) / 1000, self.send)
        match method, *path:
            case "GET", "assistants":
                send("200 OK", page(assistant, int(count), query))
            case "GET", "assistants", assistant_id:
                send("200 OK", assistant(number_of(assistant_id)))
            case "POST", "assistants":
                send("200 OK", assistant(next(made), **body))
            case "GET", "threads", thread_id:
                send("200 OK", thread(thread_id))
            case "POST", "threads":
                send("200 OK", thread(f"thread_{next(made)}", **body))
            case "GET", "threads", thread_id, "messages":
                send("200 OK", page(partial(message, thread_id), number_of(thread_id), query))
            case "POST", "threads", thread_id, "runs":
                self.begin_stream(thread_id)
            case _:
                send("404 Not Found", {"error": {"message": f"{method} {target} is not offered here."}})

    def send(self, status: str, body: Json) -> None:
        """Sends an object."""
        payload = json.dumps(body).encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(payload)}\r\n\r\n"
        self.transport.write(head.encode() + payload)

    def begin_stream(self, thread_id: str) -> None:
        """Tells of a run that ends after RUN_SECONDS."""
        head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        self.transport.write(head.encode())
        for status in ("queued", "in_progress"):
            self.tell(f"thread.run.{status}", json.dumps(run(thread_id, status)))
        asyncio.get_running_loop().call_later(RUN_SECONDS, self.end_stream, thread_id)

    def end_stream(self, thread_id: str) -> None:
        """Tells that the run is completed, and nothing more."""
        self.tell("thread.run.completed", json.dumps(run(thread_id, "completed")))
        self.tell("done", "[DONE]")
        self.transport.write(b"0\r\n\r\n")

    def tell(self, name: str, data: str) -> None:
        """Sends one event."""
        event = f"event: {name}\ndata: {data}\n\n".encode()
        self.transport.write(b"%x\r\n%b\r\n" % (len(event), event))


async def serve() -> None:
    """Listens on a free port, says on which, and answers until told to end."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Connection, "127.0.0.1", 0)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    told_to_end = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, told_to_end.set)
    await told_to_end.wait()


if __name__ == "__main__":
    asyncio.run(serve())
