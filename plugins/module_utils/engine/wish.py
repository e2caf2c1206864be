# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task wants of one object."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..api.errors import InvalidTask
from .plan import KNOWN_AFTER_APPLY, Json
from .wait import Deadline

if TYPE_CHECKING:
    from .listings import Listings


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The state a task declares, and all that it says about the way there."""

    present: bool
    declared: Json = field(default_factory=dict)
    """The fields that the task declares, checked against their limits."""

    creation: Json = field(default_factory=dict)
    """The body that creates the object: what is declared, and what this collection adds to find it again."""

    object_id: str | None = None
    scope: Mapping[str, str] = field(default_factory=dict)
    """The ids of the object's parents, by name."""

    options: Json = field(default_factory=dict)
    """What the task says beside the object's fields."""

    deadline: Deadline = field(default_factory=lambda: Deadline(0))
    """Until when the task may wait."""

    check_mode: bool = False

    listings: Listings | None = None
    """The lists that are kept from one object to the next, where there are several to converge."""

    @property
    def names_the_unknown(self) -> bool:
        """Whether it builds on an object that a dry run has only predicted."""
        return holds_unknown_id([{"object_id": self.object_id}, self.scope, self.creation])


def only_foreseen(check_mode: bool) -> None:
    """Raises InvalidTask on a task that names the placeholder, and is no dry run."""
    if not check_mode:
        raise InvalidTask(f"an id is {KNOWN_AFTER_APPLY!r}: only a dry run makes and takes this placeholder")


def holds_unknown_id(value: Any, *, is_id: bool = False) -> bool:
    """Whether the placeholder stands for an id anywhere in `value`: under a key `*_id` or `*_ids`."""
    if isinstance(value, Mapping):
        return any(holds_unknown_id(part, is_id=key.endswith(("_id", "_ids"))) for key, part in value.items())
    if isinstance(value, list):
        return any(holds_unknown_id(part, is_id=is_id) for part in value)
    return is_id and value == KNOWN_AFTER_APPLY
