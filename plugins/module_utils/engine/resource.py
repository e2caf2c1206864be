# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the engine has to know of a kind of API object. Each file in `objects/` fills in one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..api.client import Answer
from ..api.models import RequestModel, received
from .fields import ShownObject, read_model, unknown_fields
from .identity import Identity
from .life import Life
from .place import Place
from .plan import KNOWN_AFTER_APPLY, Json, Rules


@dataclass(frozen=True, kw_only=True)
class Resource:
    """One kind of API object: where it lives, what it is made of, how it is found again and how it ends."""

    name: str
    """The result key of one, such as `assistant`."""

    plural: str
    """The result key of several, such as `assistants`."""

    kind: str
    """The wire field `object` of one, such as `thread.message`."""

    place: Place

    shown: type[ShownObject]
    """The fields as they are read."""

    results: type[ShownObject] = ShownObject
    """What a task returns beside the object, for documentation. It may say more of the object, and of `error`, too."""

    body: type[RequestModel] | None = None
    """The fields of a creation and their limits; None for what is only read."""

    title: tuple[str, ...] = ("name",)
    """The path of the field that people know one by, if it has one."""

    required: tuple[str, ...] = ()
    """The fields that a creation cannot do without."""

    rules: Rules = field(default_factory=Rules)
    identity: Identity = field(default_factory=Identity)
    life: Life = field(default_factory=Life)

    made_of: Callable[[Json, bool], Json] = lambda options, present: {}
    """The fields that follow from a task's other options: what a file holds is no field of a request's body."""

    deprecations: Callable[[Any], list[str]] = lambda given: []
    """What is to be said of old names among the options of a task."""

    @property
    def id_option(self) -> str:
        """The option that names one by its id."""
        return self.identity.own_id or f"{self.name}_id"

    def received(self, answer: Answer, scope: Mapping[str, str], object_id: str | None = None) -> Json:
        """The object in an answer, if it is one of this kind, in `scope`, of that id. Raises BadAnswer where not.

        The fields that code reads have the types that `shown` gives them.
        """
        ids = dict(scope) if object_id is None else {**scope, "id": object_id}
        return received(answer, self.kind, read_model(self.shown), ids)

    def predicted(self, declared: Mapping[str, Any], scope: Mapping[str, str]) -> Json:
        """The object as a creation would answer it, with placeholders for what only the server knows."""
        brought = [shown for given, shown in self.rules.brings.items() if declared.get(given)]
        unknown = dict.fromkeys([*unknown_fields(self.shown), *brought], KNOWN_AFTER_APPLY)
        own_id = declared.get(self.identity.own_id) if self.identity.own_id else None
        known = {"id": own_id} if own_id else {}
        shown = self.rules.as_shown(declared)
        return {**unknown, "object": self.kind, **self.rules.defaults, **known, **scope, **shown}

    def has_traits(self, sent: Mapping[str, Any], wire_object: Mapping[str, Any]) -> bool:
        """Whether an object looks like the one that a creation with the body `sent` makes."""
        wanted, seen = self.rules.normal(sent), self.rules.normal(wire_object)
        return all(seen.get(key) == wanted[key] for key in self.identity.traits if key in wanted)
