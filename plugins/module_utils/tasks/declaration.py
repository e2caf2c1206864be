# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module is: an object, its options, and one of two things to do with it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from ..api.client import Client
from ..api.errors import InvalidTask, OpenAIError
from ..api.models import Page, RequestModel, WireObject, request_body
from ..api.sendable import check_id
from ..engine import find
from ..engine.converge import AHEAD_OF_EARLIER_TASKS, Outcome, converge
from ..engine.fields import ShownObject, TaskOptions, read_model
from ..engine.ledger import Ledger
from ..engine.listings import Listings
from ..engine.plan import KNOWN_AFTER_APPLY
from ..engine.resource import Resource
from ..engine.wait import Deadline
from ..engine.wish import Wish, holds_unknown_id, only_foreseen
from . import arguments
from .diff import shown_diff
from .spec import options_of


@dataclass(frozen=True, kw_only=True)
class Declaration:
    """A module of any sort."""

    constraints: Mapping[str, Any] = field(default_factory=dict)
    """The rules between options (`required_one_of` and the like) in ansible-core's own words."""

    sources: tuple[str, ...] = ()
    """The options that name files of the controller, as those of ansible.builtin.copy do."""

    @property
    def option_classes(self) -> tuple[type[RequestModel | TaskOptions], ...]:
        """The classes whose fields are options of the module."""
        return ()

    @property
    def results(self) -> type[ShownObject]:
        """What a task returns beside the objects that the module is about, for documentation."""
        return ShownObject

    def argument_spec(self) -> dict[str, Any]:
        """The module's options as ansible-core's argument validation takes them."""
        raise NotImplementedError

    def class_options(self) -> dict[str, Any]:
        """The options that are fields of classes."""
        return {name: spec for each in self.option_classes for name, spec in options_of(each).items()}

    def perform(self, client: Client, params: Mapping[str, Any], listings: Listings | None = None) -> dict[str, Any]:
        """Does what the task says, and returns the module's result. Raises OpenAIError.

        `listings` are the lists that a loop keeps from one item to the next.
        """
        raise NotImplementedError

    def build_models(self) -> None:
        """Builds at once what is otherwise built at first use: pydantic's models, and the options from them."""
        self.argument_spec()

    def deprecations(self, params: Mapping[str, Any]) -> list[str]:
        """What is to be said of old names that the task uses; they go away with version 2.0.0."""
        return []

    def holds_secret(self, result: Mapping[str, Any]) -> bool:
        """Whether a result holds a credential, so that it must not be shown."""
        return False


@dataclass(frozen=True, kw_only=True)
class ObjectModule(Declaration):
    """A module about one kind of object."""

    resource: Resource
    parents: Mapping[str, str] = field(default_factory=dict)
    """The option that holds each parent id of the object's path, by the name it has there."""

    parent_options: Mapping[str, Any] = field(default_factory=dict)
    behaviour: type[TaskOptions] = TaskOptions
    """The options that say what else to do."""

    @property
    def option_classes(self) -> tuple[type[RequestModel | TaskOptions], ...]:
        """What else to do."""
        return (self.behaviour,)

    def build_models(self) -> None:
        """Builds at once what is otherwise built at first use: pydantic's models, and the options from them."""
        super().build_models()
        for model in (WireObject, Page, read_model(self.resource.shown), self.resource.body):
            if model is not None:
                model.model_rebuild()

    def holds_secret(self, result: Mapping[str, Any]) -> bool:
        """Whether a result holds a credential, so that it must not be shown."""
        shown = result.get(self.resource.name, {})
        return any(shown.get(field, KNOWN_AFTER_APPLY) != KNOWN_AFTER_APPLY for field in self.resource.shown.secret)

    def scope(self, params: Mapping[str, Any]) -> dict[str, str]:
        """The ids of the object's parents."""
        return {name: _id(params, option) for name, option in self.parents.items() if params[option] is not None}

    def object_id(self, params: Mapping[str, Any]) -> str | None:
        """The id of the object, if the task names it."""
        return None if params[self.resource.id_option] is None else _id(params, self.resource.id_option)

    def _body(self, given: dict[str, Any], params: Mapping[str, Any], where: str = "") -> dict[str, Any]:
        """The body of these fields, and of the `extra_body` in `params`; a failure says `where` before a field."""
        return arguments.with_extra_body(request_body(self.resource.body or RequestModel, given, where), params)


