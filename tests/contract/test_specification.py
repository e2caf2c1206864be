# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every answer of local_api, to every operation, against OpenAI's specification."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from jsonschema import ValidationError
from local_server import Json, LocalApi
from specification import (
    Operation,
    events,
    needs_specification,
    operation_of,
    operations,
    validate_answer,
    validate_event,
    validate_request,
)

pytestmark = needs_specification

FUNCTION = {
    "type": "function",
    "function": {"name": "weather", "description": "Weather.", "parameters": {"type": "object", "properties": {}}},
}
TOOLS: list[Json] = [{"type": "code_interpreter"}, {"type": "file_search"}, FUNCTION]
STORE = {"file_ids": ["file-1"], "chunking_strategy": {"type": "auto"}, "metadata": {"a": "b"}}
MESSAGE: Json = {
    "role": "user",
    "content": [
        {"type": "text", "text": "Hello"},
        {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}},
        {"type": "image_file", "image_file": {"file_id": "file-2", "detail": "low"}},
    ],
    "attachments": [{"file_id": "file-3", "tools": [{"type": "file_search"}, {"type": "code_interpreter"}]}],
    "metadata": {"k": "v"},
}
ASSISTANT: Json = {
    "model": "gpt-4o",
    "name": "N",
    "description": "D",
    "instructions": "I",
    "tools": TOOLS,
    "tool_resources": {"code_interpreter": {"file_ids": ["file-4"]}, "file_search": {"vector_stores": [STORE]}},
    "metadata": {"k": "v"},
    "temperature": 0.5,
    "top_p": 0.5,
    "reasoning_effort": "low",
    "response_format": {"type": "json_schema", "json_schema": {"name": "s", "schema": {"type": "object"}}},
}
RUN: Json = {
    "model": "gpt-4o-mini",
    "instructions": "I",
    "tools": TOOLS,
    "metadata": {"k": "v"},
    "temperature": 0.1,
    "top_p": 0.2,
    "max_prompt_tokens": 256,
    "max_completion_tokens": 300,
    "truncation_strategy": {"type": "last_messages", "last_messages": 3},
    "tool_choice": {"type": "function", "function": {"name": "weather"}},
    "parallel_tool_calls": False,
    "response_format": {"type": "text"},
}
SESSION: Json = {
    "workflow": {"id": "wf_1", "version": "2", "state_variables": {"a": "b", "n": 1, "t": True, "f": 0.5}},
    "user": "u",
    "expires_after": {"anchor": "created_at", "seconds": 60},
    "rate_limits": {"max_requests_per_1_minute": 5},
    "chatkit_configuration": {"file_upload": {"enabled": True, "max_files": 3}, "history": {"recent_threads": 2}},
}
ITEMS: list[Json] = [
    {"type": "chatkit.user_message", "content": [{"text": "Hi"}, {"type": "quoted_text", "text": "that"}]},
    {"type": "chatkit.assistant_message", "content": [{"text": "Hello"}]},
    {"type": "chatkit.widget", "widget": "{}"},
    {"type": "chatkit.client_tool_call", "call_id": "c", "name": "n"},
    {"type": "chatkit.task", "heading": "h"},
    {"type": "chatkit.task_group", "tasks": [{"type": "thought", "summary": "s"}]},
]


AGENT: Json = {
    "model": "gpt-5",
    "name": "N",
    "instructions": "I",
    "metadata": {"k": "v"},
    "reasoning": {"effort": "low", "summary": "auto"},
    "service_tier": "flex",
    "text": {"format": {"type": "json_schema", "schema": {"type": "object"}}, "verbosity": "low"},
    "multi_agent": {"enabled": True, "max_concurrent_subagents": 2},
    "compaction": {"async": True},
    "experimental": {"time_awareness": True},
    "tools": [
        {"type": "function", "name": "f", "description": "d", "parameters": {"type": "object"}, "async": True},
        {"type": "mcp", "server_label": "a", "transport": {"type": "http", "server_url": "https://a.example"}},
        {"type": "mcp", "server_label": "b", "transport": {"type": "stdio", "command": "c", "cwd": "/"}},
        {"type": "web_search", "location": {"country": "DE"}},
        {"type": "tool_search"},
        {"type": "programmatic_tool_calling"},
        {"type": "computer_use"},
        {"type": "automations"},
    ],
}


