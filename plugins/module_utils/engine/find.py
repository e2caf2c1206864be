# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finding an object: by its id, or by what identifies it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from time import monotonic
from typing import Any

from ..api.client import Client
from ..api.errors import InvalidTask, NotFound
from ..api.models import Page, read, received
from ..api.pages import LARGEST_PAGE, walk
from .plan import Json
from .resource import Matcher, Resource
from .wish import Wish

SECOND = 1.0
"""The grain of the server's clock."""


def by_id(
    client: Client, resource: Resource, scope: Mapping[str, str], object_id: str, query: Mapping[str, Any] | None = None
) -> Json | None:
    """The object of that id, or None if the server offers such objects and has none of that id."""
    try:
        return received(client.get(resource.item(scope, object_id), query), resource.kind)
    except NotFound:
        return None


def by_identity(
    client: Client, resource: Resource, scope: Mapping[str, str], matches: Matcher, *, only_one: bool
) -> Json | None:
    """The object that `matches`, or None. Reads on after the first match only where `only_one` is to be made sure of.

    Raises InvalidTask listing the ids if there are several.
    """
    found = (one for one in walk(client, resource.collection(scope), {"order": "asc"}) if matches(one))
    matching = list(found if only_one else islice(found, 1))
    if len(matching) > 1:
        ids = ", ".join(one["id"] for one in matching)
        raise InvalidTask(
            f"{len(matching)} {resource.plural} match what the task declares ({ids}): name the one that is meant by "
            f"{resource.name}_id",
            ids=[one["id"] for one in matching],
        )
    return matching[0] if matching else None


def created(client: Client, resource: Resource, wish: Wish, payload: Json, since: float) -> Json | None:
    """The object that a creation made whose answer was lost, or None.

    It is the one that has the wish's identity, which no other had before. Where nothing identifies it, it is the newest
    that has its traits and is not older than the attempt, which began at `since` (by `time.monotonic`).
    Raises InvalidTask if it cannot be looked for.
    """
    if not resource.can_be_listed(wish.scope):
        raise InvalidTask(f"a new {resource.name} cannot be looked for: the API lists none without an id")
    matches = resource.identity(wish.declared, wish.options)
    if matches:
        return by_identity(client, resource, wish.scope, matches, only_one=resource.unique)
    newest = client.get(resource.collection(wish.scope), {"order": "desc", "limit": LARGEST_PAGE})
    began = newest.served_at - (monotonic() - since) - SECOND
    recent = (one for one in read(Page, newest).data if one["created_at"] >= began)
    return next((one for one in recent if resource.has_traits(payload, one)), None)
