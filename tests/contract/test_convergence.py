# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tasks do to a server: how often they ask, what they change, and what they leave alone."""

from __future__ import annotations

import json
import re

import pytest

from ansible_collections.aiops.openai.plugins.module_utils.engine import converge

KNOWN_AFTER_APPLY = "(known after apply)"
CODE = {"type": "code_interpreter"}
SEARCH = {"type": "file_search"}
SCHEMA = {"type": "object", "properties": {"word": {"type": "string"}}, "required": ["word"]}


def function(name="define", **more):
    return {"type": "function", "function": {"name": name, **more}}


@pytest.fixture
def assistant(tasks):
    made = tasks.ok(
        "assistant",
        name="tutor",
        model="gpt-4o",
        description="short",
        tools=[CODE, SEARCH, function(parameters=SCHEMA)],
        metadata={"a": "1", "b": "2"},
        tool_resources={"code_interpreter": {"file_ids": ["file-1", "file-2"]}},
    )
    tasks.asked()
    return made["assistant"]


def path_of(assistant):
    return f"/assistants/{assistant['id']}"


class TestRequests:
    def test_converged_by_id_is_one_get(self, tasks, assistant):
        assert not tasks.ok("assistant", assistant_id=assistant["id"], name="tutor", model="gpt-4o")["changed"]
        assert tasks.asked() == [f"GET {path_of(assistant)}"]

    def test_an_update_is_one_get_and_one_post(self, tasks, assistant):
        result = tasks.ok("assistant", assistant_id=assistant["id"], name="teacher", tools=[CODE])
        assert tasks.asked() == [f"GET {path_of(assistant)}", f"POST {path_of(assistant)}"]
        assert result["assistant"] == tasks.server.ok("GET", path_of(assistant))

    def test_a_lookup_by_name_is_one_list_per_hundred(self, tasks, assistant, local_api):
        for number in range(249):
            local_api.assistant(name=f"other {number}")
        tasks.asked()
        assert not tasks.ok("assistant", name="tutor")["changed"]
        assert tasks.asked() == ["GET /assistants"] * 3

    def test_messages_are_read_no_further_than_the_match(self, tasks, local_api):
        thread_id = local_api.thread(*[f"text {number}" for number in range(120)])
        tasks.asked()
        assert not tasks.ok("thread_message", thread_id=thread_id, role="user", content="text 0")["changed"]
        assert tasks.asked() == [f"GET /threads/{thread_id}/messages"]


class TestEquivalence:
    @pytest.mark.parametrize(
        "declared",
        [
            pytest.param({"tools": [function(parameters=SCHEMA), SEARCH, CODE]}, id="another order of tools"),
            pytest.param({"tools": [CODE, SEARCH, function(parameters=json.dumps(SCHEMA))]}, id="parameters as text"),
            pytest.param({"tools": [CODE, SEARCH, function(parameters=SCHEMA, strict=False)]}, id="a default told"),
            pytest.param({"tools": [CODE, {"type": "retrieval"}, function(parameters=SCHEMA)]}, id="an old name"),
            pytest.param({"metadata": {"b": 2, "a": 1}}, id="metadata as numbers"),
            pytest.param(
                {"tool_resources": {"code_interpreter": {"file_ids": ["file-2", "file-1"]}}}, id="order of ids"
            ),
            pytest.param({"tool_resources": {"file_search": {"vector_store_ids": []}}}, id="an empty part"),
            pytest.param({"temperature": 1.0, "top_p": 1, "response_format": "auto"}, id="server defaults"),
            pytest.param({"instructions": ""}, id="empty against null"),
            pytest.param({"reasoning_effort": "high"}, id="what the server does not show"),
            pytest.param({}, id="options left out"),
        ],
    )
    def test_nothing_to_change(self, tasks, assistant, declared):
        assert not tasks.ok("assistant", name="tutor", **declared)["changed"]
        assert tasks.asked() == ["GET /assistants"]

    def test_empty_metadata_against_none(self, tasks, local_api):
        thread_id = local_api.thread()
        assert not tasks.ok("thread", thread_id=thread_id, metadata={})["changed"]

    @pytest.mark.parametrize(
        "content",
        ["hello", [{"type": "text", "text": "hello"}]],
    )
    def test_content_as_text_or_as_one_part(self, tasks, local_api, content):
        thread_id = local_api.thread("hello")
        assert not tasks.ok("thread_message", thread_id=thread_id, role="user", content=content)["changed"]


