# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Assistants: a model with instructions and tools (API path `/assistants`, schema `AssistantObject`)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ...api.libraries import Field
from ...engine.fields import SOMETIMES, Shown, ShownObject, defaults_of
from ...engine.identity import by_name
from ...engine.place import Place
from ...engine.plan import Json, Rules, merged
from ...engine.resource import Resource
from ...parts import tool_resources as resources
from ...parts import tools as tool_list
from ...parts.metadata import WithMetadata
from ...parts.response_format import WithResponseFormat, canonical_format
from ...parts.sampling import Sampling
from ...parts.set_options import SetOptions
from . import FAMILY

ReasoningEffort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]


class AssistantBody(WithResponseFormat, resources.WithToolResources, tool_list.WithTools, WithMetadata, Sampling):
    """Schemas `CreateAssistantRequest` and `ModifyAssistantRequest`."""

    name: Annotated[str, Field(max_length=256)] | None = None
    """
    - The name of the assistant. {limit}
    - Without O(assistant_id) the assistant is found again by it, so it should be unique, and must not be empty. Upper
      and lower case matter.
    - Together with O(assistant_id) it is the name that the assistant is to have, and V("") takes the name away.
    """

    model: Annotated[str, Field(min_length=1)] | None = None
    """
    - The model that answers, by the name that the server has for it. For Microsoft Foundry and Azure OpenAI this is the
      name of a deployment. {limit}
    - Required when the assistant is created.
    """

    description: Annotated[str, Field(max_length=512)] | None = None
    """
    - What the assistant is for, in words for people. The model does not see it. {limit}
    """

    instructions: Annotated[str, Field(max_length=256000)] | None = None
    """
    - What the model is told before every conversation. {limit}
    """

    tools: Annotated[list[tool_list.Tool], Field(max_length=128)] | None = None

    reasoning_effort: ReasoningEffort | None = None
    """
    - How much a reasoning model thinks before it answers. Not every model takes every value.
    - The server does not show it. So it is sent when the assistant is created and with every update, but a change of it
      alone is not noticed.
    """


class Assistant(ShownObject):
    """Schema `AssistantObject`; a default is what the server fills in where nothing was given."""

    id: Annotated[str, Shown("asst_4f8d2c91b7a0")]
    """The id of the assistant."""

    object: Annotated[str, Shown("assistant")]
    """The type of the object, which is V(assistant)."""

    created_at: Annotated[int, Shown(1764000000)]
    """When the assistant was created, in seconds since 1970."""

    name: Annotated[str | None, Shown("Release notes")] = None
    """The name of the assistant, or V(null)."""

    description: Annotated[str | None, Shown("Writes release notes from a list of changes.")] = None
    """What the assistant is for, or V(null)."""

    model: Annotated[str, Shown("gpt-4o")]
    """The model that answers."""

    instructions: Annotated[str | None, Shown("You write short release notes.")] = None
    """What the model is told before every conversation, or V(null)."""

    tools: Annotated[list[Json], Shown([{"type": "code_interpreter"}])] = []
    """The tools that the model may use, as the server has them."""

    tool_resources: Annotated[Json, Shown({"code_interpreter": {"file_ids": ["file-9c1e77"]}}, SOMETIMES)] = {}
    """What the tools may use, by the type of the tool. It may be V(null)."""

    metadata: Annotated[Json, Shown({"team": "platform"})] = {}
    """The keys and values that are kept with the assistant."""

    temperature: Annotated[float, Shown(1.0, SOMETIMES)] = 1.0
    """How freely the model picks its words."""

    top_p: Annotated[float, Shown(1.0, SOMETIMES)] = 1.0
    """The share of the most likely words that the model picks from."""

    response_format: Annotated[Any, Shown("auto", SOMETIMES)] = "auto"
    """The format of the answers, which is V(auto) or a mapping."""


PLACE = Place(path="/assistants", family=FAMILY)

RESOURCE = Resource(
    name="assistant",
    plural="assistants",
    kind="assistant",
    place=PLACE,
    body=AssistantBody,
    shown=Assistant,
    required=("model",),
    identity=by_name(PLACE, "assistant"),
    rules=Rules(
        defaults=defaults_of(Assistant),
        canonical={
            "tools": tool_list.canonical_tools,
            "tool_resources": resources.canonical_resources,
            "response_format": canonical_format,
        },
        read_forms={"tools": tool_list.shown_tools, "tool_resources": resources.shown_resources},
        create_only=(resources.INLINE_VECTOR_STORES,),
        write_only=("reasoning_effort",),
        laid_over={"tool_resources": merged},
    ),
    deprecations=tool_list.deprecations,
)


class AssistantEntry(AssistantBody):
    """One of a set of assistants."""

    name: Annotated[str, Field(max_length=256)]
    """
    - The name of the assistant, by which it is found again. {limit} No two of the set may have the same.
    """

    extra_body: dict[str, Any] | None = None
    """
    - More fields for the request body, by their names in the API, as O(aiops.openai.openai_assistant#module:extra_body)
      takes them.
    """


class AssistantSet(SetOptions):
    """A set of assistants."""

    assistants: list[AssistantEntry]
    """
    - The assistants that are to exist, each with what is to be compared and changed of it.
    """
