# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a right answer is spoilt, by chance alone: the same `Random` spoils the same answer in the same way."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

KEY = "sk-spoilt-0123456789abcdef"
HEADER_SECRET = "hs-spoilt-fedcba9876543210"
FOREIGN = "foreign_0123456789abcdef"
"""An id that no task names and no right answer holds."""

Place = tuple[Any, ...]


@dataclass(frozen=True)
class Spoilt:
    """An answer, and how it reaches the client."""

    status: int
    headers: dict[str, str]
    body: bytes
    wire: str = "whole"
    """How it is written: one of `WIRES`."""

    how: tuple[str, ...] = field(default=())
    """What was done to it."""

    @property
    def is_stream(self) -> bool:
        """Whether it is one of server-sent events."""
        return "event-stream" in self.headers.get("Content-Type", "")


def spoilt(answer: Spoilt, chance: Random) -> Spoilt:
    """The answer, worse."""
    (spoil,) = chance.choices(list(SPOILS), list(SPOILS.values()))
    if spoil is with_wire:
        return spoil(answer, chance)
    worse = spoil(answer, chance)
    return with_headers(worse, chance) if chance.random() < 0.1 else worse


def _with(answer: Spoilt, how: str, **changes: Any) -> Spoilt:
    return replace(answer, how=(*answer.how, how), **changes)


# --- the fields of a body ---


class Raw:
    """A part of a JSON text that no Python value stands for."""

    def __init__(self, text: str) -> None:
        self.text = text


def nested(depth: int) -> Raw:
    """Lists and mappings in each other; json.dumps would not go as deep."""
    return Raw('[{"a":' * depth + "1" + "}]" * depth)


TEXTS = [
    *("", " ", ".", "..", "../..", "/", "a\nb", "\x1b[31mok: [localhost]", "\ud800", "a\udfffb", "\u2028", "𝒶"),
    *("********", "(known after apply)", "%2e%2e", "{{ 1 }}", "null", "[]", "a" * 3000),
    *(f"Your key is {KEY}", f"Bearer {KEY}", HEADER_SECRET, FOREIGN),
]
NUMBERS = [0, -1, 1, 1.5, -0.0, 1e300, 2**63, 10**30, float("nan"), float("inf"), Raw("9" * 5000), Raw("1e999")]
STRUCTURES = [
    *([], {}, [[]], [{}], [None], [1], ["x"], {"a": None}, {"id": 5}, {"id": None, "object": []}, {"type": "text"}),
    *(nested(60), nested(400), nested(50_000), {KEY: KEY}, {"\ud800": "x"}, {"a\nb": 1}, {"value": None}),
]
WORDS = {
    "status": ["queued", "in_progress", "requires_action", "completed", "failed", "cancelled", "cancelling", "zebra"],
    "object": ["thread", "thread.run", "thread.message", "assistant", "list", "zebra"],
    "type": ["text", "image_file", "refusal", "function", "submit_tool_approval", "submit_tool_outputs", "zebra"],
    "role": ["user", "assistant", "zebra"],
}


def places(value: Any, here: Place = ()) -> Iterator[Place]:
    """Every part of a JSON value but the whole."""
    inner: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, part in inner:
        yield (*here, step)
        yield from places(part, (*here, step))


def with_fields(answer: Spoilt, chance: Random) -> Spoilt:
    """Some fields of the JSON body are spoilt."""
    if answer.is_stream:
        return with_events(answer, chance)
    try:
        value = json.loads(answer.body)
    except ValueError:
        return with_raw_body(answer, chance)
    how = [_spoil_one(value, chance) for _time in range(chance.choice([1, 1, 1, 2, 4]))]
    return _with(answer, ", ".join(how), body=written(value))


