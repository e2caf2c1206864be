# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The words that the fields of an object are said in, once each: what a task may give, and what the server shows.

An annotation is a field's type, `Field` its limit, the text below it its documentation. What those cannot say stands in
the annotation as one of these marks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from inspect import get_annotations
from types import NoneType
from typing import Any, ClassVar, get_args, get_origin

from ..api.libraries import create_model
from ..api.models import WireObject


@dataclass(frozen=True, kw_only=True)
class Option:
    """What an option's type cannot say: `Annotated[int, Option(no_log=False)]`."""

    type: str | None = None
    no_log: bool | None = None
    aliases: tuple[str, ...] = ()
    since: str | None = None
    """The version of the collection that brought it, if its module is older. Only documentation says it."""

    def told(self) -> dict[str, Any]:
        """What it says, as keys of an argument spec."""
        return {key: value for key, value in vars(self).items() if key != "since" and value not in (None, ())}


AS_GIVEN = Option(type="raw")
"""For a field that takes more than its type says, and makes that type of it."""

NO_SECRET = Option(no_log=False)
"""For a field whose name looks like a secret's to ansible-core, and is none."""


class TaskOptions:
    """The base of options that are no fields of an object: they say what else to do."""

    constraints: ClassVar[Mapping[str, Any]] = {}
    """The rules between them, in the words of ansible-core's argument spec."""


NOTHING = object()


@dataclass(frozen=True)
class Shown:
    """What documentation says of a returned value beside its type."""

    sample: Any = NOTHING
    when: str = "always"
    since: str | None = None
    """The version of the collection that brought it, if its module is older."""


SOMETIMES = "when the server shows it"


class ShownObject:
    """The fields of one kind of object as they are read. A default is what the server fills in for nothing given."""

    steering: ClassVar[tuple[str, ...]] = ()
    """The texts that code goes by, whatever a task declares."""

    secret: ClassVar[tuple[str, ...]] = ()
    """The fields that are credentials themselves."""


def shown_fields(shown: type[ShownObject]) -> dict[str, Any]:
    """The annotations of an object's fields, those that it inherits first."""
    owners = [owner for owner in reversed(shown.__mro__) if issubclass(owner, ShownObject) and owner is not ShownObject]
    return {name: hint for owner in owners for name, hint in get_annotations(owner, eval_str=True).items()}


def defaults_of(shown: type[ShownObject]) -> dict[str, Any]:
    """What the server fills in where nothing was given."""
    return {name: getattr(shown, name) for name in shown_fields(shown) if hasattr(shown, name)}


def unknown_fields(shown: type[ShownObject]) -> tuple[str, ...]:
    """The fields of a new object whose values only the server knows."""
    hints = shown_fields(shown)
    return tuple(
        name for name in hints if not hasattr(shown, name) and _mark(hints[name]).when in ("always", SOMETIMES)
    )


def _mark(hint: Any) -> Shown:
    return next(mark for mark in hint.__metadata__ if isinstance(mark, Shown))


_READ_MODELS: dict[type[ShownObject], type[WireObject]] = {}


def read_model(shown: type[ShownObject]) -> type[WireObject]:
    """What an answer must be for code to read it: the steering texts there, mappings mappings, lists lists of them.

    Any of the latter may be missing or null: servers differ in what they leave out.
    """
    if shown not in _READ_MODELS:
        hints = shown_fields(shown)
        parts = {name: (part, None) for name, hint in hints.items() if (part := _container(hint.__origin__))}
        fields: dict[str, Any] = {**parts, **dict.fromkeys(shown.steering, (str, ...))}
        _READ_MODELS[shown] = create_model(shown.__name__, __base__=WireObject, **fields)
    return _READ_MODELS[shown]


def _container(hint: Any) -> Any:
    """What is to be checked of an annotation: None for what holds nothing."""
    if get_origin(hint) is list:
        (element,) = get_args(hint)
        return list[dict[str, Any]] | None if _container(element) else list[Any] | None
    if get_origin(hint) is dict or (isinstance(hint, type) and issubclass(hint, ShownObject)):
        return dict[str, Any] | None
    kinds = [part for part in get_args(hint) if part is not NoneType]
    return _container(kinds[0]) if len(kinds) == 1 else None
