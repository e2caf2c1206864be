# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every limit of the API, one over and exactly at it: refused before a request, and named."""

from __future__ import annotations

import pytest

from ansible_collections.aiops.openai.plugins.module_utils.api.errors import InvalidTask
from ansible_collections.aiops.openai.plugins.module_utils.api.models import request_body
from ansible_collections.aiops.openai.plugins.module_utils.objects.agents.agent import AgentBody
from ansible_collections.aiops.openai.plugins.module_utils.objects.assistants.assistant import AssistantBody
from ansible_collections.aiops.openai.plugins.module_utils.objects.assistants.message import MessageBody
from ansible_collections.aiops.openai.plugins.module_utils.objects.assistants.run import RunBody
from ansible_collections.aiops.openai.plugins.module_utils.objects.assistants.thread import ThreadBody
from ansible_collections.aiops.openai.plugins.module_utils.objects.chatkit.session import SessionBody
from ansible_collections.aiops.openai.plugins.module_utils.objects.files.file import FileBody
from ansible_collections.aiops.openai.plugins.module_utils.objects.vector_stores.vector_store import VectorStoreBody
from ansible_collections.aiops.openai.plugins.module_utils.objects.vector_stores.vector_store_file import (
    VectorStoreFileBody,
)


def function(name):
    return {"type": "function", "function": {"name": name}}


METADATA = [
    ("metadata", {f"k{n}": "v" for n in range(16)}, {f"k{n}": "v" for n in range(17)}),
    ("metadata", {"k" * 64: "v"}, {"k" * 65: "v"}),
    ("metadata", {"k": "v" * 512}, {"k": "v" * 513}),
]
FILES = [
    (
        "tool_resources",
        {"code_interpreter": {"file_ids": ["f"] * 20}},
        {"code_interpreter": {"file_ids": ["f"] * 21}},
    ),
    (
        "tool_resources",
        {"file_search": {"vector_store_ids": ["v"]}},
        {"file_search": {"vector_store_ids": ["v", "w"]}},
    ),
]
SAMPLING = [
    ("temperature", 0, -0.1),
    ("temperature", 2, 2.1),
    ("top_p", 0, -0.1),
    ("top_p", 1, 1.1),
]


def strategy(size, overlap):
    return {"type": "static", "static": {"max_chunk_size_tokens": size, "chunk_overlap_tokens": overlap}}


def chunks(size, overlap):
    return {"file_search": {"vector_stores": [{"chunking_strategy": strategy(size, overlap)}]}}


CHUNKS = [
    ("tool_resources", chunks(100, 0), chunks(99, 0)),
    ("tool_resources", chunks(4096, 0), chunks(4097, 0)),
    ("tool_resources", chunks(800, 400), chunks(800, 401)),
    ("tool_resources", {"file_search": {"vector_stores": [{}]}}, {"file_search": {"vector_stores": [{}, {}]}}),
]
TOOLS = [
    ("tools", [function("a" * 64)], [function("a" * 65)]),
    ("tools", [function("get-it_2")], [function("get it")]),
    (
        "tools",
        [{"type": "file_search", "file_search": {"max_num_results": 50}}],
        [{"type": "file_search", "file_search": {"max_num_results": 51}}],
    ),
    (
        "tools",
        [{"type": "file_search", "file_search": {"max_num_results": 1}}],
        [{"type": "file_search", "file_search": {"max_num_results": 0}}],
    ),
    (
        "tools",
        [{"type": "file_search", "file_search": {"ranking_options": {"score_threshold": 1}}}],
        [{"type": "file_search", "file_search": {"ranking_options": {"score_threshold": 1.1}}}],
    ),
    ("response_format", {"type": "json_object"}, {"type": "yaml"}),
    ("response_format", "auto", "json"),
    (
        "response_format",
        {"type": "json_schema", "json_schema": {"name": "a" * 64}},
        {"type": "json_schema", "json_schema": {"name": "a" * 65}},
    ),
    ("response_format", {"type": "text"}, {"type": "json_schema"}),
]


def called(name, **more):
    return {"type": "function", "name": name, "description": "d", "parameters": {"type": "object"}, **more}


def mcp(**transport):
    return {"type": "mcp", "server_label": "s", "transport": transport}