class Walk:
    """Requests whose bodies and answers are held against the specification, and which operations they were."""

    def __init__(self, server: LocalApi) -> None:
        self.server = server
        self.walked: set[Operation] = set()

    def __call__(self, method: str, path: str, body: Json | None = None) -> Json:
        if body is not None:
            validate_request(method, path, body)
        answer = self.server.ok(method, path, body)
        validate_answer(method, path, 200, answer)
        self.walked.add(operation_of(method, path))
        return answer

    def ended(self, run: Json) -> Json:
        """The run at its end, through every status it shows on the way."""
        path = f"/threads/{run['thread_id']}/runs/{run['id']}"
        while run["status"] in ("queued", "in_progress", "cancelling"):
            run = self("GET", path)
        return run


@pytest.fixture
def walk(local_api: LocalApi) -> Walk:
    """A walk that has not begun."""
    return Walk(local_api)


def test_every_operation_is_walked(walk: Walk) -> None:
    walk_assistants(walk)
    walk_threads(walk)
    walk_runs(walk)
    walk_chatkit(walk)
    walk_agents(walk)
    walk_files(walk)
    walk_vector_stores(walk)
    assert walk.walked == operations()


def walk_assistants(walk: Walk) -> None:
    """Both the fullest assistant and the barest."""
    full, bare = walk("POST", "/assistants", ASSISTANT), walk("POST", "/assistants", {"model": "gpt-4o"})
    for each in (full, bare):
        assert walk("GET", f"/assistants/{each['id']}") == each
        walk("POST", f"/assistants/{each['id']}", {"name": None, "tools": [], "tool_resources": None, "metadata": {}})
    walk("GET", "/assistants?limit=1&order=asc")
    walk("DELETE", f"/assistants/{full['id']}")


def walk_threads(walk: Walk) -> None:
    """Threads and messages."""
    walk("POST", "/threads", {})
    thread = walk("POST", "/threads", {"messages": [MESSAGE], "tool_resources": ASSISTANT["tool_resources"]})
    path = f"/threads/{thread['id']}"
    assert walk("GET", path) == thread
    walk("POST", path, {"metadata": {"k": "v"}, "tool_resources": {"file_search": {"vector_store_ids": ["vs_1"]}}})
    message = walk("POST", f"{path}/messages", {"role": "assistant", "content": "x"})
    walk("GET", f"{path}/messages")
    walk("GET", f"{path}/messages/{message['id']}")
    walk("POST", f"{path}/messages/{message['id']}", {"metadata": {"k": "v"}})
    walk("DELETE", f"{path}/messages/{message['id']}")
    walk("DELETE", path)


def walk_runs(walk: Walk) -> None:
    """Runs to every end, and their steps."""
    assistant = walk("POST", "/assistants", ASSISTANT)["id"]
    thread = walk("POST", "/threads", {"messages": [MESSAGE]})["id"]
    path = f"/threads/{thread}/runs"
    for outcome in ("completed", "failed", "incomplete", "expired"):
        walk.server.control("POST", "/next_run", {"outcome": outcome})
        assert walk.ended(walk("POST", path, {"assistant_id": assistant, **RUN}))["status"] == outcome
    walk.server.control("POST", "/next_run", {"outcome": "hang"})
    run = walk("POST", path, {"assistant_id": assistant, "additional_messages": [MESSAGE]})
    walk("POST", f"{path}/{run['id']}", {"metadata": {"k": "v"}})
    assert walk.ended(walk("POST", f"{path}/{run['id']}/cancel"))["status"] == "cancelled"
    walk("GET", path)
    walk("GET", f"/threads/{thread}/messages?limit=100")
    walk_tool_calls(walk, assistant)


def walk_tool_calls(walk: Walk, assistant: str) -> None:
    """A run that requires action, from its creation with its thread."""
    walk.server.control("POST", "/next_run", {"outcome": "requires_action"})
    body = {"assistant_id": assistant, "thread": {"messages": [MESSAGE]}, **RUN}
    run = walk.ended(walk("POST", "/threads/runs", body))
    path = f"/threads/{run['thread_id']}/runs/{run['id']}"
    calls = run["required_action"]["submit_tool_outputs"]["tool_calls"]
    walk("GET", f"{path}/steps")
    outputs = [{"tool_call_id": call["id"], "output": "sunny"} for call in calls]
    run = walk.ended(walk("POST", f"{path}/submit_tool_outputs", {"tool_outputs": outputs}))
    steps = walk("GET", f"{path}/steps?order=asc")["data"]
    assert [step["type"] for step in steps] == ["tool_calls", "message_creation"]
    for step in steps:
        assert walk("GET", f"{path}/steps/{step['id']}") == step


