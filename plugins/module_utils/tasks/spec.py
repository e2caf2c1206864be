# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that a request model's fields are, in the words of ansible-core's argument spec.

A field is said once, in its model: the annotation is its type, `Literal` its choices, no default means required,
another default than None is the option's. `Field` holds the limit, which only the model checks.
"""

from __future__ import annotations

from inspect import get_annotations
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, Union, get_args, get_origin

from ..api.libraries import default_of
from ..api.models import RequestModel, in_the_apis_words
from ..engine.fields import Option, TaskOptions

Spec: TypeAlias = "dict[str, Any]"

WORDS = {str: "str", bool: "bool", int: "int", float: "float"}


def options_of(model: type[RequestModel | TaskOptions]) -> Spec:
    """The options that the model's fields are. They are kept and shared: not to be changed."""
    if model not in _SPECS:
        _SPECS[model] = _options_of(model)
    return _SPECS[model]


_SPECS: dict[type, Spec] = {}


def _options_of(model: type[RequestModel | TaskOptions]) -> Spec:
    hints = fields_of(model).items()
    return {in_the_apis_words(name): {**_spec(hint), **_need(model, name)} for name, hint in hints}


def fields_of(model: type[RequestModel | TaskOptions]) -> dict[str, Any]:
    """The annotations of the model's fields, inherited ones first; pydantic's own are none of them."""
    models = [each for each in reversed(model.__mro__) if issubclass(each, (RequestModel, TaskOptions))]
    hints = {name: hint for each in models for name, hint in get_annotations(each, eval_str=True).items()}
    return {name: hint for name, hint in hints.items() if get_origin(hint) is not ClassVar}


def _need(model: type[RequestModel | TaskOptions], name: str) -> Spec:
    has_one, default = default_of(model, name)
    if not has_one:
        return {"required": True}
    return {} if default is None else {"default": default}


def _spec(hint: Any) -> Spec:
    """The option of one annotation; what it holds of `Option` has the last word."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is Annotated:
        marks = (mark.told() for mark in hint.__metadata__ if isinstance(mark, Option))
        told = {key: value for mark in marks for key, value in mark.items()}
        return told if "type" in told else {**_spec(hint.__origin__), **told}
    if origin in (Union, UnionType):
        kinds = [part for part in parts if part is not NoneType]
        return _spec(kinds[0]) if len(kinds) == 1 else {"type": "raw"}
    if origin is Literal:
        return {"type": WORDS[type(parts[0])], "choices": list(parts)}
    if origin is list:
        inner = _spec(parts[0])
        return {**inner, "type": "list", "elements": inner["type"]}
    if origin is dict:
        return {"type": "dict"}
    if isinstance(hint, type) and issubclass(hint, (RequestModel, TaskOptions)):
        return {"type": "dict", "options": options_of(hint), **hint.constraints}
    return {"type": WORDS.get(hint, "raw")}
