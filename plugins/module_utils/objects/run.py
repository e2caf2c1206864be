# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs: an assistant at work on a thread (API path `/threads/{thread_id}/runs`, schema `RunObject`)."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from ..api.client import Client, path_of
from ..api.errors import InvalidTask, OpenAIError, StreamBroken
from ..api.libraries import BeforeValidator, Field
from ..api.models import RequestModel, received
from ..api.pages import walk
from ..engine.plan import KNOWN_AFTER_APPLY, Json, Rules
from ..engine.resource import Matcher, Resource
from ..engine.wait import WaitTimeout, until_stopped
from ..engine.wish import Wish
from ..engine.write import settled
from . import assistant, message, shapes
from .active_run import MOVING, STOPPED, ThreadOptions, cancel, make_room
from .options import NO_SECRET, TaskOptions
from .run_step import StepOptions
from .thread import ThreadBody

RUN_KEY = "ansible_run_key"
"""The metadata key that keeps the task's `run_key`."""

FAILED = ("failed", "cancelled", "expired", "incomplete")

SET_ON_THE_WAY = (
    "status",
    "required_action",
    "last_error",
    "incomplete_details",
    "completed_at",
    "cancelled_at",
    "failed_at",
    "expires_at",
    "usage",
)
"""The fields that change while a run is at work."""


class ToolOutput(TaskOptions):
    """What a tool call of a run gave."""

    tool_call_id: str
    output: Any


class RunOptions(ThreadOptions, StepOptions):
    """The options that are not fields of a run."""

    run_key: Annotated[str | None, NO_SECRET] = None
    wait: bool = True
    cancel_on_timeout: bool = False
    stream: bool = False
    tool_outputs: list[ToolOutput] | None = None
    fail_on_status: bool = True


class ChosenFunction(RequestModel):
    """The function that a run must call."""

    name: shapes.ToolName


class ToolChoice(RequestModel):
    """Schema `AssistantsNamedToolChoice`."""

    type: Literal["function", "code_interpreter", "file_search"]
    function: ChosenFunction | None = None


def _tool_choice(given: Any) -> Any:
    """A word, or the one tool to use."""
    if isinstance(given, str) and given.startswith("{"):
        given = shapes.json_value(given)
    if isinstance(given, str):
        if given not in ("none", "auto", "required"):
            raise ValueError("it must be none, auto or required, or a mapping with the type of the tool to use")
        return given
    choice = ToolChoice.model_validate(given)
    if (choice.type == "function") != (choice.function is not None):
        raise ValueError("function goes with the type function, and with no other")
    return choice.model_dump(exclude_unset=True)


class TruncationStrategy(RequestModel):
    """Schema `TruncationObject`."""

    type: Literal["auto", "last_messages"]
    last_messages: Annotated[int, Field(ge=1)] | None = None
    constraints = {"required_if": [("type", "last_messages", ("last_messages",))]}


class RunBody(RequestModel):
    """Schemas `CreateRunRequest` and `CreateThreadAndRunRequest`."""

    assistant_id: str | None = None
    thread: ThreadBody | None = None
    model: Annotated[str, Field(min_length=1)] | None = None
    instructions: str | None = None
    additional_instructions: str | None = None
    additional_messages: list[message.NewMessage] | None = None
    tools: Annotated[list[shapes.Tool], Field(max_length=20)] | None = None
    tool_resources: shapes.ToolResourcesById | None = None
    metadata: shapes.Metadata | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(ge=0, le=1)] | None = None
    max_prompt_tokens: Annotated[int, Field(ge=256), NO_SECRET] | None = None
    max_completion_tokens: Annotated[int, Field(ge=256), NO_SECRET] | None = None
    truncation_strategy: TruncationStrategy | None = None
    tool_choice: Annotated[Any, BeforeValidator(_tool_choice)] = None
    parallel_tool_calls: bool | None = None
    response_format: shapes.ResponseFormat | None = None
    reasoning_effort: assistant.ReasoningEffort | None = None


