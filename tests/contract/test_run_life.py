# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From the creation of a run to its end, and what can come in between."""

from __future__ import annotations

import pytest

STOPPED_BY_ITSELF = ["failed", "expired", "incomplete"]
CALL = {"name": "get_weather", "arguments": '{"city": "Paris"}'}


@pytest.fixture
def thread_id(local_api):
    return local_api.thread("What is new?")


@pytest.fixture
def run(tasks, local_api, thread_id):
    """The arguments of a run on a thread with one message."""
    arguments = {"thread_id": thread_id, "assistant_id": local_api.assistant(), "wait_timeout": 60}
    tasks.asked()
    return arguments


def next_run(local_api, outcome, **more):
    local_api.control("POST", "/next_run", {"outcome": outcome, **more})


def gets_of_runs(asked):
    return [one for one in asked if one.startswith("GET ") and "/runs" in one]


def after_the_first_post(asked):
    first = next(place for place, one in enumerate(asked) if one.startswith("POST "))
    return asked[first:]


class TestEnds:
    def test_completed(self, tasks, run):
        result = tasks.ok("thread_run", **run)
        assert result["run"]["status"] == "completed"
        assert result["reply"] == "Echo: What is new?"
        assert [message["run_id"] for message in result["messages"]] == [result["run"]["id"]]

    @pytest.mark.parametrize("outcome", STOPPED_BY_ITSELF)
    def test_an_end_that_is_a_failure(self, tasks, local_api, run, outcome):
        next_run(local_api, outcome)
        failure = tasks.failed("thread_run", **run)
        assert failure["run"]["status"] == outcome
        assert failure["changed"]
        assert f"ended {outcome}" in failure["msg"]
        assert failure["error"]["code"]

    @pytest.mark.parametrize("outcome", STOPPED_BY_ITSELF)
    def test_an_end_that_is_taken_as_it_is(self, tasks, local_api, run, outcome):
        next_run(local_api, outcome)
        assert tasks.ok("thread_run", **run, fail_on_status=False)["run"]["status"] == outcome

    @pytest.mark.parametrize(("cancel", "left"), [(False, "in_progress"), (True, "cancelled")])
    def test_a_wait_that_is_too_long(self, tasks, local_api, run, cancel, left):
        next_run(local_api, "hang")
        failure = tasks.failed("thread_run", **{**run, "wait_timeout": 2}, cancel_on_timeout=cancel)
        said = "after 2 seconds (wait_timeout)"
        assert failure["msg"].endswith(f"{said}; so it was cancelled (cancel_on_timeout)" if cancel else said)
        assert failure["changed"]
        assert local_api.until(failure["run"], left)

    def test_cancelled_from_elsewhere(self, tasks, local_api, run):
        next_run(local_api, "hang")
        started = tasks.ok("thread_run", **run, wait=False)["run"]
        ids = {"thread_id": run["thread_id"], "run_id": started["id"]}
        cancelled = tasks.ok("thread_run", **ids, state="absent")
        assert (cancelled["changed"], cancelled["run"]["status"]) == (True, "cancelled")
        again = tasks.ok("thread_run", **ids, state="absent")
        assert (again["changed"], again["run"]["status"]) == (False, "cancelled")
        assert "ended cancelled" in tasks.failed("thread_run", **ids)["msg"]


class TestToolOutputs:
    @pytest.fixture
    def asking(self, tasks, local_api, run):
        """A run that asks for two outputs."""
        next_run(local_api, "requires_action", tool_calls=[CALL, CALL])
        result = tasks.ok("thread_run", **run)
        assert result["run"]["status"] == "requires_action"
        tasks.asked()
        return result["run"]

    @staticmethod
    def answers(asking):
        calls = asking["required_action"]["submit_tool_outputs"]["tool_calls"]
        outputs = [{"tool_call_id": call["id"], "output": {"degrees": number}} for number, call in enumerate(calls)]
        return {"thread_id": asking["thread_id"], "run_id": asking["id"], "tool_outputs": outputs, "wait_timeout": 60}

    @pytest.mark.parametrize("stream", [False, True])
    def test_submitted_and_completed(self, tasks, asking, stream):
        arguments = self.answers(asking)
        result = tasks.ok("thread_run", **arguments, stream=stream)
        assert result["changed"]
        assert result["run"]["status"] == "completed"
        assert result["reply"]
        assert len([one for one in tasks.asked() if one.startswith("POST ")]) == 1
        assert not tasks.ok("thread_run", **arguments)["changed"]

    def test_foreseen(self, tasks, asking):
        assert tasks.ok("thread_run", check=True, **self.answers(asking))["changed"]
        assert {one.split()[0] for one in tasks.asked()} == {"GET"}

    def test_one_is_missing(self, tasks, asking):
        arguments = self.answers(asking)
        missing = arguments["tool_outputs"].pop()
        failure = tasks.failed("thread_run", **arguments)
        assert f"missing: {missing['tool_call_id']} (get_weather)" in failure["msg"]
        assert failure["run"]["id"] == asking["id"]


