# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs: an assistant at work on a thread (API path `/threads/{thread_id}/runs`, schema `RunObject`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from ...api.errors import InvalidTask
from ...api.libraries import BeforeValidator, Field
from ...api.models import RequestModel
from ...engine.fields import NO_SECRET, SOMETIMES, Option, Shown, ShownObject, defaults_of
from ...engine.identity import Identity, Matcher, Named
from ...engine.place import Place
from ...engine.plan import Json, Rules
from ...engine.resource import Resource
from ...parts import tools as tool_list
from ...parts.json_schema import Name, json_value
from ...parts.metadata import WithMetadata
from ...parts.response_format import WithResponseFormat
from ...parts.sampling import Sampling
from ...parts.tool_resources import ToolResourcesById
from . import FAMILY, assistant, message, thread
from .active_run import RUN, ThreadOptions, ThreadResults
from .required_action import ToolApproval, ToolOutput
from .run_life import RunLife
from .run_step import Include
from .thread import LostOptions, NewThread

PLACE = Place(
    path="/threads/{thread_id}/runs",
    without_parent="/threads/runs",
    parents_fields=("thread", "tool_resources"),
    family=FAMILY,
)

RUN_KEY = "ansible_run_key"
"""The metadata key that keeps the task's `run_key`."""


class RunOptions(LostOptions, ThreadOptions):
    """The options that are not fields of a run."""

    run_key: Annotated[str | None, NO_SECRET] = None
    """
    - A name of your own for this run, by which it is found again in its thread. A second task with the same key returns
      the same run and starts none.
    - With a new O(thread), the thread is found again by it too, from version 1.0.0. The O(ledger) knows that thread by
      the name C(run:KEY), which stands in the metadata of the thread under the key C(ansible_name).
    - It is kept in the metadata of the run under the key C(ansible_run_key), which counts as one of its 16 pairs. At
      most 512 characters, and with a new O(thread) 508. If several runs have it, the newest one is taken.
    - It is written when the run is started, and a later change of the O(metadata) keeps it. On a run that is found by
      it nothing else of the metadata is touched, unless the task gives O(metadata).
    """

    wait: bool = True
    """
    - Whether to wait until the run has stopped. With O(state=absent), until the run that was cancelled has ended. A run
      that was being cancelled already is not waited for.
    - Otherwise the run is returned as it is at once, most often without messages.
    - In check mode nothing is waited for.
    """

    wait_timeout: float = 600
    """
    - The seconds to wait in all, for this run and, with O(on_active_run), for another one of the thread.
    - After that the task fails and returns the run that it waited for, as it was last read. This run is returned as
      RV(run), and the other one as RV(active_run). The run itself goes on, unless O(cancel_on_timeout=true).
    - The pause between two looks at the status is what the server asks for, else it grows from half a second to five
      seconds.
    """

    cancel_on_timeout: bool = False
    """
    - Whether a run that has not stopped within O(wait_timeout) is cancelled. The task fails in either case. It does not
      wait for the end of the cancelled run.
    - It only matters with O(state=present).
    """

    stream: bool = False
    """
    - Whether the server is asked to report on the run in a stream of events. The end of the run is then known at once,
      without looking at its status again and again.
    - If the stream breaks after it has told of the run, the module goes on by looking at the status. The result is the
      same.
    - It only matters with O(wait=true).
    """

    include: Include | None = None
    """
    - Fields that the server is asked to add to its answer when the run is created. They are sent as the query parameter
      C(include[]).
    - The one value there is asks for the texts that a file search has found.
    """

    tool_outputs: list[ToolOutput] | None = None
    """
    - What the functions have returned that a run in V(requires_action) waits for. The outputs are handed in, and the
      run goes on.
    - Every call in RV(run.required_action) must have its output, else the task fails and names those that have none.
      Outputs of other calls are left out.
    - A run in any other status is left as it is, so a second run of the task hands in nothing.
    """

    tool_approvals: Annotated[list[ToolApproval] | None, Option(since="1.0.0")] = None
    """
    - Whether a run in V(requires_action) may make the calls that it asks leave for. Servers of Microsoft Foundry ask so
      before they call a tool of an MCP server. The answers are handed in, and the run goes on.
    - Every call in RV(run.required_action) must have its answer, else the task fails and names those that have none.
      Answers to other calls are left out.
    - A run in any other status is left as it is. One that waits for O(tool_outputs) fails the task if they are left
      out.
    """

    fail_on_status: bool = True
    """
    - Whether the task fails if the status of the run is V(failed), V(cancelled), V(expired) or V(incomplete). The run
      is returned in either case.
    - It only matters with O(state=present). A run that is found in such a status counts too.
    """

    rerun: Annotated[Literal["never", "failed"], Option(since="1.0.0")] = "never"
    """
    - What to do where the run that O(run_key) finds has ended as V(failed), V(cancelled), V(expired) or V(incomplete).
    - never: It is the run of that key, and counts as any other that is found.
      failed: Another run of the same key is started.
    """


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
    """
    - Who chooses the messages.
    - auto: The server. It leaves out messages in the middle of the thread where they are too many for the model.
      last_messages: The task, by their number.
    """

    last_messages: Annotated[int, Field(ge=1)] | None = None
    """
    - How many of the newest messages the model reads. {limit}
    """

    constraints = {"required_if": [("type", "last_messages", ("last_messages",))]}