def _id(params: Mapping[str, Any], option: str) -> str:
    """An id that is given. An empty one is most likely a variable gone wrong: it must not mean "a new one"."""
    given = str(params[option])
    if not given:
        raise InvalidTask(f"{option} is empty: give a value, or leave the option out")
    try:
        return check_id(given)
    except ValueError as wrong:
        raise InvalidTask(f"{option} {wrong}") from wrong


FORGETFUL = (
    "the ledger of this task is a file in a container that goes away with its job, so the next job will not find the "
    "thread by its name: set ledger to the URL of a PostgreSQL database"
)


@dataclass(frozen=True, kw_only=True)
class StateModule(ObjectModule):
    """A module that brings one object to a state."""

    @property
    def option_classes(self) -> tuple[type[RequestModel | TaskOptions], ...]:
        """The object's fields, and what else to do."""
        return (self.resource.body or RequestModel, self.behaviour)

    @property
    def fields(self) -> Mapping[str, Any]:
        """The options that are fields of the object."""
        return options_of(self.resource.body or RequestModel)

    @property
    def results(self) -> type[ShownObject]:
        """What the object says of itself."""
        return self.resource.results

    def argument_spec(self) -> dict[str, Any]:
        """All options: the connection's, the state's, the object's."""
        ids = {self.resource.id_option: {"type": "str"}, **self.parent_options}
        return {**arguments.CONNECTION, **arguments.STATE, **ids, **self.class_options()}

    def perform(self, client: Client, params: Mapping[str, Any], listings: Listings | None = None) -> dict[str, Any]:
        """Converges the object; returns it under its name, with `changed` and `diff`."""
        wish, warnings = replace(self._wish(params, client.check_mode), listings=listings), []

        def open_ledger(*, needed: bool) -> Ledger:
            if needed and arguments.forgets(params):
                warnings.append(FORGETFUL)
            return arguments.ledger(params, check_mode=client.check_mode, needed=needed)

        try:
            outcome = converge(client, self.resource, wish, open_ledger)
        except OpenAIError as error:
            if "diff" in error.result:
                reached = error.result.get(self.resource.name)
                done = Outcome(changed=True, wire_object=reached, action="update", **error.result["diff"])
                error.result["diff"] = shown_diff(self.resource, wish, done)
            raise
        reached = {} if outcome.wire_object is None else {self.resource.name: outcome.wire_object}
        diff = {"diff": shown_diff(self.resource, wish, outcome)}
        said = {"warnings": warnings} if warnings else {}
        return {"changed": outcome.changed, **reached, **outcome.results, **diff, **said}

    def deprecations(self, params: Mapping[str, Any]) -> list[str]:
        """What is to be said of old names that the task uses; they go away with version 2.0.0."""
        return self.resource.deprecations(arguments.declared(params, self.fields))

    def _wish(self, params: Mapping[str, Any], check_mode: bool) -> Wish:
        options = {name: params[name] for name in options_of(self.behaviour)}
        given = arguments.declared(params, self.fields)
        present = params["state"] == "present"
        made_of = self.resource.made_of(options, present)
        declared = {**self._body(given, params), **made_of}
        extended = self.resource.identity.marked(given, options)
        return Wish(
            present=present,
            declared=declared,
            creation=declared if extended is given else {**self._body(extended, params), **made_of},
            object_id=self.object_id(params),
            scope=self.scope(params),
            options=options,
            deadline=Deadline(options.get("wait_timeout") or 0),
            check_mode=check_mode,
        )


