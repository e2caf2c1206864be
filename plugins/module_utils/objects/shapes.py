# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The parts that several API objects are made of: for each its options, its limits, and its comparable form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from ..api.libraries import AfterValidator, BeforeValidator, Field, model_validator
from ..api.models import RequestModel
from ..api.sendable import check_sendable
from ..engine.plan import KNOWN_AFTER_APPLY, is_empty

# Metadata (schema `Metadata`)

METADATA_OPTION: dict[str, Any] = {"type": "dict"}

Metadata = Annotated[
    dict[Annotated[str, Field(max_length=64)], Annotated[str, Field(max_length=512)]], Field(max_length=16)
]


# Tools (schemas `AssistantToolsCode`, `AssistantToolsFileSearch`, `AssistantToolsFunction`)

TOOLS_OPTION: dict[str, Any] = {
    "type": "list",
    "elements": "dict",
    "options": {
        "type": {
            "type": "str",
            "required": True,
            "choices": ["code_interpreter", "file_search", "function", "retrieval"],
        },
        "function": {
            "type": "dict",
            "options": {
                "name": {"type": "str", "required": True},
                "description": {"type": "str"},
                "parameters": {"type": "raw"},
                "strict": {"type": "bool"},
            },
        },
        "file_search": {
            "type": "dict",
            "options": {
                "max_num_results": {"type": "int"},
                "ranking_options": {
                    "type": "dict",
                    "options": {
                        "ranker": {"type": "str", "choices": ["auto", "default_2024_08_21"]},
                        "score_threshold": {"type": "float", "required": True},
                    },
                },
            },
        },
    },
    "required_if": [("type", "function", ("function",))],
}


def json_value(given: Any) -> Any:
    """A JSON Schema given as a mapping or as JSON text. Raises ValueError on other text."""
    if not isinstance(given, str):
        return given
    try:
        value = json.loads(given)
        check_sendable(value, "its value")
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is text, but not JSON: {error}") from error
    return value


ToolName = Annotated[str, Field(max_length=64, pattern=r"^[a-zA-Z0-9_-]+$")]
JsonSchema = Annotated[dict[str, Any], BeforeValidator(json_value)]


class Function(RequestModel):
    """Schema `FunctionObject`."""

    name: ToolName
    description: str | None = None
    parameters: JsonSchema | None = None
    strict: bool | None = None


class RankingOptions(RequestModel):
    """Schema `FileSearchRankingOptions`."""

    ranker: str | None = None
    score_threshold: Annotated[float, Field(ge=0, le=1)]


class FileSearch(RequestModel):
    """The `file_search` part of schema `AssistantToolsFileSearch`."""

    max_num_results: Annotated[int, Field(ge=1, le=50)] | None = None
    ranking_options: RankingOptions | None = None


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

    type: Annotated[str, BeforeValidator(_todays_name)]
    function: Function | None = None
    file_search: FileSearch | None = None

    @model_validator(mode="after")
    def fits_its_type(self) -> Tool:
        """Raises ValueError on settings of another type of tool."""
        for kind in ("function", "file_search"):
            if getattr(self, kind) is not None and self.type != kind:
                raise ValueError(f"{kind} goes with the type {kind}, and with no other")
        return self


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


def spoken(mapping: Mapping[str, Any], defaults: Mapping[str, tuple[Any, ...]] | None = None) -> dict[str, Any]:
    """`mapping` less what is empty and less what the server would assume anyway."""
    assumed = defaults or {}
    return {key: value for key, value in mapping.items() if not is_empty(value) and value not in assumed.get(key, ())}


# Tool resources (the `tool_resources` of `CreateAssistantRequest` and `CreateThreadRequest`)

TOOL_RESOURCES_OPTION: dict[str, Any] = {
    "type": "dict",
    "options": {
        "code_interpreter": {"type": "dict", "options": {"file_ids": {"type": "list", "elements": "str"}}},
        "file_search": {
            "type": "dict",
            "options": {
                "vector_store_ids": {"type": "list", "elements": "str"},
                "vector_stores": {
                    "type": "list",
                    "elements": "dict",
                    "options": {
                        "file_ids": {"type": "list", "elements": "str"},
                        "chunking_strategy": {
                            "type": "dict",
                            "options": {
                                "type": {"type": "str", "required": True, "choices": ["auto", "static"]},
                                "static": {
                                    "type": "dict",
                                    "options": {
                                        "max_chunk_size_tokens": {"type": "int", "required": True, "no_log": False},
                                        "chunk_overlap_tokens": {"type": "int", "required": True, "no_log": False},
                                    },
                                },
                            },
                            "required_if": [("type", "static", ("static",))],
                        },
                        "metadata": METADATA_OPTION,
                    },
                },
            },
            "mutually_exclusive": [("vector_store_ids", "vector_stores")],
        },
    },
}

