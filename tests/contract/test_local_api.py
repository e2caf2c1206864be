# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What local_api does beyond the specification's schemas: headers, limits, locks, cursors, and what it is told."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from local_server import ASSISTANTS, CHATKIT, PATIENCE, Json, LocalApi

KEY = {"Authorization": "Bearer sk-test"}


class TestHeaders:
    """Keys, beta headers, request ids, unknown paths."""

    @pytest.mark.parametrize("path", ["/assistants", "/threads/thread_1", "/chatkit/threads"])
    def test_no_key(self, local_api: LocalApi, path: str) -> None:
        answer = local_api.call("GET", path, headers={"OpenAI-Beta": f"{ASSISTANTS},{CHATKIT}"})
        assert answer.status_code == 401
        assert "API key" in answer.json()["error"]["message"]

    @pytest.mark.parametrize(
        ("path", "beta"), [("/assistants", CHATKIT), ("/assistants", ""), ("/chatkit/threads", ASSISTANTS)]
    )
    def test_wrong_beta_header(self, local_api: LocalApi, path: str, beta: str) -> None:
        answer = local_api.call("GET", path, headers={**KEY, "OpenAI-Beta": beta})
        assert answer.status_code == 400
        assert answer.json()["error"]["code"] == "invalid_beta"

    @pytest.mark.parametrize("key", [KEY, {"authorization": "bearer x"}, {"api-key": "x"}])
    def test_either_header_carries_the_key(self, local_api: LocalApi, key: dict[str, str]) -> None:
        assert local_api.call("GET", "/assistants", headers={**key, "OpenAI-Beta": ASSISTANTS}).status_code == 200

    def test_required_key(self) -> None:
        server = LocalApi("--require-key", "sk-right", "--prefix", "/api/projects/p")
        try:
            assert server.url.endswith("/api/projects/p")
            for key, status in (("sk-right", 200), ("sk-wrong", 401)):
                sent = {"api-key": key, "OpenAI-Beta": ASSISTANTS}
                answer = server.call("GET", "/assistants?api-version=v1", headers=sent)
                assert answer.status_code == status
                assert key not in answer.text
        finally:
            server.stop()

    def test_required_scheme_and_version(self) -> None:
        server = LocalApi("--auth-scheme", "api_key", "--api-version", "2025-05-15")
        try:
            for path, key, status in (
                ("/assistants?api-version=2025-05-15", {"api-key": "k"}, 200),
                ("/assistants?api-version=2025-05-15", {"authorization": "Bearer k"}, 401),
                ("/assistants?api-version=2024-05-15", {"api-key": "k"}, 400),
                ("/assistants", {"api-key": "k"}, 400),
            ):
                answer = server.call("GET", path, headers={**key, "OpenAI-Beta": ASSISTANTS})
                assert answer.status_code == status, answer.text
        finally:
            server.stop()

    def test_request_id_on_every_answer(self, local_api: LocalApi) -> None:
        answers = [local_api.call("GET", path) for path in ("/assistants", "/assistants/asst_0", "/nowhere")]
        ids = {answer.headers["x-request-id"] for answer in answers}
        assert len(ids) == 3

    def test_unknown_path(self, local_api: LocalApi) -> None:
        assert local_api.error("GET", "/nowhere", status=404)["message"] == "Invalid URL (GET /v1/nowhere)"
        assert local_api.error("GET", "/assistants/", status=404)["message"] == "Invalid URL (GET /v1/assistants/)"
        assert local_api.error("PATCH", "/assistants", {}, status=405)["code"] == "method_not_supported"


def function(name: str = "f", **fields: Any) -> Json:
    """A function tool."""
    return {"type": "function", "function": {"name": name, **fields}}


def file_search(**options: Any) -> Json:
    """A file_search tool."""
    return {"type": "file_search", "file_search": options}


def pairs(count: int) -> dict[str, str]:
    """Metadata of some size."""
    return {f"k{number}": "v" for number in range(count)}


Limit = tuple[str, Callable[[Any], Json], Any, Any, str]

ASSISTANT_LIMITS: list[Limit] = [
    ("name", lambda n: {"name": "x" * n}, 256, 257, "name"),
    ("description", lambda n: {"description": "x" * n}, 512, 513, "description"),
    ("instructions", lambda n: {"instructions": "x" * n}, 256000, 256001, "instructions"),
    ("pairs", lambda n: {"metadata": pairs(n)}, 16, 17, "metadata"),
    ("key", lambda n: {"metadata": {"k" * n: "v"}}, 64, 65, f"metadata.{'k' * 65}"),
    ("value", lambda n: {"metadata": {"k": "v" * n}}, 512, 513, "metadata.k"),
    ("value type", lambda v: {"metadata": {"k": v}}, "1", 1, "metadata.k"),
    ("tools", lambda n: {"tools": [function(f"f{i}") for i in range(n)]}, 128, 129, "tools"),
    ("function name", lambda n: {"tools": [function("f" * n)]}, 64, 65, "tools[0].function.name"),
    ("function name sign", lambda n: {"tools": [function(n)]}, "a-Z_9", "a.b", "tools[0].function.name"),
    ("temperature", lambda n: {"temperature": n}, 2, 2.1, "temperature"),
    ("temperature low", lambda n: {"temperature": n}, 0, -0.1, "temperature"),
    ("top_p", lambda n: {"top_p": n}, 1, 1.1, "top_p"),
    ("results", lambda n: {"tools": [file_search(max_num_results=n)]}, 50, 51, "tools[0].file_search.max_num_results"),
    ("no results", lambda n: {"tools": [file_search(max_num_results=n)]}, 1, 0, "tools[0].file_search.max_num_results"),
    (
        "score",
        lambda n: {"tools": [file_search(ranking_options={"score_threshold": n})]},
        1,
        1.1,
        "tools[0].file_search.ranking_options.score_threshold",
    ),
    (
        "files",
        lambda n: {"tool_resources": {"code_interpreter": {"file_ids": ["f"] * n}}},
        20,
        21,
        "tool_resources.code_interpreter.file_ids",
    ),
    (
        "vector stores",
        lambda n: {"tool_resources": {"file_search": {"vector_store_ids": ["v"] * n}}},
        1,
        2,
        "tool_resources.file_search.vector_store_ids",
    ),
]

