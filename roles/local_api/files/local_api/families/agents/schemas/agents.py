# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bodies of POST /agents and POST /agents/{agent_id}."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from local_api.core.bodies import Body, Metadata, MetadataUpdate, Omittable, type_of

Effort = Literal["none", "minimal", "low", "medium", "high", "xhigh", "max"]
ServiceTier = Literal["auto", "default", "flex", "priority", "fast", "ultrafast"]


class FunctionTool(Body):
    """PersistedAgentToolConfigParamFunction."""

    type: Literal["function"]
    name: str
    description: str
    parameters: dict[str, Any]
    async_: Omittable[bool] = Field(default=None, alias="async")
    defer_loading: Omittable[bool] = None


class ToolSearchTool(Body):
    """PersistedAgentToolConfigParamToolSearch."""

    type: Literal["tool_search"]


class ProgrammaticTool(Body):
    """PersistedAgentToolConfigParamProgrammaticToolCalling."""

    type: Literal["programmatic_tool_calling"]
    enabled: Omittable[bool] = None


class HttpTransport(Body):
    """PersistedMcpTransportConfigParamHTTP."""

    type: Literal["http"]
    server_url: str
    headers: dict[str, str] | None = None


class StdioTransport(Body):
    """PersistedMcpTransportConfigParamStdio."""

    type: Literal["stdio"]
    command: str
    cwd: str
    args: list[str] | None = None
    env_vars: list[str] | None = None


class McpTool(Body):
    """PersistedAgentToolConfigParamMcp."""

    type: Literal["mcp"]
    server_label: str
    transport: Annotated[
        Annotated[HttpTransport, Tag("<http>")] | Annotated[StdioTransport, Tag("<stdio>")], Discriminator(type_of)
    ]
    allowed_tools: list[str] | None = None
    connection_origin: Literal["service", "environment"] | None = None
    credential_id: str | None = None
    request_metadata: dict[str, Any] | None = None
    required: Omittable[bool] = None


class Location(Body):
    """PersistedAgentToolConfigParamWebSearchLocation."""

    city: str | None = None
    country: str | None = None
    region: str | None = None
    timezone: str | None = None


class WebSearchTool(Body):
    """PersistedAgentToolConfigParamWebSearch."""

    type: Literal["web_search"]
    allowed_domains: list[str] | None = None
    context_size: Literal["low", "medium", "high"] | None = None
    location: Location | None = None
    mode: Literal["disabled", "cached", "live"] | None = None


class ComputerUseTool(Body):
    """PersistedAgentToolConfigParamComputerUse."""

    type: Literal["computer_use"]
    include_screenshots: Omittable[bool] = None


class AutomationsTool(Body):
    """PersistedAgentToolConfigParamAutomations."""

    type: Literal["automations"]


Tool = Annotated[
    Annotated[FunctionTool, Tag("<function>")]
    | Annotated[ToolSearchTool, Tag("<tool_search>")]
    | Annotated[ProgrammaticTool, Tag("<programmatic_tool_calling>")]
    | Annotated[McpTool, Tag("<mcp>")]
    | Annotated[WebSearchTool, Tag("<web_search>")]
    | Annotated[ComputerUseTool, Tag("<computer_use>")]
    | Annotated[AutomationsTool, Tag("<automations>")],
    Discriminator(type_of),
]


class PlainFormat(Body):
    """TextFormatParamText."""

    type: Literal["text"]


class JsonFormat(Body):
    """TextFormatParamJSONSchema."""

    type: Literal["json_schema"]
    schema_: dict[str, Any] = Field(alias="schema")


class Text(Body):
    """AgentTextParam."""

    format: (
        Annotated[
            Annotated[PlainFormat, Tag("<text>")] | Annotated[JsonFormat, Tag("<json_schema>")], Discriminator(type_of)
        ]
        | None
    ) = None
    verbosity: Literal["low", "medium", "high"] | None = None


class Reasoning(Body):
    """AgentReasoningParam."""

    effort: Effort | None = None
    summary: Literal["auto", "concise", "detailed"] | None = None


class MultiAgent(Body):
    """MultiAgentConfigParam."""

    enabled: bool
    max_concurrent_subagents: Omittable[Annotated[int, Field(ge=1)]] = None


class Compaction(Body):
    """AgentCreateParams_Compaction."""

    async_: bool | None = Field(default=None, alias="async")


class Experimental(Body):
    """AgentCreateParams_Experimental."""

    time_awareness: Omittable[bool] = None


class AgentFields(Body):
    """What a create and an update have in common."""

    compaction: Compaction | None = None
    experimental: Omittable[Experimental] = None
    instructions: str | None = None
    multi_agent: MultiAgent | None = None
    name: str | None = None
    reasoning: Reasoning | None = None
    service_tier: ServiceTier | None = None
    text: Text | None = None
    tools: list[Tool] | None = None


class CreateAgentRequest(AgentFields):
    """AgentCreateParams."""

    model: str
    metadata: Metadata | None = None


class UpdateAgentRequest(AgentFields):
    """AgentUpdateParams."""

    model: Omittable[str] = None
    metadata: MetadataUpdate | None = None
