# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Find, plan, apply: one object from where it is to where a task wants it. Check mode is: not applying."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

from ..api.client import Answer, Client
from ..api.errors import ApiError, BadAnswer, InvalidTask, NotFound, carrying
from ..api.sendable import is_id
from . import find
from .identity import Matcher
from .names import OpenLedger, Standing, no_ledger, standing
from .plan import (
    KNOWN_AFTER_APPLY,
    Action,
    Json,
    Plan,
    fixed_differences,
    plan_absent,
    plan_creation,
    plan_replacement,
    plan_unseen,
    plan_update,
)
from .resource import Resource
from .wait import until_stopped
from .wish import Wish, only_foreseen
from .write import Check, cancel, send_until_settled

MOST_OBSTACLES = 5

AHEAD_OF_EARLIER_TASKS = (
    "; this dry run finds what is there now: if an earlier task is to create it, say in this one too what that needs, "
    "or name the object by what that task has registered"
)
"""What a failure adds where the same real run may succeed."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of it: the object (None once removed), the change, and what else a task returns."""

    changed: bool
    wire_object: Json | None
    action: Action = "none"
    before: Json = field(default_factory=dict)
    after: Json = field(default_factory=dict)
    results: Json = field(default_factory=dict)


def converge(client: Client, resource: Resource, wish: Wish, open_ledger: OpenLedger = no_ledger) -> Outcome:
    """Brings one object to its wished state with at most one read (a list per 100 where it has no id) and one write.

    In check mode the outcome is the one that the same call would have without it, and nothing is written.
    """
    try:
        return _converge(client.within(resource.place.family), resource, wish, open_ledger)
    except Exception:
        if wish.listings:
            wish.listings.forget(resource, wish.scope)
        raise


def _converge(client: Client, resource: Resource, wish: Wish, open_ledger: OpenLedger) -> Outcome:
    if wish.names_the_unknown:
        only_foreseen(wish.check_mode)
        return _foreseen(resource, wish)
    with standing(client, resource, wish, lambda wish: _found(client, resource, wish), open_ledger) as stand:
        wish, current = stand.wish, stand.current
        plan = _plan(resource, wish, current)
        step = _predict if wish.check_mode else _apply
        try:
            reached = step(client, resource, wish, current, plan)
        except NotFound:
            if wish.present:
                raise
            if not resource.place.readable:
                return Outcome(changed=False, wire_object=None)  # that it was there was only assumed
            reached = None  # gone, if only by an earlier attempt whose answer was lost
        _note(client, resource, stand, plan, reached)
    if plan.action == "remove" and reached is not None and reached["status"] not in ("cancelling", "cancelled"):
        return Outcome(changed=False, wire_object=reached)  # it had ended by itself
    return _outcome(plan, reached, _follow_up(client, resource, wish, plan, reached) if wish.present else {})


def _outcome(plan: Plan, reached: Json | None, results: Json) -> Outcome:
    """The outcome of a plan, and of what was done to the object after it."""
    more = results.get("diff", {"before": {}, "after": {}})
    return Outcome(
        changed=plan.changed,
        wire_object=reached,
        action="update" if more["after"] and not plan.changed else plan.action,
        before={**plan.before, **more["before"]},
        after={**plan.after, **more["after"]},
        results=results,
    )


def _note(client: Client, resource: Resource, stand: Standing, plan: Plan, reached: Json | None) -> None:
    """Has the ledger, and the lists that are kept, know what became of the object."""
    if stand.wish.listings and plan.changed and resource.place.lists(stand.wish.scope):
        listing = stand.wish.listings.of(client, resource, stand.wish.scope)
        if reached:
            listing.keep(reached, instead=stand.current)
        elif stand.current:
            listing.drop(stand.current)
    with carrying(changed=plan.changed, **({resource.name: reached} if reached else {})):
        if plan.action in ("create", "replace") and reached:
            stand.made(reached)
        elif plan.action == "remove":
            stand.removed()


def _found(client: Client, resource: Resource, wish: Wish) -> Json | None:
    """The object by its id, which must exist if it is to be present; else by what identifies it."""
    if not resource.place.readable:
        return _unread(resource, wish)
    if wish.object_id is None:
        return _identified(client, resource, wish)
    current = _by_id(client, resource, wish, wish.object_id)
    if current is None and wish.present and not resource.identity.own_id:
        raise InvalidTask(
            f"there is no {resource.name} with the id {wish.object_id}: leave {resource.id_option} out to create one"
        )
    return current