def as_it_is(client: Client, wire_object: dict[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    """The object as the server lists it."""
    return wire_object


@dataclass(frozen=True, kw_only=True)
class InfoModule(ObjectModule):
    """A module that reads objects: one by its id, or a list."""

    filters: Mapping[str, Any] = field(default_factory=dict)
    """The options that the server filters a list by."""

    matches: Mapping[str, Any] = field(default_factory=dict)
    """The options that are compared with the fields of that name, since the server cannot filter by them."""

    includes: type[TaskOptions] = TaskOptions
    """The options that add to what the server shows of each object."""

    enrich: Callable[[Client, dict[str, Any], Mapping[str, Any]], dict[str, Any]] = as_it_is
    """Adds to an object what the other options ask for."""

    listable: bool = True

    @property
    def option_classes(self) -> tuple[type[RequestModel | TaskOptions], ...]:
        """What the server adds on request, and what else to read."""
        return (self.includes, self.behaviour)

    def argument_spec(self) -> dict[str, Any]:
        """All options: the connection's, the ids, the list's."""
        listing = {**self._listing, **self.filters, **self.matches} if self.listable else {}
        one = {"type": "str"} if self.listable else {"type": "str", "required": True}
        ids = {self.resource.id_option: one, **self.parent_options}
        return {**arguments.CONNECTION, **ids, **listing, **self.class_options()}

    @property
    def _listing(self) -> dict[str, Any]:
        """The options of every list that the family's lists take."""
        backwards = self.resource.place.family.backwards
        return {name: spec for name, spec in arguments.LISTING.items() if backwards or name != "before"}

    def perform(self, client: Client, params: Mapping[str, Any], listings: Listings | None = None) -> dict[str, Any]:
        """Reads; returns a list under the objects' plural name."""
        found = self._found(client, params)
        if params.get("find_one") and len(found) != 1:
            count = "none" if not found else f"more than one ({', '.join(one['id'] for one in found)})"
            hint = AHEAD_OF_EARLIER_TASKS if client.check_mode and not found else ""
            raise InvalidTask(f"find_one wants exactly one of the {self.resource.plural}, and there is {count}{hint}")
        return {"changed": False, self.resource.plural: found}

    def _found(self, client: Client, params: Mapping[str, Any]) -> list[dict[str, Any]]:
        self._check_listing(params)
        client = client.within(self.resource.place.family)
        scope, object_id = self.scope(params), self.object_id(params)
        if holds_unknown_id([{"object_id": object_id}, scope]):
            return [self._foreseen(client, object_id, scope)]
        included = {f"{name}[]": params[name] for name in options_of(self.includes) if params[name]}
        if object_id is not None:
            one = find.by_id(client, self.resource, scope, object_id, included)
            found = [] if one is None else [one]
        else:
            found = self._listed(client, scope, params, included)
        return [self.enrich(client, one, params) for one in found]

    def _check_listing(self, params: Mapping[str, Any]) -> None:
        """Raises InvalidTask on a list option that would ask for something else than it seems to."""
        for name in ("before", "after", *self.filters):
            if params.get(name) is not None:
                _id(params, name)
        if self.listable and params["max_items"] < 1:
            raise InvalidTask(f"max_items is {params['max_items']}: it must be at least 1")

    def _listed(
        self, client: Client, scope: dict[str, str], params: Mapping[str, Any], included: dict[str, Any]
    ) -> list[dict[str, Any]]:
        query = {name: params.get(name) for name in ("before", "after", "order")} | included
        filters = {name: params[name] for name in self.filters}
        where = {name: params[name] for name in self.matches if params[name] is not None}
        most = 2 if params["find_one"] else min(params["max_items"], sys.maxsize)
        listed = find.listed(client, self.resource, scope, query, filters, None if where else most)
        return list(islice((one for one in listed if matches(one, where)), most))

    def _foreseen(self, client: Client, object_id: str | None, scope: dict[str, str]) -> dict[str, Any]:
        """The object that an earlier task of a dry run has only predicted."""
        only_foreseen(client.check_mode)
        fields = dict.fromkeys(self.resource.required, KNOWN_AFTER_APPLY)
        return {**self.resource.predicted(fields, scope), "id": object_id or KNOWN_AFTER_APPLY}


def matches(wire_object: Mapping[str, Any], where: Mapping[str, Any]) -> bool:
    """Whether the object's fields have the values of `where`."""
    return all(wire_object.get(key) == value for key, value in where.items())