@pytest.mark.parametrize("metadata_update", ["replace", "merge"])
class TestRemoval:
    @pytest.mark.parametrize(
        ("declared", "left"),
        [
            (
                {"tools": [CODE, function(parameters=SCHEMA)]},
                {"tools": [CODE, function(parameters=SCHEMA, strict=False)]},
            ),
            ({"tools": []}, {"tools": []}),
            ({"metadata": {"a": "1"}}, {"metadata": {"a": "1"}}),
            ({"metadata": {}}, {"metadata": {}}),
            ({"metadata": {"a": "1", "c": "3"}}, {"metadata": {"a": "1", "c": "3"}}),
            ({"description": ""}, {"description": (None, "")}),
            (
                {"tool_resources": {"code_interpreter": {"file_ids": []}}},
                {"tool_resources": {"code_interpreter": {"file_ids": []}}},
            ),
            ({"tool_resources": {}}, {"tool_resources": {"code_interpreter": {"file_ids": []}}}),
        ],
        ids=json.dumps,
    )
    def test_what_is_no_longer_declared_is_gone(self, tasks, assistant, local_api, metadata_update, declared, left):
        local_api.control("POST", "/settings", {"metadata_update": metadata_update})
        result = tasks.ok("assistant", name="tutor", **declared)
        assert result["changed"]
        stored = local_api.ok("GET", path_of(assistant))
        for field, value in left.items():
            assert stored[field] in value if isinstance(value, tuple) else stored[field] == value
        assert result["assistant"] == stored
        assert not tasks.ok("assistant", name="tutor", **declared)["changed"]


class TestIdentity:
    def test_two_of_one_name(self, tasks, local_api):
        ids = sorted(local_api.assistant(name="twin") for _twin in range(2))
        for state in ("present", "absent"):
            failure = tasks.failed("assistant", name="twin", state=state)
            assert sorted(failure["error"]["ids"]) == ids
            assert all(one in failure["msg"] for one in ids)
        assert len(local_api.ok("GET", "/assistants")["data"]) == 2

    @pytest.mark.parametrize(
        ("module", "arguments"),
        [
            ("assistant", {"assistant_id": "asst_missing"}),
            ("thread", {"thread_id": "thread_missing"}),
            ("thread_message", {"thread_id": "thread_missing", "message_id": "msg_missing"}),
            ("thread_run", {"thread_id": "thread_missing", "run_id": "run_missing"}),
        ],
    )
    def test_an_id_that_does_not_exist(self, tasks, module, arguments):
        failure = tasks.failed(module, **arguments)
        assert re.match(r"there is no \w+ with the id \w+_missing: leave \w+_id out to create one", failure["msg"])
        assert not tasks.ok(module, **arguments, state="absent")["changed"]
        assert not any(asked.startswith(("POST", "DELETE")) for asked in tasks.asked())

    def test_the_id_wins_over_the_name(self, tasks, assistant):
        assert tasks.ok("assistant", assistant_id=assistant["id"], name="renamed")["assistant"]["name"] == "renamed"

    def test_a_message_that_is_there_twice(self, tasks, local_api):
        thread_id = local_api.thread("yes", "yes")
        message = {"thread_id": thread_id, "role": "user", "content": "yes"}
        assert not tasks.ok("thread_message", **message)["changed"]
        assert "2 messages match" in tasks.failed("thread_message", **message, state="absent")["msg"]
        assert tasks.ok("thread_message", **message, match="none")["changed"]

    def test_what_a_creation_needs(self, tasks):
        assert tasks.failed("assistant", name="new")["msg"] == (
            "no assistant was found to update, and creating one needs model"
        )


