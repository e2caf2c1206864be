# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tools of an assistant or a run (schemas `AssistantToolsCode`, `AssistantToolsFileSearch` and `...Function`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from ..api.libraries import BeforeValidator, Field, model_validator
from ..api.models import RequestModel
from ..engine.plan import KNOWN_AFTER_APPLY, spoken
from .json_schema import JsonSchema, Name


class Function(RequestModel):
    """Schema `FunctionObject`."""

    name: Name
    """
    - The name of the function. At most 64 letters, digits, underscores and dashes.
    """

    description: str | None = None
    """
    - What the function does. The model decides by it when and how to ask for the function.
    """

    parameters: JsonSchema | None = None
    """
    - The parameters of the function as a JSON Schema, as a mapping or as JSON text. Both are compared by value.
    - If it is left out, the function has no parameters.
    """

    strict: bool | None = None
    """
    - Whether the model must keep to the schema exactly. The server then takes only a part of JSON Schema.
    - If it is left out, the server takes V(false).
    """


class RankingOptions(RequestModel):
    """Schema `FileSearchRankingOptions`."""

    ranker: Literal["auto", "default_2024_08_21"] | None = None
    """
    - The method of ranking.
    - If it is left out, the server takes V(auto).
    """

    score_threshold: Annotated[float, Field(ge=0, le=1)]
    """
    - The lowest score of a result that is handed to the model. {limit}
    """


class FileSearch(RequestModel):
    """The `file_search` part of schema `AssistantToolsFileSearch`."""

    max_num_results: Annotated[int, Field(ge=1, le=50)] | None = None
    """
    - How many results the search hands the model at most. {limit}
    - If it is left out, the server takes V(20), and V(5) for C(gpt-3.5-turbo).
    """

    ranking_options: RankingOptions | None = None
    """
    - How results are ranked, and which are good enough.
    """


def _todays_name(tool_type: Any) -> Any:
    return "file_search" if tool_type == "retrieval" else tool_type


def deprecations(given: Any) -> list[str]:
    """What is to be said of old names among the given options; they go away with version 2.0.0."""
    if isinstance(given, dict) and given.get("type") == "retrieval":
        return ["The tool type retrieval is called file_search today, and is sent as that."]
    parts = given.values() if isinstance(given, dict) else given if isinstance(given, list) else ()
    return next((found for found in map(deprecations, parts) if found), [])


class Tool(RequestModel):
    """One tool of any type."""

    type: Annotated[Literal["code_interpreter", "file_search", "function", "retrieval"], BeforeValidator(_todays_name)]
    """
    - What the tool is.
    - Tool types that one server adds to these are given with C(extra_body), as the field C(tools).
    - code_interpreter: The model writes Python code, which the server runs in a sandbox.
      file_search: The server searches the vector stores of C(tool_resources) and hands the model what it finds.
      function: The model asks the caller to call a function and to hand in what it returns.
      retrieval: The old name of V(file_search). It is sent as that, with a deprecation warning.
    """

    function: Function | None = None
    """
    - The function that the model may ask for.
    """

    file_search: FileSearch | None = None
    """
    - Settings of the file search. They only matter if O(.type=file_search).
    """

    constraints = {"required_if": [("type", "function", ("function",))]}

    @model_validator(mode="after")
    def fits_its_type(self) -> Tool:
        """Raises ValueError on settings of another type of tool."""
        for kind in ("function", "file_search"):
            if getattr(self, kind) is not None and self.type != kind:
                raise ValueError(f"{kind} goes with the type {kind}, and with no other")
        return self


class WithTools(RequestModel):
    """What has tools."""

    tools: list[Tool] | None = None
    """
    - The tools that the model may use. {limit}
    - This is the whole list. A tool that is not in it is taken away, and V([]) takes all of them away.
    - The order does not matter when it is compared. What the server fills in by itself does not count as a difference.
    """


def canonical_tools(tools: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tools in an order of their own, less what means the same as leaving it out."""
    return sorted((_canonical_tool(tool) for tool in tools), key=_tool_order)


def _tool_order(tool: Mapping[str, Any]) -> tuple[str, str]:
    function = tool.get("function")
    name = function.get("name", "") if isinstance(function, dict) else ""
    return str(tool.get("type", "")), name or json.dumps(tool, sort_keys=True)


def shown_tools(tools: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Tools as they are read: the server says whether a function is strict, and how a file search is set."""
    return [_shown_tool(tool) for tool in tools]


def _shown_tool(tool: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(tool.get("function"), dict):
        return {**tool, "function": {"strict": False, **tool["function"]}}
    if tool.get("type") == "file_search":
        return {**tool, "file_search": KNOWN_AFTER_APPLY}
    return dict(tool)


_NO_PARAMETERS: tuple[Any, ...] = ({}, {"type": "object", "properties": {}})
_SEARCH_DEFAULTS = {"ranker": ("auto", "default_2024_08_21"), "score_threshold": (0,), "max_num_results": (20,)}


def _canonical_tool(tool: Mapping[str, Any]) -> dict[str, Any]:
    said = spoken(tool)
    if isinstance(said.get("function"), dict):
        said["function"] = spoken(said["function"], {"strict": (False,), "parameters": _NO_PARAMETERS})
    if isinstance(said.get("file_search"), dict):
        ranking = spoken(said["file_search"].get("ranking_options") or {}, _SEARCH_DEFAULTS)
        search = {**said["file_search"], "ranking_options": ranking}
        said["file_search"] = spoken(search, _SEARCH_DEFAULTS)
    return spoken(said)
