# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules can do, deed by deed: each is a task, and the request by which it is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from local_server import LocalApi

Json = dict[str, Any]


class Deed(NamedTuple):
    """Something that a module does, by a request of one method to one path."""

    module: str
    method: str
    path: str
    arguments: Callable[[LocalApi], Json]
    made: str = ""
    """The list on the server that must hold one object more afterwards, with placeholders for the arguments."""


def message(api: LocalApi) -> Json:
    thread = api.thread("Hello")
    return {"thread_id": thread, "message_id": api.ok("GET", f"/threads/{thread}/messages")["data"][0]["id"]}


def new_run(api: LocalApi, **more: Any) -> Json:
    return {"thread_id": api.thread("Hello"), "assistant_id": api.assistant(), **more}


def hanging_run(api: LocalApi) -> Json:
    api.control("POST", "/next_run", {"outcome": "hang"})
    run = api.run(api.thread("Hello"))
    return {"thread_id": run["thread_id"], "run_id": run["id"]}


def ended_run(api: LocalApi) -> Json:
    run = api.ended(api.run(api.thread("Hello")))
    return {"thread_id": run["thread_id"], "run_id": run["id"]}


def asking_run(api: LocalApi, **more: Any) -> Json:
    api.control("POST", "/next_run", {"outcome": "requires_action", "tool_calls": [{"name": "f"}]})
    run = api.until(api.run(api.thread("Hello")), "requires_action")
    call = run["required_action"]["submit_tool_outputs"]["tool_calls"][0]["id"]
    outputs = [{"tool_call_id": call, "output": "42"}]
    return {"thread_id": run["thread_id"], "run_id": run["id"], "tool_outputs": outputs, **more}


def busy_thread(api: LocalApi) -> Json:
    return {"thread_id": hanging_run(api)["thread_id"], "role": "user", "content": "Hi", "on_active_run": "cancel"}


def session(api: LocalApi) -> Json:
    made = api.ok("POST", "/chatkit/sessions", {"user": "ada", "workflow": {"id": "wf_1"}})
    return {"session_id": made["id"], "state": "absent"}


def chat(api: LocalApi) -> Json:
    return {"thread_id": api.control("POST", "/chatkit_threads", {"user": "ada"})["id"]}


def stored(api: LocalApi, **more: Any) -> Json:
    """A file that is not yet in a vector store."""
    return {"vector_store_id": api.vector_store(name="V"), "file_id": api.file()["id"], "wait": False, **more}


def in_store(api: LocalApi, **more: Any) -> Json:
    """A file that is in a vector store."""
    new = stored(api, **more)
    api.ok("POST", f"/vector_stores/{new['vector_store_id']}/files", {"file_id": new["file_id"]})
    return new


FILE = {"content": "Hello", "filename": "a.md", "purpose": "assistants"}
ABSENT, STREAM = {"state": "absent"}, {"stream": True}
SOME = {"metadata": {"a": "b"}}
RUNS, MESSAGES = "/threads/{thread_id}/runs", "/threads/{thread_id}/messages"

