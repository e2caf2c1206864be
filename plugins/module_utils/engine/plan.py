# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Where a difference is decided: the current object, the declared one, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ansible.module_utils.common.dict_transformations import recursive_diff

KNOWN_AFTER_APPLY = "(known after apply)"
"""Stands in a dry run for a value that only the server knows."""

Json = dict[str, Any]

Action = Literal["create", "update", "replace", "remove", "none"]


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How two states of one kind of object are compared."""

    defaults: Mapping[str, Any] = field(default_factory=dict)
    """What the server fills in where nothing was given: null and empty mean the same as this."""

    canonical: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    """For a field that can be written in several ways: the one form to compare."""

    read_forms: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    """For a field that is read in another form than it is written in: the form it will be read in."""

    updatable: tuple[str, ...] | None = None
    """The fields that an update may send; None for all."""

    fixed: tuple[str, ...] = ()
    """Fields that no update can change: another value needs another object in the place of this one."""

    create_only: tuple[tuple[str, ...], ...] = ()
    """Paths of fields that only a creation takes: on an object that exists they are left alone."""

    write_only: tuple[str, ...] = ()
    """Fields that the server does not show: sent with every update, compared only where it shows them after all."""

    brings: Mapping[str, str] = field(default_factory=dict)
    """For a field that a creation takes: the one that the server shows because of it, and otherwise not."""

    settings: tuple[str, ...] = ()
    """Fields of settings that the server shows resolved: one that is left out is left alone, and all are sent."""

    laid_over: Mapping[str, Callable[[Any, Any], Any]] = field(default_factory=dict)
    """For a field of parts: what it becomes where what is declared is laid over what is there."""

    stamped: tuple[str, ...] = ()
    """Fields that the server sets anew with every update."""

    kept_metadata: tuple[str, ...] = ()
    """Metadata keys of this collection's own, which a declared `metadata` does not remove."""

    def normal(self, wire_object: Mapping[str, Any]) -> Json:
        """The object in its one comparable form."""
        filled = {**self.defaults, **{key: value for key, value in wire_object.items() if not is_empty(value)}}
        return {key: _in_form(self.canonical.get(key), self._resolved(key, value)) for key, value in filled.items()}

    def as_shown(self, body: Mapping[str, Any]) -> Json:
        """The fields of a request body as the server will show them."""
        seen = {key: value for key, value in body.items() if key not in self.write_only}
        return {key: _in_form(self.read_forms.get(key), self._resolved(key, value)) for key, value in seen.items()}

    def _resolved(self, key: str, value: Any) -> Any:
        """A field of settings with those of the server in place of what is left out; any other as it is."""
        if key not in self.settings or not isinstance(value, Mapping):
            return value
        return {**self.defaults[key], **{name: part for name, part in value.items() if part is not None}}


def _in_form(form: Callable[[Any], Any] | None, value: Any) -> Any:
    """The value in another form; as it is where it has none, as what a server or `extra_body` shapes in its own way."""
    if form is None:
        return value
    try:
        return form(value)
    except (AttributeError, KeyError, TypeError, ValueError):
        return value


@dataclass(frozen=True)
class Plan:
    """What is to be done: the request body to send, and the change in comparable form."""

    action: Action
    payload: Json = field(default_factory=dict)
    before: Json = field(default_factory=dict)
    after: Json = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        """Whether the server's state is to change."""
        return self.action != "none"


def plan_creation(body: Json, rules: Rules) -> Plan:
    """The creation of what does not exist yet."""
    wanted = rules.normal(body)
    return Plan("create", body, {}, {key: wanted.get(key) for key in body})


def plan_update(current: Mapping[str, Any], declared: Mapping[str, Any], rules: Rules) -> Plan:
    """The least that turns `current` into what is `declared`."""
    comparable = _comparable(declared, rules)
    wanted = _overlay(current, comparable, rules)
    normal_current, normal_wanted = rules.normal(current), rules.normal(wanted)
    unseen = [key for key in comparable if key in rules.write_only and key not in current]
    changed = [key for key in comparable if key not in unseen and normal_current.get(key) != normal_wanted.get(key)]
    if not changed:
        return Plan("none")
    before, after = recursive_diff(
        {key: normal_current.get(key) for key in changed}, {key: normal_wanted.get(key) for key in changed}
    )
    return Plan("update", {key: wanted[key] for key in (*changed, *unseen)}, before, after)


def fixed_differences(current: Mapping[str, Any], declared: Mapping[str, Any], rules: Rules) -> list[str]:
    """The fields that differ and that no update can change. What the server does not show is not compared."""
    have, want = rules.normal(current), rules.normal(declared)
    return [key for key in rules.fixed if key in current and key in declared and have.get(key) != want.get(key)]


