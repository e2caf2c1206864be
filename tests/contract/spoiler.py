# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A server in front of local_api that spoils its answers, and knows what each request has really done."""

from __future__ import annotations

import contextlib
import json
import math
import re
import select
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from local_server import PATIENCE
from spoiling import COMPLETE, NO_BODY, UNSEEN, Spoilt, on_the_wire, spoilt

IN_THREADS, IN_STORES = "(/runs|/[^/]+/(messages|runs))?", "(/[^/]+/files)?"
CREATIONS = re.compile(
    rf"/(assistants|agents|files|vector_stores{IN_STORES}|threads{IN_THREADS}|chatkit/sessions)(\?|$)"
)
LONGEST_SILENCE = 5.0
PAUSE = 0.05
DEEPEST = 100


@dataclass(frozen=True)
class Exchange:
    """A request, the right answer (None where local_api has not seen it), and the one that was given."""

    method: str
    path: str
    sent: bytes
    right: Spoilt | None
    given: Spoilt

    @property
    def created(self) -> str | None:
        """The id of the object that it has created, if the client could read it."""
        if self.method != "POST" or not CREATIONS.search(self.path) or self.right is None or self.right.status != 200:
            return None
        (right, *_more) = [one["id"] for one in _objects(self.right)] or [None]
        return right if right in [one.get("id") for one in _objects(self.given)] else None


def _objects(answer: Spoilt) -> Iterator[dict[str, Any]]:
    """The objects that a client can read in a successful answer; of a stream those that tell of the run."""
    readable = answer.wire in COMPLETE and not answer.headers.get("Content-Encoding")
    if not (readable and 200 <= answer.status < 300 and answer.status not in NO_BODY):
        return
    told = answer.body.partition(b"data: [DONE]")[0] if answer.is_stream else answer.body
    for line in told.split(b"\n") if answer.is_stream else [told]:
        with contextlib.suppress(ValueError, RecursionError):
            value = _json(line.removeprefix(b"data: "))
            if isinstance(value, dict) and (value.get("object") == "thread.run" or not answer.is_stream):
                yield value


def _json(text: bytes) -> Any:
    """The value of a text in UTF-8. Raises ValueError where it is not, or is nested deeper than anybody can mean."""
    value = json.loads(text.decode("utf-8"), parse_constant=_no_number, parse_float=_number)
    level = [value]
    for _depth in range(DEEPEST):
        inner = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, (dict, list))]
        level = [part for parts in inner for part in parts]
    if level:
        raise ValueError("too deep")
    return value


def _no_number(text: str) -> float:
    raise ValueError(text)


def _number(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _no_number(text)


class Spoiler(ThreadingHTTPServer):
    """Spoils what `begin` says; until then, nothing."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, root: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behind = urlsplit(root).netloc
        self.url = f"http://127.0.0.1:{self.server_address[1]}/v1"
        self.begin("", 0)

    def __enter__(self) -> Spoiler:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.shutdown()
        self.server_close()

    def begin(self, seed: str, rate: float) -> None:
        """Forget what was said, and spoil that share of the answers from now on."""
        self.seed, self.rate = seed, rate
        self.exchanges: list[Exchange] = []
        self.asked = 0

    def chance(self) -> Random:
        """What decides about the next answer."""
        self.asked += 1
        return Random(f"{self.seed} {self.asked}")

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has had enough goes."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Spoiler

    def setup(self) -> None:
        super().setup()
        self.behind = HTTPConnection(self.server.behind, timeout=PATIENCE)

    def finish(self) -> None:
        self.behind.close()
        super().finish()

    def _answer(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        exchanges, chance = self.server.exchanges, self.server.chance()
        spoils = chance.random() < self.server.rate
        if spoils and chance.random() < 0.15:
            # Spoilt before it is known: the server may not see the request at all.
            given = spoilt(Spoilt(500, {"Content-Type": "application/json"}, b'{"error": null}'), chance)
            right = None if given.wire in UNSEEN or chance.random() < 0.5 else self._right(sent)
        else:
            right = self._right(sent)
            given = spoilt(right, chance) if spoils else right
            if given.wire in UNSEEN:
                given = Spoilt(
                    given.status, given.headers, given.body, given.wire.replace("before", "after"), given.how
                )
        exchanges.append(Exchange(self.command, self.path, sent, right, given))
        self._write(given)

    def _right(self, sent: bytes) -> Spoilt:
        names = ("Authorization", "OpenAI-Beta", "Content-Type")
        headers = {name: self.headers[name] for name in names if name in self.headers}
        self.behind.request(self.command, self.path, body=sent or None, headers=headers)
        answer = self.behind.getresponse()
        kept = {name: answer.headers[name] for name in ("Content-Type", "Date") if name in answer.headers}
        return Spoilt(answer.status, kept, answer.read())

    def _write(self, given: Spoilt) -> None:
        wire = given.wire
        if wire not in ("silence", "reset before", "reset after", "closed before", "closed after"):
            self.wfile.write(on_the_wire(given))
        if wire.startswith("silence"):
            self._client_goes_within(LONGEST_SILENCE)
        if wire == "drops without end":
            drop = b": still here\n\n" if given.is_stream else b" "
            for _drop in range(int(LONGEST_SILENCE / PAUSE)):
                self.wfile.write(drop)
                if self._client_goes_within(PAUSE):
                    break
        if wire.startswith("reset"):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        self.close_connection = (
            wire not in ("whole", "twice", "continue first") or given.headers.get("Connection") == "close"
        )

    def _client_goes_within(self, seconds: float) -> bool:
        return bool(select.select([self.connection], [], [], seconds)[0])

    do_GET = do_POST = do_DELETE = _answer

    def log_message(self, format: str, *arguments: Any) -> None:
        """Nothing is to be said on the terminal."""
