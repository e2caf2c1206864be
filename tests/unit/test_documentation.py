# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The documentation in the modules is what the classes of their fields say."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest

from ansible_collections.aiops.openai.plugins.module_utils.api.libraries import Field
from ansible_collections.aiops.openai.plugins.module_utils.api.models import RequestModel
from ansible_collections.aiops.openai.plugins.module_utils.engine.fields import (
    Option,
    Shown,
    ShownObject,
    TaskOptions,
)

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "plugins" / "modules").glob("*.py"))

sys.path.insert(0, str(ROOT / "tests" / "tools"))
import documentation  # noqa: E402


class Door(RequestModel):
    width: Annotated[int, Field(ge=60, le=120)] | None = None
    """
    - How wide it is, in centimetres. {limit}
    """

    lock: Literal["none", "key"] = "none"
    """
    - How it is locked.
    - none: It is not.
      key: By a key. See O(.width).
    """

    signs: Annotated[list[Annotated[str, Field(max_length=8)]], Field(max_length=3)] | None = None
    """
    - What stands on it. {limit:,} the upper one first.
    """
    constraints = {"mutually_exclusive": [("width", "lock")], "required_if": [("lock", "key", ("signs",))]}


class NarrowDoor(Door):
    width: Annotated[int, Field(ge=60, le=80)]


class Unsaid(Door):
    signs: Annotated[list[str], Field(max_length=5)] | None = None
    """
    - What stands on it.
    """


class Wordless(Door):
    colour: str | None = None


class House(TaskOptions):
    doors: Annotated[list[Door] | None, Option(since="2.0.0", aliases=("gates",))] = None
    """
    - Its doors.
    """


class ShownRoom(ShownObject):
    size: Annotated[float, Shown(12.5)]
    """How large
    it is."""


class ShownHouse(ShownObject):
    rooms: Annotated[list[ShownRoom], Shown(when="when there are any", since="2.0.0")]
    """
    - Its rooms.
    - The largest first.
    """

    owner: Annotated[dict[str, Any] | None, Shown(None)] = None
    """Whose it is, or V(null)."""


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_says_what_its_classes_say(path):
    assert documentation.difference(path) == "", "run make docs-write"


def test_a_stale_module_fails_with_the_difference(tmp_path, monkeypatch, capsys):
    (tmp_path / "plugins" / "modules").mkdir(parents=True)
    (stale := tmp_path / "plugins" / "modules" / "openai_thread_info.py").write_text(
        (ROOT / "plugins" / "modules" / stale.name).read_text().replace("The id of the thread.", "Its id.")
    )
    monkeypatch.setattr(documentation, "ROOT", tmp_path)
    assert documentation.main("--check") == 1
    told = capsys.readouterr().out
    assert "-      description: Its id.\n+      description: The id of the thread.\n" in told
    assert told.endswith("Run make docs-write.\n")
    assert documentation.main() == 0
    assert documentation.main("--check") == 0


def test_options_in_a_list_are_documented_with_their_limits_and_rules():
    doors = documentation.options_docs(House, {})["doors"]
    assert doors == {
        "description": ["Its doors."],
        "version_added": "2.0.0",
        "type": "list",
        "elements": "dict",
        "aliases": ["gates"],
        "suboptions": {
            "width": {
                "description": [
                    "How wide it is, in centimetres. From 60 to 120.",
                    "Mutually exclusive with O(doors[].lock).",
                ],
                "type": "int",
            },
            "lock": {
                "description": ["How it is locked.", "Mutually exclusive with O(doors[].width)."],
                "type": "str",
                "default": "none",
                "choices": {"none": "It is not.", "key": "By a key. See O(doors[].width)."},
            },
            "signs": {
                "description": [
                    "What stands on it. At most 3, with texts of at most 8 characters, the upper one first.",
                    "Required if O(doors[].lock=key).",
                ],
                "type": "list",
                "elements": "str",
            },
        },
    }


def test_a_limit_that_is_said_again_takes_the_words_that_stand():
    width = documentation.options_docs(NarrowDoor, {})["width"]
    assert width == {
        "description": ["How wide it is, in centimetres. From 60 to 80."],
        "type": "int",
        "required": True,
    }


@pytest.mark.parametrize(
    ("model", "problem"),
    [(Unsaid, "Unsaid.signs does not say its limit: At most 5."), (Wordless, "Wordless.colour has no words")],
)
def test_a_field_without_words_or_with_an_unsaid_limit_is_named(model, problem):
    with pytest.raises(SystemExit, match=re.escape(problem)):
        documentation.options_docs(model, {})


def test_rules_between_options_are_said():
    rules = {
        "required_one_of": [("a", "b"), ("a", "b", "c")],
        "required_if": [("state", "absent", ("a", "b"), True)],
        "required_by": {"a": ("d",)},
        "mutually_exclusive": [("a", "b"), ("c", "a")],
    }
    assert list(documentation.rules_for("a", rules, "")) == [
        "One of O(a) and O(b) is required if O(state=absent).",
        "Required if O(b) is left out.",
        "Required if O(b) and O(c) are left out.",
        "Mutually exclusive with O(b) and O(c).",
        "It needs O(d).",
    ]
    assert list(documentation.rules_for("d", rules, "")) == []


def test_returned_values_are_documented_at_every_depth():
    assert documentation.values_docs(ShownHouse) == {
        "rooms": {
            "description": ["Its rooms.", "The largest first."],
            "returned": "when there are any",
            "version_added": "2.0.0",
            "type": "list",
            "elements": "dict",
            "contains": {
                "size": {"description": "How large it is.", "returned": "always", "type": "float", "sample": 12.5}
            },
        },
        "owner": {"description": "Whose it is, or V(null).", "returned": "always", "type": "dict", "sample": None},
    }


def test_long_texts_are_broken_and_read_as_they_were():
    docs = {"a": {"none": "word " * 40 + "end", "yes": ["x: " * 50 + "end", {"b": "# " * 70 + "end", "c": []}]}}
    text = documentation.dumped(docs, 4)
    assert max(map(len, text.splitlines())) <= 120
    assert text.startswith("    a:\n")