def plan_replacement(current: Mapping[str, Any], body: Json, different: list[str], rules: Rules) -> Plan:
    """The creation of an object in the place of `current`, from which it differs in those fields."""
    before, after = rules.normal(current), rules.normal(body)
    return Plan(
        "replace", body, {key: before.get(key) for key in different}, {key: after.get(key) for key in different}
    )


def plan_unseen(declared: Mapping[str, Any], rules: Rules) -> Plan:
    """What is to be expected of an update of an object that only exists once an earlier change is made."""
    wanted = rules.normal(declared)
    after = {key: wanted.get(key) for key in _comparable(declared, rules)}
    return Plan("update", {}, dict.fromkeys(after, KNOWN_AFTER_APPLY), after) if after else Plan("none")


def plan_absent(
    current: Mapping[str, Any] | None, removal: Literal["delete", "cancel"] = "delete", ended: Collection[str] = ()
) -> Plan:
    """What makes `current` go away: nothing where it already has. What is cancelled stays, with that status."""
    if current is None or current.get("status") in ended:
        return Plan("none")
    if removal == "cancel":
        return Plan("remove", {}, {"status": current.get("status")}, {"status": "cancelled"})
    return Plan("remove", {}, dict(current), {})


def is_empty(value: Any) -> bool:
    """Whether a value says nothing: null, or an empty text, list or mapping."""
    return value is None or value in ("", [], {})


def spoken(mapping: Mapping[str, Any], defaults: Mapping[str, tuple[Any, ...]] | None = None) -> dict[str, Any]:
    """`mapping` less what is empty and less what the server would assume anyway."""
    assumed = defaults or {}
    return {key: value for key, value in mapping.items() if not is_empty(value) and value not in assumed.get(key, ())}


def _comparable(declared: Mapping[str, Any], rules: Rules) -> Json:
    """The part of what is declared that an update can bring about."""
    allowed = {key: value for key, value in declared.items() if rules.updatable is None or key in rules.updatable}
    for path in rules.create_only:
        allowed = _without(allowed, path)
    return allowed


def _without(mapping: Json, path: tuple[str, ...]) -> Json:
    """`mapping` less the field at `path`, and less what holds nothing else: an empty rest would mean "clear"."""
    key, *rest = path
    if key not in mapping:
        return mapping
    if rest and not isinstance(mapping[key], dict):
        return mapping  # of another shape, by `extra_body`
    others = {name: value for name, value in mapping.items() if name != key}
    if rest:
        remaining = _without(mapping[key], tuple(rest))
        if remaining or not mapping[key]:
            return {**mapping, key: remaining}
    return others


def _overlay(current: Mapping[str, Any], declared: Mapping[str, Any], rules: Rules) -> Json:
    """The whole object as it would be with `declared` applied."""
    wanted = {**current, **declared}
    for key in rules.settings:
        if key in declared:
            wanted[key] = _with_settings(current.get(key), declared[key], rules.defaults[key])
    for key, lay_over in rules.laid_over.items():
        if key in declared:
            wanted[key] = _laid(lay_over, current.get(key), declared[key])
    if "metadata" in declared:
        wanted["metadata"] = _metadata(current.get("metadata"), declared["metadata"], rules)
    return wanted


def _metadata(old: Any, declared: Any, rules: Rules) -> Any:
    """The metadata that is declared and what is kept of the old; another shape, of `extra_body`, as it is."""
    if not isinstance(declared or {}, dict):
        return declared
    kept = {key: old[key] for key in rules.kept_metadata if key in (old or {})}
    return {**kept, **(declared or {})}


def _with_settings(current: Any, declared: Any, defaults: Mapping[str, Any]) -> Any:
    """The settings that are declared beside those that are there; an empty mapping goes back to the server's."""
    if is_empty(declared):
        return dict(defaults)
    if not (isinstance(current, Mapping) and isinstance(declared, Mapping)):
        return declared
    return {**{name: part for name, part in current.items() if part is not None}, **declared}


def _laid(lay_over: Callable[[Any, Any], Any], current: Any, declared: Any) -> Any:
    """What is declared, laid over what is there, unless either has a shape of its own."""
    try:
        return lay_over(current, declared)
    except (AttributeError, KeyError, TypeError, ValueError):
        return declared


def merged(current: Any, declared: Any) -> Any:
    """`declared` laid over `current` part by part; an empty part empties what is there."""
    if not (isinstance(current, dict) and isinstance(declared, dict)):
        return declared
    if not declared:
        return _emptied(current)
    return {**current, **{key: merged(current.get(key), value) for key, value in declared.items()}}


def _emptied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _emptied(part) for key, part in value.items()}
    return [] if isinstance(value, list) else None
