# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a model's server is asked and what it answers, in either of two protocols.

Requests are put together in the words of chat completions, which every such server knows; ``Responses`` translates.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from local_api.core.kinds import new_id
from local_api.core.store import Json

STOP, LENGTH, CONTENT_FILTER = "stop", "length", "content_filter"


class UpstreamError(Exception):
    """Why there is no answer; the code is one that a run's ``last_error`` can have."""

    def __init__(self, message: str, code: str = "server_error") -> None:
        super().__init__(message)
        self.message = message
        self.code = code


@dataclass
class Answer:
    """What the model has said so far."""

    say: Callable[[str], None]
    """Hears each piece of text as it comes."""
    text: str = ""
    calls: dict[Any, dict[str, str]] = field(default_factory=dict)
    """Function calls by their place: id, name and arguments."""
    finish: str | None = None
    """Why the model has ended: stop, length or content_filter; None as long as it has not."""
    usage: Json | None = None

    def hear(self, piece: Any) -> None:
        """A piece of text."""
        if isinstance(piece, str) and piece:
            self.text += piece
            self.say(piece)

    def call(self, place: Any, call_id: Any, function: Json) -> None:
        """A function call, or the next piece of one. Arguments that are no text are made one."""
        call = self.calls.setdefault(place, {"id": "", "name": "", "arguments": ""})
        call["id"] = call["id"] or _text(call_id)
        call["name"] = call["name"] or _text(function.get("name"))
        arguments = function.get("arguments")
        call["arguments"] += json.dumps(arguments) if isinstance(arguments, dict | list) else _text(arguments)

    def count(self, prompt: Any, completion: Any) -> None:
        """How many tokens it took, if the server says so."""
        if isinstance(prompt, int) and isinstance(completion, int):
            self.usage = usage(prompt, completion)

    def tool_calls(self) -> list[Json]:
        """The function calls as a run shows them. A call without an id of its own gets one."""
        made: list[Json] = []
        for call in self.calls.values():
            if not call["name"]:
                raise UpstreamError("The model called a function without a name.")
            free = call["id"] and all(call["id"] != other["id"] for other in made)
            function = {"name": call["name"], "arguments": call["arguments"] or "{}"}
            made.append({"id": call["id"] if free else new_id("call_"), "type": "function", "function": function})
        return made


def usage(prompt: int, completion: int) -> Json:
    """RunCompletionUsage."""
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


class Dialect(Protocol):
    """How one protocol asks and answers."""

    path: str

    def asked(self, chat: Json) -> Json:
        """The body of a request that is to be answered as a stream."""

    def take(self, event: Json, answer: Answer) -> None:
        """Add an event of the stream to the answer."""

    def whole(self, body: Json, answer: Answer) -> None:
        """Add an answer that came in one piece, from a server that does not stream."""


class Chat:
    """POST /chat/completions."""

    path = "/chat/completions"

    def __init__(self, limit: str) -> None:
        """The field that limits the answer's tokens has two names."""
        self._limit = limit

    def asked(self, chat: Json) -> Json:
        """The same, as a stream that tells the usage at its end."""
        body = {key: value for key, value in chat.items() if key != "max_completion_tokens"}
        if "max_completion_tokens" in chat:
            body[self._limit] = chat["max_completion_tokens"]
        return {**body, "stream": True, "stream_options": {"include_usage": True}}

    def take(self, event: Json, answer: Answer) -> None:
        """CreateChatCompletionStreamResponse."""
        self._take(event, "delta", answer)

    def whole(self, body: Json, answer: Answer) -> None:
        """CreateChatCompletionResponse."""
        if not _list(body.get("choices")):
            raise UpstreamError("The model's server answered without choices.")
        self._take(body, "message", answer)
        answer.finish = answer.finish or STOP

    def _take(self, event: Json, part: str, answer: Answer) -> None:
        counted = _dict(event.get("usage"))
        answer.count(counted.get("prompt_tokens"), counted.get("completion_tokens"))
        for choice in map(_dict, _list(event.get("choices"))[:1]):
            said = _dict(choice.get(part))
            answer.hear(said.get("content"))
            answer.hear(said.get("refusal"))
            for number, call in enumerate(map(_dict, _list(said.get("tool_calls")))):
                answer.call(call.get("index", number), call.get("id"), _dict(call.get("function")))
            reason = choice.get("finish_reason")
            if isinstance(reason, str):
                answer.finish = reason if reason in (LENGTH, CONTENT_FILTER) else STOP


