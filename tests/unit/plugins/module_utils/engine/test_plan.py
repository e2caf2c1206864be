# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.aiops.openai.plugins.module_utils.engine.plan import (
    Rules,
    merged,
    plan_absent,
    plan_creation,
    plan_update,
)

TEXT = {"format": {"type": "text"}, "verbosity": "medium", "most": None}

RULES = Rules(
    defaults={"name": None, "tools": [], "metadata": {}, "temperature": 1.0, "tool_resources": {}, "text": TEXT},
    canonical={"tools": sorted},
    create_only=(("messages",), ("tool_resources", "search", "inline")),
    write_only=("effort",),
    settings=("text",),
    laid_over={"tool_resources": merged},
    kept_metadata=("kept",),
)


@pytest.mark.parametrize("field", ["metadata", "tool_resources", "tools"])
@pytest.mark.parametrize("shape", ["x", ["a"], [1], 7, True], ids=str)
def test_what_extra_body_gives_another_shape_is_sent_as_it_is(field, shape):
    current = {"metadata": {"kept": "1"}, "tool_resources": {"search": {"ids": ["x"]}}, "tools": ["b"]}
    assert plan_update(current, {field: shape}, RULES).payload == {field: shape}


def test_what_does_not_exist_is_created_with_exactly_what_is_declared():
    plan = plan_creation({"name": "a", "metadata": {"k": "v"}}, RULES)
    assert plan.action == "create"
    assert plan.payload == {"name": "a", "metadata": {"k": "v"}}
    assert plan.before == {}
    assert plan.after == {"name": "a", "metadata": {"k": "v"}}


@pytest.mark.parametrize(
    ("current", "declared"),
    [
        ({"name": "a", "temperature": 0.2}, {"name": "a"}),
        ({"name": None}, {"name": ""}),
        ({}, {"temperature": 1}),
        ({"temperature": None}, {"temperature": 1.0}),
        ({"metadata": None}, {"metadata": {}}),
        ({"metadata": {}}, {"metadata": {}}),
        ({"tools": ["b", "a"]}, {"tools": ["a", "b"]}),
        ({"tools": None}, {"tools": []}),
        (
            {"tool_resources": {"search": {"ids": ["x"]}, "code": {"ids": ["y"]}}},
            {"tool_resources": {"code": {"ids": ["y"]}}},
        ),
        ({}, {"messages": ["hello"]}),
        ({"tool_resources": {"search": {"ids": ["x"]}}}, {"tool_resources": {"search": {"inline": [{}]}}}),
        ({}, {"effort": "high"}),
        ({"effort": "high"}, {"effort": "high"}),
        ({"metadata": {"kept": "1"}}, {"metadata": {}}),
    ],
)
def test_nothing_to_do(current, declared):
    assert plan_update(current, declared, RULES).action == "none"


@pytest.mark.parametrize(
    ("current", "declared", "payload", "before", "after"),
    [
        pytest.param(
            {"name": "a", "temperature": 0.2},
            {"name": "b"},
            {"name": "b"},
            {"name": "a"},
            {"name": "b"},
            id="one field",
        ),
        pytest.param({"name": "a"}, {"name": ""}, {"name": ""}, {"name": "a"}, {"name": None}, id="cleared text"),
        pytest.param(
            {"tools": ["a", "b"]},
            {"tools": ["a"]},
            {"tools": ["a"]},
            {"tools": ["a", "b"]},
            {"tools": ["a"]},
            id="removed tool",
        ),
        pytest.param(
            {"tools": ["a"]}, {"tools": []}, {"tools": []}, {"tools": ["a"]}, {"tools": []}, id="emptied list"
        ),
        pytest.param(
            {"metadata": {"a": "1", "b": "2"}},
            {"metadata": {"a": "1"}},
            {"metadata": {"a": "1"}},
            {"metadata": {"b": "2"}},
            {"metadata": {}},
            id="removed metadata key: the whole map is sent, the diff holds the key",
        ),
        pytest.param(
            {"metadata": {"kept": "1", "b": "2"}},
            {"metadata": {"c": "3"}},
            {"metadata": {"kept": "1", "c": "3"}},
            {"metadata": {"b": "2"}},
            {"metadata": {"c": "3"}},
            id="own metadata key stays",
        ),
        pytest.param(
            {"tool_resources": {"search": {"ids": ["x"]}, "code": {"ids": ["y"]}}},
            {"tool_resources": {"code": {"ids": ["z"]}}},
            {"tool_resources": {"search": {"ids": ["x"]}, "code": {"ids": ["z"]}}},
            {"tool_resources": {"code": {"ids": ["y"]}}},
            {"tool_resources": {"code": {"ids": ["z"]}}},
            id="a part that is left out stays",
        ),
        pytest.param(
            {"tool_resources": {"search": {"ids": ["x"]}}},
            {"tool_resources": {}},
            {"tool_resources": {"search": {"ids": []}}},
            {"tool_resources": {"search": {"ids": ["x"]}}},
            {"tool_resources": {"search": {"ids": []}}},
            id="an empty mapping empties every part by name",
        ),
        pytest.param(
            {"name": "a"},
            {"name": "b", "effort": "high"},
            {"name": "b", "effort": "high"},
            {"name": "a"},
            {"name": "b"},
            id="what the server does not show goes along with an update",
        ),
        pytest.param({"new": 1}, {"new": 2}, {"new": 2}, {"new": 1}, {"new": 2}, id="a field nobody knows"),
    ],
)
def test_an_update_sends_and_shows_only_what_changes(current, declared, payload, before, after):
    plan = plan_update(current, declared, RULES)
    assert plan.action == "update"
    assert (plan.payload, plan.before, plan.after) == (payload, before, after)


def test_fields_that_cannot_be_updated_are_left_alone():
    rules = Rules(updatable=("metadata",))
    assert plan_update({"role": "user"}, {"role": "assistant"}, rules).action == "none"
    assert plan_update({"role": "user"}, {"role": "assistant", "metadata": {"a": "1"}}, rules).payload == {
        "metadata": {"a": "1"}
    }


def test_absent():
    assert plan_absent(None).action == "none"
    deletion = plan_absent({"id": "x", "name": "a"})
    assert (deletion.action, deletion.before, deletion.after) == ("remove", {"id": "x", "name": "a"}, {})
    cancellation = plan_absent({"id": "x", "status": "queued"}, "cancel")
    assert (cancellation.before, cancellation.after) == ({"status": "queued"}, {"status": "cancelled"})
