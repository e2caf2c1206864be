# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tells an object from its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..api.errors import InvalidTask
from .place import Place
from .plan import Json

NAME_KEY = "ansible_name"
"""The metadata key that keeps the name of an object that has no field for one."""

Matcher = Callable[[Mapping[str, Any]], bool]
"""Tells whether an object of a list is the one that is looked for."""


def nothing_to_match(declared: Json, options: Json) -> Matcher | None:
    """The identity of what can only be found again by its id."""
    return None


def declared_fields(declared: Json, options: Json) -> Json:
    """The creation of an object that carries nothing but what the task declares."""
    return declared


@dataclass(frozen=True, kw_only=True)
class Named:
    """A name that a task gives, under which there is to be one object and no second."""

    text: str
    kind: str
    place: Place
    """Where that lives which the name leads to: the server's list tells which one it is, else the ledger."""

    checksum: str | None = None
    """Of what the object is made of, where the server does not show it: the ledger keeps it with the id.

    It is empty where the task does not say it, and None where there is none to keep.
    """

    parent: str | None = None
    """The parent's id that the name leads to, for what is created together with its parent."""


def no_name(declared: Json, options: Json, scope: Mapping[str, str]) -> Named | None:
    """The name of what has none."""
    return None


@dataclass(frozen=True, kw_only=True)
class Identity:
    """How one kind of object is found again without its id."""

    field: str | None = None
    """The text that tells one from the others, where it is one field, as a name is."""

    own_id: str | None = None
    """The field of a creation that gives the object its id, where the task names it and not the server."""

    matches: Callable[[Json, Json], Matcher | None] = nothing_to_match
    """From a body and the task's other options, what tells the object in a list; None where nothing does."""

    taken: Literal["only", "oldest", "newest"] = "only"
    """Which one of a list it is. That there are several is a mistake where only one may be."""

    marked: Callable[[Json, Json], Json] = declared_fields
    """Adds to the declared fields what a new object carries to be found again, from the task's other options."""

    named: Callable[[Json, Json, Mapping[str, str]], Named | None] = no_name
    """From a body, the task's other options and the ids of the parents, the name that one is created under."""

    traits: tuple[str, ...] = ()
    """The fields by which one that was just created is known again, where nothing identifies it."""

    def value_of(self, fields: Mapping[str, Any]) -> str | None:
        """What tells an object of these fields from the others: a text, or nothing."""
        value = fields.get(self.field) if self.field else None
        return value if isinstance(value, str) else None


def by_name(place: Place, kind: str) -> Identity:
    """The identity of objects whose field `name` tells them apart, to the letter, though the API does not see to it."""

    def same(declared: Json, options: Json) -> Matcher:
        if not declared.get("name"):
            raise InvalidTask(f"name is empty: without a name, the {kind} can only be found by its id")
        return lambda other: other.get("name") == declared.get("name")

    def named(declared: Json, options: Json, scope: Mapping[str, str]) -> Named | None:
        name = declared.get("name")
        return Named(text=str(name), kind=kind, place=place) if name else None

    return Identity(field="name", matches=same, named=named)
