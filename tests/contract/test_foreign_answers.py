# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The server is not believed about identity, scope and filters, and what it sends is read with care."""

from __future__ import annotations

from typing import Any

import pytest
from foreign_server import missing, page, serving
from tasks import Tasks

Json = dict[str, Any]


def assistant(object_id: Any, **more: Any) -> Json:
    return {"id": object_id, "object": "assistant", "created_at": 1, "name": "a", "model": "m", "metadata": {}, **more}


def run(object_id: str = "run_2", thread_id: Any = "thread_1", **more: Any) -> Json:
    plain = {"object": "thread.run", "created_at": 1, "assistant_id": "asst_1", "status": "completed", "metadata": {}}
    return {"id": object_id, "thread_id": thread_id, **plain, **more}


def message(object_id: str, text: str, run_id: str | None, **more: Any) -> Json:
    content = [{"type": "text", "text": {"value": text, "annotations": []}}]
    plain = {"object": "thread.message", "created_at": 1, "thread_id": "thread_1", "metadata": {}, "attachments": []}
    return {"id": object_id, "role": "assistant", "run_id": run_id, "content": content, **plain, **more}


def play(handle, module, **arguments):
    with serving(handle) as server:
        return Tasks(server, faulty=True).play(module, **arguments), server.asked


class TestIdentity:
    @pytest.mark.parametrize("state", ["present", "absent"])
    def test_an_answer_about_another_object_is_a_failure(self, state):
        def handle(method, path, body):
            return 200, assistant("asst_OTHER")

        result, asked = play(handle, "assistant", assistant_id="asst_MINE", model="gpt-4o", state=state)
        assert result["failed"]
        assert "asst_MINE, and answered about another one" in result["msg"]
        assert asked == ["GET /assistants/asst_MINE"]

    def test_a_write_answered_with_another_object_is_a_failure(self):
        def handle(method, path, body):
            return 200, assistant("asst_MINE" if method == "GET" else "asst_OTHER")

        result, _asked = play(handle, "assistant", assistant_id="asst_MINE", model="gpt-4o")
        assert result["failed"]
        assert "answered about another one" in result["msg"]

    @pytest.mark.parametrize("object_id", ["..", ".", "", "a\nb", "x" * 513, 7, None, ["asst"]])
    def test_an_id_of_a_list_that_can_be_none_is_a_failure(self, object_id):
        result, asked = play(lambda *_any: page(assistant(object_id)), "assistant", name="a", state="absent")
        assert result["failed"]
        assert "id: " in result["msg"]
        assert asked == ["GET /assistants"]

    def test_a_deletion_of_another_object_is_no_deletion(self):
        def handle(method, path, body):
            if method == "DELETE":
                return 200, {"id": "asst_OTHER", "object": "assistant.deleted", "deleted": True}
            return 200, assistant("asst_MINE")

        result, _asked = play(handle, "assistant", assistant_id="asst_MINE", state="absent")
        assert result["failed"]
        assert "did not confirm" in result["msg"]

    def test_another_thread_s_message_is_a_failure(self):
        def handle(method, path, body):
            return 200, message("msg_1", "hello", None, thread_id="thread_OTHER")

        result, asked = play(handle, "thread_message", thread_id="thread_1", message_id="msg_1", state="absent")
        assert result["failed"]
        assert asked == ["GET /threads/thread_1/messages/msg_1"]