HTTP = {"type": "http", "server_url": "https://mcp.example.com"}
STDIO = {"type": "stdio", "command": "serve", "cwd": "/workspace"}
AGENT = [
    ("model", "m", ""),
    ("tools", [called("f"), called("g")], [called("f"), called("f", description="e")]),
    ("tools", [called("f")], [called("")]),
    ("tools", [called("f", **{"async": True})], [called("f", server_label="s")]),
    ("tools", [{"type": "web_search", "mode": "live"}], [{"type": "web_search", "enabled": True}]),
    ("tools", [mcp(**HTTP)], [mcp(**HTTP, command="serve")]),
    ("tools", [mcp(**STDIO)], [mcp(**STDIO, headers={"a": "b"})]),
    ("text", {"format": {"type": "json_schema", "schema": {"type": "object"}}}, {"format": {"type": "json_object"}}),
    ("text", {"verbosity": "low"}, {"verbosity": "lowest"}),
    ("reasoning", {"effort": "max"}, {"effort": "more"}),
    (
        "multi_agent",
        {"enabled": True, "max_concurrent_subagents": 1},
        {"enabled": True, "max_concurrent_subagents": 0},
    ),
    *METADATA,
]
ASSISTANT = [
    ("name", "n" * 256, "n" * 257),
    ("description", "d" * 512, "d" * 513),
    ("instructions", "i" * 256000, "i" * 256001),
    ("model", "m", ""),
    ("tools", [{"type": "code_interpreter"}] * 128, [{"type": "code_interpreter"}] * 129),
    *METADATA,
    *FILES,
    *CHUNKS,
    *TOOLS,
    *SAMPLING,
]
THREAD = [*METADATA, *FILES, *CHUNKS]
MESSAGE = [
    ("content", [{"type": "text", "text": "a"}], []),
    ("content", [{"type": "image_file", "image_file": {"file_id": "f"}}], [{"type": "image_file", "text": "f"}]),
    ("content", [{"type": "text", "text": "a"}], [{"type": "sound", "sound": "a"}]),
    *METADATA,
]
RUN = [
    ("tools", [{"type": "code_interpreter"}] * 20, [{"type": "code_interpreter"}] * 21),
    ("max_prompt_tokens", 256, 255),
    ("max_completion_tokens", 256, 255),
    ("truncation_strategy", {"type": "last_messages", "last_messages": 1}, {"type": "auto", "last_messages": 0}),
    ("tool_choice", "required", "always"),
    ("tool_choice", {"type": "function", "function": {"name": "f"}}, {"type": "function"}),
    *METADATA,
    *FILES,
    *TOOLS,
    *SAMPLING,
]

WORKFLOW = {"id": "wf_1"}
SESSION = [
    ("user", "u", ""),
    ("workflow", {**WORKFLOW, "version": "3"}, {**WORKFLOW, "version": "latest"}),
    (
        "workflow",
        {**WORKFLOW, "state_variables": {f"k{n}": n for n in range(64)}},
        {**WORKFLOW, "state_variables": {f"k{n}": n for n in range(65)}},
    ),
    ("workflow", {**WORKFLOW, "state_variables": {"k" * 64: True}}, {**WORKFLOW, "state_variables": {"k" * 65: True}}),
    ("workflow", {**WORKFLOW, "state_variables": {"k": 1.5}}, {**WORKFLOW, "state_variables": {"k": [1]}}),
    ("expires_after", {"anchor": "created_at", "seconds": 1}, {"anchor": "created_at", "seconds": 0}),
    ("expires_after", {"anchor": "created_at", "seconds": 600}, {"anchor": "created_at", "seconds": 601}),
    ("rate_limits", {"max_requests_per_1_minute": 1}, {"max_requests_per_1_minute": 0}),
    (
        "chatkit_configuration",
        {"file_upload": {"max_file_size": 512, "max_files": 1}},
        {"file_upload": {"max_file_size": 513}},
    ),
    ("chatkit_configuration", {"file_upload": {"max_file_size": 1}}, {"file_upload": {"max_file_size": 0}}),
    ("chatkit_configuration", {"file_upload": {"max_files": 1}}, {"file_upload": {"max_files": 0}}),
    ("chatkit_configuration", {"history": {"recent_threads": 1}}, {"history": {"recent_threads": 0}}),
]
CHUNKING = [
    ("chunking_strategy", strategy(100, 0), strategy(99, 0)),
    ("chunking_strategy", strategy(4096, 0), strategy(4097, 0)),
    ("chunking_strategy", strategy(800, 400), strategy(800, 401)),
]