class TestActiveRun:
    @pytest.fixture(params=["thread_message", "thread_run"])
    def task(self, request, run):
        if request.param == "thread_run":
            return request.param, run
        message = {"thread_id": run["thread_id"], "role": "user", "content": "And now?", "wait_timeout": 60}
        return request.param, message

    @pytest.mark.parametrize("check", [False, True])
    def test_fail(self, tasks, local_api, run, task, check):
        module, arguments = task
        next_run(local_api, "hang")
        active = tasks.ok("thread_run", **run, wait=False)["run"]
        failure = tasks.failed(module, check=check, **arguments)
        assert "set on_active_run to wait or cancel" in failure["msg"]
        assert failure["active_run"]["id"] == active["id"]

    def test_wait(self, tasks, run, task):
        module, arguments = task
        active = tasks.ok("thread_run", **run, wait=False)["run"]
        assert tasks.ok(module, **arguments, on_active_run="wait")["changed"]
        ids = {"thread_id": active["thread_id"], "run_id": active["id"]}
        assert tasks.ok("thread_run_info", **ids)["runs"][0]["status"] == "completed"

    def test_wait_for_what_will_not_come(self, tasks, local_api, run, task):
        module, arguments = task
        next_run(local_api, "requires_action", tool_calls=[CALL])
        tasks.ok("thread_run", **run)
        assert "submit its tool_outputs" in tasks.failed(module, **arguments, on_active_run="wait")["msg"]

    def test_cancel(self, tasks, local_api, run, task):
        module, arguments = task
        next_run(local_api, "hang")
        active = tasks.ok("thread_run", **run, wait=False)["run"]
        assert tasks.ok(module, **arguments, on_active_run="cancel")["changed"]
        assert local_api.until(active, "cancelled")


class TestStream:
    @pytest.mark.parametrize("door", ["existing", "new"])
    def test_it_is_the_polled_result_without_polling(self, tasks, run, door):
        if door == "new":
            thread = {"messages": [{"role": "user", "content": "What is new?"}]}
            run = {"thread": thread, "assistant_id": run["assistant_id"], "wait_timeout": 60}
        polled = tasks.ok("thread_run", **run)
        assert gets_of_runs(tasks.asked())
        streamed = tasks.ok("thread_run", **run, stream=True)
        assert not gets_of_runs(after_the_first_post(tasks.asked()))
        assert set(streamed) == set(polled)
        assert set(streamed["run"]) == set(polled["run"])
        assert streamed["run"]["status"] == polled["run"]["status"] == "completed"
        assert streamed["run"]["usage"]
        assert streamed["reply"]

    def test_an_end_that_is_a_failure(self, tasks, local_api, run):
        next_run(local_api, "failed")
        failure = tasks.failed("thread_run", **run, stream=True)
        assert failure["run"]["status"] == "failed"

    def test_a_wait_that_is_too_long(self, tasks, local_api, run):
        next_run(local_api, "hang")
        failure = tasks.failed("thread_run", **{**run, "wait_timeout": 3}, stream=True, cancel_on_timeout=True)
        assert failure["changed"]
        assert failure["msg"].endswith("after 3 seconds (wait_timeout); so it was cancelled (cancel_on_timeout)")
        assert local_api.until(failure["run"], "cancelled")


