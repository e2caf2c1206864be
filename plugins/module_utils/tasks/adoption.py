# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way back: from an object as it is shown to the options that make it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from ..api.errors import InvalidTask
from ..api.models import RequestModel, request_body
from ..engine.plan import Json
from ..engine.resource import Resource
from .arguments import declared
from .spec import options_of


def options_for(resource: Resource, shown: Mapping[str, Any], *, with_id: bool = False) -> Json:
    """The options of a task that finds nothing to change in the object `shown`, and makes another one like it.

    What no option can say is in `extra_body`. What only the server sets is left out, and so is null.
    """
    ids = {name: shown[name] for name in _parents(resource) if shown.get(name) is not None}
    if with_id:
        ids[resource.id_option] = shown["id"]
    options, beyond = {}, {}
    for name in options_of(resource.body or RequestModel):
        value = _own(resource, name, shown.get(name))
        if value is None:
            continue
        fitting = next(_fitting(resource, name, value), None)
        if fitting is None:
            beyond[name] = value
        else:
            options[name] = fitting
    return {**ids, **options, **({"extra_body": beyond} if beyond else {})}


def is_found_again(resource: Resource, shown: Mapping[str, Any], among: list[Any]) -> bool:
    """Whether a task without an id would find this object, and no other, `among` all that there are."""
    try:
        matches = resource.identity.matches(dict(shown), {})
    except (InvalidTask, KeyError):  # nothing identifies it, or only an option does
        return False
    return matches is not None and sum(map(matches, among)) == 1


def _parents(resource: Resource) -> list[str]:
    """The ids that the path of the object's list holds."""
    return [name for _text, name, _format, _how in Formatter().parse(resource.place.path) if name]


def _own(resource: Resource, name: str, value: Any) -> Any:
    """A field's value without what this collection has added to it."""
    if name != "metadata" or not isinstance(value, Mapping):
        return value
    return {key: part for key, part in value.items() if key not in resource.rules.kept_metadata}


def _fitting(resource: Resource, name: str, value: Any) -> Iterator[Any]:
    """The values of an option that mean to the server what it shows: as it is shown, or in the one comparable form."""
    body, rules = resource.body or RequestModel, resource.rules
    spec = {name: options_of(body)[name]}
    ways = (lambda: declared({name: value}, spec)[name], lambda: rules.canonical[name](value))
    for way in ways:
        try:
            option = way()
            said = request_body(body, {name: option})
            if _less_null(rules.normal(said).get(name)) == _less_null(rules.normal({name: value}).get(name)):
                yield option
        except (InvalidTask, AttributeError, KeyError, TypeError):  # a shape that this option does not have
            continue


def _less_null(value: Any) -> Any:
    """A value without what is null in it: an option that is null is left out."""
    if isinstance(value, dict):
        return {key: _less_null(part) for key, part in value.items() if part is not None}
    return [_less_null(part) for part in value] if isinstance(value, list) else value
