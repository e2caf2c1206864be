# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Assistants: a model with instructions and tools (API path `/assistants`, schema `AssistantObject`)."""

from __future__ import annotations

from typing import Annotated, Any

from ..api.errors import InvalidTask
from ..api.libraries import Field
from ..api.models import RequestModel
from ..engine.plan import Json, Rules
from ..engine.resource import Matcher, Resource
from . import shapes

REASONING_EFFORTS = ["none", "minimal", "low", "medium", "high", "xhigh", "max"]

OPTIONS: dict[str, Any] = {
    "name": {"type": "str"},
    "model": {"type": "str"},
    "description": {"type": "str"},
    "instructions": {"type": "str"},
    "tools": shapes.TOOLS_OPTION,
    "tool_resources": shapes.TOOL_RESOURCES_OPTION,
    "metadata": shapes.METADATA_OPTION,
    "temperature": {"type": "float"},
    "top_p": {"type": "float"},
    "response_format": shapes.RESPONSE_FORMAT_OPTION,
    "reasoning_effort": {"type": "str", "choices": REASONING_EFFORTS},
}


class AssistantBody(RequestModel):
    """Schemas `CreateAssistantRequest` and `ModifyAssistantRequest`."""

    name: Annotated[str, Field(max_length=256)] | None = None
    model: Annotated[str, Field(min_length=1)] | None = None
    description: Annotated[str, Field(max_length=512)] | None = None
    instructions: Annotated[str, Field(max_length=256000)] | None = None
    tools: Annotated[list[shapes.Tool], Field(max_length=128)] | None = None
    tool_resources: shapes.ToolResources | None = None
    metadata: shapes.Metadata | None = None
    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    top_p: Annotated[float, Field(ge=0, le=1)] | None = None
    response_format: shapes.ResponseFormat | None = None
    reasoning_effort: str | None = None


def same_name(declared: Json, options: Json) -> Matcher:
    """Assistants are the same where their names are, to the letter. Raises InvalidTask on an empty name."""
    if not declared.get("name"):
        raise InvalidTask("name is empty: an assistant without a name can only be found by its assistant_id")
    return lambda other: other.get("name") == declared.get("name")


RESOURCE = Resource(
    name="assistant",
    plural="assistants",
    kind="assistant",
    path="/assistants",
    body=AssistantBody,
    required=("model",),
    identity=same_name,
    rules=Rules(
        defaults={
            "name": None,
            "description": None,
            "instructions": None,
            "tools": [],
            "tool_resources": {},
            "metadata": {},
            "temperature": 1.0,
            "top_p": 1.0,
            "response_format": "auto",
        },
        canonical={
            "tools": shapes.canonical_tools,
            "tool_resources": shapes.canonical_resources,
            "response_format": shapes.canonical_format,
        },
        create_only=(shapes.INLINE_VECTOR_STORES,),
        write_only=("reasoning_effort",),
        parted=("tool_resources",),
    ),
    read_forms={"tools": shapes.shown_tools, "tool_resources": shapes.shown_resources},
)
