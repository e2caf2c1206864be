# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run steps: what a run did, step by step (API path `.../runs/{run_id}/steps`, schema `RunStepObject`). Only read."""

from __future__ import annotations

from typing import Annotated, Literal

from ...engine.fields import SOMETIMES, Shown, ShownObject, TaskOptions
from ...engine.place import Place
from ...engine.plan import Json
from ...engine.resource import Resource
from . import FAMILY

Include = list[Literal["step_details.tool_calls[*].file_search.results[*].content"]]
"""The one field that the API adds on request (query parameter `include[]`)."""


class StepOptions(TaskOptions):
    """What is added to what the server shows."""

    include: Include | None = None
    """
    - Fields that the server is asked to add to its answer. They are sent as the query parameter C(include[]).
    - The one value there is asks for the texts that a file search has found.
    """


class StepMessageCreation(ShownObject):
    """The `message_creation` of schema `RunStepObject`."""

    message_id: Annotated[str, Shown("msg_0b6e5f1d2c84")]
    """The id of the message."""


class StepImage(ShownObject):
    """The `image` of schema `RunStepObject`."""

    file_id: Annotated[str, Shown("file-9c1e77")]
    """The id of the file."""


class StepOutput(ShownObject):
    """The `outputs` of schema `RunStepObject`."""

    type: Annotated[str, Shown("logs")]
    """V(logs) or V(image)."""

    logs: Annotated[str, Shown("42", when="when the type is V(logs)")]
    """The text."""

    image: Annotated[StepImage, Shown(when="when the type is V(image)")]
    """The image, as the id of its file."""


class StepCodeInterpreter(ShownObject):
    """The `code_interpreter` of schema `RunStepObject`."""

    input: Annotated[str, Shown("print(6 * 7)")]
    """The code."""

    outputs: Annotated[list[StepOutput], Shown()]
    """What the code has put out."""


class StepResult(ShownObject):
    """The `results` of schema `RunStepObject`."""

    file_id: Annotated[str, Shown("file-9c1e77")]
    """The id of the file that it was found in."""

    file_name: Annotated[str, Shown("changes.md")]
    """The name of that file."""

    score: Annotated[float, Shown(0.82)]
    """How well it fits, from 0 to 1."""

    content: Annotated[
        list[Json],
        Shown([{"type": "text", "text": "Version 2.1 makes fewer requests."}], when="when O(include) asks for it"),
    ]
    """The texts that were found, each with its C(type) and C(text)."""


class StepFileSearch(ShownObject):
    """The `file_search` of schema `RunStepObject`."""

    ranking_options: Annotated[Json, Shown({"ranker": "default_2024_08_21", "score_threshold": 0.0}, when=SOMETIMES)]
    """How the results were ranked, as C(ranker) and C(score_threshold)."""

    results: Annotated[list[StepResult], Shown(when=SOMETIMES)]
    """What was found."""


class StepFunction(ShownObject):
    """The `function` of schema `RunStepObject`."""

    name: Annotated[str, Shown("get_status")]
    """The name of the function."""

    arguments: Annotated[str, Shown('{"host": "web1"}')]
    """Its arguments, as JSON text."""

    output: Annotated[str | None, Shown("up")]
    """The output that was handed in, or V(null) while the run waits for it."""


class StepToolCall(ShownObject):
    """The `tool_calls` of schema `RunStepObject`."""

    id: Annotated[str, Shown("call_c21f")]
    """The id of the call."""

    type: Annotated[str, Shown("function")]
    """V(code_interpreter), V(file_search) or V(function)."""

    code_interpreter: Annotated[StepCodeInterpreter, Shown(when="when the type is V(code_interpreter)")]
    """The code that was run, and what came of it."""

    file_search: Annotated[StepFileSearch, Shown(when="when the type is V(file_search)")]
    """The search, and what it has found. It may be empty."""

    function: Annotated[StepFunction, Shown(when="when the type is V(function)")]
    """The function that the run asked for."""


class StepDetails(ShownObject):
    """The `step_details` of schema `RunStepObject`."""

    type: Annotated[str, Shown("tool_calls")]
    """The same as the RV(steps[].type) of the step."""

    message_creation: Annotated[StepMessageCreation, Shown(when="when the type is V(message_creation)")]
    """The message that the run wrote."""

    tool_calls: Annotated[list[StepToolCall], Shown(when="when the type is V(tool_calls)")]
    """The calls of tools."""


class StepLastError(ShownObject):
    """The `last_error` of schema `RunStepObject`."""

    code: Annotated[str, Shown("server_error")]
    """V(server_error) or V(rate_limit_exceeded)."""

    message: Annotated[str, Shown("The server had an error.")]
    """The same in words."""


class StepUsage(ShownObject):
    """The `usage` of schema `RunStepObject`."""

    prompt_tokens: Annotated[int, Shown(120)]
    """The number of tokens that the model has read."""

    completion_tokens: Annotated[int, Shown(24)]
    """The number of tokens that the model has written."""

    total_tokens: Annotated[int, Shown(144)]
    """The sum of both."""


class Step(ShownObject):
    """Schema `RunStepObject`."""

    id: Annotated[str, Shown("step_9be1d44f")]
    """The id of the step."""

    object: Annotated[str, Shown("thread.run.step")]
    """The type of the object, which is V(thread.run.step)."""

    created_at: Annotated[int, Shown(1764000121)]
    """When the step was created, in seconds since 1970."""

    assistant_id: Annotated[str, Shown("asst_4f8d2c91b7a0")]
    """The id of the assistant that did the work."""

    thread_id: Annotated[str, Shown("thread_71c0aa5e93d2")]
    """The id of the thread that the run works on."""

    run_id: Annotated[str, Shown("run_5ad3e8c07f16")]
    """The id of the run that the step belongs to."""

    type: Annotated[str, Shown("tool_calls")]
    """V(message_creation) where the run wrote a message, V(tool_calls) where it called tools."""

    status: Annotated[str, Shown("completed")]
    """V(in_progress), V(cancelled), V(failed), V(completed) or V(expired)."""

    step_details: Annotated[StepDetails, Shown()]
    """What the step did."""

    last_error: Annotated[StepLastError | None, Shown(None)]
    """Why the step failed, or V(null)."""

    expired_at: Annotated[int | None, Shown(None)]
    """When the step expired, in seconds since 1970, or V(null)."""

    cancelled_at: Annotated[int | None, Shown(None)]
    """When the step was cancelled, in seconds since 1970, or V(null)."""

    failed_at: Annotated[int | None, Shown(None)]
    """When the step failed, in seconds since 1970, or V(null)."""

    completed_at: Annotated[int | None, Shown(1764000123)]
    """When the step was completed, in seconds since 1970, or V(null)."""

    metadata: Annotated[Json | None, Shown({})]
    """The keys and values that are kept with the step. It may be V(null)."""

    usage: Annotated[StepUsage | None, Shown()]
    """What the step has cost, or V(null) while it is in progress."""


RESOURCE = Resource(
    name="step",
    plural="steps",
    kind="thread.run.step",
    place=Place(path="/threads/{thread_id}/runs/{run_id}/steps", family=FAMILY),
    shown=Step,
)
