# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module is that manages a whole set: all objects of one kind, each told from the others by its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Literal

from ..api.client import Client
from ..api.errors import InvalidTask, OpenAIError, carrying, result_of
from ..api.models import RequestModel, request_body
from ..engine.converge import Outcome
from ..engine.converge_set import Member, converge_set
from ..engine.fields import Shown, ShownObject, TaskOptions
from ..engine.listings import Listings
from ..engine.plan import Json
from ..engine.wish import Wish
from ..parts.set_options import SetOptions
from . import arguments
from .declaration import ObjectModule
from .diff import shown_diff
from .spec import options_of

MOST_NAMED = 5
"""How many failures the message tells of; the result tells of all."""


class Change(ShownObject):
    """What became of one object."""

    name: Annotated[str, Shown("Release notes")]
    """The name of the object."""

    id: Annotated[str, Shown("asst_4f8d2c91b7a0")]
    """The id of the object. In check mode it is V((known after apply\\)) for one that would be created."""

    action: Annotated[Literal["create", "update", "remove"], Shown("update")]
    """What was done, which is V(create), V(update) or V(remove)."""

    before: Annotated[Json, Shown({"temperature": 1.0})]
    """What was changed, as it was."""

    after: Annotated[Json, Shown({"temperature": 0.2})]
    """The same as it is."""


class SetFailure(ShownObject):
    """What went wrong with one object."""

    name: Annotated[str, Shown("Release notes")]
    """The name of the object."""

    msg: Annotated[str, Shown("Invalid value for model: there is no such model")]
    """What went wrong."""

    error: Annotated[Json, Shown({"status": 400})]
    """What is known of it, as in RV(error)."""


class SetResults(ShownObject):
    """What a task returns of a set."""

    changes: Annotated[list[Change], Shown(when="success, and failure once the set was begun")]
    """What was changed, in the order of the set, and after that what was removed."""

    failures: Annotated[list[SetFailure], Shown(when="failure, if objects of the set failed")]
    """What failed. All the others are as they are to be."""


class SetFailed(OpenAIError):
    """Some objects of a set failed; the result holds all that became of it."""


@dataclass(frozen=True, kw_only=True)
class SetModule(ObjectModule):
    """A module that brings all objects of a set to their states."""

    entries: type[RequestModel]
    """The options of the set: a list of objects under their plural name, and `SetOptions`."""

    @property
    def option_classes(self) -> tuple[type[RequestModel | TaskOptions], ...]:
        """The set."""
        return (self.entries,)

    @property
    def results(self) -> type[ShownObject]:
        """What became of each object."""
        return SetResults

    def argument_spec(self) -> dict[str, Any]:
        """All options: the connection's, and the set's."""
        return {**arguments.CONNECTION, **self.class_options()}

    def perform(self, client: Client, params: Mapping[str, Any], listings: Listings | None = None) -> dict[str, Any]:
        """Converges the set; returns its objects under their plural name, with `changes`, `changed` and `diff`."""
        options = self._options(params)

        members = converge_set(
            client.side_by_side(options["parallel"]),
            self.resource,
            self._wishes(params, client.check_mode),
            parallel=options["parallel"],
            pruned=options["prune_metadata"] if options["prune"] else None,
            open_ledger=partial(arguments.ledger, params, check_mode=client.check_mode),
        )
        result = self._result(members)
        failed = [member for member in members if member.failure]
        if failed:
            with carrying(**result):
                raise self._failure(failed, len(members))
        return result

    def _options(self, params: Mapping[str, Any]) -> dict[str, Any]:
        """The options beside the set. Raises InvalidTask where they would remove what is anybody's."""
        given = {name: params[name] for name in options_of(SetOptions) if params[name] is not None}
        if given["prune"] and not given.get("prune_metadata"):
            raise InvalidTask("prune_metadata is empty: it says what prune may remove, so it needs at least one key")
        return {"prune_metadata": None, **given, **request_body(SetOptions, given)}

    def _wishes(self, params: Mapping[str, Any], check_mode: bool) -> list[Wish]:
        """What is wished of each object. Raises InvalidTask where two have the same name."""
        plural, field = self.resource.plural, str(self.resource.identity.field)
        spec = self.class_options()[plural]["options"]
        given = [arguments.declared(one, spec) for one in params[plural] or ()]
        counted = Counter(one.get(field) for one in given)
        twice = [str(name) for name, times in counted.items() if times > 1]
        if twice:
            raise InvalidTask(f"{plural} holds more than one of the {field} {', '.join(twice)}: give each once")
        return [self._wish(one, f"{plural}[{number}].", check_mode) for number, one in enumerate(given)]

    def _wish(self, given: dict[str, Any], where: str, check_mode: bool) -> Wish:
        fields = {name: value for name, value in given.items() if name != "extra_body"}
        body = self._body(fields, given, where)
        return Wish(present=True, declared=body, creation=body, check_mode=check_mode)

    def _result(self, members: Sequence[Member]) -> dict[str, Any]:
        there = [one for member in members if member.wish.present and (one := self._reached(member))]
        changed = [(member, outcome) for member in members if (outcome := member.outcome) and outcome.changed]
        return {
            "changed": bool(changed) or any(_of_failure(member).get("changed") for member in members),
            self.resource.plural: there,
            "changes": [self._change(member, outcome) for member, outcome in changed],
            "diff": [shown_diff(self.resource, member.wish, outcome) for member, outcome in changed],
        }

    def _reached(self, member: Member) -> Json | None:
        """The object, also that of a member which has failed after it was made."""
        if member.outcome:
            return member.outcome.wire_object
        return _of_failure(member).get(self.resource.name)

    def _change(self, member: Member, outcome: Outcome) -> dict[str, Any]:
        field = str(self.resource.identity.field)
        known = outcome.wire_object or {**outcome.before, "id": member.wish.object_id}
        told = {"action": outcome.action, "before": outcome.before, "after": outcome.after}
        return {"name": known.get(field), "id": known["id"], **told}

    def _failure(self, failed: Sequence[Member], many: int) -> Exception:
        """The failure of the set; what was not foreseen is raised as it is."""
        for member in failed:
            if member.failure and not isinstance(member.failure, OpenAIError):
                return member.failure
        field = str(self.resource.identity.field)
        told: list[Json] = [
            {
                "name": member.wish.declared.get(field) or member.wish.object_id,
                "msg": str(member.failure),
                "error": {key: value for key, value in getattr(member.failure, "details", {}).items() if value},
            }
            for member in failed
        ]
        some = "; ".join(f"{one['name']}: {one['msg']}" for one in told[:MOST_NAMED])
        more = f"; and {len(told) - MOST_NAMED} more" if len(told) > MOST_NAMED else ""
        wrong = SetFailed(f"{len(failed)} of {many} {self.resource.plural} failed: {some}{more}", **told[0]["error"])
        wrong.result = {"failures": told}
        return wrong


def _of_failure(member: Member) -> Json:
    """What exists of a member that has failed."""
    return result_of(member.failure) if member.failure else {}