class TestScopeAndFilters:
    def test_a_reply_holds_what_the_run_wrote(self):
        def handle(method, path, body):
            if path.endswith("/messages"):
                return page(
                    message("msg_1", "my question", None, role="user"),
                    message("msg_2", "an older answer", "run_1"),
                    message("msg_3", "the answer", "run_2"),
                    message("msg_4", "of another thread", "run_2", thread_id="thread_2"),
                )
            return (200, run()) if method == "POST" else page()

        result, _asked = play(handle, "thread_run", thread_id="thread_1", assistant_id="asst_1")
        assert result["reply"] == "the answer"
        assert [one["id"] for one in result["messages"]] == ["msg_3"]

    def test_a_run_key_of_another_thread_is_another_run(self):
        def handle(method, path, body):
            if path.endswith("/messages"):
                return page()
            foreign = run("run_foreign", "thread_other", metadata={"ansible_run_key": "first"})
            return (200, run("run_new", metadata=body["metadata"])) if method == "POST" else page(foreign)

        result, _asked = play(handle, "thread_run", thread_id="thread_1", assistant_id="asst_1", run_key="first")
        assert result["changed"]
        assert result["run"]["id"] == "run_new"

    def test_a_foreign_run_is_not_cancelled(self):
        def handle(method, path, body):
            if path.endswith("/runs"):
                return page(run("run_foreign", "thread_other", status="in_progress"))
            if method == "GET":
                return page()
            return 400, {"error": {"message": "thread_1 already has an active run.", "type": "invalid_request_error"}}

        result, asked = play(
            handle, "thread_message", thread_id="thread_1", role="user", content="hi", on_active_run="cancel"
        )
        assert result["failed"]
        assert not [one for one in asked if one.endswith("/cancel")]

    @pytest.mark.parametrize("action", ["fail", "wait", "cancel"])
    @pytest.mark.parametrize("lacking", ["id", "object"])
    def test_an_active_run_that_cannot_be_named_is_a_failure(self, lacking, action):
        def handle(method, path, body):
            if path.endswith("/runs"):
                return page({key: value for key, value in run(status="in_progress").items() if key != lacking})
            if method == "GET":
                return page()
            return 400, {"error": {"message": "thread_1 already has an active run.", "type": "invalid_request_error"}}

        result, asked = play(
            handle, "thread_message", thread_id="thread_1", role="user", content="hi", on_active_run=action
        )
        assert f"{lacking}: Field required" in result["msg"]
        assert not [one for one in asked if one.endswith("/cancel")]

    def test_a_list_is_filtered_again(self):
        def handle(method, path, body):
            return page(message("msg_1", "old", "run_1"), message("msg_2", "new", "run_2"))

        result, _asked = play(handle, "thread_message_info", thread_id="thread_1", run_id="run_2", max_items=1)
        assert [one["id"] for one in result["messages"]] == ["msg_2"]


class TestWhatIsRead:
    CONTENTS = [
        None,
        [],
        [{"type": "text", "text": "plain"}],
        [{"type": "text", "text": {"annotations": []}}],
        [{"type": "text", "text": {"value": None}}],
        [{"type": "text", "text": {"value": 5}}],
        [{"type": "refusal", "refusal": "I will not."}],
        [{}],
    ]

    @pytest.mark.parametrize("content", CONTENTS, ids=str)
    def test_any_content_of_a_message(self, content):
        def handle(method, path, body):
            if path.endswith("/messages"):
                return page(message("msg_1", "", "run_2", content=content))
            return (200, run()) if method == "POST" else page()

        result, _asked = play(handle, "thread_run", thread_id="thread_1", assistant_id="asst_1")
        assert not result.get("failed"), result
        said = {"plain": "plain", "I will not.": "I will not."}
        assert result["reply"] == next((text for text in said if text in str(content)), "")

    @pytest.mark.parametrize("lacking", ["status", "thread_id", "object"])
    def test_a_run_whose_answer_lacks_something_is_in_the_failure(self, lacking):
        def handle(method, path, body):
            made = {key: value for key, value in run(status="queued").items() if key != lacking}
            return (200, made) if method == "POST" else page()

        result, asked = play(handle, "thread_run", thread_id="thread_1", assistant_id="asst_1", max_retries=2)
        assert result["failed"]
        assert result["changed"]
        assert result["run"]["id"] == "run_2"
        assert lacking in result["msg"]
        assert asked.count("POST /threads/thread_1/runs") == 1

    ODD = ["text", 7, [1], {"a": 1}, True]

    @pytest.mark.parametrize("field", ["tools", "tool_resources", "metadata", "response_format", "name", "temperature"])
    @pytest.mark.parametrize("value", ODD, ids=str)
    def test_any_type_in_a_field_ends_in_a_result_or_a_sentence(self, field, value):
        def handle(method, path, body):
            return 200, assistant("asst_1", **{field: value})

        declared = {
            "tools": [{"type": "code_interpreter"}],
            "tool_resources": {"code_interpreter": {"file_ids": ["file_1"]}},
            "metadata": {"a": "1"},
            "response_format": {"type": "json_object"},
            "name": "b",
            "temperature": 1,
        }
        result, _asked = play(handle, "assistant", assistant_id="asst_1", **declared)
        assert "exception" not in result

    @pytest.mark.parametrize(
        "action",
        [
            None,
            {},
            {"type": None},
            {"type": "other"},
            {"type": {"type": "submit_tool_outputs"}},
            {"type": []},
            {"type": "submit_tool_outputs"},
            {"type": "submit_tool_outputs", "submit_tool_outputs": {"tool_calls": None}},
            {
                "type": "submit_tool_outputs",
                "submit_tool_outputs": {"tool_calls": [{"id": "call_9", "type": "openapi"}]},
            },
            {"type": "submit_tool_approval", "submit_tool_approval": {"tool_calls": [{"id": "call_1"}]}},
        ],
        ids=str,
    )
    def test_any_required_action_ends_in_a_result_or_a_sentence(self, action):
        def handle(method, path, body):
            return 200, run("run_1", status="requires_action", required_action=action)

        outputs = [{"tool_call_id": "call_1", "output": "ok"}]
        result, _asked = play(
            handle, "thread_run", thread_id="thread_1", run_id="run_1", tool_outputs=outputs, wait=False
        )
        assert "exception" not in result
        assert result["run"]["id"] == "run_1"


