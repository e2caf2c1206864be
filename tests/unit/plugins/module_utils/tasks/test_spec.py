# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an option is, from the annotation of its field."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest

from ansible_collections.aiops.openai.plugins.module_utils.api.libraries import BeforeValidator, Field
from ansible_collections.aiops.openai.plugins.module_utils.api.models import RequestModel
from ansible_collections.aiops.openai.plugins.module_utils.engine.fields import AS_GIVEN, Option
from ansible_collections.aiops.openai.plugins.module_utils.tasks.spec import options_of

MODULES = sorted((Path(__file__).parents[5] / "plugins" / "modules").glob("*.py"))

SPECS = """
import importlib, json, sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BLOCKED:
            raise ImportError(name)

sys.meta_path.insert(0, Missing())
names = sys.argv[1:]
modules = [importlib.import_module(f"ansible_collections.aiops.openai.plugins.modules.{name}") for name in names]
assert not set(BLOCKED) & set(sys.modules)
specs = {name: module.DECLARATION.argument_spec() for name, module in zip(names, modules)}
print(json.dumps(specs, default=lambda function: function.__name__, sort_keys=True))
"""


class Part(RequestModel):
    size: Annotated[int, Field(ge=1)]


class Strict(RequestModel):
    kind: Literal["a", "b"]
    part: Part | None = None
    constraints = {"required_if": [("kind", "a", ("part",))]}


class Everything(RequestModel):
    text: Annotated[str, Field(max_length=3)] | None = None
    needed: str
    flag: bool | None = None
    count: Annotated[int, Option(no_log=False, aliases=("number",))] | None = None
    share: float = 0.5
    words: Annotated[list[str], Field(max_length=2)] | None = None
    parts: list[Annotated[Part, BeforeValidator(dict)]] | None = None
    strict: Strict | None = None
    free: dict[str, Any] | None = None
    kinds: list[Literal["x", "y"]] | None = None
    either: str | dict[str, Any] | None = None
    anything: Any = None
    schema_: Annotated[dict[str, Any], AS_GIVEN] | None = None


class Narrower(Everything):
    text: str
    count: Annotated[int, Field(ge=1)] = 3


@pytest.mark.parametrize(
    ("name", "spec"),
    [
        ("text", {"type": "str"}),
        ("needed", {"type": "str", "required": True}),
        ("flag", {"type": "bool"}),
        ("count", {"type": "int", "no_log": False, "aliases": ("number",)}),
        ("share", {"type": "float", "default": 0.5}),
        ("words", {"type": "list", "elements": "str"}),
        (
            "parts",
            {"type": "list", "elements": "dict", "options": {"size": {"type": "int", "required": True}}},
        ),
        (
            "strict",
            {
                "type": "dict",
                "options": {
                    "kind": {"type": "str", "choices": ["a", "b"], "required": True},
                    "part": {"type": "dict", "options": {"size": {"type": "int", "required": True}}},
                },
                "required_if": [("kind", "a", ("part",))],
            },
        ),
        ("free", {"type": "dict"}),
        ("kinds", {"type": "list", "elements": "str", "choices": ["x", "y"]}),
        ("either", {"type": "raw"}),
        ("anything", {"type": "raw"}),
        ("schema", {"type": "raw"}),
    ],
)
def test_an_annotation_says_what_the_option_is(name, spec):
    assert options_of(Everything)[name] == spec


def test_a_field_that_is_said_again_is_as_it_was_said_last():
    assert options_of(Narrower)["text"] == {"type": "str", "required": True}
    assert options_of(Narrower)["count"] == {"type": "int", "default": 3}
    assert options_of(Narrower)["flag"] == options_of(Everything)["flag"]


def specs(*blocked):
    root = Path(sys.modules["ansible_collections.aiops.openai"].__path__[0]).parents[2]
    command = [sys.executable, "-c", f"BLOCKED = {blocked!r}\n{SPECS}", *(path.stem for path in MODULES)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=root).stdout)


def test_options_are_the_same_where_pydantic_is_missing():
    everywhere = specs()
    assert len(everywhere) == len(MODULES)
    assert specs("pydantic", "pydantic_core", "requests") == everywhere
