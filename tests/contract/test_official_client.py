# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The official client, with strict response validation, drives local_api through everything it offers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from local_server import Json, LocalApi
from openai import BadRequestError, NotFoundError, OpenAI
from openai.types.beta.threads import Message, Run
from openai.types.vector_stores import VectorStoreFile

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

WEATHER: Json = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}


@pytest.fixture
def client(local_api: LocalApi) -> Iterator[OpenAI]:
    """The client, pointed at the server."""
    with OpenAI(api_key="sk-test", base_url=local_api.url, max_retries=0, _strict_response_validation=True) as official:
        yield official


def text_of(message: Message) -> str:
    """The words of a message's first part."""
    part = message.content[0]
    assert part.type == "text"
    return part.text.value


def test_assistants(client: OpenAI) -> None:
    made = client.beta.assistants.create(
        model="gpt-4o", name="A", tools=[{"type": "code_interpreter"}, {"type": "file_search"}], metadata={"k": "v"}
    )
    assert client.beta.assistants.retrieve(made.id) == made
    changed = client.beta.assistants.update(made.id, name="B", response_format={"type": "json_object"})
    assert (changed.name, changed.metadata) == ("B", {"k": "v"})
    assert client.beta.assistants.delete(made.id).deleted
    with pytest.raises(NotFoundError, match="No assistant found"):
        client.beta.assistants.retrieve(made.id)


def test_list_walks_all_pages(client: OpenAI) -> None:
    made = [client.beta.assistants.create(model="gpt-4o", name=f"A{number}").id for number in range(125)]
    assert [each.id for each in client.beta.assistants.list(order="asc", limit=100)] == made
    assert [each.id for each in client.beta.assistants.list(limit=50)] == made[::-1]


def test_threads_and_messages(client: OpenAI) -> None:
    thread = client.beta.threads.create(messages=[{"role": "user", "content": "one"}], metadata={"k": "v"})
    message = client.beta.threads.messages.create(
        thread.id,
        role="user",
        content=[{"type": "text", "text": "two"}, {"type": "image_url", "image_url": {"url": "https://a.example/b"}}],
        attachments=[{"file_id": "file-1", "tools": [{"type": "file_search"}]}],
    )
    assert client.beta.threads.messages.retrieve(message.id, thread_id=thread.id) == message
    assert [text_of(each) for each in client.beta.threads.messages.list(thread.id)] == ["two", "one"]
    changed = client.beta.threads.messages.update(message.id, thread_id=thread.id, metadata={"a": "b"})
    assert changed.metadata == {"a": "b"}
    assert client.beta.threads.messages.delete(message.id, thread_id=thread.id).deleted
    assert client.beta.threads.update(thread.id, metadata={}).metadata == {}
    assert client.beta.threads.delete(thread.id).deleted
    with pytest.raises(NotFoundError):
        client.beta.threads.retrieve(thread.id)


def test_run_polled_to_completion(client: OpenAI) -> None:
    assistant = client.beta.assistants.create(model="gpt-4o", instructions="Be brief.")
    thread = client.beta.threads.create(messages=[{"role": "user", "content": "hello there"}])
    run = client.beta.threads.runs.create_and_poll(thread_id=thread.id, assistant_id=assistant.id)
    assert run.status == "completed"
    assert run.usage is not None
    assert (run.usage.prompt_tokens, run.usage.completion_tokens, run.usage.total_tokens) == (4, 3, 7)
    [reply] = client.beta.threads.messages.list(thread.id, run_id=run.id).data
    assert (text_of(reply), reply.assistant_id) == ("Echo: hello there", assistant.id)
    [step] = client.beta.threads.runs.steps.list(run.id, thread_id=thread.id).data
    assert client.beta.threads.runs.steps.retrieve(step.id, thread_id=thread.id, run_id=run.id) == step
    assert step.step_details.type == "message_creation"
    assert step.step_details.message_creation.message_id == reply.id
    changed = client.beta.threads.runs.update(run.id, thread_id=thread.id, metadata={"k": "v"})
    assert changed.metadata == {"k": "v"}
    assert [each.id for each in client.beta.threads.runs.list(thread.id)] == [run.id]


