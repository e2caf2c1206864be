# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Agents: a model with instructions, tools and settings, for sessions (API path `/agents`, schema `Agent`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from ...api.libraries import Field
from ...api.models import RequestModel
from ...engine.fields import SOMETIMES, Shown, ShownObject, defaults_of
from ...engine.identity import by_name
from ...engine.place import Place
from ...engine.plan import Json, Rules
from ...engine.resource import Resource
from ...parts.json_schema import JsonSchema
from ...parts.metadata import WithMetadata
from ...parts.set_options import SetOptions
from . import FAMILY
from .agent_tools import WithAgentTools, canonical_tools, laid_over, shown_tools

ServiceTier = Literal["auto", "default", "flex", "priority", "fast", "ultrafast"]


class TextFormat(RequestModel):
    """Schemas `TextFormatParamText` and `TextFormatParamJSONSchema`."""

    type: Literal["text", "json_schema"]
    """
    - The format.
    - text: Plain text.
      json_schema: JSON that keeps to a schema.
    """

    schema_: JsonSchema | None = None
    """
    - The JSON Schema, as a mapping or as JSON text. Both are compared by value.
    """

    constraints = {"required_if": [("type", "json_schema", ("schema",))]}


class AgentText(RequestModel):
    """Schema `AgentTextParam`."""

    format: TextFormat | None = None
    """
    - The format of the answers. It is compared as a whole.
    """

    verbosity: Literal["low", "medium", "high"] | None = None
    """
    - How much the model says. The server takes V(medium) by itself.
    """


class Reasoning(RequestModel):
    """Schema `AgentReasoningParam`."""

    effort: Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"] | None = None
    """
    - How much the model thinks before it answers. The model decides by itself. Not every model takes every value.
    """

    summary: Literal["auto", "concise", "detailed"] | None = None
    """
    - How the model sums up what it thought. The server shows no summary by itself.
    """


class MultiAgent(RequestModel):
    """Schema `MultiAgentConfigParam`."""

    enabled: bool
    """
    - Whether the agent may have others work for it.
    """

    max_concurrent_subagents: Annotated[int, Field(ge=1)] | None = None
    """
    - How many of them may work at once. {limit} The server takes V(6) by itself.
    """


class Compaction(RequestModel):
    """Schema `AgentCreateParams_Compaction`."""

    async_: bool | None = None
    """
    - Whether a long context is made shorter in the background, which may take more tokens. The server takes V(false) by
      itself.
    """


class Experimental(RequestModel):
    """Schema `AgentCreateParams_Experimental`."""

    time_awareness: bool | None = None
    """
    - Whether the model is told the time every now and then. The server takes V(false) by itself.
    """


class AgentSettings(WithAgentTools):
    """What an agent works with."""

    model: Annotated[str, Field(min_length=1)] | None = None
    """
    - The model that answers, by the name that the server has for it. {limit}
    - Required when the agent is created.
    """

    reasoning: Reasoning | None = None
    """
    - How the model thinks. What is left out of it is left alone, and V({}) goes back to what the server takes by
      itself.
    """

    service_tier: ServiceTier | None = None
    """
    - The service tier of the requests to the model. The server takes V(auto) by itself.
    """


class AgentBody(AgentSettings, WithMetadata):
    """Schemas `AgentCreateParams` and `AgentUpdateParams`."""

    name: str | None = None
    """
    - The name of the agent.
    - Without O(agent_id) the agent is found again by it, so it should be unique, and must not be empty. Upper and lower
      case matter.
    - Together with O(agent_id) it is the name that the agent is to have.
    """

    instructions: str | None = None
    """
    - What the model is told before every session, after what the server tells every agent.
    """

    text: AgentText | None = None
    """
    - How the model writes. What is left out of it is left alone, and V({}) goes back to what the server takes by
      itself.
    """

    multi_agent: MultiAgent | None = None
    """
    - Whether the agent may have other agents work for it. What is left out of it is left alone.
    """

    compaction: Compaction | None = None
    """
    - How a context that has become too long is made shorter. What is left out of it is left alone.
    """

    experimental: Experimental | None = None
    """
    - What the server offers on trial. What is left out of it is left alone.
    """


