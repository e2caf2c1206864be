# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a model is asked so that it answers a run: a body of chat completions. Pure functions."""

from __future__ import annotations

from typing import Any

from local_api.core.dialects import UpstreamError
from local_api.core.store import Json

CHARACTERS = 4  # of a token, where nobody counts better
OVERHEAD = 4  # tokens of a message beside its text
IMAGE = 300  # tokens of an image


class TooLong(Exception):
    """The conversation is longer than the run may use."""


def tokens_of(text: str) -> int:
    """How many tokens a text has, as a guess."""
    return -(-len(text) // CHARACTERS)


def chat(run: Json, messages: list[Json], steps: list[Json], used: Json) -> Json:
    """The request of a run: its thread's messages and its own steps so far, both oldest first.

    ``used`` is the usage so far. Raises UpstreamError for what cannot be asked, TooLong where nothing fits.
    """
    before = [message for message in messages if message["run_id"] != run["id"]]
    own = _own({message["id"]: message for message in messages}, steps)
    system = [{"role": "system", "content": run["instructions"]}] if run["instructions"] else []
    kept = _kept(run, [_said(message) for message in before], system + own, used)
    body: Json = {"model": run["model"], "messages": [*system, *kept, *own]}
    for name in ("temperature", "top_p"):
        if run[name] not in (None, 1):  # 1 is what a run has that says nothing; models have a better default
            body[name] = run[name]
    if run["max_completion_tokens"] is not None:
        body["max_completion_tokens"] = max(1, run["max_completion_tokens"] - used["completion_tokens"])
    if run["response_format"] not in (None, "auto") and run["response_format"]["type"] != "text":
        body["response_format"] = run["response_format"]
    return {**body, **_tools(run, bool(own))}


def _tools(run: Json, called: bool) -> Json:
    """Its functions, and how they are to be chosen. A forced call is forced once, or the run would never end."""
    choice = run["tool_choice"]
    if choice == "none" or not run["tools"]:
        return {}
    for kind in [tool["type"] for tool in run["tools"]]:
        if kind != "function":
            raise UpstreamError(
                f"The tool {kind} is not offered by local_api with a model behind it. Leave it out of the run's tools, "
                "or set the run's tool_choice to none.",
                "invalid_prompt",
            )
    body: Json = {"tools": [{"type": "function", "function": _function(tool["function"])} for tool in run["tools"]]}
    if choice != "auto" and not called:
        body["tool_choice"] = choice
    if not run["parallel_tool_calls"]:
        body["parallel_tool_calls"] = False
    return body


def _function(function: Json) -> Json:
    """Without a strict that is the default: not every server knows the field."""
    return {key: value for key, value in function.items() if key != "strict" or value}


def _kept(run: Json, said: list[Json], fixed: list[Json], used: Json) -> list[Json]:
    """The newest messages that the run's truncation strategy and its limit of prompt tokens leave."""
    strategy = run["truncation_strategy"]
    if strategy["type"] == "last_messages" and strategy["last_messages"]:
        said = said[-strategy["last_messages"] :]
    if run["max_prompt_tokens"] is None:
        return said
    room = run["max_prompt_tokens"] - used["prompt_tokens"] - sum(map(_length, fixed))
    kept: list[Json] = []
    for message in reversed(said):
        room -= _length(message)
        if room < 0:
            break
        kept.insert(0, message)
    if room < 0 and not kept:
        raise TooLong
    return kept


def _length(message: Json) -> int:
    """The tokens of a message, as a guess."""
    content = message.get("content") or ""
    parts = [{"type": "text", "text": content}] if isinstance(content, str) else content
    text = sum(tokens_of(part["text"]) if part["type"] == "text" else IMAGE for part in parts)
    calls = message.get("tool_calls", [])
    return OVERHEAD + text + sum(tokens_of(str(call["function"])) for call in calls)


def _said(message: Json) -> Json:
    """A message of the thread."""
    parts = [_part(part) for part in message["content"]]
    if all(part["type"] == "text" for part in parts):
        return {"role": message["role"], "content": "\n".join(part["text"] for part in parts)}
    return {"role": message["role"], "content": parts}


def _part(part: Json) -> Json:
    if part["type"] == "image_url":
        return part
    if part["type"] == "text":
        return {"type": "text", "text": part["text"]["value"]}
    raise UpstreamError(
        "A message of the thread holds an image as a file, whose content local_api does not have. "
        "Give images by their URL (image_url).",
        "invalid_prompt",
    )


def _own(messages: dict[str, Json], steps: list[Json]) -> list[Json]:
    """What the run itself has said, called and been given so far."""
    said: list[Json] = []
    for step in steps:
        details = step["step_details"]
        if step["type"] == "message_creation":
            message = messages.get(details["message_creation"]["message_id"])
            said += [_said(message)] if message else []
            continue
        calls = [call for call in details["tool_calls"] if call["type"] == "function"]
        said.append(_calling(said, [{**call, "function": _called(call["function"])} for call in calls]))
        said += [_output(call) for call in calls]
    return said


def _calling(said: list[Json], calls: list[Json]) -> Json:
    """The message that calls functions: the one that was said on the way to them, where there is one."""
    spoken = said and said[-1]["role"] == "assistant" and "tool_calls" not in said[-1]
    return {**(said.pop() if spoken else {"role": "assistant", "content": ""}), "tool_calls": calls}


def _called(function: Json) -> Json:
    return {"name": function["name"], "arguments": function["arguments"]}


def _output(call: Json) -> Json:
    output: Any = call["function"]["output"]
    return {"role": "tool", "tool_call_id": call["id"], "content": output or ""}