class TestRunKey:
    def test_it_is_found_again(self, tasks, run):
        first = tasks.ok("thread_run", **run, run_key="daily", metadata={"team": "a"})
        tasks.asked()
        second = tasks.ok("thread_run", **run, run_key="daily")
        assert not second["changed"]
        assert second["run"] == first["run"]
        assert second["reply"] == first["reply"]
        assert {one.split()[0] for one in tasks.asked()} == {"GET"}

    def test_its_metadata_is_changed_around_it(self, tasks, run):
        tasks.ok("thread_run", **run, run_key="daily", metadata={"team": "a"})
        changed = tasks.ok("thread_run", **run, run_key="daily", metadata={"team": "b"})
        assert changed["run"]["metadata"] == {"team": "b", "ansible_run_key": "daily"}
        assert changed["diff"]["fields"] == {
            "before": {"metadata": {"team": "a"}},
            "after": {"metadata": {"team": "b"}},
        }


class TestInputs:
    @pytest.mark.parametrize(
        ("module", "arguments", "option"),
        [
            ("thread_run", {"thread_id": "", "assistant_id": "a"}, "existing_thread_id"),
            ("thread", {"thread_id": "", "state": "absent"}, "thread_id"),
            ("thread_message", {"thread_id": "", "role": "user", "content": "a"}, "thread_id"),
            ("thread_info", {"thread_id": ""}, "thread_id"),
            ("assistant", {"assistant_id": "", "name": "a"}, "assistant_id"),
        ],
    )
    def test_an_empty_id_is_no_new_object(self, tasks, module, arguments, option):
        assert tasks.failed(module, **arguments)["msg"] == f"{option} is empty: give a value, or leave the option out"
        assert tasks.asked() == []

    @pytest.mark.parametrize(
        ("module", "arguments", "message"),
        [
            ("thread_run", {"thread_id": "t", "assistant_id": "a", "run_key": ""}, "run_key is empty"),
            ("thread_run", {"thread_id": "t", "run_key": "", "state": "absent"}, "run_key is empty"),
            ("thread_message_info", {"thread_id": "t", "run_id": ""}, "run_id is empty"),
            ("chatkit_thread_info", {"user": ""}, "user is empty"),
            ("thread_run_info", {"thread_id": "t", "after": ""}, "after is empty"),
            ("assistant_info", {"max_items": 0}, "max_items is 0"),
            ("assistant", {"name": "", "model": "m"}, "name is empty"),
        ],
    )
    def test_what_is_empty_is_no_wish(self, tasks, module, arguments, message):
        assert tasks.failed(module, **arguments)["msg"].startswith(message)
        assert tasks.asked() == []

    def test_old_names_are_taken(self, tasks, local_api, run):
        thread = {"messages": [{"role": "user", "content": "Hello", "file_ids": ["file-1"]}]}
        tools = [{"type": "retrieval"}]
        result = tasks.ok("thread_run", assistant_id=run["assistant_id"], thread=thread, tools=tools)
        assert result["run"]["tools"][0]["type"] == "file_search"
        message = local_api.ok("GET", f"/threads/{result['run']['thread_id']}/messages?order=asc")["data"][0]
        assert message["attachments"] == [{"file_id": "file-1", "tools": [{"type": "file_search"}]}]

    def test_extra_body_is_sent_and_compared(self, tasks, local_api):
        declared = {"name": "tutor", "model": "gpt-4o", "extra_body": {"description": "by the back door"}}
        assert tasks.ok("assistant", **declared)["assistant"]["description"] == "by the back door"
        assert not tasks.ok("assistant", **declared)["changed"]
        assert "extra_body sets name" in tasks.failed("assistant", name="a", extra_body={"name": "b"})["msg"]


class TestLists:
    def test_no_more_than_asked_for_in_the_order_asked_for(self, tasks, local_api):
        thread_id = local_api.thread(*[f"text {number}" for number in range(300)])
        tasks.asked()
        found = tasks.ok("thread_message_info", thread_id=thread_id, max_items=250, order="asc")["messages"]
        assert [one["content"][0]["text"]["value"] for one in found] == [f"text {number}" for number in range(250)]
        queries = [one["query"] for one in local_api.control("GET", "/requests")["requests"]]
        assert [query.rpartition("limit=")[2] for query in queries] == ["100", "100", "50"]
        assert tasks.asked() == [f"GET /threads/{thread_id}/messages"] * 3
        before = tasks.ok("thread_message_info", thread_id=thread_id, before=found[240]["id"], order="asc")["messages"]
        assert before == found[:240]
        after = tasks.ok("thread_message_info", thread_id=thread_id, after=found[240]["id"], order="asc")["messages"]
        assert len(after) == 59