def _spoil_one(value: Any, chance: Random) -> str:
    """Spoils one place inside the value; says how."""
    every = list(places(value))
    if not every:
        return "nothing to spoil"
    shallow = [place for place in every if len(place) == 1]
    place = chance.choice(shallow if chance.random() < 0.4 else every)
    parent = value
    for step in place[:-1]:
        parent = parent[step]
    step = place[-1]
    where = ".".join(map(str, place))
    act = chance.choices(["remove", "replace", "wrap", "rename", "repeat"], [30, 50, 8, 4, 8])[0]
    if act == "remove":
        del parent[step]
        return f"{where} removed"
    if act == "wrap":
        parent[step] = [parent[step]] if chance.random() < 0.5 else {str(step): parent[step]}
        return f"{where} wrapped"
    if act == "rename" and isinstance(parent, dict):
        name = chance.choice(TEXTS)
        parent[name] = parent.pop(step)
        return f"{where} renamed to {name[:40]!r}"
    if act == "repeat" and isinstance(parent, list):
        parent.extend([parent[step]] * chance.choice([1, 2, 150]))
        return f"{where} repeated"
    parent[step] = another_value(step, parent[step], chance)
    return f"{where} is {_short(parent[step])}"


def another_value(name: Any, value: Any, chance: Random) -> Any:
    """Something else than the value that a field has."""
    if str(name) in WORDS and chance.random() < 0.5:
        return chance.choice(WORDS[name])
    if str(name).endswith("id") and isinstance(value, str) and chance.random() < 0.4:
        return chance.choice([FOREIGN, "..", ".", "", "a/b", "?x", value + "/.."])
    kind = chance.choice([[None, True, False], TEXTS, NUMBERS, STRUCTURES, [None]])
    return copy.deepcopy(chance.choice(kind))  # what is spoilt next may be within it


def written(value: Any) -> bytes:
    """JSON text, with what JSON does not allow where it was put."""
    raws: list[str] = []

    def stand_in(part: Any) -> str:
        raws.append(part.text)
        return f"\0raw {len(raws) - 1}\0"

    text = json.dumps(value, default=stand_in)
    for number, raw in enumerate(raws):
        text = text.replace(f'"\\u0000raw {number}\\u0000"', raw)
    return text.encode()


def _short(value: Any) -> str:
    return value.text[:40] if isinstance(value, Raw) else ascii(value)[:60]


# --- events ---


def with_events(answer: Spoilt, chance: Random) -> Spoilt:
    """A stream of events, some of them spoilt, lost, out of order or more than there were."""
    parts = answer.body.decode().strip("\n").split("\n\n")
    act = chance.choices(
        ["fields", "lost", "order", "error", "comments", "end", "lines", "json"], [8, 3, 2, 3, 1, 2, 2, 2]
    )[0]
    at = chance.randrange(len(parts))
    how = f"event {at}: {act}"
    if act == "fields":
        name, _line, data = parts[at].partition("\ndata: ")
        if not data.startswith("{"):
            return _with(answer, "events as they are")
        value = json.loads(data)
        how += f", {_spoil_one(value, chance)}"
        parts[at] = f"{name}\ndata: {written(value).decode()}"
    elif act == "lost":
        parts = parts[:at] if chance.random() < 0.5 else parts[:at] + parts[at + 1 :]
    elif act == "order":
        chance.shuffle(parts)
    elif act == "error":
        data = written(another_error(chance)).decode()
        parts.insert(at, f"event: {chance.choice(['error', 'thread.run.failed', ''])}\ndata: {data}")
    elif act == "comments":
        parts[at:at] = [": still here"] * 500
    elif act == "end":
        parts = [part for part in parts if "[DONE]" not in part]
    elif act == "lines":
        parts[at] = chance.choice(
            [parts[at].replace("\n", "\r\n"), "data", "data:\ndata:", ":", "\0", "event: a\nevent:"]
        )
    else:
        runs = [part.partition("\ndata: ")[2] for part in parts if '"thread.run"' in part]
        body = (runs[-1] if runs else "{}").encode()
        return _with(answer, "JSON in place of events", headers={"Content-Type": "application/json"}, body=body)
    return _with(answer, how, body="\n\n".join([*parts, ""]).encode())


# --- the body as a whole ---

BODIES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda body: body[: len(body) // 2],
    "empty": lambda body: b"",
    "html": lambda body: f"<html><title>Sign in, {KEY}</title></html>".encode(),
    "text": lambda body: b"upstream \x1b[31mconnect error",
    "null": lambda body: b"null",
    "number": lambda body: b"5",
    "list": lambda body: b"[" + body + b"]",
    "text in JSON": lambda body: json.dumps(body.decode(errors="replace")).encode(),
    "no UTF-8": lambda body: body.replace(b'"id"', b'"\xff\xfe"'),
    "UTF-16": lambda body: body.decode(errors="replace").encode("utf-16"),
    "byte order mark": lambda body: b"\xef\xbb\xbf" + body,
    "deep": lambda body: b"[" * 100_000,
    "more behind it": lambda body: body + b"}",
    "a key twice": lambda body: body.replace(b"{", b'{"id": null, ', 1) if b"{}" not in body else body,
    "an object with nothing in it": lambda body: b"{}",
}