def _identified(client: Client, resource: Resource, wish: Wish) -> Json | None:
    matches = resource.identity.matches(wish.declared, wish.options)
    if not matches:
        return None
    taken = resource.identity.taken if wish.present or resource.identity.taken == "newest" else "only"
    try:
        return _by_identity(client, resource, wish, matches, taken)
    except NotFound:
        if wish.present:
            raise
        return None  # the parent is missing, and so is all that was in it


def _by_id(client: Client, resource: Resource, wish: Wish, object_id: str) -> Json | None:
    known = None
    if wish.listings and resource.place.lists(wish.scope) and not resource.life.moving:
        known = wish.listings.by_id(client, resource, wish.scope, object_id)
    return known or find.by_id(client, resource, wish.scope, object_id)


def _by_identity(client: Client, resource: Resource, wish: Wish, matches: Matcher, taken: str) -> Json | None:
    if wish.listings is None or resource.identity.field is None:
        return find.by_identity(client, resource, wish.scope, matches, taken)
    value = resource.identity.value_of(wish.declared)
    return find.the_one(resource, wish.listings.identified(client, resource, wish.scope, value))


def _unread(resource: Resource, wish: Wish) -> Json | None:
    """What is to be assumed of an object that the API cannot show."""
    if wish.object_id is None:
        return None
    if wish.present:
        raise InvalidTask(f"the API cannot show a {resource.name}: leave {resource.id_option} out to create one")
    return {"id": wish.object_id, "object": resource.kind, "status": "active"}


def _foreseen(resource: Resource, wish: Wish) -> Outcome:
    """The outcome on an object that does not exist yet, without asking the server."""
    if not wish.present:
        return Outcome(changed=True, wire_object=None, action="remove")
    by_then = {} if wish.object_id is None or resource.identity.own_id else {"id": wish.object_id}
    plan = plan_unseen(wish.declared, resource.rules) if by_then else _plan(resource, wish, None)
    reached = {**resource.predicted(wish.creation, wish.scope), **by_then}
    return _outcome(plan, reached, dict(resource.life.predicted_results))


def _plan(resource: Resource, wish: Wish, current: Json | None) -> Plan:
    if not wish.present:
        return plan_absent(current, resource.life.removal, resource.life.ended)
    if current is not None and not resource.life.starts_anew(current, wish):
        different = fixed_differences(current, wish.declared, resource.rules)
        if different:
            return _replacement(resource, wish, current, different)
        return plan_update(current, wish.declared, resource.rules)
    missing = [key for key in resource.required if wish.creation.get(key) is None]
    if missing:
        wanted = f"no {resource.name} was found to update, and creating one needs {' and '.join(missing)}"
        raise InvalidTask(wanted + (AHEAD_OF_EARLIER_TASKS if wish.check_mode else ""))
    return plan_creation(wish.creation, resource.rules)


def _replacement(resource: Resource, wish: Wish, current: Json, different: list[str]) -> Plan:
    """The plan to have another object in the place of one that differs in fields that the API cannot change."""
    if wish.options.get("replace"):
        return plan_replacement(current, wish.creation, different, resource.rules)
    raise InvalidTask(
        f"the {resource.name} {current['id']} differs in {' and '.join(different)}, which the API cannot change: set "
        "replace to true to have another one made in its place"
    )


def _predict(client: Client, resource: Resource, wish: Wish, current: Json | None, plan: Plan) -> Json | None:
    """What `_apply` would answer."""
    if plan.action in ("create", "replace"):
        resource.life.make_room(client, wish)
        return resource.predicted(plan.payload, wish.scope)
    if plan.action == "remove":
        set_by_end = dict.fromkeys(resource.life.set_by_end, KNOWN_AFTER_APPLY)
        return {**(current or {}), **set_by_end, **plan.after} if resource.life.removal == "cancel" else None
    if current is None or plan.action == "none":
        return current
    stamps = dict.fromkeys(resource.rules.stamped, KNOWN_AFTER_APPLY)
    return {**current, **stamps, **resource.rules.as_shown(plan.payload)}


