# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tells an object from its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .plan import Json

Matcher = Callable[[Mapping[str, Any]], bool]
"""Tells whether an object of a list is the one that is looked for."""


def nothing_to_match(declared: Json, options: Json) -> Matcher | None:
    """The identity of what can only be found again by its id."""
    return None


def declared_fields(declared: Json, options: Json) -> Json:
    """The creation of an object that carries nothing but what the task declares."""
    return declared


@dataclass(frozen=True, kw_only=True)
class Identity:
    """How one kind of object is found again without its id."""

    matches: Callable[[Json, Json], Matcher | None] = nothing_to_match
    """From a body and the task's other options, what tells the object in a list; None where nothing does."""

    taken: Literal["only", "oldest", "newest"] = "only"
    """Which one of a list it is. That there are several is a mistake where only one may be."""

    marked: Callable[[Json, Json], Json] = declared_fields
    """Adds to the declared fields what a new object carries to be found again, from the task's other options."""

    traits: tuple[str, ...] = ()
    """The fields by which one that was just created is known again, where nothing identifies it."""
