# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From request to API object: the server's defaults, and how updates change an object. Pure functions."""

from __future__ import annotations

from typing import Any

from local_api.core.kinds import new_id, new_object
from local_api.core.store import Json

from .kinds import ASSISTANT, MESSAGE, RUN, RUN_STEP, THREAD

RUN_LIFETIME = 600  # seconds until a run that waits or hangs expires

ASSISTANT_DEFAULTS: Json = {
    "name": None,
    "description": None,
    "instructions": None,
    "tools": [],
    "metadata": {},
    "temperature": 1.0,
    "top_p": 1.0,
    "response_format": "auto",
    "tool_resources": {},
}
THREAD_DEFAULTS: Json = {"tool_resources": {}, "metadata": {}}
WRITE_ONLY = ("reasoning_effort", "messages")


def assistant(sent: Json, created_at: int) -> Json:
    """AssistantObject."""
    return changed_assistant(new_object(ASSISTANT, created_at, model="", **ASSISTANT_DEFAULTS), sent)


def changed_assistant(current: Json, sent: Json) -> Json:
    """An assistant after the fields sent have been written; null goes back to the default."""
    after = _written(current, sent, ASSISTANT_DEFAULTS)
    after["tools"] = [tool(each, after["model"]) for each in after["tools"]]
    after["tool_resources"] = _with_code_interpreter(after["tool_resources"], after["tools"])
    return after


def thread(sent: Json, created_at: int) -> Json:
    """ThreadObject."""
    return changed_thread(new_object(THREAD, created_at, **THREAD_DEFAULTS), sent)


def changed_thread(current: Json, sent: Json) -> Json:
    """A thread after the fields sent have been written."""
    after = _written(current, sent, THREAD_DEFAULTS)
    after["tool_resources"] = tool_resources(after["tool_resources"])
    return after


def message(sent: Json, thread_id: str, created_at: int) -> Json:
    """MessageObject of a message the client wrote."""
    return new_object(
        MESSAGE,
        created_at,
        thread_id=thread_id,
        status="completed",
        incomplete_details=None,
        completed_at=created_at,
        incomplete_at=None,
        role=sent["role"],
        content=content(sent["content"]),
        assistant_id=None,
        run_id=None,
        attachments=sent.get("attachments") or [],
        metadata=sent.get("metadata") or {},
    )


def content(sent: str | list[Json]) -> list[Json]:
    """A message's content as read: a string is one text part, and an image has a detail."""
    if isinstance(sent, str):
        return [text_part(sent)]
    return [text_part(part["text"]) if part["type"] == "text" else _image_part(part) for part in sent]


def text_part(value: str) -> Json:
    """MessageContentTextObject."""
    return {"type": "text", "text": {"value": value, "annotations": []}}


def text_of(shown: Json) -> str:
    """The words of a message."""
    return "\n".join(part["text"]["value"] for part in shown["content"] if part["type"] == "text")


def run(sent: Json, model: Json, thread_id: str, created_at: int) -> Json:
    """RunObject, taking from its assistant what the request leaves out."""

    def inherited(field: str) -> Any:
        return model[field] if sent.get(field) is None else sent[field]

    instructions = (inherited("instructions"), sent.get("additional_instructions"))
    return new_object(
        RUN,
        created_at,
        thread_id=thread_id,
        assistant_id=model["id"],
        status="queued",
        required_action=None,
        last_error=None,
        expires_at=created_at + RUN_LIFETIME,
        started_at=None,
        cancelled_at=None,
        failed_at=None,
        completed_at=None,
        incomplete_details=None,
        model=inherited("model"),
        instructions="\n".join(each for each in instructions if each),
        tools=[tool(each, inherited("model")) for each in inherited("tools")],
        metadata=sent.get("metadata") or {},
        usage=None,
        temperature=inherited("temperature"),
        top_p=inherited("top_p"),
        max_prompt_tokens=sent.get("max_prompt_tokens"),
        max_completion_tokens=sent.get("max_completion_tokens"),
        truncation_strategy={"last_messages": None, **(sent.get("truncation_strategy") or {"type": "auto"})},
        tool_choice=sent.get("tool_choice") or "auto",
        parallel_tool_calls=sent.get("parallel_tool_calls", True),
        response_format=inherited("response_format"),
    )


def run_step(of: Json, details: Json, status: str, created_at: int) -> Json:
    """RunStepObject."""
    done = status == "completed"
    return new_object(
        RUN_STEP,
        created_at,
        assistant_id=of["assistant_id"],
        thread_id=of["thread_id"],
        run_id=of["id"],
        type=details["type"],
        status=status,
        step_details=details,
        last_error=None,
        expired_at=None,
        cancelled_at=None,
        failed_at=None,
        completed_at=created_at if done else None,
        metadata={},
        usage=of["usage"] if done else None,
    )


def tool(sent: Json, model: str) -> Json:
    """A tool as read, with the server's defaults."""
    if sent["type"] == "function":
        return {"type": "function", "function": {**sent["function"], "strict": sent["function"].get("strict") or False}}
    if sent["type"] == "file_search":
        options = sent.get("file_search", {})
        ranking = {"ranker": "default_2024_08_21", "score_threshold": 0.0, **options.get("ranking_options", {})}
        results = options.get("max_num_results", 5 if model.startswith("gpt-3.5-turbo") else 20)
        return {"type": "file_search", "file_search": {"max_num_results": results, "ranking_options": ranking}}
    return sent


def tool_resources(sent: Json | None) -> Json:
    """tool_resources as read: a vector store made on the way is read back by its id."""
    resources = dict(sent or {})
    if "code_interpreter" in resources:
        resources["code_interpreter"] = {"file_ids": [], **resources["code_interpreter"]}
    if "file_search" in resources:
        search = resources["file_search"]
        made = [new_id("vs_") for _store in search.get("vector_stores", [])]
        resources["file_search"] = {"vector_store_ids": [*search.get("vector_store_ids", []), *made]}
    return resources


def _written(current: Json, sent: Json, defaults: Json) -> Json:
    values = {key: defaults.get(key) if value is None else value for key, value in sent.items()}
    return {**current, **{key: value for key, value in values.items() if key not in WRITE_ONLY}}


def _with_code_interpreter(sent: Json, tools: list[Json]) -> Json:
    """An assistant that has the code interpreter has a list of its files, be it empty."""
    resources = tool_resources(sent)
    if any(each["type"] == "code_interpreter" for each in tools):
        return {"code_interpreter": {"file_ids": []}, **resources}
    if resources.get("code_interpreter") == {"file_ids": []}:
        del resources["code_interpreter"]
    return resources


def _image_part(part: Json) -> Json:
    kind = part["type"]
    return {"type": kind, kind: {"detail": "auto", **part[kind]}}