class Agent(ShownObject):
    """Schema `Agent`; a default is what the server fills in where nothing was given."""

    id: Annotated[str, Shown("agent_4f8d2c91b7a0")]
    """The id of the agent."""

    object: Annotated[str, Shown("agent")]
    """The type of the object, which is V(agent)."""

    created_at: Annotated[int, Shown(1764000000)]
    """When the agent was created, in seconds since 1970."""

    updated_at: Annotated[int, Shown(1764000000)]
    """When the agent was last changed, in seconds since 1970."""

    name: Annotated[str | None, Shown("Release notes")] = None
    """The name of the agent, or V(null)."""

    model: Annotated[str, Shown("gpt-5")]
    """The model that answers."""

    instructions: Annotated[str | None, Shown("You write short release notes.")] = None
    """What the model is told before every session, or V(null)."""

    tools: Annotated[list[Json], Shown([{"type": "tool_search"}])] = []
    """The tools that the agent may use, as the server has them."""

    metadata: Annotated[Json, Shown({"team": "platform"})] = {}
    """The keys and values that are kept with the agent."""

    reasoning: Annotated[Json, Shown({"effort": "low", "summary": None})] = {"effort": None, "summary": None}
    """How the model thinks."""

    service_tier: Annotated[str, Shown("auto")] = "auto"
    """The service tier of the requests to the model."""

    text: Annotated[Json, Shown({"format": {"type": "text"}, "verbosity": "medium"})] = {
        "format": {"type": "text"},
        "verbosity": "medium",
    }
    """How the model writes."""

    multi_agent: Annotated[Json, Shown({"enabled": False, "max_concurrent_subagents": None})] = {
        "enabled": False,
        "max_concurrent_subagents": None,
    }
    """Whether the agent may have other agents work for it, and how many at once."""

    compaction: Annotated[Json, Shown({"async": False}, SOMETIMES)] = {"async": False}
    """How a context that has become too long is made shorter."""

    experimental: Annotated[Json, Shown({"time_awareness": False}, SOMETIMES)] = {"time_awareness": False}
    """What the server offers on trial."""


MOST_SUBAGENTS = 6


def shown_multi_agent(value: Mapping[str, Any]) -> Json:
    """How many agents may work at once is only shown, and only matters, where others may work at all."""
    most = value.get("max_concurrent_subagents") or MOST_SUBAGENTS
    return {**value, "max_concurrent_subagents": most if value.get("enabled") else None}


PLACE = Place(path="/agents", family=FAMILY)

RESOURCE = Resource(
    name="agent",
    plural="agents",
    kind="agent",
    place=PLACE,
    body=AgentBody,
    shown=Agent,
    required=("model",),
    identity=by_name(PLACE, "agent"),
    rules=Rules(
        defaults=defaults_of(Agent),
        settings=("reasoning", "text", "multi_agent", "compaction", "experimental"),
        laid_over={"tools": laid_over},
        canonical={"tools": canonical_tools, "multi_agent": shown_multi_agent},
        read_forms={"tools": shown_tools, "multi_agent": shown_multi_agent},
        stamped=("updated_at",),
    ),
)


class AgentEntry(AgentBody):
    """One of a set of agents."""

    name: str
    """
    - The name of the agent, by which it is found again. No two of the set may have the same.
    """

    extra_body: dict[str, Any] | None = None
    """
    - More fields for the request body, by their names in the API, as O(aiops.openai.openai_agent#module:extra_body)
      takes them.
    """


class AgentSet(SetOptions):
    """A set of agents."""

    agents: list[AgentEntry]
    """
    - The agents that are to exist, each with what is to be compared and changed of it.
    """