def walk_chatkit(walk: Walk) -> None:
    """Sessions, and threads in every status with every kind of item."""
    for body in (SESSION, {"workflow": {"id": "wf_1"}, "user": "u"}):
        session = walk("POST", "/chatkit/sessions", body)
        assert walk("POST", f"/chatkit/sessions/{session['id']}/cancel")["status"] == "cancelled"
    for status in ("active", "locked", "closed"):
        thread = walk.server.control(
            "POST", "/chatkit_threads", {"user": "u", "title": "t", "status": status, "items": ITEMS}
        )
        walk("GET", f"/chatkit/threads/{thread['id']}")
        assert len(walk("GET", f"/chatkit/threads/{thread['id']}/items")["data"]) == len(ITEMS)
    walk("GET", "/chatkit/threads?user=u")
    walk("DELETE", f"/chatkit/threads/{thread['id']}")


def walk_agents(walk: Walk) -> None:
    """Both the fullest agent and the barest."""
    full, bare = walk("POST", "/agents", AGENT), walk("POST", "/agents", {"model": "gpt-5"})
    for each in (full, bare):
        assert walk("GET", f"/agents/{each['id']}") == each
        changed = walk("POST", f"/agents/{each['id']}", dict.fromkeys(set(AGENT) - {"model", "experimental"}))
        assert changed["text"] == bare["text"]
        assert changed["experimental"] == each["experimental"]
    assert walk("GET", "/agents?limit=1&order=asc")["has_more"]
    walk("DELETE", f"/agents/{full['id']}")


def walk_files(walk: Walk) -> None:
    """The fullest file, and the barest."""
    expiry = {"expires_after[anchor]": "created_at", "expires_after[seconds]": "3600"}
    for made in (walk.server.file(), walk.server.file(purpose="user_data", **expiry)):
        validate_answer("POST", "/files", 200, made)
        assert walk("GET", f"/files/{made['id']}") == made
    walk.walked.add(("POST", "/files"))
    assert walk("GET", "/files?purpose=user_data&limit=10000&order=asc")["data"] == [made]
    assert walk.server.call("GET", f"/files/{made['id']}/content").content == b"Hello"
    walk.walked.add(("GET", "/files/{file_id}/content"))
    walk("DELETE", f"/files/{made['id']}")


def walk_vector_stores(walk: Walk) -> None:
    """Vector stores and their files, in every status that a file comes to by itself."""
    good, bad = walk.server.file()["id"], walk.server.file("a.bin")["id"]
    expiry = {"anchor": "last_active_at", "days": 1}
    full = walk(
        "POST", "/vector_stores", {"name": "V", "file_ids": [good], "expires_after": expiry, "metadata": {"k": "v"}}
    )
    path = f"/vector_stores/{walk('POST', '/vector_stores', {})['id']}"
    walk("GET", f"/vector_stores/{full['id']}")
    walk("POST", path, {"name": None, "expires_after": expiry, "metadata": {}})
    assert "expires_after" not in walk("POST", path, {"expires_after": None})
    static = {"type": "static", "static": {"max_chunk_size_tokens": 100, "chunk_overlap_tokens": 50}}
    walk("POST", f"{path}/files", {"file_id": good, "attributes": {"a": "b", "c": 1, "d": 1.5, "e": True}})
    walk("POST", f"{path}/files", {"file_id": bad, "chunking_strategy": static})
    for file, end in ((good, "completed"), (bad, "failed")):
        while (seen := walk("GET", f"{path}/files/{file}"))["status"] == "in_progress":
            pass
        assert seen["status"] == end
        assert [each["id"] for each in walk("GET", f"{path}/files?filter={end}&order=asc")["data"]] == [file]
    walk("POST", f"{path}/files/{good}", {"attributes": {"f": 2}})
    walk("GET", f"{path}/files/{good}/content")
    assert walk("POST", f"{path}/search", {"query": ["hello", "you"], "max_num_results": 1})["data"][0]["score"] == 1
    walk("DELETE", f"{path}/files/{good}")
    walk("GET", "/vector_stores?limit=1")
    walk("DELETE", path)


@pytest.mark.parametrize("outcome", ["completed", "failed", "incomplete", "expired", "requires_action"])
def test_every_event_of_a_stream(local_api: LocalApi, outcome: str) -> None:
    local_api.control("POST", "/next_run", {"outcome": outcome})
    body = {"assistant_id": local_api.assistant(tools=[FUNCTION]), "thread": {"messages": [MESSAGE]}, "stream": True}
    told = events(local_api.call("POST", "/threads/runs", body).text)
    assert told[-1] == ("done", "[DONE]")
    assert told[-2][0] == f"thread.run.{outcome}"
    for name, data in told:
        validate_event(name, data)


