# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs: an assistant at work on a thread (API path `/threads/{thread_id}/runs`, schema `RunObject`)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ...api.errors import InvalidTask
from ...api.libraries import BeforeValidator, Field
from ...api.models import RequestModel
from ...engine.fields import NO_SECRET, SOMETIMES, Shown, ShownObject, defaults_of
from ...engine.identity import Identity, Matcher
from ...engine.place import Place
from ...engine.plan import Json, Rules
from ...engine.resource import Resource
from ...parts import tools as tool_list
from ...parts.json_schema import Name, json_value
from ...parts.metadata import Metadata
from ...parts.response_format import ResponseFormat
from ...parts.tool_resources import ToolResourcesById
from . import FAMILY, assistant, message
from .active_run import RUN, ThreadOptions
from .required_action import ToolApproval, ToolOutput
from .run_life import RunLife
from .run_step import StepOptions
from .thread import ThreadBody

RUN_KEY = "ansible_run_key"
"""The metadata key that keeps the task's `run_key`."""


class RunOptions(ThreadOptions, StepOptions):
    """The options that are not fields of a run."""

    run_key: Annotated[str | None, NO_SECRET] = None
    wait: bool = True
    cancel_on_timeout: bool = False
    stream: bool = False
    tool_outputs: list[ToolOutput] | None = None
    tool_approvals: list[ToolApproval] | None = None
    fail_on_status: bool = True
    rerun: Literal["never", "failed"] = "never"


class ChosenFunction(RequestModel):
    """The function that a run must call."""

    name: Name


class ToolChoice(RequestModel):
    """Schema `AssistantsNamedToolChoice`."""

    type: Literal["function", "code_interpreter", "file_search"]
    function: ChosenFunction | None = None


def _tool_choice(given: Any) -> Any:
    """A word, or the one tool to use."""
    if isinstance(given, str) and given.startswith("{"):
        given = json_value(given)
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
    tools: Annotated[list[tool_list.Tool], Field(max_length=20)] | None = None
    tool_resources: ToolResourcesById | None = None
    metadata: Metadata | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(ge=0, le=1)] | None = None
    max_prompt_tokens: Annotated[int, Field(ge=256), NO_SECRET] | None = None
    max_completion_tokens: Annotated[int, Field(ge=256), NO_SECRET] | None = None
    truncation_strategy: TruncationStrategy | None = None
    tool_choice: Annotated[Any, BeforeValidator(_tool_choice)] = None
    parallel_tool_calls: bool | None = None
    response_format: ResponseFormat | None = None
    reasoning_effort: assistant.ReasoningEffort | None = None


class RunToolCall(ShownObject):
    """The `tool_calls` of schema `RunObject`."""

    id: Annotated[str, Shown("call_c21f")]
    """The id of the call, which its output is handed in with."""

    type: Annotated[str, Shown("function")]
    """The type of the tool, which is V(function)."""

    function: Annotated[Json, Shown({"name": "get_status", "arguments": '{"host": "web1"}'})]
    """The C(name) of the function, and its C(arguments) as JSON text."""


class RunSubmitToolOutputs(ShownObject):
    """The `submit_tool_outputs` of schema `RunObject`."""

    tool_calls: Annotated[list[RunToolCall], Shown()]
    """One entry for each call."""


class RunRequiredAction(ShownObject):
    """The `required_action` of schema `RunObject`."""

    type: Annotated[str, Shown("submit_tool_outputs")]
    """V(submit_tool_outputs), which means that functions are to be called."""

    submit_tool_outputs: Annotated[RunSubmitToolOutputs, Shown()]
    """The calls that the run waits for."""


class RunLastError(ShownObject):
    """The `last_error` of schema `RunObject`."""

    code: Annotated[str, Shown("rate_limit_exceeded")]
    """V(server_error), V(rate_limit_exceeded) or V(invalid_prompt)."""

    message: Annotated[str, Shown("You exceeded your current quota.")]
    """The same in words."""


class RunIncompleteDetails(ShownObject):
    """The `incomplete_details` of schema `RunObject`."""

    reason: Annotated[str, Shown("max_completion_tokens", when="when the run is incomplete")]
    """The limit that was reached, V(max_prompt_tokens) or V(max_completion_tokens)."""


class RunUsage(ShownObject):
    """The `usage` of schema `RunObject`."""

    prompt_tokens: Annotated[int, Shown(120)]
    """The number of tokens that the model has read."""

    completion_tokens: Annotated[int, Shown(48)]
    """The number of tokens that the model has written."""

    total_tokens: Annotated[int, Shown(168)]
    """The sum of both."""


class RunTruncationStrategy(ShownObject):
    """The `truncation_strategy` of schema `RunObject`."""

    type: Annotated[str, Shown("auto")]
    """V(auto) or V(last_messages)."""

    last_messages: Annotated[int | None, Shown(None, when=SOMETIMES)]
    """The number of messages, or V(null)."""