RUN_LIMITS: list[Limit] = [
    ("tools", lambda n: {"tools": [function(f"f{i}") for i in range(n)]}, 20, 21, "tools"),
    ("prompt tokens", lambda n: {"max_prompt_tokens": n}, 256, 255, "max_prompt_tokens"),
    ("completion tokens", lambda n: {"max_completion_tokens": n}, 256, 255, "max_completion_tokens"),
    (
        "last messages",
        lambda n: {"truncation_strategy": {"type": "last_messages", "last_messages": n}},
        1,
        0,
        "truncation_strategy.last_messages",
    ),
    ("tool choice", lambda v: {"tool_choice": v}, "required", "never", "tool_choice"),
]

SESSION_LIMITS: list[Limit] = [
    ("user", lambda v: {"user": v}, "u", "", "user"),
    ("seconds", lambda n: {"expires_after": {"anchor": "created_at", "seconds": n}}, 600, 601, "expires_after.seconds"),
    ("no seconds", lambda n: {"expires_after": {"anchor": "created_at", "seconds": n}}, 1, 0, "expires_after.seconds"),
    (
        "rate",
        lambda n: {"rate_limits": {"max_requests_per_1_minute": n}},
        1,
        0,
        "rate_limits.max_requests_per_1_minute",
    ),
    (
        "file size",
        lambda n: {"chatkit_configuration": {"file_upload": {"max_file_size": n}}},
        512,
        513,
        "chatkit_configuration.file_upload.max_file_size",
    ),
    (
        "files",
        lambda n: {"chatkit_configuration": {"file_upload": {"max_files": n}}},
        1,
        0,
        "chatkit_configuration.file_upload.max_files",
    ),
    (
        "threads",
        lambda n: {"chatkit_configuration": {"history": {"recent_threads": n}}},
        1,
        0,
        "chatkit_configuration.history.recent_threads",
    ),
    (
        "variables",
        lambda n: {"workflow": {"id": "w", "state_variables": pairs(n)}},
        64,
        65,
        "workflow.state_variables",
    ),
    (
        "variable type",
        lambda v: {"workflow": {"id": "w", "state_variables": {"k": v}}},
        True,
        [],
        "workflow.state_variables.k",
    ),
]


def named(limits: list[Limit]) -> pytest.MarkDecorator:
    """A test per limit."""
    return pytest.mark.parametrize(
        ("build", "good", "bad", "param"), [each[1:] for each in limits], ids=[each[0] for each in limits]
    )


class TestLimits:
    """Each limit at its bound and one beyond."""

    @named(ASSISTANT_LIMITS)
    def test_assistant(
        self, local_api: LocalApi, build: Callable[[Any], Json], good: Any, bad: Any, param: str
    ) -> None:
        made = local_api.ok("POST", "/assistants", {"model": "gpt-4o", **build(good)})
        assert local_api.error("POST", "/assistants", {"model": "gpt-4o", **build(bad)})["param"] == param
        local_api.ok("POST", f"/assistants/{made['id']}", build(good))
        assert local_api.error("POST", f"/assistants/{made['id']}", build(bad))["param"] == param

    @named(RUN_LIMITS)
    def test_run(self, local_api: LocalApi, build: Callable[[Any], Json], good: Any, bad: Any, param: str) -> None:
        body = {"assistant_id": local_api.assistant()}
        local_api.ok("POST", "/threads/runs", {**body, **build(good)})
        assert local_api.error("POST", "/threads/runs", {**body, **build(bad)})["param"] == param
        assert local_api.error("POST", f"/threads/{local_api.thread()}/runs", {**body, **build(bad)})["param"] == param

    @named(SESSION_LIMITS)
    def test_session(self, local_api: LocalApi, build: Callable[[Any], Json], good: Any, bad: Any, param: str) -> None:
        body = {"workflow": {"id": "w"}, "user": "u"}
        local_api.ok("POST", "/chatkit/sessions", {**body, **build(good)})
        assert local_api.error("POST", "/chatkit/sessions", {**body, **build(bad)})["param"] == param

    @pytest.mark.parametrize(
        ("body", "param"),
        [
            ({}, "model"),
            ({"model": None}, "model"),
            ({"model": 5}, "model"),
            ({"model": "m", "colour": "red"}, "colour"),
            ({"model": "m", "tools": None}, "tools"),
            ({"model": "m", "tools": [{"type": "retrieval"}]}, "tools[0].type"),
            ({"model": "m", "tools": [{}]}, "tools[0].type"),
            ({"model": "m", "tools": [function(), {"type": "function"}]}, "tools[1].function"),
            ({"model": "m", "tools": [{**function(), "colour": "red"}]}, "tools[0].colour"),
            ({"model": "m", "tools": [function(colour="red")]}, "tools[0].function.colour"),
            ({"model": "m", "temperature": "1"}, "temperature"),
            ({"model": "m", "response_format": "json"}, "response_format"),
            ({"model": "m", "response_format": {"type": "xml"}}, "response_format.type"),
            ({"model": "m", "response_format": 5}, "response_format"),
            ({"model": "m", "metadata": {"k": None}}, "metadata.k"),
            ({"model": "m", "tool_resources": {"file_search": {}}}, "tool_resources.file_search"),
            (
                {"model": "m", "tool_resources": {"file_search": {"vector_store_ids": [], "vector_stores": []}}},
                "tool_resources.file_search",
            ),
        ],
    )
    def test_what_is_wrong_is_named(self, local_api: LocalApi, body: Json, param: str) -> None:
        error = local_api.error("POST", "/assistants", body)
        assert (error["type"], error["param"]) == ("invalid_request_error", param)

    def test_no_json(self, local_api: LocalApi) -> None:
        answer = local_api.call("POST", "/assistants", data="{model")
        assert answer.status_code == 400
        assert "could not parse the JSON body" in answer.json()["error"]["message"]

    @pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "order=up", "after=asst_0", "lmit=5"])
    def test_queries(self, local_api: LocalApi, query: str) -> None:
        assert local_api.error("GET", f"/assistants?{query}")["param"] == query.partition("=")[0]