ERRORS: list[tuple[str, str, Any, int]] = [
    ("POST", "/assistants", {}, 400),
    ("GET", "/assistants?limit=0", None, 400),
    ("GET", "/assistants/asst_0", None, 404),
    ("POST", "/assistants/asst_0", {}, 404),
    ("DELETE", "/assistants/asst_0", None, 404),
    ("POST", "/threads", {"messages": "x"}, 400),
    ("POST", "/threads/runs", {"assistant_id": "asst_0"}, 404),
    ("GET", "/threads/thread_0", None, 404),
    ("POST", "/threads/thread_0", {}, 404),
    ("DELETE", "/threads/thread_0", None, 404),
    ("GET", "/threads/thread_0/messages", None, 404),
    ("POST", "/threads/thread_0/messages", {"role": "user", "content": "x"}, 404),
    ("GET", "/threads/{thread}/messages/msg_0", None, 404),
    ("POST", "/threads/{thread}/messages/msg_0", {}, 404),
    ("DELETE", "/threads/{thread}/messages/msg_0", None, 404),
    ("GET", "/threads/{thread}/runs?after=run_0", None, 400),
    ("POST", "/threads/{thread}/runs", {"assistant_id": "asst_0"}, 404),
    ("GET", "/threads/{thread}/runs/run_0", None, 404),
    ("POST", "/threads/{thread}/runs/run_0", {}, 404),
    ("POST", "/threads/{thread}/runs/run_0/cancel", None, 404),
    ("POST", "/threads/{thread}/runs/run_0/submit_tool_outputs", {"tool_outputs": []}, 404),
    ("GET", "/threads/{thread}/runs/run_0/steps", None, 404),
    ("GET", "/threads/{thread}/runs/run_0/steps/step_0", None, 404),
    ("POST", "/chatkit/sessions", {"user": ""}, 400),
    ("POST", "/chatkit/sessions/cksess_0/cancel", None, 404),
    ("GET", "/chatkit/threads?order=up", None, 400),
    ("GET", "/chatkit/threads/cthr_0", None, 404),
    ("DELETE", "/chatkit/threads/cthr_0", None, 404),
    ("GET", "/chatkit/threads/cthr_0/items", None, 404),
    ("GET", "/agents?before=agent_0", None, 400),
    ("POST", "/agents", {"tools": [{"type": "file_search"}]}, 400),
    ("GET", "/agents/agent_0", None, 404),
    ("POST", "/agents/agent_0", {}, 404),
    ("DELETE", "/agents/agent_0", None, 404),
    ("POST", "/files", None, 400),
    ("GET", "/files?before=file-0", None, 400),
    ("GET", "/files/file-0", None, 404),
    ("GET", "/files/file-0/content", None, 404),
    ("DELETE", "/files/file-0", None, 404),
    ("POST", "/vector_stores", {"file_ids": ["file-0"]}, 404),
    ("GET", "/vector_stores?after=vs_0", None, 400),
    ("GET", "/vector_stores/vs_0", None, 404),
    ("POST", "/vector_stores/vs_0", {}, 404),
    ("DELETE", "/vector_stores/vs_0", None, 404),
    ("POST", "/vector_stores/vs_0/search", {"query": []}, 400),
    ("GET", "/vector_stores/vs_0/files", None, 404),
    ("POST", "/vector_stores/{store}/files", {"file_id": "file-0"}, 404),
    ("GET", "/vector_stores/{store}/files/file-0", None, 404),
    ("POST", "/vector_stores/{store}/files/file-0", {"attributes": {"a": []}}, 400),
    ("DELETE", "/vector_stores/{store}/files/file-0", None, 404),
    ("GET", "/vector_stores/{store}/files/file-0/content", None, 404),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), ERRORS)
def test_every_operation_errs_as_specified(local_api: LocalApi, method: str, path: str, body: Any, status: int) -> None:
    answer = local_api.call(method, path.format(thread=local_api.thread(), store=local_api.vector_store()), body)
    assert answer.status_code == status
    validate_answer(method, path, status, answer.json())


def test_the_errors_are_those_of_every_operation() -> None:
    assert {operation_of(method, path) for method, path, _body, _status in ERRORS} == operations()


def test_the_judge_can_say_no(local_api: LocalApi) -> None:
    assistant = local_api.ok("POST", "/assistants", ASSISTANT)
    for broken in ({"tools": [{"type": "browser"}]}, {"created_at": "now"}, {"object": "thread"}):
        with pytest.raises(ValidationError):
            validate_answer("GET", "/assistants/asst_1", 200, {**copy.deepcopy(assistant), **broken})
    with pytest.raises(ValidationError):
        validate_request("POST", "/assistants", {"name": "no model"})
    with pytest.raises(ValidationError):
        validate_answer("GET", "/assistants/asst_1", 404, {"detail": "Not Found"})
    with pytest.raises(LookupError):
        validate_request("POST", "/nowhere", {})