class Run(ShownObject):
    """Schema `RunObject`."""

    steering = ("status", "thread_id")

    id: Annotated[str, Shown("run_5ad3e8c07f16")]
    """The id of the run."""

    object: Annotated[str, Shown("thread.run")]
    """The type of the object, which is V(thread.run)."""

    created_at: Annotated[int, Shown(1764000120)]
    """When the run was created, in seconds since 1970."""

    thread_id: Annotated[str, Shown("thread_71c0aa5e93d2")]
    """The id of the thread that the run works on."""

    assistant_id: Annotated[str, Shown("asst_4f8d2c91b7a0")]
    """The id of the assistant that does the work."""

    status: Annotated[str, Shown("completed")]
    """
    - V(queued), V(in_progress) or V(cancelling) while the server is at work.
    - V(requires_action) while the run waits for the output of functions.
    - V(completed), V(failed), V(cancelled), V(expired) or V(incomplete) once it has ended.
    """

    required_action: Annotated[RunRequiredAction | None, Shown(None)]
    """What the run waits for, or V(null)."""

    last_error: Annotated[RunLastError | None, Shown(None)]
    """Why the run failed, or V(null)."""

    expires_at: Annotated[int | None, Shown(1764000720)]
    """When the run expires unless it ends before, in seconds since 1970, or V(null)."""

    started_at: Annotated[int | None, Shown(1764000121)]
    """When the server began to work, in seconds since 1970, or V(null)."""

    cancelled_at: Annotated[int | None, Shown(None)]
    """When the run was cancelled, in seconds since 1970, or V(null)."""

    failed_at: Annotated[int | None, Shown(None)]
    """When the run failed, in seconds since 1970, or V(null)."""

    completed_at: Annotated[int | None, Shown(1764000124)]
    """When the run was completed, in seconds since 1970, or V(null)."""

    incomplete_details: Annotated[RunIncompleteDetails | None, Shown(None)]
    """Why the run is incomplete, or V(null)."""

    model: Annotated[str, Shown("gpt-4o")]
    """The model that answers."""

    instructions: Annotated[str, Shown("You write short release notes.")]
    """What the model is told."""

    tools: Annotated[list[Json], Shown([])]
    """The tools that the model may use."""

    metadata: Annotated[Json, Shown({"ansible_run_key": "notes-2.1"})] = {}
    """The keys and values that are kept with the run, with C(ansible_run_key) if it was started with a key."""

    usage: Annotated[RunUsage | None, Shown()]
    """What the run has cost, or V(null) while it has not ended."""

    temperature: Annotated[float, Shown(1.0, when=SOMETIMES)]
    """How freely the model picks its words."""

    top_p: Annotated[float, Shown(1.0, when=SOMETIMES)]
    """The share of the most likely words that the model picks from."""

    max_prompt_tokens: Annotated[int | None, Shown(None)] = None
    """How many tokens the run may read in all, or V(null)."""

    max_completion_tokens: Annotated[int | None, Shown(None)] = None
    """How many tokens the run may write in all, or V(null)."""

    truncation_strategy: Annotated[RunTruncationStrategy, Shown({"type": "auto", "last_messages": None})]
    """Which messages of a long thread the model reads."""

    tool_choice: Annotated[Any, Shown("auto")] = "auto"
    """Which tool the model uses, which is a word or a mapping."""

    parallel_tool_calls: Annotated[bool, Shown(True)] = True
    """Whether the model may ask for several functions at once."""

    response_format: Annotated[Any, Shown("auto")]
    """The format of the answers, which is V(auto) or a mapping."""


def with_run_key(declared: Json, options: Json) -> Json:
    """The fields of a new run, with the task's `run_key` in its metadata. Raises InvalidTask on an empty one."""
    key = options.get("run_key")
    if key == "":
        raise InvalidTask("run_key is empty: give one that tells this run from others, or leave the option out")
    return declared if key is None else {**declared, "metadata": {**(declared.get("metadata") or {}), RUN_KEY: key}}


def same_run_key(declared: Json, options: Json) -> Matcher | None:
    """Runs are the same where they carry the same `run_key`."""
    key = options.get("run_key")
    return (lambda other: (other.get("metadata") or {}).get(RUN_KEY) == key) if key else None


RESOURCE = Resource(
    name="run",
    plural="runs",
    kind=RUN,
    place=Place(path="/threads/{thread_id}/runs", without_parent="/threads/runs", family=FAMILY),
    body=RunBody,
    shown=Run,
    required=("assistant_id",),
    identity=Identity(matches=same_run_key, taken="newest", marked=with_run_key, traits=("assistant_id", "metadata")),
    rules=Rules(
        defaults={**defaults_of(Run), "truncation_strategy": {"type": "auto", "last_messages": None}},
        read_forms={"tools": tool_list.shown_tools},
        updatable=("metadata",),
        write_only=("additional_instructions", "additional_messages", "reasoning_effort", "thread", "tool_resources"),
        kept_metadata=(RUN_KEY,),
    ),
    life=RunLife(),
    deprecations=tool_list.deprecations,
)