class TestDefaults:
    """What the server fills in."""

    def test_assistant(self, local_api: LocalApi) -> None:
        made = local_api.ok("POST", "/assistants", {"model": "gpt-4o", "reasoning_effort": "high"})
        del made["id"], made["created_at"]
        assert made == {
            "object": "assistant",
            "model": "gpt-4o",
            "name": None,
            "description": None,
            "instructions": None,
            "tools": [],
            "metadata": {},
            "temperature": 1.0,
            "top_p": 1.0,
            "response_format": "auto",
            "tool_resources": {},
        }

    def test_tools(self, local_api: LocalApi) -> None:
        tools = [{"type": "code_interpreter"}, {"type": "file_search"}, function()]
        made = local_api.ok("POST", "/assistants", {"model": "gpt-4o", "tools": tools})
        ranking = {"ranker": "default_2024_08_21", "score_threshold": 0.0}
        assert made["tool_resources"] == {"code_interpreter": {"file_ids": []}}
        assert made["tools"] == [
            {"type": "code_interpreter"},
            file_search(max_num_results=20, ranking_options=ranking),
            function(strict=False),
        ]

    def test_null_on_update_is_the_default(self, local_api: LocalApi) -> None:
        made = local_api.assistant(name="n", temperature=0.5, response_format={"type": "text"}, metadata={"k": "v"})
        sent = {"name": None, "temperature": None, "response_format": None, "metadata": None, "tool_resources": None}
        after = local_api.ok("POST", f"/assistants/{made}", sent)
        assert {key: after[key] for key in sent} == {
            "name": None,
            "temperature": 1.0,
            "response_format": "auto",
            "metadata": {},
            "tool_resources": {},
        }

    def test_vector_stores_are_read_back_by_id(self, local_api: LocalApi) -> None:
        resources = {"file_search": {"vector_stores": [{"file_ids": ["file-1"]}]}}
        thread = local_api.ok("POST", "/threads", {"tool_resources": resources})
        [store] = thread["tool_resources"]["file_search"]["vector_store_ids"]
        assert store.startswith("vs_")
        assert local_api.error("POST", f"/threads/{thread['id']}", {"tool_resources": resources})["param"].endswith(
            "vector_stores"
        )

    def test_message(self, local_api: LocalApi) -> None:
        thread = local_api.thread()
        parts = [{"type": "text", "text": "a"}, {"type": "image_file", "image_file": {"file_id": "file-1"}}]
        made = local_api.ok("POST", f"/threads/{thread}/messages", {"role": "user", "content": parts})
        assert made["content"] == [
            {"type": "text", "text": {"value": "a", "annotations": []}},
            {"type": "image_file", "image_file": {"file_id": "file-1", "detail": "auto"}},
        ]
        assert (made["attachments"], made["metadata"]) == ([], {})

    def test_run_inherits_from_its_assistant(self, local_api: LocalApi) -> None:
        assistant = local_api.assistant(tools=[function()], temperature=0.5)
        run = local_api.run(local_api.thread(), assistant_id=assistant)
        assert (run["model"], run["instructions"], run["tools"]) == ("gpt-4o", "", [function(strict=False)])
        assert (run["temperature"], run["tool_choice"], run["parallel_tool_calls"]) == (0.5, "auto", True)
        assert run["truncation_strategy"] == {"type": "auto", "last_messages": None}

    def test_run_overrides_its_assistant(self, local_api: LocalApi) -> None:
        assistant = local_api.assistant(tools=[function()], instructions="A.")
        more = {"tools": [], "model": "gpt-4o-mini", "additional_instructions": "B."}
        run = local_api.run(local_api.thread(), assistant_id=assistant, **more)
        assert (run["model"], run["instructions"], run["tools"]) == ("gpt-4o-mini", "A.\nB.", [])

    def test_session(self, local_api: LocalApi) -> None:
        before = int(time.time())
        made = local_api.ok("POST", "/chatkit/sessions", {"workflow": {"id": "w"}, "user": "u"})
        assert 600 <= made["expires_at"] - before <= 602
        assert made["workflow"] == {"id": "w", "version": None, "state_variables": None, "tracing": {"enabled": True}}
        assert made["chatkit_configuration"] == {
            "automatic_thread_titling": {"enabled": True},
            "file_upload": {"enabled": False, "max_file_size": 512, "max_files": 10},
            "history": {"enabled": True, "recent_threads": None},
        }
        assert made["rate_limits"] == {"max_requests_per_1_minute": 10}

    @pytest.mark.parametrize(
        ("path", "body", "prefix"),
        [
            ("/assistants", {"model": "m"}, "asst_"),
            ("/threads", {}, "thread_"),
            ("/chatkit/sessions", {"workflow": {"id": "w"}, "user": "u"}, "cksess_"),
        ],
    )
    def test_ids(self, local_api: LocalApi, path: str, body: Json, prefix: str) -> None:
        ids = {local_api.ok("POST", path, body)["id"] for _time in range(3)}
        assert len(ids) == 3
        assert all(each.startswith(prefix) for each in ids)