class RunBody(WithResponseFormat, tool_list.WithTools, WithMetadata, Sampling):
    """Schemas `CreateRunRequest` and `CreateThreadAndRunRequest`."""

    assistant_id: str | None = None
    """
    - The id of the assistant that does the work.
    - Required when the run is created.
    """

    thread: NewThread | None = None
    """
    - A new thread for the run to work on, which is created together with the run. V({}) gives an empty one.
    - With it the task creates a thread and a run at every run of the playbook.
    """

    model: Annotated[str, Field(min_length=1)] | None = None
    """
    - The model that answers in this run, in place of the one of the assistant. {limit}
    """

    instructions: str | None = None
    """
    - What the model is told in this run, in place of the instructions of the assistant.
    """

    additional_instructions: str | None = None
    """
    - What the model is told in this run after the instructions.
    - The server does not show it apart from the instructions. It only matters when the run is created.
    """

    additional_messages: list[message.NewMessage] | None = None
    """
    - Messages to add to the thread before the run starts, the oldest first.
    - They only matter when the run is created.
    """

    tools: Annotated[list[tool_list.Tool], Field(max_length=20)] | None = None

    tool_resources: ToolResourcesById | None = None
    """
    - What the tools may use in this run, in place of what the assistant has.
    - It only matters when the run is created, and only goes together with O(thread).
    """

    max_prompt_tokens: Annotated[int, Field(ge=256), NO_SECRET] | None = None
    """
    - How many tokens the run may read in all. {limit}
    - A run that needs more ends as V(incomplete).
    """

    max_completion_tokens: Annotated[int, Field(ge=256), NO_SECRET] | None = None
    """
    - How many tokens the run may write in all. {limit}
    - A run that needs more ends as V(incomplete).
    """

    truncation_strategy: TruncationStrategy | None = None
    """
    - Which messages of a long thread the model reads.
    """

    tool_choice: Annotated[Any, BeforeValidator(_tool_choice)] = None
    """
    - Which tool the model uses.
    - V(auto) leaves it to the model, which is also what the server takes if it is left out. V(none) keeps it from using
      any. V(required) makes it use at least one.
    - A mapping names the one tool to use. Its C(type) is V(code_interpreter), V(file_search), or V(function) together
      with C(function), a mapping with the C(name) of the function.
    """

    parallel_tool_calls: bool | None = None
    """
    - Whether the model may ask for several functions at once.
    - If it is left out, the server takes V(true).
    """

    reasoning_effort: assistant.ReasoningEffort | None = None
    """
    - How much a reasoning model thinks before it answers. Not every model takes every value.
    - The server does not show it. It only matters when the run is created.
    """


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
    """
    - V(submit_tool_outputs), which means that functions are to be called.
    - V(submit_tool_approval), which means that the run asks for leave to call tools of another server.
    """

    submit_tool_outputs: Annotated[RunSubmitToolOutputs, Shown(when="when the type is V(submit_tool_outputs)")]
    """The calls that the run waits for."""

    submit_tool_approval: Annotated[Json, Shown(when="when the type is V(submit_tool_approval)", since="1.0.0")]
    """The calls that the run asks leave for, as C(tool_calls), each with its C(id) and C(type)."""


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
    - V(requires_action) while the run waits for the output of functions, or for leave to call tools.
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