ALL_MODULES = [
    ("agent", {"name": "a", "model": "m"}),
    ("agent", {"agent_id": "agent_1"}),
    ("agent", {"agent_id": "agent_1", "state": "absent"}),
    ("agent", {"name": "a", "state": "absent"}),
    ("agent_info", {}),
    ("agent_info", {"agent_id": "agent_1"}),
    ("assistant", {"name": "a", "model": "m"}),
    ("assistant", {"assistant_id": "asst_1"}),
    ("assistant", {"assistant_id": "asst_1", "state": "absent"}),
    ("assistant", {"name": "a", "state": "absent"}),
    ("assistant_info", {}),
    ("assistant_info", {"assistant_id": "asst_1"}),
    ("thread", {}),
    ("thread", {"thread_id": "thread_1", "state": "absent"}),
    ("thread_info", {"thread_id": "thread_1"}),
    ("thread_message", {"thread_id": "thread_1", "role": "user", "content": "a"}),
    ("thread_message", {"thread_id": "thread_1", "message_id": "msg_1", "state": "absent"}),
    ("thread_message", {"thread_id": "thread_1", "role": "user", "content": "a", "state": "absent"}),
    ("thread_message_info", {"thread_id": "thread_1"}),
    ("thread_run", {"thread_id": "thread_1", "assistant_id": "asst_1"}),
    ("thread_run", {"thread": {}, "assistant_id": "asst_1"}),
    ("thread_run", {"thread_id": "thread_1", "run_id": "run_1", "state": "absent"}),
    ("thread_run_info", {"thread_id": "thread_1"}),
    ("thread_run_info", {"thread_id": "thread_1", "run_id": "run_1"}),
    ("thread_run_step_info", {"thread_id": "thread_1", "run_id": "run_1"}),
    ("chatkit_session", {"workflow": {"id": "wf_1"}, "user": "u"}),
    ("chatkit_session", {"session_id": "cksess_1", "state": "absent"}),
    ("chatkit_thread_info", {}),
    ("chatkit_thread_info", {"thread_id": "cthr_1"}),
    ("file", {"content": "a", "filename": "a.md", "purpose": "assistants"}),
    ("file", {"file_id": "file-1", "state": "absent"}),
    ("file_info", {}),
    ("vector_store", {"name": "V"}),
    ("vector_store_info", {"vector_store_id": "vs_1"}),
    ("vector_store_file", {"vector_store_id": "vs_1", "file_id": "file-1"}),
    ("vector_store_file_info", {"vector_store_id": "vs_1"}),
]


@pytest.mark.parametrize(("module", "arguments"), ALL_MODULES)
def test_an_endpoint_that_is_gone(tasks, local_api, module, arguments):
    local_api.control(
        "POST", "/settings", {"gone": ["/assistants", "/threads", "/chatkit", "/files", "/vector_stores", "/agents"]}
    )
    failure = tasks.failed(module, **arguments)
    assert "127.0.0.1 does not offer this endpoint; point base_url" in failure["msg"]
    assert failure["error"]["status"] == 404