class TestPages:
    """Limits, orders and cursors of a list of ten."""

    @pytest.fixture
    def ids(self, local_api: LocalApi) -> list[str]:
        """Messages, oldest first; those made in one call keep their order."""
        self.thread = local_api.thread(*(f"{number}" for number in range(10)))
        return [each["id"] for each in self.page(local_api, "order=asc")["data"]]

    def page(self, local_api: LocalApi, query: str) -> Json:
        """One page."""
        return local_api.ok("GET", f"/threads/{self.thread}/messages?{query}")

    @pytest.mark.parametrize(
        ("query", "numbers", "more"),
        [
            ("", range(9, -1, -1), False),
            ("limit=10", range(9, -1, -1), False),
            ("limit=9", range(9, 0, -1), True),
            ("order=asc&limit=3", [0, 1, 2], True),
            ("order=asc&limit=3&after=2", [3, 4, 5], True),
            ("order=asc&limit=3&after=6", [7, 8, 9], False),
            ("order=asc&after=9", [], False),
            ("order=asc&limit=3&before=5", [2, 3, 4], True),
            ("order=asc&limit=3&before=3", [0, 1, 2], False),
            ("order=asc&limit=3&before=2", [0, 1], False),
            ("order=asc&before=0", [], False),
            ("limit=3&after=7", [6, 5, 4], True),
            ("limit=3&before=4", [7, 6, 5], True),
            ("limit=3&before=6", [9, 8, 7], False),
            ("order=asc&after=2&before=6", [3, 4, 5], False),
            ("order=asc&limit=2&after=2&before=6", [3, 4], True),
            ("limit=2&after=6&before=2", [5, 4], True),
            ("limit=2&after=8&before=9", [], False),
            ("limit=2&after=6&before=8", [], False),
            ("limit=2&before=6&after=8", [7], False),
        ],
    )
    def test_page(
        self, local_api: LocalApi, ids: list[str], query: str, numbers: range | list[int], more: bool
    ) -> None:
        parts = [part.partition("=") for part in query.split("&") if part]
        sent = "&".join(
            f"{name}={ids[int(value)] if name in ('after', 'before') else value}" for name, _equals, value in parts
        )
        page = self.page(local_api, sent)
        assert [ids.index(each["id"]) for each in page["data"]] == list(numbers)
        assert page["has_more"] is more
        ends = (page["data"][0]["id"], page["data"][-1]["id"]) if page["data"] else (None, None)
        assert (page["first_id"], page["last_id"]) == ends

    def test_default_limit(self, local_api: LocalApi) -> None:
        for _time in range(21):
            local_api.assistant()
        page = local_api.ok("GET", "/assistants")
        assert (len(page["data"]), page["has_more"]) == (20, True)

    def test_cursor_of_another_list(self, local_api: LocalApi, ids: list[str]) -> None:
        other = local_api.thread("x")
        assert local_api.error("GET", f"/threads/{other}/messages?after={ids[0]}")["param"] == "after"


class TestMetadata:
    """An update replaces the map, or merges into it."""

    @pytest.mark.parametrize(
        ("way", "sent", "after"),
        [
            ("replace", {"b": "2"}, {"b": "2"}),
            ("replace", {"a": None, "b": "2"}, {"b": "2"}),
            ("replace", {}, {}),
            ("merge", {"b": "2"}, {"a": "1", "b": "2"}),
            ("merge", {"a": None, "b": "2"}, {"b": "2"}),
            ("merge", {}, {"a": "1"}),
        ],
    )
    def test_update(self, local_api: LocalApi, way: str, sent: Json, after: Json) -> None:
        local_api.control("POST", "/settings", {"metadata_update": way})
        thread = local_api.thread()
        path = f"/threads/{thread}"
        message = local_api.ok("POST", f"{path}/messages", {"role": "user", "content": "x", "metadata": {"a": "1"}})
        run = local_api.run(thread, metadata={"a": "1"})
        local_api.ok("POST", path, {"metadata": {"a": "1"}})
        paths = [path, f"{path}/messages/{message['id']}", f"{path}/runs/{run['id']}"]
        for each in [*paths, f"/assistants/{local_api.assistant(metadata={'a': '1'})}"]:
            assert local_api.ok("POST", each, {"metadata": sent})["metadata"] == after
            assert local_api.ok("GET", each)["metadata"] == after
            assert local_api.ok("POST", each, {})["metadata"] == after

    def test_nulls_do_not_count(self, local_api: LocalApi) -> None:
        local_api.control("POST", "/settings", {"metadata_update": "merge"})
        path = f"/assistants/{local_api.assistant(metadata=pairs(16))}"
        other = {f"o{number}": "v" for number in range(16)}
        assert local_api.error("POST", path, {"metadata": {"one": "more"}})["param"] == "metadata"
        after = local_api.ok("POST", path, {"metadata": {**dict.fromkeys(pairs(16)), **other}})
        assert after["metadata"] == other


