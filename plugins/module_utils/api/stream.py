# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Reading server-sent events (HTML standard, section "Server-sent events"), as far as the API uses them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

END = "[DONE]"


class Event(NamedTuple):
    """One event: its name such as `thread.run.completed`, and the object it carries."""

    name: str
    data: dict[str, Any]


def events(lines: Iterable[bytes]) -> Iterator[Event]:
    """The events in a stream's lines, up to the one that ends it; what is not a JSON object is passed over."""
    name, data = "", b""
    for line in lines:
        field, _colon, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if field == b"event":
            name = value.decode(errors="replace")
        elif field == b"data":
            data += value
        elif not line and data:
            if data == END.encode():
                return
            yield from _event(name, data)
            name, data = "", b""


def _event(name: str, data: bytes) -> Iterator[Event]:
    try:
        carried = json.loads(data)
    except ValueError:
        return
    if isinstance(carried, dict):
        yield Event(name, carried)