def _apply(client: Client, resource: Resource, wish: Wish, current: Json | None, plan: Plan) -> Json | None:
    """Sends the plan's one write; its own answer is the object reached."""
    if plan.action == "create":
        return _create(client, resource, wish, plan.payload, current)
    if current is None or plan.action == "none":
        return current
    path = resource.place.item(wish.scope, current["id"])
    if plan.action == "replace":
        made = _create(client, resource, wish, plan.payload, current)
        with carrying(changed=True, **{resource.name: made}), contextlib.suppress(NotFound):
            _delete(client, path, current["id"])
        return made
    if plan.action == "update":
        checked = _checked(resource, wish, current["id"])
        return _drop_leftovers(client, path, plan.payload, _update(client, path, plan.payload, checked), checked)
    if resource.life.removal == "cancel":
        return _cancel(client, resource, path, wish, _checked(resource, wish, current["id"]))
    _delete(client, path, current["id"])
    return None


def _create(
    client: Client,
    resource: Resource,
    wish: Wish,
    payload: Json,
    replaced: Json | None,
    obstacles: int = MOST_OBSTACLES,
) -> Json:
    """Creates the object, again after each refusal whose cause could be moved out of the way."""
    path = resource.place.creation(wish.scope)
    before = frozenset([replaced["id"]]) if replaced else find.newest_ids(client, resource, wish)

    def send() -> Json:
        return _made(resource, wish, resource.life.create(client, path, payload, wish))

    try:
        return send_until_settled(client, send, lambda: find.created(client, resource, wish, payload, before))
    except ApiError as refusal:
        if refusal.status not in (400, 409) or not obstacles or not resource.life.make_room(client, wish):
            raise
    return _create(client, resource, wish, payload, replaced, obstacles - 1)


def _made(resource: Resource, wish: Wish, answer: Answer) -> Json:
    """The object that a creation answered. Where that is no whole object, but has an id, its answer is not lost."""
    try:
        return resource.received(answer, wish.scope)
    except BadAnswer as wrong:
        if is_id(answer.body.get("id")):
            wrong.maybe_done = False
            wrong.result = {"changed": True, resource.name: answer.body}
        raise


def _checked(resource: Resource, wish: Wish, object_id: str) -> Check:
    """Takes answers about the object of that id."""
    return lambda answer: resource.received(answer, wish.scope, object_id)


def _update(client: Client, path: str, payload: Json, checked: Check) -> Json:
    """Says what is to be, so it may be said twice. A server may answer it without a word."""

    def send() -> Json:
        answer = client.post(path, payload)
        return checked(answer if answer.body else client.get(path))

    return send_until_settled(client, send)


def _drop_leftovers(client: Client, path: str, payload: Json, reached: Json, checked: Check) -> Json:
    """Removes by name the metadata keys that an update has left: the API does not say whether it merges metadata."""
    wanted = payload.get("metadata", reached.get("metadata")) or {}
    leftover = [key for key in reached.get("metadata") or {} if key not in wanted]
    if not leftover:
        return reached
    return _update(client, path, {"metadata": {**wanted, **dict.fromkeys(leftover)}}, checked)


def _delete(client: Client, path: str, object_id: str) -> None:
    answer = client.delete(path)
    if not answer.body.get("deleted") or answer.body.get("id", object_id) != object_id:
        raise BadAnswer(f"the server did not confirm that {path} was deleted", **answer.facts)


def _cancel(client: Client, resource: Resource, path: str, wish: Wish, checked: Check) -> Json:
    reached = cancel(client, path, checked, resource.life.ended if resource.place.readable else ())
    if not wish.options.get("wait"):
        return reached
    with carrying(changed=True, **{resource.name: reached}):
        return until_stopped(client, path, checked, reached, resource.life.moving, wish.deadline, resource.name)


def _follow_up(client: Client, resource: Resource, wish: Wish, plan: Plan, reached: Json | None) -> Json:
    """What the object still has to return; a failure on the way carries the object, which exists by now."""
    if reached is None or (wish.check_mode and plan.action in ("create", "replace")):
        return dict(resource.life.predicted_results)
    with carrying(changed=plan.changed, **{resource.name: reached}):
        return resource.life.follow_up(client, reached, wish)
