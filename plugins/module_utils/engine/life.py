# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How an object comes to be, what it does by itself, and how it ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from ..api.client import Answer, Client
from .plan import Json
from .wish import Wish


class Life:
    """The plain life: a POST makes the object, a DELETE removes it, and nothing happens in between."""

    removal: ClassVar[Literal["delete", "cancel"]] = "delete"

    moving: ClassVar[tuple[str, ...]] = ()
    """Statuses that the server itself will end: worth waiting for."""

    ended: ClassVar[tuple[str, ...]] = ()
    """Statuses in which there is nothing left to remove."""

    set_by_end: ClassVar[tuple[str, ...]] = ()
    """The fields that a cancellation changes beside the status."""

    predicted_results: ClassVar[Mapping[str, Any]] = {}
    """What `follow_up` would return for an object that a dry run has only predicted."""

    def create(self, client: Client, path: str, payload: Json, wish: Wish) -> Answer:
        """Creates one at a path from a body."""
        return client.post(path, payload)

    def starts_anew(self, found: Json, wish: Wish) -> bool:
        """Whether another one is to be created although this one was found."""
        return False

    def make_room(self, client: Client, wish: Wish) -> bool:
        """Moves out of the way what makes the server refuse a creation; returns whether there was such a thing.

        In check mode it only raises what the creation would fail with.
        """
        return False

    def follow_up(self, client: Client, wire_object: Json, wish: Wish) -> Json:
        """What a `present` task still waits for and returns, by result key."""
        return {}