class RunFailed(OpenAIError):
    """A run came to an end that is none of its purposes."""


def with_run_key(declared: Json, options: Json) -> Json:
    """The fields of a new run, with the task's `run_key` in its metadata. Raises InvalidTask on an empty one."""
    key = options.get("run_key")
    if key == "":
        raise InvalidTask("run_key is empty: give one that tells this run from others, or leave the option out")
    return declared if key is None else {**declared, "metadata": {**declared.get("metadata", {}), RUN_KEY: key}}


def same_run_key(declared: Json, options: Json) -> Matcher | None:
    """Runs are the same where they carry the same `run_key`."""
    key = options.get("run_key")
    return (lambda other: (other.get("metadata") or {}).get(RUN_KEY) == key) if key else None


def start(client: Client, path: str, payload: Json, wish: Wish) -> Json:
    """Creates the run; with `stream` returns it at its stop, as the server's events tell of it."""
    query = {"include[]": wish.options["include"]} if wish.options["include"] else None
    if _streams(wish):
        return _last_told(client, path, payload, query, wish)
    return received(client.post(path, payload, query), RESOURCE.kind)


def _streams(wish: Wish) -> bool:
    return bool(wish.options["stream"] and wish.options["wait"])


def _last_told(client: Client, path: str, payload: Json, query: Json | None, wish: Wish) -> Json:
    """The run as the events of a stream last told of it: stopped, unless the stream broke or time ran out."""
    run: Json | None = None
    timeout = max(1.0, wish.deadline.left)
    try:
        for event in client.stream(path, {**payload, "stream": True}, query, timeout=timeout):
            if event.data.get("object") == RESOURCE.kind:
                run = event.data
            if wish.deadline.left <= 0:
                break
    except StreamBroken:
        if run is None:
            raise
    if run is None:
        raise client.stream_broken(path, "ended without telling of a run")
    return run


def finished(client: Client, run: Json, wish: Wish) -> Json:
    """Brings the run to its stop as the task says, and adds what it wrote.

    Raises RunFailed, WaitTimeout or InvalidTask, each carrying the run.
    """
    run, submitted = _submitted(client, _stopped(client, run, wish), wish)
    try:
        return {**_written(client, run, wish), **submitted}
    except OpenAIError as error:
        error.result = {**submitted, "run": run, **error.result}
        raise


def _written(client: Client, run: Json, wish: Wish) -> Json:
    """The run with what it wrote. Raises RunFailed if it came to no good end."""
    if run["status"] in FAILED and wish.options["fail_on_status"]:
        raise _failure(run)
    wrote = run["status"] in ("completed", "incomplete")
    query = {"order": "asc", "run_id": run["id"]}
    path = path_of("/threads/{thread_id}/messages", thread_id=run["thread_id"])
    messages = list(walk(client, path, query)) if wrote else []
    return {"run": run, "messages": messages, "reply": reply_of(messages)}


def _path(run: Json) -> str:
    return path_of("/threads/{thread_id}/runs/{id}", thread_id=run["thread_id"], id=run["id"])


def _stopped(client: Client, run: Json, wish: Wish) -> Json:
    """The run at its stop, or as it is where the task does not wait."""
    if wish.check_mode or not wish.options["wait"]:
        return run
    try:
        return until_stopped(client, _path(run), run, MOVING, wish.deadline, "run")
    except WaitTimeout as timeout:
        if wish.options["cancel_on_timeout"]:
            timeout.result = {"changed": True, "run": cancel(client, _path(run))}
        raise


def _submitted(client: Client, run: Json, wish: Wish) -> tuple[Json, Json]:
    """The run after it got the tool outputs that it asks for and the task holds, and what that changes."""
    given = wish.options["tool_outputs"]
    if run["status"] != "requires_action" or given is None:
        return run, {}
    outputs = _asked_outputs(run, given)
    change = {"changed": True, "diff": {"before": {"tool_outputs": []}, "after": {"tool_outputs": outputs}}}
    if wish.check_mode:
        return {**run, **dict.fromkeys(SET_ON_THE_WAY, KNOWN_AFTER_APPLY)}, {**change, **RESOURCE.predicted_results}
    run = _submit(client, run, outputs, wish)
    try:
        return _stopped(client, run, wish), change
    except OpenAIError as error:
        error.result = {**change, **error.result}
        raise