class TestRuns:
    """How a run walks, and what it holds locked meanwhile."""

    def test_statuses_in_order(self, local_api: LocalApi) -> None:
        local_api.control("POST", "/settings", {"run_seconds": 0.2})
        run = local_api.run(local_api.thread("hi"))
        seen, path = [run["status"]], f"/threads/{run['thread_id']}/runs/{run['id']}"
        while seen[-1] != "completed":
            answer = local_api.call("GET", path)
            if answer.json()["status"] != seen[-1]:
                seen.append(answer.json()["status"])
            assert ("openai-poll-after-ms" in answer.headers) is (seen[-1] != "completed")
        assert seen == ["queued", "in_progress", "completed"]
        assert answer.json()["started_at"] <= answer.json()["completed_at"]

    def test_active_run_locks_its_thread(self, local_api: LocalApi) -> None:
        local_api.control("POST", "/next_run", {"outcome": "hang"})
        thread = local_api.thread("hi")
        run = local_api.run(thread)
        message = {"role": "user", "content": "x"}
        assert local_api.error("POST", f"/threads/{thread}/messages", message)["message"] == (
            f"Can't add messages to {thread} while a run {run['id']} is active."
        )
        body = {"assistant_id": run["assistant_id"], "additional_messages": [message]}
        assert local_api.error("POST", f"/threads/{thread}/runs", body)["message"] == (
            f"Thread {thread} already has an active run {run['id']}."
        )
        local_api.ok("POST", f"/threads/{thread}/runs/{run['id']}/cancel")
        local_api.until(run, "cancelled")
        local_api.ok("POST", f"/threads/{thread}/messages", message)
        assert len(local_api.ok("GET", f"/threads/{thread}/messages")["data"]) == 2

    def test_lock_ends_by_time_alone(self, local_api: LocalApi) -> None:
        thread = local_api.thread("hi")
        local_api.run(thread)
        time.sleep(0.06)
        local_api.ok("POST", f"/threads/{thread}/messages", {"role": "user", "content": "x"})
        texts = [
            each["content"][0]["text"]["value"]
            for each in local_api.ok("GET", f"/threads/{thread}/messages?order=asc")["data"]
        ]
        assert texts == ["hi", "Echo: hi", "x"]

    def test_additional_messages(self, local_api: LocalApi) -> None:
        thread = local_api.thread("one")
        local_api.ended(local_api.run(thread, additional_messages=[{"role": "user", "content": "two"}]))
        texts = [
            each["content"][0]["text"]["value"]
            for each in local_api.ok("GET", f"/threads/{thread}/messages?order=asc")["data"]
        ]
        assert texts == ["one", "two", "Echo: two"]

    @pytest.mark.parametrize("outcome", ["completed", "failed", "incomplete", "expired"])
    def test_told_outcome(self, local_api: LocalApi, outcome: str) -> None:
        local_api.control("POST", "/next_run", {"outcome": outcome, "text": "told"})
        run = local_api.ended(local_api.run(local_api.thread("hi")))
        assert run["status"] == outcome
        assert (run["last_error"] or {}).get("message") == ("told" if outcome == "failed" else None)
        assert (run["failed_at"] is None) is (outcome != "failed")
        assert (run["completed_at"] is None) is (outcome != "completed")
        assert (run["incomplete_details"] is None) is (outcome != "incomplete")
        data = local_api.ok("GET", f"/threads/{run['thread_id']}/messages?run_id={run['id']}")["data"]
        texts = [each["content"][0]["text"]["value"] for each in data]
        assert texts == (["told"] if outcome in ("completed", "incomplete") else [])
        after = local_api.ended(local_api.run(run["thread_id"]))
        assert after["status"] == "completed"

    def test_cancel_of_an_ended_run(self, local_api: LocalApi) -> None:
        run = local_api.ended(local_api.run(local_api.thread("hi")))
        error = local_api.error("POST", f"/threads/{run['thread_id']}/runs/{run['id']}/cancel")
        assert error["message"] == "Cannot cancel run with status 'completed'."

    def test_tool_outputs_must_be_those_asked_for(self, local_api: LocalApi) -> None:
        calls = [{"name": "a"}, {"name": "b", "arguments": '{"x": 1}'}]
        local_api.control("POST", "/next_run", {"outcome": "requires_action", "tool_calls": calls})
        run = local_api.until(local_api.run(local_api.thread("hi")), "requires_action")
        path = f"/threads/{run['thread_id']}/runs/{run['id']}"
        asked = run["required_action"]["submit_tool_outputs"]["tool_calls"]
        assert [call["function"] for call in asked] == [{"arguments": "{}", **call} for call in calls]
        good = [{"tool_call_id": call["id"], "output": "o"} for call in asked]
        for bad in ([], good[:1], [*good, good[0]], [good[0], {"tool_call_id": "call_0", "output": "o"}]):
            local_api.error("POST", f"{path}/submit_tool_outputs", {"tool_outputs": bad})
        local_api.ok("POST", f"{path}/submit_tool_outputs", {"tool_outputs": good[::-1]})
        local_api.error("POST", f"{path}/submit_tool_outputs", {"tool_outputs": good})
        assert local_api.ended(run)["status"] == "completed"

    def test_cancel_while_action_is_required(self, local_api: LocalApi) -> None:
        local_api.control("POST", "/next_run", {"outcome": "requires_action"})
        run = local_api.until(local_api.run(local_api.thread("hi")), "requires_action")
        path = f"/threads/{run['thread_id']}/runs/{run['id']}"
        local_api.ok("POST", f"{path}/cancel")
        local_api.until(run, "cancelled")
        [step] = local_api.ok("GET", f"{path}/steps")["data"]
        assert step["status"] == "cancelled"

    def test_thread_takes_everything_with_it(self, local_api: LocalApi) -> None:
        run = local_api.ended(local_api.run(local_api.thread("hi")))
        path = f"/threads/{run['thread_id']}"
        [step] = local_api.ok("GET", f"{path}/runs/{run['id']}/steps")["data"]
        local_api.ok("DELETE", path)
        for each in (
            path,
            f"{path}/messages",
            f"{path}/runs/{run['id']}",
            f"{path}/runs/{run['id']}/steps/{step['id']}",
        ):
            local_api.error("GET", each, status=404)
        local_api.ok("GET", f"/assistants/{run['assistant_id']}")

    def test_an_object_of_another_thread_is_not_found(self, local_api: LocalApi) -> None:
        run = local_api.run(local_api.thread("hi"))
        other = local_api.thread("hi")
        error = local_api.error("GET", f"/threads/{other}/runs/{run['id']}", status=404)
        assert error["message"] == f"No run found with id '{run['id']}'."

    def test_cancel_ends_a_stream(self, local_api: LocalApi) -> None:
        local_api.control("POST", "/next_run", {"outcome": "hang"})
        thread = local_api.thread("hi")
        body = {"assistant_id": local_api.assistant(), "stream": True}
        with local_api.call("POST", f"/threads/{thread}/runs", body, stream=True) as answer:
            lines = answer.iter_lines(decode_unicode=True)
            while "in_progress" not in next(lines):
                pass
            [run] = local_api.ok("GET", f"/threads/{thread}/runs")["data"]
            local_api.ok("POST", f"/threads/{thread}/runs/{run['id']}/cancel")
            events = [line for line in lines if line.startswith("event")]
        assert events == ["event: thread.run.cancelled", "event: done"]


