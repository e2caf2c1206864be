# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tools of an agent (schemas `PersistedAgentToolConfigParam*`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from ...api.libraries import AfterValidator, Field, model_validator
from ...api.models import RequestModel
from ...parts.json_schema import JsonSchema


class Transport(RequestModel):
    """Schemas `PersistedMcpTransportConfigParamHTTP` and `...Stdio`."""

    type: Literal["http", "stdio"]
    """
    - How the MCP server is reached.
    - http: Over HTTP.
      stdio: As a process in the environment of the session.
    """

    server_url: str | None = None
    """
    - The URL of the MCP server.
    """

    headers: dict[str, str] | None = None
    """
    - HTTP headers for the MCP server. The server shows them, so they are no place for secrets, which go into a
      credential of a vault.
    """

    command: str | None = None
    """
    - The command that starts the MCP server.
    """

    cwd: str | None = None
    """
    - The directory that the MCP server is started in.
    """

    args: list[str] | None = None
    """
    - The arguments of the command.
    """

    env_vars: list[str] | None = None
    """
    - The names of the environment variables that the MCP server gets from the environment of the session.
    """

    constraints = {"required_if": [("type", "http", ("server_url",)), ("type", "stdio", ("command", "cwd"))]}

    @model_validator(mode="after")
    def fits_its_type(self) -> Transport:
        """Raises ValueError on settings of the other type."""
        return _fitting(self, {"http": ("server_url", "headers"), "stdio": ("command", "cwd", "args", "env_vars")})


class Location(RequestModel):
    """Schema `PersistedAgentToolConfigParamWebSearchLocation`."""

    city: str | None = None
    """
    - The name of the city.
    """

    country: str | None = None
    """
    - The country, by its two letters of ISO 3166, such as V(DE).
    """

    region: str | None = None
    """
    - The name of the region or state.
    """

    timezone: str | None = None
    """
    - The time zone by its IANA name, such as V(Europe/Berlin).
    """


class AgentTool(RequestModel):
    """One tool of any type."""

    type: Literal[
        "function", "mcp", "web_search", "tool_search", "programmatic_tool_calling", "computer_use", "automations"
    ]
    """
    - What the tool is.
    - Tool types that are newer than this collection are given with C(extra_body), as the field C(tools).
    - function: The model asks the caller to call a function and to hand in what it returns.
      mcp: The tools of an MCP server.
      web_search: The model searches the web.
      tool_search: The model looks deferred functions up before it uses them.
      programmatic_tool_calling: The model calls tools from code that it writes.
      computer_use: The model uses a browser, in a session that OpenAI hosts.
      automations: The agent sets its own automations.
    """

    name: Annotated[str, Field(min_length=1)] | None = None
    """
    - The name of the function. {limit}
    """

    description: str | None = None
    """
    - What the function does. The model decides by it when and how to ask for the function.
    """

    parameters: JsonSchema | None = None
    """
    - The parameters of the function as a JSON Schema, as a mapping or as JSON text. Both are compared by value.
    """

    async_: bool | None = None
    """
    - Whether the agent goes on without waiting for what the function returns.
    """

    defer_loading: bool | None = None
    """
    - Whether the function is loaded only once a search for tools has found it. The server takes V(false) by itself.
    """

    server_label: Annotated[str, Field(min_length=1)] | None = None
    """
    - The name that the MCP server has in tool calls. {limit}
    """

    transport: Transport | None = None
    """
    - How the MCP server is reached.
    """

    allowed_tools: list[str] | None = None
    """
    - The names of the tools of the MCP server that the agent may call. If it was never given, the agent may call all.
    """

    connection_origin: Literal["service", "environment"] | None = None
    """
    - Where connections to the MCP server come from.
    - service: From the network of the service.
      environment: From the environment of the session.
    """

    credential_id: str | None = None
    """
    - The id of the credential for the MCP server, in a vault that the session has. It need not be given where exactly
      one credential of those vaults is for the URL of the server.
    """

    request_metadata: dict[str, Any] | None = None
    """
    - What is sent with each request to the MCP server.
    """

    required: bool | None = None
    """
    - Whether the MCP server must have started before the first turn. The server takes V(false) by itself.
    """

    allowed_domains: list[str] | None = None
    """
    - The domains that the search of the web is kept to. If it was never given, it is kept to none.
    """

    context_size: Literal["low", "medium", "high"] | None = None
    """
    - How much of what was found on the web the model gets to see. The server takes V(medium) by itself.
    """

    location: Location | None = None
    """
    - About where the search of the web is made from.
    """

    mode: Literal["disabled", "cached", "live"] | None = None
    """
    - Where the search of the web looks. The server takes V(live) by itself.
    - disabled: Nowhere.
      cached: In what was found before.
      live: In the web.
    """

    enabled: bool | None = None
    """
    - Whether tools may be called from code of the model. The server takes V(true) by itself.
    """

    include_screenshots: bool | None = None
    """
    - Whether what the browser did is shown with screenshots. The server takes V(false) by itself.
    """

    constraints = {
        "required_if": [
            ("type", "function", ("name", "description", "parameters")),
            ("type", "mcp", ("server_label", "transport")),
        ]
    }

    @model_validator(mode="after")
    def fits_its_type(self) -> AgentTool:
        """Raises ValueError on settings of another type of tool."""
        return _fitting(self, FIELDS)


