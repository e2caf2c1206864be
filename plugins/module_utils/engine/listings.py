# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists of objects that are asked for once, by the items of a loop or by a set, and that follow what is written.

A `Listing` is one collection as far as it is known. Looking at all of it costs a request per hundred objects, and each
further object none.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from itertools import islice

from ..api.client import Client
from ..api.pages import LARGEST_PAGE
from . import find
from .identity import Identity
from .plan import KNOWN_AFTER_APPLY, Json
from .resource import Resource

WORTH_A_LIST = 3
"""The item of a loop by ids at which lists begin to pay."""


class Listing:
    """The objects of one collection, by their ids and by what tells them apart. Threads may share it."""

    def __init__(self, identity: Identity, objects: Iterator[Json]) -> None:
        self._identity = identity
        self._rest = objects
        self._known: dict[str, Json] = {}
        self._by_value: dict[str | None, dict[str, Json]] = {}
        self._lock = threading.Lock()
        self.complete = False
        self.pages = 0
        self.asked = 0
        """How many objects were looked for by their ids."""

    def read_page(self) -> None:
        """Asks for the next hundred."""
        page = list(islice(self._rest, LARGEST_PAGE))
        self.pages += 1
        self.complete = len(page) < LARGEST_PAGE
        for one in page:
            if one["id"] not in self._known:  # what was written meanwhile is known better
                self.keep(one)

    def read_all(self) -> None:
        """Asks for all that is not known yet."""
        while not self.complete:
            self.read_page()

    def keep(self, one: Json, instead: Json | None = None) -> None:
        """Takes an object as it is now, `instead` of what it was."""
        with self._lock:
            self._forget(instead)
            self._forget(self._known.get(one["id"]))
            # what a dry run has only predicted has no id yet
            key = one["id"] if one["id"] != KNOWN_AFTER_APPLY else f"{KNOWN_AFTER_APPLY} {id(one)}"
            self._known[key] = one
            self._by_value.setdefault(self._identity.value_of(one), {})[key] = one

    def drop(self, one: Json) -> None:
        """Takes notice of a removal."""
        with self._lock:
            self._forget(one)

    def get(self, object_id: str) -> Json | None:
        """The object of that id, if it is known."""
        return self._known.get(object_id)

    def matching(self, value: str | None) -> list[Json]:
        """The known objects that are told apart by that value, in the order of the list."""
        with self._lock:
            return list(self._by_value.get(value, {}).values())

    def all(self) -> list[Json]:
        """All known objects, in the order of the list."""
        with self._lock:
            return list(self._known.values())

    def _forget(self, one: Json | None) -> None:
        named = self._by_value.get(self._identity.value_of(one), {}) if one else {}
        for key in [key for key, known in named.items() if known is one]:
            del named[key], self._known[key]


class Listings:
    """The lists that one task keeps on one connection."""

    def __init__(self, *, new_are_known: bool = False) -> None:
        self._lists: dict[str, Listing] = {}
        self.new_are_known = new_are_known
        """Whether a creation need not look for what others have made meanwhile: that was done for all at once."""

    def of(self, client: Client, resource: Resource, scope: Mapping[str, str]) -> Listing:
        """The list of the objects in `scope`."""
        path = resource.place.collection(scope)
        if path not in self._lists:
            objects = find.listed(client, resource, scope, {"order": "asc"})
            self._lists[path] = Listing(resource.identity, objects)
        return self._lists[path]

    def forget(self, resource: Resource, scope: Mapping[str, str]) -> None:
        """Gives up what a loop knows of a collection: something went wrong on the way."""
        if resource.place.lists(scope) and not self.new_are_known:
            self._lists.pop(resource.place.collection(scope), None)

    def identified(self, client: Client, resource: Resource, scope: Mapping[str, str], value: str | None) -> list[Json]:
        """The objects that are told apart by that value, of all there are."""
        listing = self.of(client, resource, scope)
        listing.read_all()
        return listing.matching(value)

    def look_for_new(self, client: Client, resource: Resource, scope: Mapping[str, str]) -> None:
        """Asks for the newest page: what others have made meanwhile is not to be made twice."""
        listing = self.of(client, resource, scope)
        for one in find.newest(client, resource, scope):
            if listing.get(one["id"]) is None:
                listing.keep(one)

    def by_id(self, client: Client, resource: Resource, scope: Mapping[str, str], object_id: str) -> Json | None:
        """The object of that id, if the list knows it.

        From the third object on the list is read, as long as it costs no more requests than there were objects looked
        for: at the worst they cost twice as much as without it.
        """
        listing = self.of(client, resource, scope)
        listing.asked += 1
        worth = listing.asked >= WORTH_A_LIST
        while worth and not listing.complete and listing.get(object_id) is None and listing.pages < listing.asked - 1:
            listing.read_page()
        return listing.get(object_id)
