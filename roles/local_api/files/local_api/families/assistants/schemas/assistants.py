# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bodies of POST /assistants and POST /assistants/{assistant_id}."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from local_api.core.bodies import Body, Metadata, MetadataUpdate, Omittable, Temperature, TopP

from .tools import ResponseFormat, Tool, ToolResources, ToolResourcesUpdate

ReasoningEffort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]


class AssistantFields(Body):
    """What a create and an update have in common."""

    name: Annotated[str, Field(max_length=256)] | None = None
    description: Annotated[str, Field(max_length=512)] | None = None
    instructions: Annotated[str, Field(max_length=256000)] | None = None
    reasoning_effort: ReasoningEffort | None = None
    tools: Annotated[list[Tool], Field(max_length=128)] = []
    temperature: Temperature | None = None
    top_p: TopP | None = None
    response_format: ResponseFormat | None = None


class CreateAssistantRequest(AssistantFields):
    """CreateAssistantRequest."""

    model: str
    tool_resources: ToolResources | None = None
    metadata: Metadata | None = None


class ModifyAssistantRequest(AssistantFields):
    """ModifyAssistantRequest."""

    model: Omittable[str] = None
    tool_resources: ToolResourcesUpdate | None = None
    metadata: MetadataUpdate | None = None