def with_raw_body(answer: Spoilt, chance: Random) -> Spoilt:
    """The body is something else."""
    how = chance.choice(list(BODIES))
    return _with(answer, f"body: {how}", body=BODIES[how](answer.body))


# --- the status ---

STATUSES = [
    *(
        201,
        202,
        204,
        205,
        206,
        226,
        299,
        300,
        301,
        302,
        303,
        304,
        307,
        308,
        400,
        401,
        402,
        403,
        404,
        405,
        408,
        409,
        410,
    ),
    *(
        411,
        413,
        415,
        418,
        422,
        423,
        425,
        429,
        431,
        451,
        499,
        500,
        501,
        502,
        503,
        504,
        507,
        511,
        520,
        529,
        599,
        600,
        999,
    ),
]
NO_BODY = (204, 304)


def another_error(chance: Random) -> Any:
    """What an error's body holds, right and wrong."""
    message = chance.choice([*TEXTS, *NUMBERS, *STRUCTURES, None, "Not like that"])
    code = chance.choice([None, "insufficient_quota", "rate_limit_exceeded", 5, [], {}, "\x1b", KEY, "\ud800"])
    return chance.choice(
        [
            {"error": {"message": message, "type": code, "param": code, "code": code}},
            {"error": {"message": message}},
            {"error": message},
            {"error": [message]},
            {"message": message, "code": code},
            {"detail": [{"loc": ["body", message], "msg": message}]},
            {"detail": message},
            {"errors": [{"message": message}]},
            message,
        ]
    )


def with_status(answer: Spoilt, chance: Random) -> Spoilt:
    """Another status, with an error's body, or the one that it had."""
    status = chance.choice(STATUSES)
    worse = _with(answer, f"status {status}", status=status)
    if chance.random() < 0.6:
        worse = replace(worse, body=written(another_error(chance)), headers={"Content-Type": "application/json"})
    if 300 <= status < 400 and chance.random() < 0.7:
        worse = replace(worse, headers={**worse.headers, "Location": chance.choice(LOCATIONS)})
    if status in (429, 503) and chance.random() < 0.6:
        name = chance.choice(["Retry-After", "retry-after-ms"])
        worse = replace(worse, headers={**worse.headers, name: chance.choice(TIMES)})
    if chance.random() < 0.2:
        return with_raw_body(worse, chance)
    return worse


# --- the headers ---

TIMES = [
    *("0", "-1", "0.001", "1", "3600", "99999999999999999999", "9" * 5000, "1e999", "nan", "inf", "-inf", "", "soon"),
    *("1 2", "0x10", "1_0", "\xb2", "\u0663", "\x1b[31m", f"{KEY}", "Wed, 21 Oct 2015 07:28:00 GMT"),
    *("Wed, 21 Oct 99999 07:28:00 GMT", "Wed, 99 Oct 2026 99:99:99 GMT", "Wed, 21 Oct 2026 07:28:00 +9999999999"),
    *("Wed, 21 Oct 0000 07:28:00 GMT", "2026-10-21T07:28:00Z", "Thu, 01 Jan 1970 00:00:00 -2400"),
]
LOCATIONS = [
    *(
        "",
        "/",
        "//",
        "http://",
        "http://[",
        "http://[::1",
        "http://elsewhere.invalid/",
        "..",
        "\xff",
        "\x1b[31m",
        "a b",
    ),
    *(f"https://elsewhere.invalid/?key={KEY}", "http://:x@y:99999999/", "ht!tp://x", "http://x:y", "a" * 3000, "%zz"),
]
HEADERS = {
    "Retry-After": TIMES,
    "retry-after-ms": TIMES,
    "openai-poll-after-ms": TIMES,
    "Date": TIMES,
    "x-should-retry": ["true", "false", "", "zebra", "TRUE", "1", "\xff"],
    "x-request-id": TEXTS,
    "Content-Type": [
        *TEXTS,
        "text/html",
        "application/json; charset=utf-99",
        "application/json; charset=",
        "text/x;;=",
    ],
    "Content-Encoding": ["gzip", "deflate", "br", "zstd", "zebra", "gzip, gzip", "", "\xff"],
    "Location": LOCATIONS,
    "Set-Cookie": TEXTS,
    "Connection": ["close", "upgrade", "zebra"],
}