def test_create_and_run(client: OpenAI) -> None:
    assistant = client.beta.assistants.create(model="gpt-4o")
    run = client.beta.threads.create_and_run_poll(
        assistant_id=assistant.id, thread={"messages": [{"role": "user", "content": "hi"}]}
    )
    assert run.status == "completed"
    assert text_of(client.beta.threads.messages.list(run.thread_id).data[0]) == "Echo: hi"


def test_cancel(client: OpenAI, local_api: LocalApi) -> None:
    local_api.control("POST", "/next_run", {"outcome": "hang"})
    run = client.beta.threads.create_and_run(assistant_id=local_api.assistant())
    assert client.beta.threads.runs.cancel(run.id, thread_id=run.thread_id).status == "cancelling"
    run = client.beta.threads.runs.poll(run.id, thread_id=run.thread_id)
    assert run.status == "cancelled"
    with pytest.raises(BadRequestError, match="Cannot cancel run with status 'cancelled'"):
        client.beta.threads.runs.cancel(run.id, thread_id=run.thread_id)


def asked(client: OpenAI, local_api: LocalApi) -> Run:
    """A run that requires action."""
    local_api.control(
        "POST", "/next_run", {"outcome": "requires_action", "tool_calls": [{"name": "weather", "arguments": {"a": 1}}]}
    )
    thread = {"messages": [{"role": "user", "content": "weather?"}]}
    assistant = local_api.assistant(tools=[WEATHER])
    return client.beta.threads.create_and_run_poll(assistant_id=assistant, thread=thread)  # type: ignore[arg-type]


def test_submit_tool_outputs(client: OpenAI, local_api: LocalApi) -> None:
    run = asked(client, local_api)
    assert run.required_action is not None
    [call] = run.required_action.submit_tool_outputs.tool_calls
    assert (call.function.name, call.function.arguments) == ("weather", '{"a": 1}')
    run = client.beta.threads.runs.submit_tool_outputs_and_poll(
        run_id=run.id, thread_id=run.thread_id, tool_outputs=[{"tool_call_id": call.id, "output": "sunny"}]
    )
    assert run.status == "completed"
    last, first = client.beta.threads.runs.steps.list(run.id, thread_id=run.thread_id).data
    assert first.step_details.type == "tool_calls"
    [made] = first.step_details.tool_calls
    assert made.type == "function"
    assert (made.id, made.function.output) == (call.id, "sunny")
    assert last.step_details.type == "message_creation"


def test_stream(client: OpenAI, local_api: LocalApi) -> None:
    thread = local_api.thread("hello there")
    with client.beta.threads.runs.stream(thread_id=thread, assistant_id=local_api.assistant()) as stream:
        names = [event.event for event in stream]
        run, [message] = stream.get_final_run(), stream.get_final_messages()
    assert run.status == "completed"
    assert text_of(message) == "Echo: hello there"
    assert names == [
        *("thread.run.created", "thread.run.queued", "thread.run.in_progress"),
        *("thread.run.step.created", "thread.run.step.in_progress"),
        *("thread.message.created", "thread.message.in_progress"),
        *("thread.message.delta", "thread.message.delta", "thread.message.delta"),
        *("thread.message.completed", "thread.run.step.completed", "thread.run.completed"),
    ]


def test_stream_of_create_and_run(client: OpenAI, local_api: LocalApi) -> None:
    with client.beta.threads.create_and_run_stream(assistant_id=local_api.assistant()) as stream:
        names = [event.event for event in stream]
    assert names[:2] == ["thread.created", "thread.run.created"]
    assert names[-1] == "thread.run.completed"


def test_stream_through_tool_outputs(client: OpenAI, local_api: LocalApi) -> None:
    local_api.control("POST", "/next_run", {"outcome": "requires_action", "text": "It is sunny."})
    thread, assistant = local_api.thread("weather?"), local_api.assistant(tools=[WEATHER])
    with client.beta.threads.runs.stream(thread_id=thread, assistant_id=assistant) as stream:
        names = [event.event for event in stream]
        run = stream.get_final_run()
    assert names[-3:] == ["thread.run.step.created", "thread.run.step.in_progress", "thread.run.requires_action"]
    assert run.required_action is not None
    [call] = run.required_action.submit_tool_outputs.tool_calls
    with client.beta.threads.runs.submit_tool_outputs_stream(
        run_id=run.id, thread_id=thread, tool_outputs=[{"tool_call_id": call.id, "output": "sunny"}]
    ) as stream:
        names = [event.event for event in stream]
        [message] = stream.get_final_messages()
    assert names[:3] == ["thread.run.step.completed", "thread.run.queued", "thread.run.in_progress"]
    assert names[-1] == "thread.run.completed"
    assert text_of(message) == "It is sunny."


