# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A tap on the wire: passes every byte on as it comes, and keeps what was said for a later look.

It knows no HTTP while it passes on, so an answer that is streamed, broken off or never given stays just that.
"""

from __future__ import annotations

import contextlib
import socket
import socketserver
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any

import h11

ABORT = struct.pack("ii", 1, 0)  # SO_LINGER: close by a reset, as the other side did


@dataclass(frozen=True)
class Exchange:
    """A request with its whole answer. One that was broken off has none."""

    at: float
    """When the answer began."""

    method: str
    path: str
    body: bytes
    status: int
    headers: dict[str, str]
    answer: bytes


@dataclass
class Conversation:
    """The bytes of one connection, and when each piece came from the server."""

    sent: bytearray = field(default_factory=bytearray)
    received: list[tuple[float, bytes]] = field(default_factory=list)

    def hear(self, piece: bytes) -> None:
        """Keep what came from the server."""
        self.received.append((time.time(), piece))

    def exchanges(self) -> Iterator[Exchange]:
        """What was said, up to what is incomplete."""
        sent, received = bytes(self.sent), b"".join(piece for _at, piece in self.received)
        position = 0
        while sent and received:
            server, client = h11.Connection(h11.SERVER), h11.Connection(h11.CLIENT)
            request, body = _message(server, sent)
            if request is None:
                return
            client.send(request)
            response, answer = _message(client, received)
            if response is None:
                return
            yield Exchange(
                at=self._time_of(position),
                method=request.method.decode(),
                path=request.target.decode(),
                body=body,
                status=response.status_code,
                headers={name.decode(): value.decode("latin-1") for name, value in response.headers},
                answer=answer,
            )
            position += len(received) - len(client.trailing_data[0])
            sent, received = server.trailing_data[0], client.trailing_data[0]

    def _time_of(self, position: int) -> float:
        """When the server's byte at a position came."""
        end = 0
        for at, piece in self.received:
            end += len(piece)
            if position < end:
                return at
        raise IndexError(position)


def _message(connection: h11.Connection, said: bytes) -> tuple[Any, bytes]:
    """The head of a message, and its body; no head if it is incomplete."""
    connection.receive_data(said)
    head, body = None, b""
    with contextlib.suppress(h11.RemoteProtocolError):
        while not isinstance(event := connection.next_event(), h11.EndOfMessage):
            if event is h11.NEED_DATA or isinstance(event, h11.ConnectionClosed):
                return None, b""
            if isinstance(event, h11.Data):
                body += bytes(event.data)
            else:
                head = event
        return head, body
    return None, b""


class Tap(socketserver.ThreadingTCPServer):
    """Listens on a free port, and connects to the port of a server on this machine."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, aim: int) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.aim = aim
        self.port = self.server_address[1]
        self.conversations: list[Conversation] = []

    def __enter__(self) -> Tap:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.shutdown()
        self.server_close()

    def exchanges(self) -> list[Exchange]:
        """All that was said, in order of its answers."""
        return sorted((one for each in self.conversations for one in each.exchanges()), key=lambda one: one.at)


class _Connection(socketserver.BaseRequestHandler):
    server: Tap

    def handle(self) -> None:
        conversation = Conversation()
        self.server.conversations.append(conversation)
        client = self.request
        try:
            server = socket.create_connection(("127.0.0.1", self.server.aim))
        except OSError:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
            return
        with server:
            for side in (client, server):
                side.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            back = threading.Thread(target=_pass_on, args=(server, client, conversation.hear), daemon=True)
            back.start()
            _pass_on(client, server, conversation.sent.extend)
            back.join()


def _pass_on(source: socket.socket, target: socket.socket, keep: Callable[[bytes], None]) -> None:
    """Pass on until the source ends, and end the target the same way."""
    try:
        while piece := source.recv(65536):
            keep(piece)
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        for side in (target, source):
            with contextlib.suppress(OSError):
                side.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
                side.shutdown(socket.SHUT_RDWR)
