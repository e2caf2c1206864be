# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ChatKit threads told under /_control."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from local_api.core.bodies import Body, type_of


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