def test_agents(client: OpenAI) -> None:
    made = client.beta.agents.create(
        model="gpt-5",
        name="A",
        tools=[
            {"type": "function", "name": "f", "description": "d", "parameters": {"type": "object"}},
            {"type": "mcp", "server_label": "s", "transport": {"type": "http", "server_url": "https://s.example"}},
            {"type": "web_search"},
        ],
        metadata={"k": "v"},
    )
    assert client.beta.agents.retrieve(made.id) == made
    changed = client.beta.agents.update(made.id, name="B", text={"verbosity": "low"}, reasoning={"effort": "high"})
    assert (changed.name, changed.metadata, changed.text.format.type) == ("B", {"k": "v"}, "text")
    others = [client.beta.agents.create(model="gpt-5").id for _number in range(3)]
    assert [each.id for each in client.beta.agents.list(order="asc", limit=2)] == [made.id, *others]
    assert client.beta.agents.delete(made.id).deleted
    with pytest.raises(NotFoundError, match="No agent found"):
        client.beta.agents.retrieve(made.id)


def test_chatkit_sessions(client: OpenAI) -> None:
    session = client.beta.chatkit.sessions.create(
        user="u", workflow={"id": "wf_1", "state_variables": {"n": 1}}, rate_limits={"max_requests_per_1_minute": 3}
    )
    assert session.client_secret.startswith("ek_")
    assert (session.status, session.max_requests_per_1_minute, session.workflow.version) == ("active", 3, None)
    assert session.chatkit_configuration.file_upload.max_file_size == 512
    assert client.beta.chatkit.sessions.cancel(session.id).status == "cancelled"


def test_chatkit_threads(client: OpenAI, local_api: LocalApi) -> None:
    item = {"type": "chatkit.user_message", "content": [{"type": "input_text", "text": "hi"}]}
    for number in range(103):
        user = "ann" if number % 2 else "bob"
        local_api.control("POST", "/chatkit_threads", {"user": user, "title": f"{number}", "items": [item]})
    assert [each.title for each in client.beta.chatkit.threads.list(order="asc", limit=100)][100:] == [
        "100",
        "101",
        "102",
    ]
    of_ann = list(client.beta.chatkit.threads.list(user="ann"))
    assert len(of_ann) == 51
    thread = client.beta.chatkit.threads.retrieve(of_ann[0].id)
    [said] = client.beta.chatkit.threads.list_items(thread.id).data
    assert said.type == "chatkit.user_message"
    assert said.content[0].text == "hi"
    assert client.beta.chatkit.threads.delete(thread.id).deleted
    with pytest.raises(NotFoundError):
        client.beta.chatkit.threads.retrieve(thread.id)


def processed(client: OpenAI, store: str, file: str) -> VectorStoreFile:
    """A vector store's file once it is cut into chunks."""
    return client.vector_stores.files.poll(file, vector_store_id=store, poll_interval_ms=5)


def test_files(client: OpenAI) -> None:
    made = client.files.create(
        file=("notes.md", b"Version 2.1 is faster.\n"),
        purpose="assistants",
        expires_after={"anchor": "created_at", "seconds": 3600},
    )
    assert (made.bytes, made.filename, made.expires_at) == (23, "notes.md", made.created_at + 3600)
    assert client.files.retrieve(made.id) == made
    assert client.files.content(made.id).read() == b"Version 2.1 is faster.\n"
    other = client.files.create(file=("a.bin", bytes(range(256)) * 9000), purpose="user_data")
    assert client.files.content(other.id).read() == bytes(range(256)) * 9000
    assert [each.id for each in client.files.list(order="asc", limit=1)] == [made.id, other.id]
    assert [each.id for each in client.files.list(purpose="user_data")] == [other.id]
    assert client.files.delete(made.id).deleted
    with pytest.raises(NotFoundError, match="No file found"):
        client.files.content(made.id)
    with pytest.raises(BadRequestError, match="File is empty"):
        client.files.create(file=("empty.md", b""), purpose="assistants")


