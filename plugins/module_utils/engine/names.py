# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names: which object one leads to, and that no other task makes a second of that name meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any, Protocol

from ..api.client import Client
from ..api.errors import NotFound
from . import find
from .identity import Named
from .ledger import Entry, Key, Ledger, NoLedger, held, key_of, reserved
from .plan import Json
from .resource import Resource
from .wish import Wish

END_OF_TIME = 1 << 40

CHECKSUM = "checksum"
"""The field of an object that the ledger knows, and the server does not."""

Find = Callable[[Wish], "Json | None"]
"""Returns the object that a wish is about, if it is there."""


class OpenLedger(Protocol):
    """Opens the ledger that the task chooses."""

    def __call__(self, *, needed: bool) -> Ledger:
        """The ledger. One that is not `needed`, and not chosen by the task either, may be none."""


def no_ledger(*, needed: bool) -> Ledger:
    """Opens none."""
    return NoLedger()


@dataclass(frozen=True)
class Standing:
    """What there is of an object before the task's one write."""

    wish: Wish
    """The wish, with the ids of parents that the name led to."""

    current: Json | None
    made: Callable[[Json], object] = lambda wire_object: None
    """Takes the object that was created."""

    removed: Callable[[], object] = lambda: None
    """Is called when the object is deleted."""


def standing(
    client: Client, resource: Resource, wish: Wish, find_it: Find, open_ledger: OpenLedger
) -> AbstractContextManager[Standing]:
    """The object as it is; where it has a name and has to be created, that is held until the block's end.

    Raises MakerLost where another task may have created it, and LedgerError where that is still at work after the
    task's `timeout`.
    """
    name = resource.identity.named(wish.declared, wish.options, wish.scope) if wish.object_id is None else None
    if name is None:
        return nullcontext(Standing(wish, find_it(wish)))
    key = key_of(client.settings, name.kind, wish.scope, name.text)
    way = _listed if name.place.lists(wish.scope) else _remembered
    return way(client, resource, wish, find_it, open_ledger, name, key)


@contextmanager
def _listed(
    client: Client, resource: Resource, wish: Wish, find_it: Find, open_ledger: OpenLedger, name: Named, key: Key
) -> Iterator[Standing]:
    """What the server lists. Its list is looked at once more while the name is held."""
    current = find_it(wish)
    creates = wish.present and not wish.check_mode and (current is None or resource.life.starts_anew(current, wish))
    ledger = open_ledger(needed=False) if creates or name.checksum is not None else NoLedger()
    if not creates or (isinstance(ledger, NoLedger) and wish.listings is None) or _new_are_known(wish):
        yield _with_checksum(Standing(wish, current), ledger, name, key)
        return
    with held(ledger, key, _patience(client, wish), client.sleep):
        yield _with_checksum(Standing(wish, _just_made(client, resource, wish) or current), ledger, name, key)


def _with_checksum(stand: Standing, ledger: Ledger, name: Named, key: Key) -> Standing:
    """The same, with what the ledger knows of the object's making, and will know."""
    if name.checksum is None:
        return stand
    known, current = ledger.find(key), stand.current
    if current and known and known.object_id == current["id"] and known.checksum:
        current = {**current, CHECKSUM: known.checksum}

    def forget() -> None:
        if known:
            ledger.drop(known)

    def keep(made: Json) -> None:
        forget()
        ledger.keep(ledger.reserve(key), made["id"], _moment(made.get("created_at")), name.checksum)

    return replace(stand, current=current, made=keep, removed=forget)


def _new_are_known(wish: Wish) -> bool:
    return wish.listings is not None and wish.listings.new_are_known


def _just_made(client: Client, resource: Resource, wish: Wish) -> Json | None:
    """What another task has created since the list was read: it is among the newest."""
    matches = resource.identity.matches(wish.declared, wish.options)
    return next((one for one in find.newest(client, resource, wish.scope) if matches and matches(one)), None)


@contextmanager
def _remembered(
    client: Client, resource: Resource, wish: Wish, find_it: Find, open_ledger: OpenLedger, name: Named, key: Key
) -> Iterator[Standing]:
    """What the ledger knows, as long as the server has it."""
    ledger = open_ledger(needed=True)

    def stand(entry: Entry) -> Standing | None:
        """What an id that is known leads to; None if it leads nowhere."""
        reached = _reached(client, resource, wish, find_it, name, entry.object_id) if entry.object_id else None
        return reached and replace(reached, removed=lambda: _forget(ledger, resource, entry))

    known = ledger.find(key)
    found = stand(known) if known else None
    if found:
        yield found
        return
    if not wish.present and (known is None or known.object_id):
        seen = _seen(client, name)
        yield (_reached(client, resource, wish, find_it, name, seen) if seen else None) or Standing(wish, None)
        if known:
            ledger.drop(known)
        return
    with reserved(
        ledger,
        key,
        _patience(client, wish),
        client.sleep,
        look=lambda: _seen(client, name),
        gone=known,
        recreate=wish.options.get("on_lost") == "recreate",
    ) as entry:
        yield stand(entry) or Standing(
            wish,
            None,
            made=lambda made: ledger.keep(entry, made[name.parent or "id"], _moment(made.get("created_at"))),
        )
        if not wish.present and not entry.object_id:
            ledger.drop(entry)


def _reached(
    client: Client, resource: Resource, wish: Wish, find_it: Find, name: Named, object_id: str
) -> Standing | None:
    """The object that an id under its name leads to; None if that is not there any more."""
    if name.parent is None:
        current = find.by_id(client, resource, wish.scope, object_id)
        return Standing(wish, current) if current else None
    creation = {key: value for key, value in wish.creation.items() if key not in resource.place.parents_fields}
    within = replace(wish, scope={**wish.scope, name.parent: object_id}, creation=creation)
    try:
        return Standing(within, find_it(within))
    except NotFound:
        return None


def _forget(ledger: Ledger, resource: Resource, entry: Entry) -> None:
    """What is cancelled stays, and so does its name."""
    if resource.life.removal == "delete":
        ledger.drop(entry)


def _seen(client: Client, name: Named) -> str | None:
    """The id that the server lists under the name, if it lists such objects at all."""
    try:
        return find.id_by_name(client, name)
    except find.NotListed:
        return None


def _moment(told: Any) -> int | None:
    """What a server tells as a time, if it can be one."""
    return told if isinstance(told, int) and 0 <= told < END_OF_TIME else None


def _patience(client: Client, wish: Wish) -> float:
    """The seconds to wait for another task."""
    return max(client.settings.timeout, wish.deadline.left)
