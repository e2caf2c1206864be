# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bodies of the requests under /threads: threads, messages and runs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from local_api.core.bodies import Body, Metadata, MetadataUpdate, Omittable, Temperature, TopP, shape_of, type_of

from .assistants import ReasoningEffort
from .tools import AttachmentTool, ResponseFormat, Tool, ToolChoice, ToolResources, ToolResourcesUpdate

Detail = Literal["auto", "low", "high"]


class TextPart(Body):
    """MessageRequestContentTextObject."""

    type: Literal["text"]
    text: str


class ImageFile(Body):
    """MessageContentImageFileObject.image_file."""

    file_id: str
    detail: Detail = "auto"


class ImageFilePart(Body):
    """MessageContentImageFileObject."""

    type: Literal["image_file"]
    image_file: ImageFile


class ImageUrl(Body):
    """MessageContentImageUrlObject.image_url."""

    url: str
    detail: Detail = "auto"


class ImageUrlPart(Body):
    """MessageContentImageUrlObject."""

    type: Literal["image_url"]
    image_url: ImageUrl


Part = Annotated[
    Annotated[TextPart, Tag("<text>")]
    | Annotated[ImageFilePart, Tag("<image_file>")]
    | Annotated[ImageUrlPart, Tag("<image_url>")],
    Discriminator(type_of),
]

Content = Annotated[
    Annotated[str, Tag("<string>")] | Annotated[list[Part], Field(min_length=1), Tag("<array>")],
    Discriminator(shape_of),
]


class Attachment(Body):
    """An entry of a message's attachments."""

    file_id: str
    tools: list[AttachmentTool]


class CreateMessageRequest(Body):
    """CreateMessageRequest."""

    role: Literal["user", "assistant"]
    content: Content
    attachments: list[Attachment] | None = None
    metadata: Metadata | None = None


class ModifyMessageRequest(Body):
    """ModifyMessageRequest."""

    metadata: MetadataUpdate | None = None


class CreateThreadRequest(Body):
    """CreateThreadRequest."""

    messages: list[CreateMessageRequest] = []
    tool_resources: ToolResources | None = None
    metadata: Metadata | None = None


class ModifyThreadRequest(Body):
    """ModifyThreadRequest."""

    tool_resources: ToolResourcesUpdate | None = None
    metadata: MetadataUpdate | None = None


class Truncation(Body):
    """TruncationObject."""

    type: Literal["auto", "last_messages"]
    last_messages: Annotated[int, Field(ge=1)] | None = None


MaxTokens = Annotated[int, Field(ge=256)]


class RunFields(Body):
    """What the two requests that create a run have in common."""

    assistant_id: str
    model: str | None = None
    instructions: str | None = None
    tools: Annotated[list[Tool], Field(max_length=20)] | None = None
    metadata: Metadata | None = None
    temperature: Temperature | None = None
    top_p: TopP | None = None
    stream: bool | None = None
    max_prompt_tokens: MaxTokens | None = None
    max_completion_tokens: MaxTokens | None = None
    truncation_strategy: Truncation | None = None
    tool_choice: ToolChoice | None = None
    parallel_tool_calls: bool = True
    response_format: ResponseFormat | None = None


class CreateRunRequest(RunFields):
    """CreateRunRequest."""

    additional_instructions: str | None = None
    additional_messages: list[CreateMessageRequest] | None = None
    reasoning_effort: ReasoningEffort | None = None


class CreateThreadAndRunRequest(RunFields):
    """CreateThreadAndRunRequest."""

    thread: CreateThreadRequest = CreateThreadRequest()
    tool_resources: ToolResourcesUpdate | None = None


class ModifyRunRequest(Body):
    """ModifyRunRequest."""

    metadata: MetadataUpdate | None = None


class ToolOutput(Body):
    """An entry of tool_outputs."""

    tool_call_id: str
    output: str = ""


class ToolApproval(Body):
    """Foundry's ToolApproval."""

    tool_call_id: str
    approve: bool
    headers: dict[str, str] | None = None


class SubmitToolOutputsRequest(Body):
    """SubmitToolOutputsRunRequest. Foundry takes tool_approvals on the same path."""

    tool_outputs: Omittable[list[ToolOutput]] = None
    tool_approvals: Omittable[list[ToolApproval]] = None
    stream: bool | None = None