READS = {
    "read assistant by id": Deed(
        "assistant", "GET", "/assistants/", lambda api: {"assistant_id": api.assistant(name="A")}
    ),
    "read assistant by name": Deed("assistant", "GET", "/assistants$", lambda api: {"name": "A", "model": "m"}),
    "read thread": Deed("thread", "GET", "/threads/", lambda api: {"thread_id": api.thread()}),
    "read message": Deed("thread_message", "GET", "/messages/", message),
    "read message by content": Deed(
        "thread_message", "GET", "/messages$", lambda api: {"thread_id": api.thread(), "role": "user", "content": "Hi"}
    ),
    "read run": Deed("thread_run", "GET", "/runs/", ended_run),
    "read run by key": Deed("thread_run", "GET", "/runs$", lambda api: new_run(api, run_key="k")),
    "read run, polled": Deed("thread_run", "GET", "/runs/", new_run),
    "read run, its messages": Deed("thread_run", "GET", "/messages$", new_run),
    "read assistant_info": Deed("assistant_info", "GET", "/assistants$", lambda api: {}),
    "read thread_info": Deed("thread_info", "GET", "/threads/", lambda api: {"thread_id": api.thread()}),
    "read message_info": Deed("thread_message_info", "GET", "/messages$", lambda api: {"thread_id": api.thread()}),
    "read run_info": Deed("thread_run_info", "GET", "/runs$", lambda api: {"thread_id": api.thread()}),
    "read run_step_info": Deed("thread_run_step_info", "GET", "/steps$", ended_run),
    "read file by id": Deed("file", "GET", "/files/", lambda api: {"file_id": api.file()["id"]}),
    "read file by name": Deed("file", "GET", "/files$", lambda api: dict(FILE)),
    "read file_info": Deed("file_info", "GET", "/files$", lambda api: {}),
    "read agent by id": Deed("agent", "GET", "/agents/", lambda api: {"agent_id": api.agent(name="A")}),
    "read agent by name": Deed("agent", "GET", "/agents$", lambda api: {"name": "A", "model": "m"}),
    "read agent_info": Deed("agent_info", "GET", "/agents$", lambda api: {}),
    "read vector store file": Deed("vector_store_file", "GET", "/vector_stores/.*/files/", in_store),
    "read vector store by id": Deed(
        "vector_store", "GET", "/vector_stores/", lambda api: {"vector_store_id": api.vector_store(name="V")}
    ),
    "read vector store by name": Deed("vector_store", "GET", "/vector_stores$", lambda api: {"name": "V"}),
    "read vector_store_info": Deed("vector_store_info", "GET", "/vector_stores$", lambda api: {}),
    "read chatkit_thread_info": Deed("chatkit_thread_info", "GET", "/chatkit/threads/", chat),
}
DELETIONS = {
    "delete agent": Deed("agent", "DELETE", "/agents/", lambda api: {"agent_id": api.agent(name="A"), **ABSENT}),
    "delete assistant": Deed(
        "assistant", "DELETE", "/assistants/", lambda api: {"assistant_id": api.assistant(name="A"), **ABSENT}
    ),
    "delete thread": Deed("thread", "DELETE", "/threads/", lambda api: {"thread_id": api.thread(), **ABSENT}),
    "delete file": Deed("file", "DELETE", "/files/", lambda api: {"file_id": api.file()["id"], **ABSENT}),
    "delete vector store file": Deed(
        "vector_store_file", "DELETE", "/vector_stores/.*/files/", lambda api: in_store(api, **ABSENT)
    ),
    "delete vector store": Deed(
        "vector_store", "DELETE", "/vector_stores/", lambda api: {"vector_store_id": api.vector_store(), **ABSENT}
    ),
    "delete message": Deed("thread_message", "DELETE", "/messages/", lambda api: {**message(api), **ABSENT}),
}
UPDATES = {
    "update agent": Deed("agent", "POST", "/agents/", lambda api: {"agent_id": api.agent(name="A"), **SOME}),
    "update assistant": Deed(
        "assistant", "POST", "/assistants/", lambda api: {"assistant_id": api.assistant(name="A"), **SOME}
    ),
    "update thread": Deed("thread", "POST", "/threads/", lambda api: {"thread_id": api.thread(), **SOME}),
    "update vector store file": Deed(
        "vector_store_file", "POST", "/vector_stores/.*/files/", lambda api: in_store(api, attributes={"a": 1})
    ),
    "update vector store": Deed(
        "vector_store", "POST", "/vector_stores/", lambda api: {"vector_store_id": api.vector_store(), **SOME}
    ),
    "update message": Deed("thread_message", "POST", "/messages/", lambda api: {**message(api), **SOME}),
    "update run": Deed("thread_run", "POST", "/runs/", lambda api: {**ended_run(api), **SOME}),
    "update session, cancelled": Deed("chatkit_session", "POST", "/cancel$", session),
}
CREATIONS = {
    "create agent": Deed("agent", "POST", "/agents$", lambda api: {"name": "A", "model": "m"}, "/agents"),
    "create assistant": Deed(
        "assistant", "POST", "/assistants$", lambda api: {"name": "A", "model": "m"}, "/assistants"
    ),
    "create file": Deed("file", "POST", "/files$", lambda api: dict(FILE), "/files"),
    "create vector store file": Deed(
        "vector_store_file", "POST", "/vector_stores/.*/files$", stored, "/vector_stores/{vector_store_id}/files"
    ),
    "create vector store": Deed("vector_store", "POST", "/vector_stores$", lambda api: {"name": "V"}, "/vector_stores"),
    "create message": Deed(
        "thread_message",
        "POST",
        "/messages$",
        lambda api: {"thread_id": api.thread("Hello"), "role": "user", "content": "Hi"},
        MESSAGES,
    ),
    "create message, the same again": Deed(
        "thread_message",
        "POST",
        "/messages$",
        lambda api: {"thread_id": api.thread(), "role": "user", "content": "Hi", "match": "none", **SOME},
        MESSAGES,
    ),
    "create run": Deed("thread_run", "POST", "/runs$", new_run, RUNS),
    "create run with a key": Deed("thread_run", "POST", "/runs$", lambda api: new_run(api, run_key="k"), RUNS),
    "create run, not waited for": Deed("thread_run", "POST", "/runs$", lambda api: new_run(api, wait=False), RUNS),
    "create run, streamed": Deed("thread_run", "POST", "/runs$", lambda api: new_run(api, **STREAM), RUNS),
    "create run, cancelled": Deed("thread_run", "POST", "/cancel$", lambda api: {**hanging_run(api), **ABSENT}),
    "create tool outputs": Deed("thread_run", "POST", "/submit_tool_outputs$", asking_run),
    "create tool outputs, streamed": Deed(
        "thread_run", "POST", "/submit_tool_outputs$", lambda api: asking_run(api, **STREAM)
    ),
    "create message, after a run was cancelled": Deed("thread_message", "POST", "/cancel$", busy_thread, MESSAGES),
}
HIDDEN = {
    "create thread": Deed("thread", "POST", "/threads$", lambda api: dict(SOME)),
    "create session": Deed("chatkit_session", "POST", "/sessions$", lambda api: {"user": "a", "workflow": {"id": "w"}}),
    "create run with its thread": Deed(
        "thread_run", "POST", "/threads/runs$", lambda api: {"assistant_id": api.assistant(), "thread": {}}
    ),
}
DEEDS = {**READS, **DELETIONS, **UPDATES, **CREATIONS, **HIDDEN}