_BY_ID = {"vector_store_ids": {"type": "list", "elements": "str"}}

TOOL_RESOURCES_BY_ID_OPTION: dict[str, Any] = {
    "type": "dict",
    "options": {**TOOL_RESOURCES_OPTION["options"], "file_search": {"type": "dict", "options": _BY_ID}},
}
"""The same, where no vector store can be made on the way."""


class CodeInterpreterResources(RequestModel):
    """The files of the code_interpreter tool."""

    file_ids: Annotated[list[str], Field(max_length=20)] | None = None


class StaticChunking(RequestModel):
    """Schema `StaticChunkingStrategy`."""

    max_chunk_size_tokens: Annotated[int, Field(ge=100, le=4096)]
    chunk_overlap_tokens: Annotated[int, Field(ge=0)]


def _overlap_fits(strategy: Any) -> Any:
    chunks = strategy.static
    if chunks and chunks.chunk_overlap_tokens * 2 > chunks.max_chunk_size_tokens:
        raise ValueError("chunk_overlap_tokens must not exceed half of max_chunk_size_tokens")
    return strategy


class ChunkingStrategy(RequestModel):
    """Schemas `AutoChunkingStrategyRequestParam` and `StaticChunkingStrategyRequestParam`."""

    type: str
    static: StaticChunking | None = None


class VectorStore(RequestModel):
    """A vector store that is made together with the object it is attached to."""

    file_ids: list[str] | None = None
    chunking_strategy: Annotated[ChunkingStrategy, AfterValidator(_overlap_fits)] | None = None
    metadata: Metadata | None = None


class FileSearchResources(RequestModel):
    """The vector store of the file_search tool, by its id or to be made."""

    vector_store_ids: Annotated[list[str], Field(max_length=1)] | None = None
    vector_stores: Annotated[list[VectorStore], Field(max_length=1)] | None = None


def _no_vector_store(given: Any) -> Any:
    """The API wants one of the two lists: an empty one says that there is none."""
    return given or {"vector_store_ids": []}


class ToolResources(RequestModel):
    """What the tools may use."""

    code_interpreter: CodeInterpreterResources | None = None
    file_search: Annotated[FileSearchResources, BeforeValidator(_no_vector_store)] | None = None


INLINE_VECTOR_STORES = ("tool_resources", "file_search", "vector_stores")
"""The path of the one field that only a creation takes."""


def canonical_resources(resources: Mapping[str, Any]) -> dict[str, Any]:
    """Tool resources with their id lists as sets, less the parts that hold nothing."""
    parts = {
        tool: spoken({key: _canonical_ids(key, value) for key, value in (part or {}).items()})
        if isinstance(part, dict) or part is None
        else part
        for tool, part in resources.items()
    }
    return spoken(parts)


def shown_resources(resources: Mapping[str, Any]) -> dict[str, Any]:
    """Tool resources as they are read: a vector store that is yet to be made has no id yet."""
    search = resources.get("file_search")
    if not search or "vector_stores" not in search:
        return dict(resources)
    return {**resources, "file_search": {"vector_store_ids": [KNOWN_AFTER_APPLY] * len(search["vector_stores"])}}


def _canonical_ids(key: str, value: Any) -> Any:
    return sorted(set(value)) if key.endswith("_ids") and isinstance(value, list) else value


# Response format (schema `AssistantsApiResponseFormatOption`)

RESPONSE_FORMAT_OPTION: dict[str, Any] = {"type": "raw"}


class OutputSchema(RequestModel):
    """The `json_schema` part of schema `ResponseFormatJsonSchema`."""

    name: ToolName
    description: str | None = None
    schema_: Annotated[JsonSchema | None, Field(alias="schema")] = None
    strict: bool | None = None


class OutputFormat(RequestModel):
    """A response format that is more than a word."""

    type: Literal["text", "json_object", "json_schema"]
    json_schema: OutputSchema | None = None


def _complete_format(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("{"):
        value = json_value(value)
    if isinstance(value, str):
        if value != "auto":
            raise ValueError("it must be auto, or a mapping with the type text, json_object or json_schema")
        return value
    model = OutputFormat.model_validate(value)
    if (model.type == "json_schema") != (model.json_schema is not None):
        raise ValueError("json_schema goes with the type json_schema, and with no other")
    return model.model_dump(exclude_unset=True)


ResponseFormat = Annotated[Any, BeforeValidator(_complete_format)]


def canonical_format(value: Any) -> Any:
    """A response format less what means the same as leaving it out."""
    if not isinstance(value, dict) or not isinstance(value.get("json_schema"), dict):
        return value
    return {**value, "json_schema": spoken(value["json_schema"], {"strict": (False,)})}
