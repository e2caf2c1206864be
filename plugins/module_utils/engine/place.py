# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a kind of API object lives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..api.client import path_of
from ..api.families import Family


@dataclass(frozen=True, kw_only=True)
class Place:
    """The API paths of one kind of object. A `scope` holds the ids of its parents, by name."""

    path: str
    """The path of the collection, with its parents' ids as placeholders."""

    family: Family

    without_parent: str | None = None
    """Where one is created together with its parent, if the API can do that."""

    parents_fields: tuple[str, ...] = ()
    """The fields of such a creation that are of no use for one in a parent that exists."""

    listed: bool = True
    """Whether the API lists them, those of one parent at least."""

    listed_by_some: bool = False
    """Whether some servers list them though the API does not."""

    readable: bool = True
    """Whether the API can show one by its id."""

    def collection(self, scope: Mapping[str, str]) -> str:
        """The path of the collection."""
        return path_of(self.path, **scope)

    def item(self, scope: Mapping[str, str], object_id: str) -> str:
        """The path of one object."""
        return f"{self.collection(scope)}/{path_of('{id}', id=object_id)}"

    def creation(self, scope: Mapping[str, str]) -> str:
        """The path that creates one: where the parent is created too if its id is not in `scope`."""
        return self.without_parent if self.without_parent and not scope else self.collection(scope)

    def lists(self, scope: Mapping[str, str]) -> bool:
        """Whether the API lists those in `scope`: none at all, or none while the parent's id is not known."""
        return self.listed and not (self.without_parent and not scope)