class TestChatkit:
    """Sessions that are over, and the user filter."""

    def test_cancel_twice(self, local_api: LocalApi) -> None:
        made = local_api.ok("POST", "/chatkit/sessions", {"workflow": {"id": "w"}, "user": "u"})
        for _time in range(2):
            assert local_api.ok("POST", f"/chatkit/sessions/{made['id']}/cancel")["status"] == "cancelled"

    def test_expired(self, local_api: LocalApi) -> None:
        body = {"workflow": {"id": "w"}, "user": "u", "expires_after": {"anchor": "created_at", "seconds": 1}}
        left, cancelled = (local_api.ok("POST", "/chatkit/sessions", body)["id"] for _time in range(2))
        local_api.ok("POST", f"/chatkit/sessions/{cancelled}/cancel")
        time.sleep(1.1)
        assert local_api.ok("POST", f"/chatkit/sessions/{left}/cancel")["status"] == "expired"
        assert local_api.ok("POST", f"/chatkit/sessions/{cancelled}/cancel")["status"] == "cancelled"

    def test_threads_of_a_user(self, local_api: LocalApi) -> None:
        for user in ("ann", "bob", "ann"):
            local_api.control("POST", "/chatkit_threads", {"user": user})
        assert len(local_api.ok("GET", "/chatkit/threads?user=ann")["data"]) == 2
        assert len(local_api.ok("GET", "/chatkit/threads")["data"]) == 3
        assert local_api.ok("GET", "/chatkit/threads?user=eve")["first_id"] is None
        assert local_api.ok("GET", "/chatkit/threads?limit=0")["data"] == []
        local_api.error("GET", "/chatkit/threads?user=")


class TestFoundry:
    """What Microsoft Foundry does otherwise."""

    def asking(self, local_api: LocalApi, **told: Any) -> Json:
        local_api.control("POST", "/next_run", {"outcome": "requires_approval", "text": "Done.", **told})
        return local_api.until(local_api.run(local_api.thread("hi")), "requires_action")

    @pytest.mark.parametrize("approve", [True, False])
    def test_approval_of_tools(self, local_api: LocalApi, approve: bool) -> None:
        calls = [{"name": "search", "arguments": {"q": 1}, "server_label": "docs"}, {"name": "read"}]
        run = self.asking(local_api, tool_calls=calls)
        asked = run["required_action"]["submit_tool_approval"]["tool_calls"]
        assert run["required_action"]["type"] == "submit_tool_approval"
        assert [(call["type"], call["name"], call["arguments"], call["server_label"]) for call in asked] == [
            ("mcp", "search", '{"q": 1}', "docs"),
            ("mcp", "read", "{}", "server"),
        ]
        path = f"/threads/{run['thread_id']}/runs/{run['id']}/submit_tool_outputs"
        secret = {"Authorization": "sk-of-the-tool"}
        answers = [{"tool_call_id": call["id"], "approve": approve, "headers": secret} for call in asked]
        assert local_api.error("POST", path, {"tool_outputs": []})["param"] == "tool_approvals"
        assert local_api.error("POST", path, {"tool_approvals": answers[:1]})["param"] == "tool_approvals"
        ended = local_api.ended(local_api.ok("POST", path, {"tool_approvals": answers}))
        assert (ended["status"], ended["required_action"]) == ("completed", None)
        steps = local_api.call("GET", f"/threads/{run['thread_id']}/runs/{run['id']}/steps?order=asc")
        assert "sk-of-the-tool" not in steps.text
        made = steps.json()["data"][0]["step_details"]["tool_calls"]
        assert [call["output"] for call in made] == ["" if approve else None] * 2

    def test_approvals_are_no_outputs(self, local_api: LocalApi) -> None:
        local_api.control("POST", "/next_run", {"outcome": "requires_action"})
        run = local_api.until(local_api.run(local_api.thread("hi")), "requires_action")
        path = f"/threads/{run['thread_id']}/runs/{run['id']}/submit_tool_outputs"
        assert local_api.error("POST", path, {"tool_approvals": []})["param"] == "tool_outputs"

    def test_threads_listed_and_messages_kept(self, local_api: LocalApi) -> None:
        server = LocalApi("--lists-threads", "--no-message-deletion")
        try:
            made = [server.thread("hi") for _number in range(5)]
            page = server.ok("GET", f"/threads?order=asc&limit=2&after={made[1]}")
            assert ([each["id"] for each in page["data"]], page["has_more"]) == (made[2:4], True)
            assert server.ok("GET", "/threads?limit=1")["first_id"] == made[4]
            message = server.ok("GET", f"/threads/{made[0]}/messages")["first_id"]
            assert server.error("DELETE", f"/threads/{made[0]}/messages/{message}", status=405)
            assert server.ok("GET", f"/threads/{made[0]}/messages/{message}")
        finally:
            server.stop()
        assert local_api.error("GET", "/threads", status=405)