FIELDS = {
    "function": ("name", "description", "parameters", "async_", "defer_loading"),
    "mcp": (
        "server_label",
        "transport",
        "allowed_tools",
        "connection_origin",
        "credential_id",
        "request_metadata",
        "required",
    ),
    "web_search": ("allowed_domains", "context_size", "location", "mode"),
    "programmatic_tool_calling": ("enabled",),
    "computer_use": ("include_screenshots",),
}
"""What goes with one type of tool, and with no other."""

RESOLVED: dict[str, dict[str, Any]] = {
    "function": {"async": False, "defer_loading": False},
    "mcp": {
        "allowed_tools": None,
        "connection_origin": "service",
        "credential_id": None,
        "request_metadata": {},
        "required": False,
    },
    "web_search": {"allowed_domains": None, "context_size": "medium", "location": None, "mode": "live"},
    "programmatic_tool_calling": {"enabled": True},
    "computer_use": {"include_screenshots": False},
    "http": {"headers": {}},
    "stdio": {"args": [], "env_vars": []},
}
"""What the server takes for what a tool, or the transport of one, leaves out."""


def key_of(tool: Mapping[str, Any]) -> tuple[str, str]:
    """What tells a tool from the others of an agent."""
    return str(tool["type"]), str(tool.get("name") or tool.get("server_label") or "")


def _each_once(tools: list[AgentTool]) -> list[AgentTool]:
    keys = [key_of(tool.model_dump(exclude_unset=True)) for tool in tools]
    twice = next((key for key in keys if keys.count(key) > 1), None)
    if twice:
        raise ValueError(f"there is more than one {' '.join(twice).strip()}: give each once")
    return tools


class WithAgentTools(RequestModel):
    """What has tools of the Agents API."""

    tools: Annotated[list[AgentTool], AfterValidator(_each_once)] | None = None
    """
    - The tools that the agent may use, at most one of each name.
    - This is the whole list. A tool that is not in it is taken away, and V([]) takes all of them away.
    - A tool is compared with the one of the same type and O(.tools[].name) or O(.tools[].server_label). What the task
      leaves out of it is left alone, and the order does not matter.
    """


def laid_over(current: list[dict[str, Any]] | None, declared: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tools that are declared, each with what it leaves out as it is in the one that is there."""
    there = {key_of(tool): tool for tool in current or ()}
    return [_over(there.get(key_of(tool), {}), tool) for tool in declared]


def _over(current: Mapping[str, Any], declared: Mapping[str, Any]) -> dict[str, Any]:
    tool = {**_said(current), **declared}
    old, new = current.get("transport"), declared.get("transport")
    if isinstance(old, dict) and isinstance(new, dict) and old.get("type") == new.get("type"):
        tool["transport"] = {**_said(old), **new}
    return tool


def canonical_tools(tools: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tools in an order of their own, with what the server takes for what they leave out."""
    return sorted(shown_tools(tools), key=key_of)


def shown_tools(tools: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tools as they are read: the server says what it takes for what they leave out."""
    return [_shown(tool) for tool in tools]


def _shown(tool: Mapping[str, Any]) -> dict[str, Any]:
    said = {**RESOLVED.get(str(tool["type"]), {}), **_said(tool)}
    if isinstance(said.get("transport"), dict):
        transport = said["transport"]
        said["transport"] = {**RESOLVED.get(str(transport.get("type")), {}), **_said(transport)}
    return said


def _said(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if value is not None}


def _fitting(model: Any, fields: Mapping[str, tuple[str, ...]]) -> Any:
    """The model, if it has nothing that goes with another type. Raises ValueError where it has."""
    for kind, names in fields.items():
        for name in names:
            if getattr(model, name) is not None and model.type != kind:
                raise ValueError(f"{name.removesuffix('_')} goes with the type {kind}, and with no other")
    return model