class TestCheckMode:
    """Two walls: the engine does not apply, and the client would not send."""

    @pytest.fixture
    def writes(self, tasks, local_api, assistant):
        """For every module that writes: tasks that would create, update and remove."""
        thread_id = local_api.thread("hello")
        local_api.control("POST", "/next_run", {"outcome": "hang"})
        other_thread = local_api.thread("other")
        run = local_api.run(other_thread, assistant_id=assistant["id"])
        message = local_api.ok("GET", f"/threads/{thread_id}/messages")["data"][0]
        text = {"role": "user", "content": "new"}
        agent = local_api.agent()
        message_ids = {"thread_id": thread_id, "message_id": message["id"]}
        run_ids = {"thread_id": other_thread, "run_id": run["id"]}
        tasks.asked()
        return [
            ("agent", {"name": "new", "model": "gpt-5", "tools": [{"type": "web_search"}]}),
            ("agent", {"agent_id": agent, "text": {"verbosity": "low"}, "tools": [{"type": "tool_search"}]}),
            ("agent", {"agent_id": agent, "state": "absent"}),
            ("assistant", {"name": "new", "model": "gpt-4o"}),
            ("assistant", {"name": "tutor", "description": "long"}),
            ("thread", {"messages": [text]}),
            ("thread", {"thread_id": thread_id, "metadata": {"a": "1"}}),
            ("thread_message", {"thread_id": thread_id, **text}),
            ("thread_message", {**message_ids, "metadata": {"a": "1"}}),
            ("thread_message", {**message_ids, "state": "absent"}),
            ("thread_run", {"thread_id": thread_id, "assistant_id": assistant["id"]}),
            ("thread_run", {"thread": {"messages": [text]}, "assistant_id": assistant["id"]}),
            ("thread_run", {**run_ids, "metadata": {"a": "1"}, "wait": False}),
            ("thread_run", {**run_ids, "state": "absent"}),
            ("thread", {"thread_id": thread_id, "state": "absent"}),
            ("assistant", {"name": "tutor", "state": "absent"}),
            ("chatkit_session", {"workflow": {"id": "wf_1"}, "user": "u"}),
            ("chatkit_session", {"session_id": "cksess_1", "state": "absent"}),
        ]

    def test_nothing_is_written(self, tasks, writes):
        for module, arguments in writes:
            assert tasks.ok(module, check=True, **arguments)["changed"], (module, arguments)
        assert {asked.split()[0] for asked in tasks.asked()} == {"GET"}

    def test_nothing_is_written_without_the_engine_s_guard(self, tasks, writes, monkeypatch):
        monkeypatch.setattr(converge, "_predict", converge._apply)
        for module, arguments in writes:
            refusal = tasks.failed(module, check=True, **arguments)
            assert refusal["msg"].startswith("check mode: the client refused to send "), (module, arguments)
        assert {asked.split()[0] for asked in tasks.asked()} == {"GET"}

    def test_the_prediction_is_what_comes(self, tasks, writes):
        writes = [(module, arguments) for module, arguments in writes if arguments.get("session_id") is None]
        for module, arguments in writes:
            predicted = tasks.ok(module, check=True, **arguments)
            real = tasks.ok(module, **arguments)
            assert predicted["changed"] == real["changed"]
            assert predicted["diff"] == real["diff"]
            assert set(predicted) == set(real), (module, arguments)
            for key in set(real) - {"changed", "diff"}:
                assert_foretold(predicted[key], real[key], f"{module} {key}")

    def test_later_tasks_work_on_what_is_only_predicted(self, tasks):
        assistant = tasks.ok("assistant", check=True, name="new", model="gpt-4o")["assistant"]
        thread = tasks.ok("thread", check=True, messages=[{"role": "user", "content": "a"}])["thread"]
        tasks.asked()
        assert (assistant["id"], thread["id"]) == (KNOWN_AFTER_APPLY, KNOWN_AFTER_APPLY)
        message = tasks.ok("thread_message", check=True, thread_id=thread["id"], role="user", content="b")["message"]
        assert message["content"][0]["text"]["value"] == "b"
        run = tasks.ok("thread_run", check=True, thread_id=thread["id"], assistant_id=assistant["id"])
        assert run["reply"] == run["messages"][0]["content"][0]["text"]["value"] == KNOWN_AFTER_APPLY
        found = tasks.ok("thread_message_info", check=True, thread_id=thread["id"], run_id=run["run"]["id"])
        assert found["messages"][0]["id"] == KNOWN_AFTER_APPLY
        assert not tasks.ok("thread", check=True, thread_id=thread["id"], messages=[])["changed"]
        assert tasks.ok("assistant", check=True, assistant_id=assistant["id"], name="other")["changed"]
        assert tasks.ok("thread", check=True, thread_id=thread["id"], state="absent")["changed"]
        assert tasks.asked() == []

    @pytest.mark.parametrize(
        ("module", "arguments"),
        [
            ("thread", {"thread_id": KNOWN_AFTER_APPLY}),
            ("thread_info", {"thread_id": KNOWN_AFTER_APPLY}),
            ("thread_run", {"thread_id": "thread_1", "assistant_id": KNOWN_AFTER_APPLY}),
        ],
    )
    def test_the_placeholder_is_refused_in_a_real_run(self, tasks, module, arguments):
        assert "only a dry run makes and takes this placeholder" in tasks.failed(module, **arguments)["msg"]
        assert tasks.asked() == []


def assert_foretold(predicted, real, where):
    """What was predicted is what came, but for what only the server knew."""
    if predicted == KNOWN_AFTER_APPLY:
        return
    if isinstance(predicted, dict) and isinstance(real, dict):
        assert set(predicted) <= set(real), where
        for key, value in predicted.items():
            assert_foretold(value, real[key], f"{where}.{key}")
    elif isinstance(predicted, list) and isinstance(real, list):
        assert len(predicted) == len(real), where
        for number, (one, other) in enumerate(zip(predicted, real, strict=True)):
            assert_foretold(one, other, f"{where}[{number}]")
    else:
        assert predicted == real, where