class TestFaults:
    """What the server does wrong when told."""

    def test_status(self, local_api: LocalApi) -> None:
        body = {"error": {"message": "slow down", "type": "rate_limit", "param": None, "code": None}}
        fault = {"method": "GET", "path": "^/assistants$", "times": 2, "status": 429, "headers": {"Retry-After": 3}}
        local_api.control("POST", "/faults", {**fault, "body": body})
        local_api.assistant()
        local_api.error("GET", "/assistants/asst_0", status=404)
        for _time in range(2):
            answer = local_api.call("GET", "/assistants")
            assert (answer.status_code, answer.headers["retry-after"], answer.json()) == (429, "3", body)
        local_api.ok("GET", "/assistants")

    @pytest.mark.parametrize(("body", "text"), [("<html>", "<html>"), ([1], "[1]"), ("", "")])
    def test_body(self, local_api: LocalApi, body: Any, text: str) -> None:
        local_api.control("POST", "/faults", {"status": 502, "body": body})
        answer = local_api.call("GET", "/assistants")
        assert (answer.status_code, answer.text) == (502, text)

    def test_default_body_is_an_error(self, local_api: LocalApi) -> None:
        local_api.control("POST", "/faults", {"status": 500})
        assert local_api.error("GET", "/assistants", status=500)["type"] == "server_error"

    def test_delay(self, local_api: LocalApi) -> None:
        local_api.control("POST", "/faults", {"delay_ms": 150})
        begin = time.monotonic()
        local_api.ok("GET", "/assistants")
        assert time.monotonic() - begin >= 0.15

    @pytest.mark.parametrize("fault", ["drop", "hang"])
    @pytest.mark.parametrize(("moment", "made"), [("before", 0), ("midway", 1), ("after", 1)])
    def test_broken_off(self, local_api: LocalApi, fault: str, moment: str, made: int) -> None:
        local_api.control("POST", "/faults", {"method": "POST", "path": "/assistants", fault: moment})
        with pytest.raises(requests.RequestException) as caught:
            local_api.call("POST", "/assistants", {"model": "gpt-4o"}, timeout=0.3 if fault == "hang" else PATIENCE)
        timed_out = "timed out" in str(caught.value).lower()
        assert timed_out == (fault == "hang")
        assert local_api.control("GET", "/requests")["requests"] == [
            {"method": "POST", "path": "/assistants", "query": "", "status": None}
        ]
        assert len(local_api.ok("GET", "/assistants")["data"]) == made

    def test_every_third(self, local_api: LocalApi) -> None:
        local_api.control("POST", "/faults", {"every": 3, "times": 2, "status": 500})
        statuses = [local_api.call("GET", "/assistants").status_code for _each in range(9)]
        assert statuses == [200, 200, 500, 200, 200, 500, 200, 200, 200]

    def test_a_body_that_is_no_utf_8(self, local_api: LocalApi) -> None:
        latin_1 = {"content-type": "application/json; charset=iso-8859-1"}
        local_api.control("POST", "/faults", {"status": 200, "body": '{"a": "ÿ"}', "headers": latin_1})
        assert local_api.call("GET", "/assistants").content == b'{"a": "\xff"}'

    def test_clear(self, local_api: LocalApi) -> None:
        local_api.control("POST", "/faults", {"status": 500, "times": 5})
        local_api.control("DELETE", "/faults")
        local_api.ok("GET", "/assistants")

    def test_gone(self, local_api: LocalApi) -> None:
        assistant = local_api.assistant()
        local_api.control("POST", "/settings", {"gone": ["/assistants", "/threads"]})
        for path in ("/assistants", f"/assistants/{assistant}", "/threads/thread_1"):
            message = local_api.error("GET", path, status=404)["message"]
            assert message == f"Invalid URL (GET /v1{path})"
        local_api.ok("GET", "/chatkit/threads")
        local_api.control("POST", "/settings", {"gone": []})
        local_api.ok("GET", f"/assistants/{assistant}")


class TestFaultKinds:
    """Faults by name, and dice that fall the same each time."""

    def test_each_is_told_and_leaves_the_server_well(self, local_api: LocalApi) -> None:
        kinds = local_api.control("GET", "/faults")["kinds"]
        assert len(kinds) >= 22
        for kind in kinds:
            local_api.control("POST", "/faults", {"kind": kind})
            try:
                with local_api.call("GET", "/assistants", stream=True) as answer:
                    first = answer.raw.read(1) if kind == "endless" else answer.content
                    seen = (answer.status_code, first, answer.headers.get("x-local-api"))
            except requests.RequestException:
                seen = None
            if kind in ("reset_before", "reset_after", "truncated"):
                assert seen is None, kind
                continue
            assert seen is not None, kind
            assert seen[2] == (None if kind == "slow" else "told"), kind
            if kind.startswith("status_"):
                assert seen[0] == int(kind.removeprefix("status_"))
            assert local_api.call("GET", "/assistants").json()["data"] == []

    @pytest.mark.parametrize("carried_out", [True, False])
    def test_whether_it_takes_effect(self, local_api: LocalApi, carried_out: bool) -> None:
        local_api.control("POST", "/faults", {"method": "POST", "status": 502, "carried_out": carried_out})
        assert local_api.call("POST", "/assistants", {"model": "m"}).status_code == 502
        assert len(local_api.ok("GET", "/assistants")["data"]) == carried_out

    def test_own_fields_come_before_those_of_the_kind(self, local_api: LocalApi) -> None:
        local_api.control("POST", "/faults", {"kind": "html_200", "method": "POST", "carried_out": True})
        answer = local_api.call("POST", "/assistants", {"model": "m"})
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html")
        assert len(local_api.ok("GET", "/assistants")["data"]) == 1

    def test_chance_with_a_seed(self, local_api: LocalApi) -> None:
        def play(seed: int) -> list[int]:
            local_api.control("DELETE", "/faults")
            told = {"kind": "status_503", "chance": 0.3, "seed": seed, "times": None}
            local_api.control("POST", "/faults", told)
            return [local_api.call("GET", "/assistants").status_code for _number in range(100)]

        first = play(1)
        assert play(1) == first != play(2)
        assert 10 < first.count(503) < 60
        told = local_api.control("GET", "/faults")["faults"]
        assert (told[0]["kind"], told[0]["seen"]) == ("status_503", 100)


