# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The parts that several API objects are made of: for each its fields with their limits, and its comparable form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from ..api.libraries import AfterValidator, BeforeValidator, Field, model_validator
from ..api.models import RequestModel
from ..api.sendable import check_sendable
from ..engine.plan import KNOWN_AFTER_APPLY, is_empty
from .options import AS_GIVEN, NO_SECRET

# Metadata (schema `Metadata`)

Metadata = Annotated[
    dict[Annotated[str, Field(max_length=64)], Annotated[str, Field(max_length=512)]], Field(max_length=16)
]


class WithMetadata(RequestModel):
    """What can be given metadata."""

    metadata: Metadata | None = None
    """
    - Keys and values of your own that the server keeps with the object. It does nothing with them.
    - This is the whole map. A key of the object that is not in it is removed. V({}) removes all keys, and leaving the
      option out leaves all keys alone.
    - {limit}
    - Values are text. Numbers are sent as text. V(true) and V(null) are refused, so put quotes around words that YAML
      takes for something else.
    """


class Sampling(RequestModel):
    """How strictly and how freely the model answers."""

    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    """
    - How freely the model picks its words. {limit} A low value gives much the same answer every time.
    - V(1) is what a server takes if nobody says otherwise. Some models take no other value.
    """

    top_p: Annotated[float, Field(ge=0, le=1)] | None = None
    """
    - The share of the most likely words that the model picks from. {limit:,} where V(0.1) means the upper tenth.
    - V(1) is what a server takes if nobody says otherwise. Change this or O(temperature), not both.
    """


# Tools (schemas `AssistantToolsCode`, `AssistantToolsFileSearch`, `AssistantToolsFunction`)


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
JsonSchema = Annotated[dict[str, Any], BeforeValidator(json_value), AS_GIVEN]


class Function(RequestModel):
    """Schema `FunctionObject`."""

    name: ToolName
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
    - Tool types that one server adds to these are given with O(extra_body), as the field C(tools).
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


class CodeInterpreterResources(RequestModel):
    """The files of the code_interpreter tool."""

    file_ids: Annotated[list[str], Field(max_length=20)] | None = None
    """
    - The ids of the files that it may read. {limit} The order does not matter.
    - V([]) takes all files away.
    """


class StaticChunking(RequestModel):
    """Schema `StaticChunkingStrategy`."""

    max_chunk_size_tokens: Annotated[int, Field(ge=100, le=4096), NO_SECRET]
    """
    - The largest number of tokens in a chunk. {limit}
    """

    chunk_overlap_tokens: Annotated[int, Field(ge=0), NO_SECRET]
    """
    - The number of tokens that a chunk has in common with the next one. At most half of a chunk.
    """


def _overlap_fits(strategy: Any) -> Any:
    chunks = strategy.static
    if chunks and chunks.chunk_overlap_tokens * 2 > chunks.max_chunk_size_tokens:
        raise ValueError("chunk_overlap_tokens must not exceed half of max_chunk_size_tokens")
    return strategy


class ChunkingStrategy(RequestModel):
    """Schemas `AutoChunkingStrategyRequestParam` and `StaticChunkingStrategyRequestParam`."""

    type: Literal["auto", "static"]
    """
    - Who decides on the size of the chunks.
    - auto: The server. The API says it takes chunks of 800 tokens that overlap by 400.
      static: The task.
    """

    static: StaticChunking | None = None
    """
    - The size of the chunks.
    """
    constraints = {"required_if": [("type", "static", ("static",))]}


class VectorStore(RequestModel):
    """A vector store that is made together with the object it is attached to."""

    file_ids: list[str] | None = None
    """
    - The ids of the files to put into the vector store.
    """

    chunking_strategy: Annotated[ChunkingStrategy, AfterValidator(_overlap_fits)] | None = None
    """
    - How files are cut into the chunks that are searched.
    - If it is left out, the server takes the type V(auto).
    """

    metadata: Metadata | None = None
    """
    - Keys and values of your own that the server keeps with it.
    - {limit} Numbers are sent as text.
    """


class FileSearchResourcesById(RequestModel):
    """The vector store of the file_search tool, by its id."""

    vector_store_ids: Annotated[list[str], Field(max_length=1)] | None = None
    """
    - The ids of the vector stores to search. {limit} V([]) takes it away.
    """


class FileSearchResources(FileSearchResourcesById):
    """The same, or one to be made."""

    vector_stores: Annotated[list[VectorStore], Field(max_length=1)] | None = None
    """
    - A vector store to create and attach. {limit}
    - It only matters when the object is created. On an object that exists it is left alone, since another vector store
      would be created at every run.
    """

    constraints = {"mutually_exclusive": [("vector_store_ids", "vector_stores")]}


def _no_vector_store(given: Any) -> Any:
    """The API wants one of the two lists: an empty one says that there is none."""
    return given or {"vector_store_ids": []}


class ToolResourcesById(RequestModel):
    """What the tools may use, where no vector store can be made on the way."""

    code_interpreter: CodeInterpreterResources | None = None
    """
    - What the C(code_interpreter) tool may use.
    """

    file_search: Annotated[FileSearchResourcesById, BeforeValidator(_no_vector_store)] | None = None
    """
    - What the C(file_search) tool may search.
    """


class ToolResources(ToolResourcesById):
    """What the tools may use."""

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
