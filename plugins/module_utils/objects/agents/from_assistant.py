# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From an assistant to the agent that comes closest to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...engine.plan import Json, is_empty
from ...parts.json_schema import json_value

SAME = ("name", "model", "instructions", "metadata")
"""The fields that both have."""

NEUTRAL: Mapping[str, tuple[Any, ...]] = {"temperature": (1,), "top_p": (1,)}
"""What an assistant says where nobody has set anything."""

NOWHERE = ("description", "temperature", "top_p", "tool_resources", "extra_body")
"""The fields that an agent has no counterpart for."""


def agent_from(assistant: Mapping[str, Any]) -> tuple[Json, Json]:
    """The options of an agent, and by field what is lost of the assistant, which is one as shown or its options."""
    options = {key: assistant[key] for key in SAME if not is_empty(assistant.get(key))}
    lost = {key: assistant[key] for key in NOWHERE if _is_set(key, assistant.get(key))}
    tools, no_tools = _tools(assistant.get("tools") or [])
    text, no_text = _text(assistant.get("response_format"))
    effort = assistant.get("reasoning_effort")
    kept = {"tools": tools, "text": text, "reasoning": {"effort": effort} if effort else {}}
    options |= {key: value for key, value in kept.items() if value}
    lost |= {key: value for key, value in {"tools": no_tools, "response_format": no_text}.items() if value}
    return options, lost


def _is_set(key: str, value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_is_set("", part) for part in value.values())
    return not is_empty(value) and value not in NEUTRAL.get(key, ())


def _tools(tools: list[Json]) -> tuple[list[Json], list[Json]]:
    """The tools that an agent can have too, and what is lost of them all."""
    functions = [tool["function"] for tool in tools if tool["type"] == "function"]
    lost = [tool for tool in tools if tool["type"] != "function"]
    strict = [
        {"type": "function", "function": {"name": one["name"], "strict": True}} for one in functions if _strict(one)
    ]
    return [_function(one) for one in functions], lost + strict


def _strict(function: Mapping[str, Any]) -> bool:
    return bool(function.get("strict"))


def _function(function: Mapping[str, Any]) -> Json:
    """A function of an agent must say what it does, and what it takes."""
    return {
        "type": "function",
        "name": function["name"],
        "description": function.get("description") or function["name"],
        "parameters": json_value(function.get("parameters")) or {"type": "object", "properties": {}},
    }


def _text(response_format: Any) -> tuple[Json, Any]:
    """How the agent writes, and what is lost of the response format."""
    wanted: Json = {"type": "text"} if response_format in (None, "", "auto") else json_value(response_format)
    if wanted["type"] == "text":
        return {}, None
    said = wanted.get("json_schema") or {}
    schema = json_value(said.get("schema"))
    if wanted["type"] != "json_schema" or not schema:
        return {}, wanted
    lost = {"json_schema": {"strict": True}} if said.get("strict") else None
    return {"format": {"type": "json_schema", "schema": schema}}, lost