def expiry(**after):
    return {"anchor": "last_active_at", **after}


FILE = [
    ("purpose", "batch", "anything"),
    ("expires_after", {"anchor": "created_at", "seconds": 3600}, {"anchor": "created_at", "seconds": 3599}),
    ("expires_after", {"anchor": "created_at", "seconds": 2592000}, {"anchor": "created_at", "seconds": 2592001}),
]
VECTOR_STORE = [
    ("expires_after", expiry(days=1), expiry(days=0)),
    ("expires_after", expiry(days=365), expiry(days=366)),
    *CHUNKING,
    *METADATA,
]
VECTOR_STORE_FILE = [
    ("attributes", {f"k{n}": n for n in range(16)}, {f"k{n}": n for n in range(17)}),
    ("attributes", {"k" * 64: True}, {"k" * 65: True}),
    ("attributes", {"k": "v" * 512}, {"k": "v" * 513}),
    ("attributes", {"k": 1.5}, {"k": ["v"]}),
    *CHUNKING,
]
STARTING_FILES = ("file_ids", ["f"] * 500, ["f"] * 501)  # of which a server has to have all

MODELS = (
    (AgentBody, AGENT),
    (AssistantBody, ASSISTANT),
    (ThreadBody, THREAD),
    (MessageBody, MESSAGE),
    (RunBody, RUN),
    (SessionBody, SESSION),
    (FileBody, FILE),
    (VectorStoreFileBody, VECTOR_STORE_FILE),
    (VectorStoreBody, [*VECTOR_STORE, STARTING_FILES]),
)
CASES = [
    pytest.param(model, field, good, bad, id=f"{model.__name__}-{field}-{number}")
    for model, cases in MODELS
    for number, (field, good, bad) in enumerate(cases)
]


@pytest.mark.parametrize(("model", "field", "good", "bad"), CASES)
def test_limit(model, field, good, bad):
    needed = {} if model is not VectorStoreFileBody else {"file_id": "file-1"}
    assert request_body(model, {**needed, field: good}) == {**needed, field: good}
    with pytest.raises(InvalidTask, match=rf"^Invalid value for {field}\b") as refusal:
        request_body(model, {**needed, field: bad})
    assert "\n" not in str(refusal.value)


def test_limits_hold_inside_a_run_s_thread():
    bad = {"thread": {"messages": [{"role": "user", "content": "a", "metadata": {"k": "v" * 513}}]}}
    with pytest.raises(InvalidTask, match=r"^Invalid value for thread\.messages\[0\]\.metadata\.k: "):
        request_body(RunBody, bad)


def test_a_metadata_number_is_sent_as_text_and_a_list_is_refused():
    assert request_body(ThreadBody, {"metadata": {"version": 2}}) == {"metadata": {"version": "2"}}
    with pytest.raises(InvalidTask, match=r"metadata\.version: "):
        request_body(ThreadBody, {"metadata": {"version": [2]}})


@pytest.mark.parametrize("parameters", [{"type": "object", "x": None}, '{"type": "object", "x": null}'])
def test_parameters_as_mapping_or_json_text(parameters):
    body = request_body(
        AssistantBody, {"tools": [{"type": "function", "function": {"name": "f", "parameters": parameters}}]}
    )
    assert body["tools"][0]["function"]["parameters"] == {"type": "object", "x": None}


def test_parameters_that_are_no_json():
    with pytest.raises(InvalidTask, match=r"tools\[0\]\.function\.parameters: it is text, but not JSON"):
        request_body(AssistantBody, {"tools": [{"type": "function", "function": {"name": "f", "parameters": "{"}}]})


def test_the_json_schema_keeps_its_name_on_the_wire():
    given = {"type": "json_schema", "json_schema": {"name": "n", "schema": {"type": "object"}, "strict": True}}
    assert request_body(AssistantBody, {"response_format": given}) == {"response_format": given}


def test_an_attachment_without_tools_is_for_file_search():
    body = request_body(MessageBody, {"attachments": [{"file_id": "file-1"}]})
    assert body == {"attachments": [{"file_id": "file-1", "tools": [{"type": "file_search"}]}]}
