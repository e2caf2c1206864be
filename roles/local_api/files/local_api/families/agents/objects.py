# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From request to API object: what the server takes for what is left out, and how updates change it. Pure functions."""

from __future__ import annotations

from typing import Any

from local_api.core.kinds import new_object
from local_api.core.store import Json

from .kinds import AGENT

AGENT_DEFAULTS: Json = {
    "name": None,
    "instructions": None,
    "metadata": {},
    "reasoning": {"effort": None, "summary": None},
    "service_tier": "auto",
    "text": {"format": {"type": "text"}, "verbosity": "medium"},
    "multi_agent": {"enabled": False, "max_concurrent_subagents": None},
    "compaction": {"async": False},
    "experimental": {"time_awareness": False},
    "tools": [],
}
RESOLVED = ("reasoning", "text", "compaction")
MOST_SUBAGENTS = 6
TOOL_DEFAULTS: dict[str, Json] = {
    "function": {"async": False, "defer_loading": False},
    "programmatic_tool_calling": {"enabled": True},
    "mcp": {
        "allowed_tools": None,
        "connection_origin": "service",
        "credential_id": None,
        "request_metadata": {},
        "required": False,
    },
    "web_search": {"allowed_domains": None, "context_size": "medium", "location": None, "mode": "live"},
    "computer_use": {"include_screenshots": False},
    "http": {"headers": {}},
    "stdio": {"args": [], "env_vars": []},
}


def agent(sent: Json, now: int) -> Json:
    """Agent."""
    return changed_agent(new_object(AGENT, now, model="", **AGENT_DEFAULTS), sent, now)


def changed_agent(current: Json, sent: Json, now: int) -> Json:
    """An agent after the fields sent have been written; null goes back to the default."""
    after = {**current, **written(sent, AGENT_DEFAULTS), "updated_at": now}
    for field in RESOLVED:
        after[field] = filled(after[field], AGENT_DEFAULTS[field])
    after["experimental"] = {**current["experimental"], **after["experimental"]}
    after["multi_agent"] = multi_agent(after["multi_agent"])
    after["tools"] = [tool(each) for each in after["tools"]]
    return after


def multi_agent(sent: Json) -> Json:
    """MultiAgentConfig: how many is null where there are none."""
    most = sent.get("max_concurrent_subagents") or MOST_SUBAGENTS
    return {"enabled": sent["enabled"], "max_concurrent_subagents": most if sent["enabled"] else None}


def tool(sent: Json) -> Json:
    """A tool as read, with the server's defaults."""
    shown = filled(sent, TOOL_DEFAULTS.get(sent["type"], {}))
    if "transport" in shown:
        shown["transport"] = filled(shown["transport"], TOOL_DEFAULTS[shown["transport"]["type"]])
    return shown


def written(sent: Json, defaults: Json) -> Json:
    """The fields sent, with the server's default in place of null."""
    return {key: defaults.get(key) if value is None else value for key, value in sent.items()}


def filled(sent: Json, defaults: Json) -> Json:
    """Settings as read: each one is there."""
    said: dict[str, Any] = {key: value for key, value in sent.items() if value is not None}
    return {**defaults, **said}
