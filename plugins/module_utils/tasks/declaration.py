# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module is: an object, its options, and one of two things to do with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ..api.client import Client
from ..api.errors import InvalidTask
from ..api.models import RequestModel, request_body
from ..engine import find
from ..engine.converge import Wish, converge, holds_unknown_id
from ..engine.plan import KNOWN_AFTER_APPLY
from ..engine.resource import Resource
from . import arguments


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """A module of either sort. `parents` are the options that hold the ids of the object's parents, by name."""

    resource: Resource
    id_option: str
    parents: Mapping[str, str] = field(default_factory=dict)
    """The option that holds each parent id of the object's path, by the name it has there."""

    constraints: Mapping[str, Any] = field(default_factory=dict)
    """The rules between options (`required_one_of` and the like) in ansible-core's own words."""

    def argument_spec(self) -> dict[str, Any]:
        """The module's options as ansible-core's argument validation takes them."""
        raise NotImplementedError

    def perform(self, client: Client, params: Mapping[str, Any]) -> dict[str, Any]:
        """Does what the task says, and returns the module's result. Raises OpenAIError."""
        raise NotImplementedError

    def scope(self, params: Mapping[str, Any]) -> dict[str, str]:
        """The ids of the object's parents."""
        return {name: params[option] for name, option in self.parents.items() if params.get(option)}


@dataclass(frozen=True, kw_only=True)
class StateModule(Declaration):
    """A module that brings one object to a state."""

    fields: Mapping[str, Any]
    """The options that are fields of the object."""

    parent_options: Mapping[str, Any] = field(default_factory=dict)
    behaviour: Mapping[str, Any] = field(default_factory=dict)
    """The options that are neither."""

    def argument_spec(self) -> dict[str, Any]:
        """All options: the connection's, the state's, the object's."""
        ids = {self.id_option: {"type": "str"}, **self.parent_options}
        return {**arguments.CONNECTION, **arguments.STATE, **ids, **self.fields, **self.behaviour}

    def perform(self, client: Client, params: Mapping[str, Any]) -> dict[str, Any]:
        """Converges the object; returns it under its name, with `changed` and `diff`."""
        wish = self._wish(params)
        outcome = converge(client, self.resource, wish, check_mode=client.check_mode)
        diff = {"before": outcome.before, "after": outcome.after}
        reached = {} if outcome.wire_object is None else {self.resource.name: outcome.wire_object}
        return {"changed": outcome.changed, "diff": diff, **reached, **outcome.results}

    def _wish(self, params: Mapping[str, Any]) -> Wish:
        options = {name: params[name] for name in self.behaviour}
        given = arguments.declared(params, self.fields)
        body = request_body(self.resource.body or RequestModel, self.resource.to_body(given, options))
        return Wish(
            present=params["state"] == "present",
            declared=arguments.with_extra_body(body, params),
            object_id=params[self.id_option] or None,
            scope=self.scope(params),
            options=options,
        )


@dataclass(frozen=True, kw_only=True)
class InfoModule(Declaration):
    """A module that reads objects: one by its id, or a list."""

    parent_options: Mapping[str, Any] = field(default_factory=dict)
    filters: Mapping[str, Any] = field(default_factory=dict)
    """The options that the server filters a list by."""

    matches: Mapping[str, Any] = field(default_factory=dict)
    """The options that are compared with the fields of that name, since the server cannot filter by them."""

    listable: bool = True

    def argument_spec(self) -> dict[str, Any]:
        """All options: the connection's, the ids, the list's."""
        listing = {**arguments.LISTING, **self.filters, **self.matches} if self.listable else {}
        one = {"type": "str"} if self.listable else {"type": "str", "required": True}
        return {**arguments.CONNECTION, self.id_option: one, **self.parent_options, **listing}

    def perform(self, client: Client, params: Mapping[str, Any]) -> dict[str, Any]:
        """Reads; returns a list under the objects' plural name."""
        found = self._found(client, params)
        if params.get("find_one") and len(found) != 1:
            count = "none" if not found else f"more than one ({', '.join(one['id'] for one in found)})"
            raise InvalidTask(f"find_one wants exactly one of the {self.resource.plural}, and there is {count}")
        return {"changed": False, self.resource.plural: found}

    def _found(self, client: Client, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        scope, object_id = self.scope(params), params[self.id_option]
        if holds_unknown_id([{"object_id": object_id}, scope]):
            return [self._foreseen(client, object_id, scope)]
        if object_id:
            one = find.by_id(client, self.resource, scope, object_id)
            return [] if one is None else [one]
        query = {name: params[name] for name in ("before", "after", "order", *self.filters)}
        where = {name: params[name] for name in self.matches if params[name] is not None}
        matching = find.all_matching(client, self.resource, scope, query, where)
        return list(islice(matching, 2 if params["find_one"] else params["max_items"]))

    def _foreseen(self, client: Client, object_id: str | None, scope: dict[str, str]) -> dict[str, Any]:
        """The object that an earlier task of a dry run has only predicted."""
        if not client.check_mode:
            raise InvalidTask(f"an id is {KNOWN_AFTER_APPLY!r}: only a dry run makes and takes this placeholder")
        return {**self.resource.predicted({}, scope), "id": object_id or KNOWN_AFTER_APPLY}