class Responses:
    """POST /responses."""

    path = "/responses"

    def asked(self, chat: Json) -> Json:
        """The same in the words of the Responses API. Nothing is to be kept there: the thread is kept here."""
        body: Json = {"model": chat["model"], "stream": True, "store": False}
        body["input"] = [item for message in chat["messages"] for item in _items(message)]
        for ours, theirs in (("max_completion_tokens", "max_output_tokens"), ("temperature",) * 2, ("top_p",) * 2):
            if ours in chat:
                body[theirs] = chat[ours]
        if "tools" in chat:
            body["tools"] = [{"type": "function", **_function(tool["function"])} for tool in chat["tools"]]
        if "parallel_tool_calls" in chat:
            body["parallel_tool_calls"] = chat["parallel_tool_calls"]
        if "tool_choice" in chat:
            choice = chat["tool_choice"]
            named = isinstance(choice, dict)
            body["tool_choice"] = {"type": "function", "name": choice["function"]["name"]} if named else choice
        if "response_format" in chat:
            form = chat["response_format"]
            body["text"] = {"format": {"type": form["type"], **form.get("json_schema", {})}}
        return body

    def take(self, event: Json, answer: Answer) -> None:
        """ResponseStreamEvent."""
        kind = event.get("type")
        if kind in ("response.output_text.delta", "response.refusal.delta"):
            answer.hear(event.get("delta"))
        elif kind == "response.output_item.done":
            self._take_call(_dict(event.get("item")), answer)
        elif kind in ("response.completed", "response.incomplete", "response.failed"):
            self._take_end(_dict(event.get("response")), answer)
        elif kind == "error":
            raise UpstreamError(f"The model's server said: {_text(event.get('message')) or 'error'}")

    def whole(self, body: Json, answer: Answer) -> None:
        """Response."""
        for item in map(_dict, _list(body.get("output"))):
            self._take_call(item, answer)
            for part in map(_dict, _list(item.get("content")) if item.get("type") == "message" else []):
                answer.hear(part.get("text") or part.get("refusal"))
        self._take_end(body, answer)

    def _take_call(self, item: Json, answer: Answer) -> None:
        if item.get("type") == "function_call":
            answer.call(len(answer.calls), item.get("call_id"), item)

    def _take_end(self, response: Json, answer: Answer) -> None:
        counted = _dict(response.get("usage"))
        answer.count(counted.get("input_tokens"), counted.get("output_tokens"))
        if response.get("status") == "failed":
            error = _dict(response.get("error"))
            raise UpstreamError(f"The model's server said: {_text(error.get('message')) or 'failed'}")
        reason = _dict(response.get("incomplete_details")).get("reason")
        cut = CONTENT_FILTER if reason == CONTENT_FILTER else LENGTH
        answer.finish = cut if response.get("status") == "incomplete" else STOP


def _items(message: Json) -> list[Json]:
    """A chat message as items of the Responses API."""
    role, content = message["role"], message.get("content")
    if role == "tool":
        return [{"type": "function_call_output", "call_id": message["tool_call_id"], "output": content}]
    items: list[Json] = []
    if content:
        spoken = content if isinstance(content, str) else [_part(part) for part in content]
        items.append({"role": role, "content": spoken})
    for call in message.get("tool_calls", []):
        items.append({"type": "function_call", "call_id": call["id"], **call["function"]})
    return items


def _part(part: Json) -> Json:
    if part["type"] == "text":
        return {"type": "input_text", "text": part["text"]}
    return {"type": "input_image", "image_url": part["image_url"]["url"], "detail": part["image_url"]["detail"]}


def _function(function: Json) -> Json:
    """A function there must have parameters, be it null, and is strict unless it says otherwise."""
    return {"parameters": None, "strict": False, **function}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _dict(value: Any) -> Json:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