def _submit(client: Client, run: Json, outputs: list[Json], wish: Wish) -> Json:
    """Hands the outputs in; returns the run as it goes on."""
    path, payload = f"{_path(run)}/submit_tool_outputs", {"tool_outputs": outputs}

    def send() -> Json:
        if _streams(wish):
            return _last_told(client, path, payload, None, wish)
        return received(client.post(path, payload), RESOURCE.kind)

    def look() -> Json | None:
        seen = received(client.get(_path(run)), RESOURCE.kind)
        return None if seen["status"] == "requires_action" else seen

    return settled(client, send, look)


def _asked_outputs(run: Json, given: list[Json]) -> list[Json]:
    """One output for each call that the run asks for; raises InvalidTask naming the calls that have none."""
    outputs = {one["tool_call_id"]: _as_text(one["output"]) for one in given}
    calls = run["required_action"]["submit_tool_outputs"]["tool_calls"]
    missing = [f"{call['id']} ({call['function']['name']})" for call in calls if call["id"] not in outputs]
    if missing:
        error = InvalidTask(
            f"run {run['id']} asks for the outputs of all its tool calls, missing: {', '.join(missing)}"
        )
        error.result = {"run": run}
        raise error
    return [{"tool_call_id": call["id"], "output": outputs[call["id"]]} for call in calls]


def _as_text(output: Any) -> str:
    return output if isinstance(output, str) else json.dumps(output)


def reply_of(messages: list[Json]) -> str:
    """The text of some messages, an empty line between two parts."""
    parts = [part for one in messages for part in one["content"] if part.get("type") == "text"]
    return "\n\n".join(part["text"]["value"] for part in parts)


def _failure(run: Json) -> RunFailed:
    error = run.get("last_error") or {}
    reason = error.get("message") or (run.get("incomplete_details") or {}).get("reason")
    code = error.get("code")
    because = ": " + " - ".join(str(part) for part in (code, reason) if part) if code or reason else ""
    failure = RunFailed(f"run {run['id']} ended {run['status']}{because}", code=code or run["status"], message=reason)
    failure.result = {"run": run}
    return failure


RESOURCE = Resource(
    name="run",
    plural="runs",
    kind="thread.run",
    path="/threads/{thread_id}/runs",
    path_without_parent="/threads/runs",
    body=RunBody,
    required=("assistant_id",),
    to_creation=with_run_key,
    identity=same_run_key,
    traits=("assistant_id", "metadata"),
    rules=Rules(
        defaults={
            "metadata": {},
            "tool_choice": "auto",
            "truncation_strategy": {"type": "auto", "last_messages": None},
            "parallel_tool_calls": True,
            "max_prompt_tokens": None,
            "max_completion_tokens": None,
        },
        updatable=("metadata",),
        write_only=(
            "additional_instructions",
            "additional_messages",
            "reasoning_effort",
            "thread",
            "tool_resources",
        ),
        kept_metadata=(RUN_KEY,),
    ),
    server_fields=(
        "id",
        "created_at",
        "thread_id",
        "started_at",
        "model",
        "instructions",
        "tools",
        "temperature",
        "top_p",
        "response_format",
        *SET_ON_THE_WAY,
    ),
    read_forms={"tools": shapes.shown_tools},
    removal="cancel",
    ended=STOPPED,
    set_by_end=("cancelled_at", "expires_at", "required_action", "usage"),
    moving=MOVING,
    create=start,
    make_room=make_room,
    follow_up=finished,
    predicted_results={"messages": [message.PREDICTED_REPLY], "reply": KNOWN_AFTER_APPLY},
)