class RunError(ShownObject):
    """What a run makes of the failure's facts."""

    code: Annotated[str, Shown("rate_limit_exceeded", when="when the server says so")]
    """
    - The code of the error. Of a run that ended badly its own code, else its status.
    - V(active_run) if another run is at work on the thread.
    """

    message: Annotated[str, Shown("You exceeded your current quota.", when="when the server says so")]
    """What the server says. Of a run that ended badly the reason."""


WROTE = "when O(state=present). It is empty unless the run is completed or incomplete."


class RunResults(ThreadResults):
    """What a task returns of a run."""

    run: Annotated[Run, Shown(when="when O(state=present), or when O(state=absent) and there is such a run")]
    """
    - It is returned by a failed task too, where the run exists by then. So it is after O(wait_timeout), for a later
      task to go on with.
    """

    messages: Annotated[list[message.Message], Shown(when=WROTE)]
    """
    - The messages that the run wrote, the oldest first.
    - In check mode this is one predicted message where a run would be started.
    """

    reply: Annotated[str, Shown("Version 2.1 is faster.", when=WROTE)]
    """
    - The texts of RV(messages), with an empty line between two of them.
    - In check mode this is V((known after apply\\)) where a run would be started.
    """

    error: Annotated[RunError, Shown(when="failure")]
    """What is known of the failure."""


def with_run_key(declared: Json, options: Json) -> Json:
    """The fields of a new run, with the task's `run_key` in its metadata, and in that of its own thread.

    Raises InvalidTask on an empty one.
    """
    key = options.get("run_key")
    if key == "":
        raise InvalidTask("run_key is empty: give one that tells this run from others, or leave the option out")
    if key is None:
        return declared
    own = {}
    if "thread" in declared:
        thread.check_name("run_key", key, thread.LONGEST_NAME - len(_of_thread("")))
        own = {"thread": thread.named(declared["thread"], _of_thread(key))}
    return {**declared, **own, "metadata": {**(declared.get("metadata") or {}), RUN_KEY: key}}


def _of_thread(key: str) -> str:
    """The name of the thread that the run of a key brings with it."""
    return f"run:{key}"


def name_of(declared: Json, options: Json, scope: Mapping[str, str]) -> Named | None:
    """The run's key in its thread; where it brings that with it, the name of the thread."""
    key = options.get("run_key")
    if not key:
        return None
    if scope:
        return Named(text=key, kind=RUN, place=PLACE)
    return Named(text=_of_thread(key), kind="thread", place=thread.PLACE, parent="thread_id")


def same_run_key(declared: Json, options: Json) -> Matcher | None:
    """Runs are the same where they carry the same `run_key`."""
    key = options.get("run_key")
    return (lambda other: (other.get("metadata") or {}).get(RUN_KEY) == key) if key else None


RESOURCE = Resource(
    name="run",
    plural="runs",
    kind=RUN,
    place=PLACE,
    body=RunBody,
    shown=Run,
    title=("metadata", RUN_KEY),
    results=RunResults,
    required=("assistant_id",),
    identity=Identity(
        matches=same_run_key,
        taken="newest",
        marked=with_run_key,
        named=name_of,
        traits=("assistant_id", "metadata"),
    ),
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
