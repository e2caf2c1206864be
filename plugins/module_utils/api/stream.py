# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading server-sent events (HTML standard, section "Server-sent events"), as far as the API uses them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from .reading import json_in

END = b"[DONE]"
LONGEST_LINE = 2**24


class Event(NamedTuple):
    """One event: its name such as `thread.run.completed`, and the object it carries."""

    name: str
    data: dict[str, Any]

    @property
    def is_error(self) -> bool:
        """Whether the server tells of a failure by it."""
        return self.name == "error" or (bool(self.data.get("error")) and "object" not in self.data)


def events(pieces: Iterable[bytes]) -> Iterator[Event]:
    """The events in a stream's pieces, up to the one that ends it; what is not a JSON object is passed over."""
    name, data = "", b""
    for line in _lines(pieces):
        field, _colon, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if field == b"event":
            name = value.decode(errors="replace")
        elif field == b"data":
            data += value
        elif not line and data:
            if data == END:
                return
            yield from _event(name, data)
            name, data = "", b""


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The lines, without their ends, each once it is whole. Raises ValueError on one without end."""
    pending = b""
    for piece in pieces:
        pending += piece
        if len(pending) > LONGEST_LINE:
            raise ValueError("holds a line without end")
        if b"\n" in piece or b"\r" in piece:
            lines = pending.splitlines(keepends=True)
            pending = b"" if lines[-1].endswith(b"\n") else lines.pop()  # a line break may be half of one, too
            yield from (line.rstrip(b"\r\n") for line in lines)
    yield pending.rstrip(b"\r\n")


def _event(name: str, data: bytes) -> Iterator[Event]:
    try:
        carried = json_in(data)
    except ValueError:
        return
    if isinstance(carried, dict):
        yield Event(name, carried)
