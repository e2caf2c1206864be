# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ledger: under which names objects were made that the API cannot list by name, and who is making one right now.

A row is reserved before the object is created, and kept with its id after that. Meanwhile its maker holds the name:
the operating system or the database lets go of it when the maker dies, so that who is alive is a fact and no guess.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from ..api.errors import OpenAIError
from ..api.settings import Settings
from .wait import Deadline

FIRST_PAUSE = 0.02
LONGEST_PAUSE = 1.0


class LedgerError(OpenAIError):
    """The ledger cannot be used, or has no room for what a task wants of it."""


class MakerLost(LedgerError):
    """Who reserved a name has died, or did not learn what became of its creation, before the id was known."""


class Key(NamedTuple):
    """What a row is found by."""

    server: str
    organization: str
    project: str
    kind: str
    parents: str
    """The ids of the object's parents, as JSON; empty without any."""

    name: str

    @property
    def digest(self) -> str:
        """The key in one short text, the same everywhere."""
        return hashlib.sha256(json.dumps(self).encode()).hexdigest()

    @property
    def shown(self) -> str:
        """The object in a message."""
        return f"the {self.kind} {self.name!r} of {self.server}"


def key_of(settings: Settings, kind: str, scope: Mapping[str, str], name: str) -> Key:
    """The key of an object on the server that `settings` lead to. A `scope` holds the ids of its parents."""
    return Key(
        server=settings.base_url.rstrip("/"),
        organization=settings.organization or "",
        project=settings.project or "",
        kind=kind,
        parents=json.dumps(scope, sort_keys=True) if scope else "",
        name=name,
    )


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A row."""

    key: Key
    maker: str
    """Who reserved it: host, process, and what tells this reservation from all others."""

    created_at: int
    """When it was reserved, in seconds since 1970 by the maker's clock; once kept, when the object was created."""

    object_id: str | None = None
    """The object's id; None while the row is only reserved."""

    checksum: str | None = None


class Ledger(Protocol):
    """What the engine needs of a ledger. Every method raises LedgerError where it cannot be used."""

    def find(self, key: Key) -> Entry | None:
        """The row of `key`, if there is one."""

    def entries(self) -> list[Entry]:
        """All rows, the oldest first."""

    def take(self, key: Key) -> bool:
        """Holds `key` for this process until `release` or its death; False while another one does."""

    def release(self, key: Key) -> None:
        """Lets go of what was taken."""

    def reserve(self, key: Key) -> Entry:
        """The row of `key` that says it is being made. Raises LedgerError if there is a row already."""

    def keep(self, entry: Entry, object_id: str, created_at: int | None = None, checksum: str | None = None) -> Entry:
        """The reserved row with the object's id. Raises LedgerError if the reservation is not there any more."""

    def drop(self, entry: Entry) -> None:
        """Removes that row, and no other that has taken its place."""


@contextmanager
def held(ledger: Ledger, key: Key, seconds: float, sleep: Callable[[float], None]) -> Iterator[None]:
    """Holds `key`, after whoever else does. Raises LedgerError if that takes longer than `seconds`."""
    deadline, pause = Deadline(seconds), FIRST_PAUSE
    while not ledger.take(key):
        if deadline.left <= 0:
            raise LedgerError(f"another task is at work on {key.shown}, and has not finished in {seconds:g} seconds")
        sleep(min(pause * random.uniform(0.5, 1), max(deadline.left, 0)))
        pause = min(pause * 2, LONGEST_PAUSE)
    try:
        yield
    finally:
        ledger.release(key)


def not_to_be_seen() -> str | None:
    """Looks for an object that the server does not list."""
    return None


@contextmanager
def reserved(
    ledger: Ledger,
    key: Key,
    seconds: float,
    sleep: Callable[[float], None],
    *,
    look: Callable[[], str | None] = not_to_be_seen,
    gone: Entry | None = None,
    recreate: bool = False,
) -> Iterator[Entry]:
    """The row of `key`: the known one that stands there, else a new reservation, for the caller to create and keep.

    The row `gone` counts for nothing, since its object is. Where no row says the id, `look` may: it returns the one
    that the server lists. Else the reservation of a dead maker raises MakerLost, or is dropped with `recreate`.
    A reservation stands until it is kept, unless what fails says that nothing was created.
    """
    with held(ledger, key, seconds, sleep):
        entry = ledger.find(key)
        if entry and entry.object_id and entry != gone:
            yield entry
        else:
            with _until_kept(ledger, _anew(ledger, key, entry, look, recreate)) as own:
                yield own


def _anew(ledger: Ledger, key: Key, entry: Entry | None, look: Callable[[], str | None], recreate: bool) -> Entry:
    """A row in the place of one without an object, or of none."""
    seen = look()
    if entry and not entry.object_id and not seen and not recreate:
        raise MakerLost(
            f"{key.shown} was being made by {entry.maker}, which did not learn its id: the server may hold one that "
            "cannot be listed; look for it there, and set on_lost to recreate to have a new one",
            code="maker_lost",
        )
    if entry:
        ledger.drop(entry)
    own = ledger.reserve(key)
    return ledger.keep(own, seen) if seen else own


@contextmanager
def _until_kept(ledger: Ledger, own: Entry) -> Iterator[Entry]:
    try:
        yield own
    except OpenAIError as error:
        if not error.maybe_done and not own.object_id and ledger.find(own.key) == own:
            ledger.drop(own)
        raise


class NoLedger:
    """Remembers nothing, and lets everyone go on at once."""

    def find(self, key: Key) -> Entry | None:
        """Nothing."""
        return None

    def entries(self) -> list[Entry]:
        """Nothing."""
        return []

    def take(self, key: Key) -> bool:
        """At once."""
        return True

    def release(self, key: Key) -> None:
        """Nothing was taken."""

    def reserve(self, key: Key) -> Entry:
        """A row that stands nowhere."""
        return Entry(key=key, maker="", created_at=0)

    def keep(self, entry: Entry, object_id: str, created_at: int | None = None, checksum: str | None = None) -> Entry:
        """The row as it would be."""
        return replace(entry, object_id=object_id)

    def drop(self, entry: Entry) -> None:
        """There is none."""


class DryRun(NoLedger):
    """What another ledger holds, without a change of it."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def find(self, key: Key) -> Entry | None:
        """The row of `key`, if there is one."""
        return self.ledger.find(key)

    def entries(self) -> list[Entry]:
        """All rows, the oldest first."""
        return self.ledger.entries()

    def take(self, key: Key) -> bool:
        """Whether no one else holds `key`."""
        return self.ledger.take(key)

    def release(self, key: Key) -> None:
        """Lets go of what was taken."""
        self.ledger.release(key)
