# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Finding an object: by its id, or by what identifies it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

from ..api.client import Client
from ..api.errors import InvalidTask, NotFound
from ..api.models import received
from ..api.pages import walk
from .plan import Json
from .resource import Matcher, Resource


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
