# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find, plan, apply: one object from where it is to where a task wants it. Check mode is: not applying."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..api.client import Client
from ..api.errors import BadAnswer, InvalidTask, NotFound, OpenAIError
from ..api.models import received
from . import find
from .plan import KNOWN_AFTER_APPLY, Json, Plan, plan_absent, plan_present
from .resource import Resource
from .wait import until_stopped


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a task wants of one object."""

    present: bool
    declared: Json = field(default_factory=dict)
    """The fields that the task declares, checked against their limits."""

    object_id: str | None = None
    scope: Mapping[str, str] = field(default_factory=dict)
    """The ids of the object's parents, by name."""

    options: Json = field(default_factory=dict)
    """What the task says beside the object's fields."""

    @property
    def names_the_unknown(self) -> bool:
        """Whether it builds on an object that a dry run has only predicted."""
        return holds_unknown_id([{"object_id": self.object_id}, self.scope, self.declared])


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of it: the object (None once removed), the change, and what else a task returns."""

    changed: bool
    wire_object: Json | None
    before: Json = field(default_factory=dict)
    after: Json = field(default_factory=dict)
    results: Json = field(default_factory=dict)


def converge(client: Client, resource: Resource, wish: Wish, *, check_mode: bool) -> Outcome:
    """Brings one object to its wished state with at most one read (a list per 100 where it has no id) and one write.

    In check mode the outcome is the one that the same call would have without it, and nothing is written.
    """
    if wish.names_the_unknown:
        if not check_mode:
            raise InvalidTask(f"an id is {KNOWN_AFTER_APPLY!r}: only a dry run makes and takes this placeholder")
        return _foreseen(resource, wish)
    current = _current(client, resource, wish)
    plan = _plan(resource, wish, current)
    step = _predict if check_mode else _apply
    reached = step(client, resource, wish, current, plan)
    results = _follow_up(client, resource, wish, plan, reached, check_mode) if wish.present else {}
    return Outcome(changed=plan.changed, wire_object=reached, before=plan.before, after=plan.after, results=results)


def holds_unknown_id(value: Any, *, is_id: bool = False) -> bool:
    """Whether the placeholder stands for an id anywhere in `value`: under a key `*_id` or `*_ids`."""
    if isinstance(value, Mapping):
        return any(holds_unknown_id(part, is_id=key.endswith(("_id", "_ids"))) for key, part in value.items())
    if isinstance(value, list):
        return any(holds_unknown_id(part, is_id=is_id) for part in value)
    return is_id and value == KNOWN_AFTER_APPLY


def _current(client: Client, resource: Resource, wish: Wish) -> Json | None:
    """The object as the server has it; None where there is none to be changed or removed."""
    if wish.present:
        return _found(client, resource, wish)
    try:
        current = _found(client, resource, wish)
    except NotFound:  # the parent is missing, and so is all that was in it
        return None
    return None if current is None or current.get("status") in resource.ended else current


def _found(client: Client, resource: Resource, wish: Wish) -> Json | None:
    """The object by its id, which must exist if it is to be present; else by what identifies it."""
    if wish.object_id is None:
        matches = resource.identity(wish.declared, wish.options)
        only_one = resource.unique or not wish.present
        return find.by_identity(client, resource, wish.scope, matches, only_one=only_one) if matches else None
    current = find.by_id(client, resource, wish.scope, wish.object_id)
    if current is None and wish.present:
        raise InvalidTask(
            f"there is no {resource.name} with the id {wish.object_id}: leave {resource.name}_id out to create one"
        )
    return current


def _foreseen(resource: Resource, wish: Wish) -> Outcome:
    """The outcome on an object that does not exist yet, without asking the server."""
    if not wish.present:
        return Outcome(changed=True, wire_object=None)
    known = {} if wish.object_id is None else {"id": wish.object_id}
    reached = {**resource.predicted(wish.declared, wish.scope), **known}
    if wish.object_id is not None and not wish.declared:
        return Outcome(changed=False, wire_object=reached, results=dict(resource.predicted_results))
    plan = plan_present(None, wish.declared, resource.rules)
    return Outcome(changed=True, wire_object=reached, after=plan.after, results=dict(resource.predicted_results))


def _plan(resource: Resource, wish: Wish, current: Json | None) -> Plan:
    if not wish.present:
        return plan_absent(current, resource.removal)
    missing = [key for key in resource.required if wish.declared.get(key) is None] if current is None else []
    if missing:
        raise InvalidTask(f"no {resource.name} was found to update, and creating one needs {' and '.join(missing)}")
    return plan_present(current, wish.declared, resource.rules)


def _predict(client: Client, resource: Resource, wish: Wish, current: Json | None, plan: Plan) -> Json | None:
    """What `_apply` would answer."""
    if plan.action == "create":
        return resource.predicted(plan.payload, wish.scope)
    if plan.action == "remove":
        return {**(current or {}), **plan.after} if resource.removal == "cancel" else None
    shown = {key: value for key, value in plan.payload.items() if key not in resource.rules.write_only}
    return None if current is None else {**current, **shown}


def _apply(client: Client, resource: Resource, wish: Wish, current: Json | None, plan: Plan) -> Json | None:
    """Sends the plan's one write; its own answer is the object reached."""
    if plan.action == "create":
        path = resource.creation(wish.scope)
        return received(client.post(path, plan.payload), resource.kind)
    if current is None or plan.action == "none":
        return current
    path = resource.item(wish.scope, current["id"])
    if plan.action == "update":
        return _drop_leftovers(client, path, plan.payload, received(client.post(path, plan.payload), resource.kind))
    if resource.removal == "cancel":
        return _cancel(client, resource, path, wish.options)
    _delete(client, path)
    return None


def _drop_leftovers(client: Client, path: str, payload: Json, reached: Json) -> Json:
    """Removes by name the metadata keys that an update has left: the API does not say whether it merges metadata."""
    wanted = payload.get("metadata", reached.get("metadata")) or {}
    leftover = [key for key in reached.get("metadata") or {} if key not in wanted]
    if not leftover:
        return reached
    return client.post(path, {"metadata": {**wanted, **dict.fromkeys(leftover)}}).body


def _delete(client: Client, path: str) -> None:
    try:
        answer = client.delete(path).body
    except NotFound:
        return
    if not answer.get("deleted"):
        raise BadAnswer(f"the server did not confirm that {path} was deleted")


def _cancel(client: Client, resource: Resource, path: str, options: Json) -> Json:
    cancelled = received(client.post(f"{path}/cancel", {}), resource.kind)
    if not options.get("wait"):
        return cancelled
    return until_stopped(client, path, cancelled, resource.moving, options["wait_timeout"])


def _follow_up(
    client: Client, resource: Resource, wish: Wish, plan: Plan, reached: Json | None, check_mode: bool
) -> Json:
    """What the object still has to return; a failure on the way carries the object, which exists by now."""
    if reached is None or (check_mode and plan.action == "create"):
        return dict(resource.predicted_results)
    try:
        return resource.follow_up(client, reached, wish.options, check_mode)
    except OpenAIError as error:
        error.result = {"changed": plan.changed, resource.name: reached, **error.result}
        raise