class TestApproval:
    CALLS = {"tool_calls": [{"id": "call_1", "type": "mcp", "name": "search", "server_label": "github"}]}
    ACTION = {"type": "submit_tool_approval", "submit_tool_approval": CALLS}

    def handle(self, sent):
        def handle(method, path, body):
            if path.endswith("/submit_tool_outputs"):
                sent.append(body)
                return 200, run("run_1")
            if path.endswith("/messages"):
                return page()
            return 200, run("run_1", status="requires_action", required_action=self.ACTION)

        return handle

    def test_it_is_given(self):
        sent: list[Any] = []
        approvals = [{"tool_call_id": "call_1", "approve": True, "headers": {"X-Token": "secret-of-github"}}]
        result, _asked = play(
            self.handle(sent), "thread_run", thread_id="thread_1", run_id="run_1", tool_approvals=approvals
        )
        assert result["changed"]
        assert sent == [{"tool_approvals": approvals}]
        assert result["diff"]["fields"]["after"] == {"tool_approvals": [{"tool_call_id": "call_1", "approve": True}]}
        assert "secret-of-github" not in str(result)

    def test_outputs_are_no_approvals(self):
        outputs = [{"tool_call_id": "call_1", "output": "ok"}]
        result, _asked = play(self.handle([]), "thread_run", thread_id="thread_1", run_id="run_1", tool_outputs=outputs)
        assert "waits for tool_approvals, and the task holds tool_outputs" in result["msg"]

    def test_each_call_needs_one(self):
        approvals = [{"tool_call_id": "call_2", "approve": True}]
        result, _asked = play(
            self.handle([]), "thread_run", thread_id="thread_1", run_id="run_1", tool_approvals=approvals
        )
        assert "missing: call_1 (search)" in result["msg"]


def test_an_outage_of_the_probe_is_no_absence():
    def handle(method, path, body):
        return (502, {}) if path == "/assistants" else missing()

    for module, more in (("assistant", {"state": "absent"}), ("assistant_info", {})):
        result, _asked = play(handle, module, assistant_id="asst_1", **more)
        assert result["failed"]
        assert "cannot be told" in result["msg"]


class TestStartingAnew:
    def answering(self, status, seen):
        old = run("run_old", status=status, metadata={"ansible_run_key": "daily"})

        def handle(method, path, body):
            seen.append(f"{method} {path}")
            if path.endswith("/messages"):
                return page()
            return (200, run("run_new", metadata=body["metadata"])) if method == "POST" else page(old)

        return handle

    def play(self, status, **more):
        return play(
            self.answering(status, []),
            "thread_run",
            thread_id="thread_1",
            assistant_id="asst_1",
            run_key="daily",
            **more,
        )[0]

    def test_a_failed_run_is_found_again_and_says_how_to_go_on(self):
        result = self.play("failed")
        assert result["failed"]
        assert "its run_key finds it again, unless rerun is failed" in result["msg"]

    @pytest.mark.parametrize("status", ["failed", "expired", "cancelled", "incomplete"])
    def test_another_is_started_where_the_task_says_so(self, status):
        result = self.play(status, rerun="failed")
        assert result["changed"]
        assert result["run"]["id"] == "run_new"

    def test_a_completed_one_is_left_alone(self):
        assert self.play("completed", rerun="failed")["run"]["id"] == "run_old"


def test_a_wait_that_is_throttled_from_the_start_ends_in_time_with_the_run():
    def handle(method, path, body):
        if method == "POST":
            return 200, run("run_1", status="in_progress")
        return 429, {"error": {"message": "slow down"}}, {"retry-after": "6"}

    arguments = {"thread_id": "thread_1", "assistant_id": "asst_1", "wait_timeout": 2, "max_retries": 3}
    result, asked = play(handle, "thread_run", **arguments)
    assert "run_1 is still in_progress after 2 seconds" in result["msg"]
    assert result["run"]["id"] == "run_1"
    assert asked.count("POST /threads/thread_1/runs") == 1


@pytest.mark.parametrize("name", [["a"], {"a": 1}, 7, None, True], ids=str)
def test_a_set_meets_an_object_whose_name_is_no_text(name):
    def handle(method, path, body):
        if method == "DELETE":
            return 200, {"id": path.rsplit("/", 1)[1], "object": "assistant.deleted", "deleted": True}
        return page(assistant("asst_1", name=name, metadata={"managed": "yes"}))

    result, asked = play(handle, "assistants", assistants=[], prune=True, prune_metadata={"managed": "yes"})
    assert not result.get("failed"), result
    assert asked == ["GET /assistants", "DELETE /assistants/asst_1"]