def test_vector_stores(client: OpenAI) -> None:
    notes, tool = (
        client.files.create(file=(name, text), purpose="assistants").id
        for name, text in (("notes.md", b"Version 2.1 is faster than 2.0."), ("tool.exe", b"MZ"))
    )
    expiry: Any = {"anchor": "last_active_at", "days": 2}
    made = client.vector_stores.create(name="Docs", file_ids=[notes], expires_after=expiry)
    assert (made.status, made.file_counts.in_progress) == ("in_progress", 1)
    assert processed(client, made.id, notes).status == "completed"
    failed = client.vector_stores.files.create(made.id, file_id=tool)
    failed = processed(client, made.id, failed.id)
    assert failed.last_error is not None
    assert (failed.status, failed.last_error.code) == ("failed", "unsupported_file")
    store = client.vector_stores.retrieve(made.id)
    counts = store.file_counts
    assert (store.status, counts.completed, counts.failed, counts.total) == ("completed", 1, 1, 2)
    assert store.expires_at == store.last_active_at + 2 * 86400  # type: ignore[operator]
    changed = client.vector_stores.update(made.id, name="Handbook", expires_after=None, metadata={"k": "v"})
    assert (changed.name, changed.expires_at, changed.metadata) == ("Handbook", None, {"k": "v"})
    assert [each.id for each in client.vector_stores.list()] == [made.id]
    assert client.vector_stores.delete(made.id).deleted
    with pytest.raises(NotFoundError, match="No vector store found"):
        client.vector_stores.files.list(made.id)
    assert client.files.retrieve(notes).id == notes


def test_files_of_two_vector_stores(client: OpenAI) -> None:
    one, two = client.vector_stores.create(name="One").id, client.vector_stores.create(name="Two").id
    file = client.files.create(file=("a.txt", b"Red apples and green pears"), purpose="assistants").id
    for store, rank in ((one, 1.5), (two, 2)):
        client.vector_stores.files.create(store, file_id=file, attributes={"rank": rank, "store": store})
        assert processed(client, store, file).attributes == {"rank": rank, "store": store}
    changed = client.vector_stores.files.update(file, vector_store_id=one, attributes={"rank": 3})
    assert changed.attributes == {"rank": 3}
    assert processed(client, two, file).attributes == {"rank": 2, "store": two}
    assert [each.text for each in client.vector_stores.files.content(file, vector_store_id=one)] == [
        "Red apples and green pears"
    ]
    assert client.vector_stores.files.delete(file, vector_store_id=one).deleted
    assert [each.id for each in client.vector_stores.files.list(one)] == []
    assert [each.id for each in client.vector_stores.files.list(two, filter="completed")] == [file]
    assert client.files.delete(file).deleted
    assert client.vector_stores.retrieve(two).file_counts.total == 0


def test_search(client: OpenAI) -> None:
    store = client.vector_stores.create(name="Fruit").id
    for name, text, kind in (("a.txt", b"Red apples", "round"), ("b.md", b"Green pears and red plums", "oval")):
        file = client.files.create(file=(name, text), purpose="assistants").id
        client.vector_stores.files.create(store, file_id=file, attributes={"kind": kind})
        processed(client, store, file)
    found = client.vector_stores.search(store, query="where are red plums?")
    assert [(each.filename, each.score, each.content[0].text) for each in found] == [
        ("b.md", 0.5, "Green pears and red plums"),
        ("a.txt", 0.25, "Red apples"),
    ]
    only: Any = {"type": "and", "filters": [{"type": "eq", "key": "kind", "value": "round"}]}
    assert [each.filename for each in client.vector_stores.search(store, query=["red", "pears"], filters=only)] == [
        "a.txt"
    ]
    assert list(client.vector_stores.search(store, query="quinces")) == []
