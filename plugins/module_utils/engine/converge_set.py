# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A set of objects of one kind: listed once, each converged by itself, several at a time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace

from ..api.client import Client
from .converge import Outcome, converge
from .ledger import held, key_of
from .listings import Listings
from .names import OpenLedger, no_ledger
from .plan import Json
from .resource import Resource
from .wish import Wish

PATIENCE = 600.0
"""The seconds to wait for another set of the same kind to be made."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """One object of the set: what was wished of it, and what became of it."""

    wish: Wish
    outcome: Outcome | None = None
    failure: Exception | None = None


def converge_set(
    client: Client,
    resource: Resource,
    wishes: Sequence[Wish],
    *,
    parallel: int,
    pruned: Mapping[str, str] | None = None,
    open_ledger: OpenLedger = no_ledger,
) -> list[Member]:
    """Converges all of the set, and removes what carries the metadata `pruned` and is not in it.

    `wishes` are for objects that one field tells apart, no two with the same. Returns a member for each of them in
    their order, and after them those that are removed. What fails stops none of the others.
    """
    listings = Listings(new_are_known=True)
    inner = client.within(resource.place.family)
    listing = listings.of(inner, resource, {})
    listing.read_all()
    missing = [wish for wish in wishes if not listing.matching(resource.identity.value_of(wish.declared))]
    creates = missing and not client.check_mode
    with _sole_maker(client, resource, open_ledger) if creates else nullcontext():
        if creates:
            listings.look_for_new(inner, resource, {})
        leftover = _leftover(resource, listing.all(), wishes, pruned) if pruned else []
        absent = [Wish(present=False, object_id=one["id"], check_mode=client.check_mode) for one in leftover]
        every = [replace(wish, listings=listings) for wish in (*wishes, *absent)]
        return side_by_side(every, lambda wish: _member(client, resource, wish), parallel)


def _leftover(
    resource: Resource, known: Sequence[Json], wishes: Sequence[Wish], pruned: Mapping[str, str]
) -> list[Json]:
    """What carries the metadata, and is none of the wished."""
    wished = {resource.identity.value_of(wish.declared) for wish in wishes}
    carriers = (one for one in known if pruned.items() <= (one.get("metadata") or {}).items())
    return [one for one in carriers if resource.identity.value_of(one) not in wished]


def _sole_maker(client: Client, resource: Resource, open_ledger: OpenLedger) -> AbstractContextManager[None]:
    """Has two plays of a set at once create one after the other, so that the second finds what the first has made."""
    key = key_of(client.settings, resource.kind, {}, "")
    return held(open_ledger(needed=False), key, max(client.settings.timeout, PATIENCE), client.sleep)


def _member(client: Client, resource: Resource, wish: Wish) -> Member:
    try:
        return Member(wish=wish, outcome=converge(client, resource, wish))
    except Exception as failure:  # told when the others are done
        return Member(wish=wish, failure=failure)


def side_by_side(wishes: Sequence[Wish], done_with: Callable[[Wish], Member], parallel: int) -> list[Member]:
    """What `done_with` returns for each, in order. The threads end with the process, whatever they are at."""
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[int, Member]] = queue.SimpleQueue()
    over = threading.Event()
    for number in range(len(wishes)):
        waiting.put(number)

    def work() -> None:
        while not over.is_set():
            try:
                number = waiting.get_nowait()
            except queue.Empty:
                return
            done.put((number, done_with(wishes[number])))

    for _each in range(min(parallel, len(wishes))):
        threading.Thread(target=work, daemon=True).start()
    try:
        members = dict(done.get() for _each in wishes)
    finally:
        over.set()  # an interruption ends it
    return [members[number] for number in range(len(wishes))]
