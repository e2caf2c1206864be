# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Everything the server remembers: the store, what it was told under /_control, and the requests it saw."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, Literal

from .store import Store

REQUESTS = 100_000  # how many are remembered


ModelApi = Literal["chat", "responses", "auto"]


@dataclass(frozen=True)
class Model:
    """The model that answers runs."""

    url: str
    """The base URL of its server, such as http://127.0.0.1:11434/v1."""
    name: str | None = None
    """Its name there; None stands for the run's."""
    key: str | None = None
    api: ModelApi = "auto"
    """The protocol its server is asked in; auto finds out."""
    parallel: int = 4
    """How many runs it answers at once."""


@dataclass(frozen=True)
class Options:
    """How the server was started."""

    host: str = "127.0.0.1"
    prefix: str = "/v1"
    latency_ms: float = 0
    require_key: str | None = None
    auth_scheme: str | None = None
    api_version: str | None = None
    db: str | None = None
    lists_threads: bool = False
    message_deletion: bool = True
    model: Model | None = None


@dataclass
class Settings:
    """What POST /_control/settings can change."""

    run_seconds: float = 0.2
    metadata_update: Literal["replace", "merge"] = "replace"
    gone: list[str] = field(default_factory=list)


Moment = Literal["before", "midway", "after"]
"""Of a request: before it takes effect, in the middle of the answer, after it took effect."""


@dataclass
class Fault:
    """One told fault: which requests it meets, how often, and what they get."""

    kind: str | None
    method: str | None
    path: re.Pattern[str]
    times: int | None
    every: int
    chance: float
    random: Random
    delay_ms: float
    status: int | None
    headers: dict[str, str]
    body: bytes
    carried_out: bool
    endless: bool
    drop: Moment | None
    hang: Moment | None
    seen: int = 0
    done: int = 0

    def meets(self, method: str, path: str) -> bool:
        """Whether a request is one of those the fault is for. Every request it could meet is one throw of its dice."""
        if self.method not in (None, method) or self.path.search(path) is None:
            return False
        self.seen += 1
        met = self.seen % self.every == 0 and (self.chance == 1 or self.random.random() < self.chance)
        self.done += met
        return met

    def shown(self) -> dict[str, Any]:
        """What GET /_control/faults tells of it."""
        return {
            "kind": self.kind,
            "method": self.method,
            "path": self.path.pattern,
            "seen": self.seen,
            "done": self.done,
        }


class World:
    """The server's memory. Only the store survives a restart (with a database file)."""

    def __init__(self, options: Options, settings: Settings) -> None:
        self.options = options
        self.store = Store(options.db)
        self.at_start = settings
        self.forget()

    def forget(self) -> None:
        """Go back to the settings of the start; leave the objects alone."""
        self.settings = replace(self.at_start, gone=list(self.at_start.gone))
        self.faults: list[Fault] = []
        self.told: defaultdict[str, deque[Any]] = defaultdict(deque)
        self.requests: deque[dict[str, Any]] = deque(maxlen=REQUESTS)

    def reset(self) -> None:
        """Forget everything, objects included."""
        self.store.clear()
        self.forget()

    def take_fault(self, method: str, path: str) -> Fault | None:
        """The first fault that meets a request, used up by one."""
        met = next((fault for fault in self.faults if fault.meets(method, path)), None)
        if met is not None and met.done == met.times:
            self.faults.remove(met)
        return met

    def is_gone(self, path: str) -> bool:
        """Whether a path lies under a closed one."""
        return any(path == gone or path.startswith(gone + "/") for gone in self.settings.gone)

    def next_told(self, about: str) -> Any:
        """What was told first about the next of something, used up; None when nothing was."""
        queue = self.told[about]
        return queue.popleft() if queue else None
