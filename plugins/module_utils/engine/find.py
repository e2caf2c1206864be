# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finding an object: by its id, or by what identifies it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any

from ..api.client import Answer, Client
from ..api.errors import ApiError, InvalidTask, NotFound, OpenAIError
from ..api.pages import LARGEST_PAGE, walk
from ..api.retry import is_final_refusal
from .identity import NAME_KEY, Matcher, Named
from .plan import Json
from .resource import Resource
from .wish import Wish

GLANCE = 20
"""How many of the newest objects are looked at where one is expected among them."""


def by_id(
    client: Client, resource: Resource, scope: Mapping[str, str], object_id: str, query: Mapping[str, Any] | None = None
) -> Json | None:
    """The object of that id, or None if the server offers such objects and has none of that id."""
    try:
        return resource.received(client.get(resource.place.item(scope, object_id), query), scope, object_id)
    except NotFound:
        return None


def listed(
    client: Client,
    resource: Resource,
    scope: Mapping[str, str],
    query: Mapping[str, Any],
    filters: Mapping[str, Any] | None = None,
    max_items: int | None = None,
) -> Iterator[Json]:
    """The objects in `scope` that have the values of `filters`, asked for and made sure of: servers may ignore either.

    Raises BadAnswer where an object of the list is not what the API promises.
    """
    where = {**scope, **{name: value for name, value in (filters or {}).items() if value is not None}}
    path = resource.place.collection(scope)

    def belongs(one: Json) -> bool:
        return all(one.get(name, value) == value for name, value in where.items())

    for one in walk(client, path, {**query, **(filters or {})}, max_items=max_items, kept=belongs):
        yield resource.received(Answer(one, {}, {"url": client.settings.url(path), "method": "GET"}), {})


def by_identity(
    client: Client, resource: Resource, scope: Mapping[str, str], matches: Matcher, taken: str = "only"
) -> Json | None:
    """The object that `matches`, or None. Reads on after the first match only to make sure that it is the `only` one.

    Raises InvalidTask listing the ids if there are several.
    """
    order = {"order": "desc" if taken == "newest" else "asc"}
    found = (one for one in listed(client, resource, scope, order) if matches(one))
    return the_one(resource, list(found if taken == "only" else islice(found, 1)))


def the_one(resource: Resource, matching: list[Json]) -> Json | None:
    """The object that matches, if one does. Raises InvalidTask listing the ids if there are several."""
    if len(matching) > 1:
        ids = ", ".join(one["id"] for one in matching)
        raise InvalidTask(
            f"{len(matching)} {resource.plural} match what the task declares ({ids}): name the one that is meant by "
            f"{resource.id_option}",
            ids=[one["id"] for one in matching],
        )
    return matching[0] if matching else None


class NotListed(InvalidTask):
    """The server does not list what is looked for by its name."""


def id_by_name(client: Client, name: Named) -> str | None:
    """The id of the object that carries the name in its metadata, by the list of a server that has one.

    Raises NotListed where the server has none, and InvalidTask if there are several.
    """
    if not name.place.listed_by_some:
        raise NotListed(f"the API does not list each {name.kind}")
    every = walk(client, name.place.collection({}), {"order": "asc"})
    try:
        ids = [one["id"] for one in every if _name_in(one) == name.text]
    except ApiError as refusal:
        if not is_final_refusal(refusal.status):
            raise
        raise NotListed(f"a new {name.kind} cannot be looked for: the server lists none without an id") from refusal
    if len(ids) > 1:
        raise InvalidTask(f"the server has {len(ids)} of the name {name.text!r}: {', '.join(ids)}", ids=ids)
    return ids[0] if ids else None


def _name_in(wire_object: Mapping[str, Any]) -> Any:
    metadata = wire_object.get("metadata")
    return metadata.get(NAME_KEY) if isinstance(metadata, Mapping) else None


def newest_ids(client: Client, resource: Resource, wish: Wish) -> frozenset[str] | None:
    """The ids of the newest objects, to tell by them what a creation has made; None if they are not to be had in time.

    There are none where an identity tells it, and where the API lists none.
    """
    if not resource.place.lists(wish.scope) or resource.identity.matches(wish.declared, wish.options):
        return frozenset()
    try:
        patient = client.for_seconds(wish.deadline.left)
        return frozenset(one["id"] for one in newest(patient, resource, wish.scope, GLANCE))
    except OpenAIError:  # no reason to create nothing: the answer may well come
        return None


def created(
    client: Client, resource: Resource, wish: Wish, payload: Json, before: Collection[str] | None
) -> Json | None:
    """The object that a creation made whose answer was lost, or None.

    It is the one that has the wish's identity; without one, the newest that has its traits. None of those `before` is.
    Raises InvalidTask if it cannot be looked for.
    """
    if not resource.place.lists(wish.scope):
        name = resource.identity.named(wish.declared, wish.options, wish.scope)
        if name and not name.parent:
            seen = id_by_name(client, name)
            return by_id(client, resource, wish.scope, seen) if seen else None
        raise InvalidTask(f"a new {resource.name} cannot be looked for: the API lists none without an id")
    matches = resource.identity.matches(wish.declared, wish.options)
    if matches:
        found = by_identity(client, resource, wish.scope, matches, resource.identity.taken)
        return None if found is None or found["id"] in (before or ()) else found
    if before is None:
        raise InvalidTask(f"a new {resource.name} cannot be told from older ones, which the server did not list before")
    new = [one for one in newest(client, resource, wish.scope, GLANCE) if one["id"] not in before]
    return next((one for one in new if resource.has_traits(payload, one)), None)


def newest(client: Client, resource: Resource, scope: Mapping[str, str], count: int = LARGEST_PAGE) -> Iterator[Json]:
    """The last objects of a list, the newest first: a page of them, or fewer."""
    return listed(client, resource, scope, {"order": "desc"}, max_items=count)
