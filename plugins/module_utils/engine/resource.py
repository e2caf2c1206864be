# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the engine has to know of a kind of API object. Each file in `objects/` fills in one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ..api.client import Client, path_of
from ..api.models import RequestModel
from .plan import KNOWN_AFTER_APPLY, Json, Rules
from .wish import Wish

Matcher = Callable[[Mapping[str, Any]], bool]
"""Tells whether an object of a list is the one that is looked for."""


def nothing_to_match(declared: Json, options: Json) -> Matcher | None:
    """The identity of what can only be found again by its id."""
    return None


def declared_fields(declared: Json, options: Json) -> Json:
    """The creation of an object whose options are the API's fields, one by one."""
    return declared


def nothing_in_the_way(client: Client, wish: Wish) -> bool:
    """Says of a creation that was refused that there is nothing to be done about it."""
    return False


def no_more_results(client: Client, wire_object: Json, wish: Wish) -> Json:
    """The results of an object that is done as soon as it is written."""
    return {}


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One kind of API object: where it lives, what it is made of, how it is found again and removed."""

    name: str
    """The result key of one, such as `assistant`."""

    plural: str
    """The result key of several, such as `assistants`."""

    kind: str
    """The wire field `object` of one, such as `thread.message`."""

    path: str
    """The API path of their collection, with its parents' ids as placeholders."""

    path_without_parent: str | None = None
    """Where one is created together with its parent, if the API can do that."""

    body: type[RequestModel] | None = None
    """The fields of a creation and their limits; None for what is only read."""

    shown_as: type | None = None
    """The fields as they are read: what documentation says of them."""

    required: tuple[str, ...] = ()
    """The fields that a creation cannot do without."""

    rules: Rules = field(default_factory=Rules)

    server_fields: tuple[str, ...] = ("id", "created_at")
    """The fields of a new object whose values only the server knows."""

    read_forms: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    """For a field that is read in another form than it is written in: the form it will be read in."""

    to_creation: Callable[[Json, Json], Json] = declared_fields
    """Adds to the declared fields what a creation needs of the task's other options."""

    identity: Callable[[Json, Json], Matcher | None] = nothing_to_match
    """From a body and the task's other options, what tells the object in a list; None where nothing does."""

    unique: bool = True
    """Whether two objects of one identity are a mistake; else the first one in order of creation is taken."""

    traits: tuple[str, ...] = ()
    """The fields by which one that was just created is known again, where nothing identifies it."""

    secret_fields: tuple[str, ...] = ()
    """The fields that are credentials themselves."""

    listed: bool = True
    """Whether the API lists them, those of one parent at least."""

    readable: bool = True
    """Whether the API can show one by its id."""

    removal: Literal["delete", "cancel"] = "delete"

    ended: tuple[str, ...] = ()
    """Statuses in which there is nothing left to remove."""

    set_by_end: tuple[str, ...] = ()
    """The fields that a cancellation changes beside the status."""

    moving: tuple[str, ...] = ()
    """Statuses that the server itself will end: worth waiting for."""

    create: Callable[[Client, str, Json, Wish], Json] | None = None
    """How one is created at a path from a body, if not by a plain POST."""

    make_room: Callable[[Client, Wish], bool] = nothing_in_the_way
    """Moves out of the way what makes the server refuse a creation; whether there was such a thing.

    In check mode it only raises what the creation would fail with.
    """

    follow_up: Callable[[Client, Json, Wish], Json] = no_more_results
    """What a `present` task still waits for and returns, by result key."""

    predicted_results: Mapping[str, Any] = field(default_factory=dict)
    """What `follow_up` would return for an object that a dry run has only predicted."""

    def collection(self, scope: Mapping[str, str]) -> str:
        """The path of the collection inside `scope` (the parents' ids by name)."""
        return path_of(self.path, **scope)

    def can_be_listed(self, scope: Mapping[str, str]) -> bool:
        """Whether the API lists those in `scope`: none at all, or none while the parent's id is not known."""
        return self.listed and not (self.path_without_parent and not scope)

    def item(self, scope: Mapping[str, str], object_id: str) -> str:
        """The path of one object."""
        return f"{self.collection(scope)}/{path_of('{id}', id=object_id)}"

    def creation(self, scope: Mapping[str, str]) -> str:
        """The path that creates one: where the parent is created too if its id is not in `scope`."""
        return self.path_without_parent if self.path_without_parent and not scope else self.collection(scope)

    def predicted(self, declared: Mapping[str, Any], scope: Mapping[str, str]) -> Json:
        """The object as a creation would answer it, with placeholders for what only the server knows."""
        unknown = dict.fromkeys(self.server_fields, KNOWN_AFTER_APPLY)
        return {**unknown, "object": self.kind, **self.rules.defaults, **scope, **self.shown(declared)}

    def has_traits(self, sent: Mapping[str, Any], wire_object: Mapping[str, Any]) -> bool:
        """Whether an object looks like the one that a creation with the body `sent` makes."""
        wanted, seen = self.rules.normal(sent), self.rules.normal(wire_object)
        return all(seen.get(key) == wanted[key] for key in self.traits if key in wanted)

    def shown(self, body: Mapping[str, Any]) -> Json:
        """The fields of a request body as the server will show them."""
        return {
            key: self.read_forms[key](value) if key in self.read_forms else value
            for key, value in body.items()
            if key not in self.rules.write_only
        }