class TestControl:
    """/_control itself."""

    @pytest.mark.parametrize(
        ("path", "body", "word"),
        [
            ("/faults", {"status": 500, "path": "("}, "regular expression"),
            ("/faults", {"path": "/assistants"}, "one of kind, status, drop, hang and delay_ms"),
            ("/faults", {"status": 500, "drop": "before"}, "exclude"),
            ("/faults", {"drop": "before", "body": "x"}, "need a status"),
            ("/faults", {"drop": "sometimes"}, "before"),
            ("/faults", {"drop": "before", "hang": "before"}, "exclude"),
            ("/faults", {"status": 500, "times": 0}, "times"),
            ("/faults", {"status": 500, "tiems": 2}, "tiems"),
            ("/faults", {"kind": "sulk"}, "reset_after"),
            ("/faults", {"kind": "slow", "status": 500}, "exclude"),
            ("/faults", {"drop": "before", "carried_out": True}, "carried_out needs a status"),
            ("/faults", {"delay_ms": 1, "endless": True}, "need a status"),
            ("/faults", {"status": 500, "chance": 0}, "chance"),
            ("/faults", {"status": 500, "headers": {"x": "a\r\nb"}}, "one line"),
            ("/faults", {"status": 500, "headers": {"x": "\u20ac"}}, "latin-1"),
            ("/faults", {"status": 500, "headers": {"x y": "a"}}, "headers"),
            ("/next_run", {"outcome": "success"}, "completed"),
            ("/next_run", {"tool_calls": []}, "requires_action"),
            ("/settings", {"metadata_update": "append"}, "merge"),
            ("/settings", {"gone": ["assistants"]}, "gone"),
            ("/settings", {"run_secs": 1}, "run_secs"),
            ("/settings", {"run_seconds": -1}, "run_seconds"),
            ("/chatkit_threads", {}, "user"),
            ("/chatkit_threads", {"user": "u", "items": [{"type": "message"}]}, "chatkit.user_message"),
        ],
    )
    def test_bad_input_is_refused(self, local_api: LocalApi, path: str, body: Json, word: str) -> None:
        assert word in local_api.control("POST", path, body, status=400)["error"]["message"]

    def test_requests(self, local_api: LocalApi) -> None:
        assistant = local_api.assistant()
        local_api.ok("GET", "/assistants?limit=5")
        local_api.error("GET", "/nowhere", status=404)
        assert local_api.control("GET", "/requests")["requests"] == [
            {"method": "POST", "path": "/assistants", "query": "", "status": 200},
            {"method": "GET", "path": "/assistants", "query": "limit=5", "status": 200},
            {"method": "GET", "path": "/nowhere", "query": "", "status": 404},
        ]
        local_api.control("DELETE", "/requests")
        local_api.ok("DELETE", f"/assistants/{assistant}")
        assert local_api.requests() == [("DELETE", f"/assistants/{assistant}")]

    def test_settings_are_partial(self, local_api: LocalApi) -> None:
        before = local_api.control("GET", "/settings")
        assert before == {"metadata_update": "replace", "gone": [], "run_seconds": 0.04}
        assert local_api.control("POST", "/settings", {"run_seconds": 3}) == {**before, "run_seconds": 3}

    def test_reset(self, local_api: LocalApi) -> None:
        local_api.assistant()
        local_api.control("POST", "/faults", {"status": 500})
        local_api.control("POST", "/next_run", {"outcome": "failed"})
        local_api.control("POST", "/settings", {"gone": ["/chatkit"], "metadata_update": "merge"})
        local_api.control("POST", "/chatkit_threads", {"user": "u"})
        local_api.control("POST", "/reset")
        assert local_api.requests() == []
        assert local_api.control("GET", "/settings")["gone"] == []
        assert local_api.ok("GET", "/assistants")["data"] == []
        assert local_api.ok("GET", "/chatkit/threads")["data"] == []
        assert local_api.ended(local_api.run(local_api.thread("hi")))["status"] == "completed"

    def test_health(self, local_api: LocalApi) -> None:
        health = local_api.control("GET", "/health")
        assert (health["status"], health["prefix"], health["pid"]) == ("ok", "/v1", local_api.process.pid)


class TestProcess:
    """Starting, keeping and ending."""

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_a_signal_ends_it_while_it_streams(self, number: int) -> None:
        server = LocalApi()
        server.control("POST", "/next_run", {"outcome": "hang"})
        body = {"assistant_id": server.assistant(), "stream": True}
        with server.call("POST", "/threads/runs", body, stream=True):
            assert server.stop(number) == (0, "", "")

    def test_one_line_when_ready_and_no_other(self) -> None:
        server = LocalApi("--host", "127.0.0.1")
        server.assistant()
        assert server.ready_line.startswith("local_api listening on http://127.0.0.1:")
        assert server.ready_line.endswith("/v1\n")
        assert server.stop() == (0, "", "")

    def test_taken_port(self, local_api: LocalApi) -> None:
        with pytest.raises(AssertionError, match="cannot listen on 127.0.0.1 port"):
            LocalApi("--port", str(local_api.port))

    def test_objects_and_runs_survive_a_restart(self, tmp_path: Path) -> None:
        file = str(tmp_path / "objects.db")
        server = LocalApi("--db", file, "--run-seconds", "0.2")
        run = server.run(server.thread("hi"))
        server.stop()
        server = LocalApi("--db", file)
        try:
            assert server.ended(run)["status"] == "completed"
            [reply] = server.ok("GET", f"/threads/{run['thread_id']}/messages?run_id={run['id']}")["data"]
            assert reply["content"][0]["text"]["value"] == "Echo: hi"
        finally:
            server.stop()

    def test_nothing_is_left_of_a_deleted_thread(self, tmp_path: Path) -> None:
        file = str(tmp_path / "objects.db")
        server = LocalApi("--db", file, "--run-seconds", "0")
        run = server.ended(server.run(server.thread("hi")))
        server.ok("DELETE", f"/threads/{run['thread_id']}")
        server.stop()
        assert sqlite3.connect(file).execute("SELECT kind FROM objects").fetchall() == [("assistant",)]

    def test_latency(self) -> None:
        server = LocalApi("--latency-ms", "100")
        try:
            begin = time.monotonic()
            server.ok("GET", "/assistants")
            assert time.monotonic() - begin >= 0.1
        finally:
            server.stop()

    def test_no_latency_for_tests(self) -> None:
        server = LocalApi("--latency-ms", str(2_000 * PATIENCE))
        try:
            server.control("GET", "/health")
            with pytest.raises(requests.Timeout):
                server.call("GET", "/assistants", timeout=0.1)
        finally:
            server.stop()