def with_headers(answer: Spoilt, chance: Random) -> Spoilt:
    """One header that is odd, or one or two more."""
    chosen = chance.sample(list(HEADERS), chance.choice([1, 1, 2]))
    more = {name: chance.choice(HEADERS[name]) for name in chosen}
    how = ", ".join(f"{name}: {ascii(value)[:40]}" for name, value in more.items())
    return _with(answer, how, headers={**answer.headers, **more})


# --- the wire ---

WIRES = {
    "reset before": 3,
    "reset after": 3,
    "closed before": 2,
    "closed after": 2,
    "cut": 3,
    "chunks without end": 3,
    "a chunk of no size": 1,
    "silence": 0.5,
    "silence midway": 0.5,
    "drops without end": 0.5,
    "twice": 2,
    "a length that is none": 1,
    "no HTTP": 2,
    "a status of no number": 1,
    "a header without a colon": 1,
    "a hundred headers": 1,
    "continue first": 1,
}
"""How an answer can be written, and how often it is."""

UNSEEN = ("reset before", "closed before")
"""The server has not seen the request."""

COMPLETE = ("whole", "twice", "continue first", "a header without a colon")
"""The client can read all of it."""


def with_wire(answer: Spoilt, chance: Random) -> Spoilt:
    """The answer breaks off, or is no HTTP."""
    (wire,) = chance.choices(list(WIRES), list(WIRES.values()))
    return _with(answer, wire, wire=wire)


SPOILS: dict[Callable[[Spoilt, Random], Spoilt], float] = {
    with_fields: 60,
    with_raw_body: 8,
    with_status: 16,
    with_headers: 8,
    with_wire: 8,
}
"""The ways to spoil, and how often each is taken."""


def on_the_wire(answer: Spoilt) -> bytes:
    """What is written to the connection."""
    headers = {"Content-Length": str(len(answer.body)), **answer.headers}
    body, extra, first = answer.body, b"", b""
    if answer.wire in ("cut", "silence midway", "drops without end"):
        body = body[: len(body) // 2]
    if answer.wire == "drops without end":
        headers["Content-Length"] = str(10**9)
    elif answer.wire.startswith(("chunk", "a chunk")):
        del headers["Content-Length"]
        headers["Transfer-Encoding"] = "chunked"
        size = f"{len(body):x}" if answer.wire == "chunks without end" else "zebra"
        body = f"{size}\r\n".encode() + body + b"\r\n"
    elif answer.wire == "a length that is none":
        headers["Content-Length"] = "-5" if len(body) % 2 else "zebra"
    elif answer.wire == "a header without a colon":
        extra = b"zebra\r\n"
    elif answer.wire == "a hundred headers":
        extra = b"".join(b"X-%d: a\r\n" % number for number in range(120))
    elif answer.wire == "continue first":
        first = b"HTTP/1.1 100 Continue\r\n\r\n"
    elif answer.wire == "no HTTP":
        return b"\x15\x03\x01\x00\x02\x02\x16zebra\r\n\r\n"
    if answer.status in NO_BODY:
        body = b""
        headers.pop("Content-Length", None)
    status = "zebra" if answer.wire == "a status of no number" else str(answer.status)
    lines = [f"HTTP/1.1 {status} Spoilt", *(f"{name}: {one_header(value)}" for name, value in headers.items())]
    whole = first + "\r\n".join(lines).encode("latin-1", errors="replace") + b"\r\n" + extra + b"\r\n" + body
    return whole * 2 if answer.wire == "twice" else whole


def one_header(value: str) -> str:
    """A header's value in the bytes that a careless server would send; it cannot end the header."""
    sent = value.encode("utf-8", errors="surrogatepass").decode("latin-1")
    return sent.replace("\r", " ").replace("\n", " ")
