# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bodies of the requests under /_control."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from ..world import Moment
from .base import Body, Omittable, type_of


def pattern(text: str) -> str:
    """A regular expression."""
    try:
        re.compile(text)
    except re.error as error:
        raise PydanticCustomError("pattern", "not a regular expression: {why}", {"why": str(error)}) from None
    return text


class FaultRequest(Body):
    """POST /_control/faults."""

    method: Literal["GET", "POST", "DELETE", "PUT", "PATCH"] | None = None
    path: Annotated[str, AfterValidator(pattern)] = ""
    times: Annotated[int, Field(ge=1)] = 1
    status: Annotated[int, Field(ge=200, le=599)] | None = None
    headers: dict[str, str | int | float] = {}
    body: Any = None
    delay_ms: Annotated[float, Field(ge=0)] = 0
    every: Annotated[int, Field(ge=1)] = 1
    drop: Moment | None = None
    hang: Moment | None = None

    @model_validator(mode="after")
    def does_one_thing(self) -> FaultRequest:
        """A fault answers, drops, hangs or delays; what it cannot do together is refused."""
        told = sum(one is not None for one in (self.status, self.drop, self.hang))
        if not told and not self.delay_ms:
            raise PydanticCustomError("fault", "a fault needs one of status, drop, hang and delay_ms")
        if told > 1:
            raise PydanticCustomError("fault", "status, drop and hang exclude each other")
        if self.status is None and (self.headers or self.body is not None):
            raise PydanticCustomError("fault", "headers and body need a status")
        return self


class ToldToolCall(Body):
    """A tool call that a run is to ask for."""

    name: str
    arguments: dict[str, Any] | str = "{}"

    def as_function(self) -> dict[str, str]:
        """RunToolCallObject.function, whose arguments are JSON text."""
        given = self.arguments
        return {"name": self.name, "arguments": given if isinstance(given, str) else json.dumps(given)}


class NextRunRequest(Body):
    """POST /_control/next_run."""

    outcome: Literal["completed", "failed", "incomplete", "expired", "requires_action", "hang"] = "completed"
    text: str | None = None
    tool_calls: list[ToldToolCall] | None = None

    @model_validator(mode="after")
    def tool_calls_are_asked_for(self) -> NextRunRequest:
        """Only a run that requires action asks for tool outputs."""
        if self.tool_calls is not None and self.outcome != "requires_action":
            raise PydanticCustomError("next_run", "tool_calls need the outcome requires_action")
        return self


GonePath = Annotated[str, Field(pattern=r"^(/[A-Za-z0-9_.-]+)+$")]


class SettingsRequest(Body):
    """POST /_control/settings. What is left out stays as it is."""

    metadata_update: Omittable[Literal["replace", "merge"]] = None
    gone: Omittable[list[GonePath]] = None
    run_seconds: Omittable[Annotated[float, Field(ge=0)]] = None


class InputText(Body):
    """UserMessageInputText or UserMessageQuotedText."""

    type: Literal["input_text", "quoted_text"] = "input_text"
    text: str


class ItemAttachment(Body):
    """Attachment."""

    type: Literal["image", "file"]
    id: str
    name: str
    mime_type: str
    preview_url: str | None = None


class ToolChoiceId(Body):
    """ToolChoice."""

    id: str


class InferenceOptions(Body):
    """InferenceOptions."""

    tool_choice: ToolChoiceId | None = None
    model: str | None = None


class UserMessage(Body):
    """UserMessageItem."""

    type: Literal["chatkit.user_message"]
    content: list[InputText]
    attachments: list[ItemAttachment] = []
    inference_options: InferenceOptions | None = None


class OutputText(Body):
    """ResponseOutputText."""

    type: Literal["output_text"] = "output_text"
    text: str
    annotations: list[dict[str, Any]] = []


class AssistantMessage(Body):
    """AssistantMessageItem."""

    type: Literal["chatkit.assistant_message"]
    content: list[OutputText]


class Widget(Body):
    """WidgetMessageItem."""

    type: Literal["chatkit.widget"]
    widget: str


class ClientToolCall(Body):
    """ClientToolCallItem."""

    type: Literal["chatkit.client_tool_call"]
    status: Literal["in_progress", "completed"] = "completed"
    call_id: str
    name: str
    arguments: str = "{}"
    output: str | None = None


class TaskItem(Body):
    """TaskItem."""

    type: Literal["chatkit.task"]
    task_type: Literal["custom", "thought"] = "custom"
    heading: str | None = None
    summary: str | None = None


class GroupedTask(Body):
    """TaskGroupTask."""

    type: Literal["custom", "thought"] = "custom"
    heading: str | None = None
    summary: str | None = None


class TaskGroup(Body):
    """TaskGroupItem."""

    type: Literal["chatkit.task_group"]
    tasks: list[GroupedTask]


ThreadItem = Annotated[
    Annotated[UserMessage, Tag("<chatkit.user_message>")]
    | Annotated[AssistantMessage, Tag("<chatkit.assistant_message>")]
    | Annotated[Widget, Tag("<chatkit.widget>")]
    | Annotated[ClientToolCall, Tag("<chatkit.client_tool_call>")]
    | Annotated[TaskItem, Tag("<chatkit.task>")]
    | Annotated[TaskGroup, Tag("<chatkit.task_group>")],
    Discriminator(type_of),
]


class ChatkitThreadRequest(Body):
    """POST /_control/chatkit_threads."""

    user: Annotated[str, Field(min_length=1, max_length=512)]
    title: str | None = None
    status: Literal["active", "locked", "closed"] = "active"
    reason: str | None = None
    items: list[ThreadItem] = []
