# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tools, tool resources, response formats and tool choices (schemas AssistantTools*, AssistantsApi*)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from local_api.core.bodies import Body, Metadata, Name64, Omittable, shape_of, type_of


class CodeInterpreterTool(Body):
    """AssistantToolsCode."""

    type: Literal["code_interpreter"]


class RankingOptions(Body):
    """FileSearchRankingOptions."""

    ranker: Literal["auto", "default_2024_08_21"] = "auto"
    score_threshold: Annotated[float, Field(ge=0, le=1)]


class FileSearchOptions(Body):
    """AssistantToolsFileSearch.file_search."""

    max_num_results: Annotated[int, Field(ge=1, le=50)] = 20
    ranking_options: Omittable[RankingOptions] = None


class FileSearchTool(Body):
    """AssistantToolsFileSearch."""

    type: Literal["file_search"]
    file_search: Omittable[FileSearchOptions] = None


class FileSearchToolTypeOnly(Body):
    """AssistantToolsFileSearchTypeOnly."""

    type: Literal["file_search"]


class Function(Body):
    """FunctionObject."""

    name: Name64
    description: Omittable[str] = None
    parameters: Omittable[dict[str, Any]] = None
    strict: bool | None = None


class FunctionTool(Body):
    """AssistantToolsFunction."""

    type: Literal["function"]
    function: Function


Tool = Annotated[
    Annotated[CodeInterpreterTool, Tag("<code_interpreter>")]
    | Annotated[FileSearchTool, Tag("<file_search>")]
    | Annotated[FunctionTool, Tag("<function>")],
    Discriminator(type_of),
]

AttachmentTool = Annotated[
    Annotated[CodeInterpreterTool, Tag("<code_interpreter>")] | Annotated[FileSearchToolTypeOnly, Tag("<file_search>")],
    Discriminator(type_of),
]


class CodeInterpreterResources(Body):
    """tool_resources.code_interpreter."""

    file_ids: Annotated[list[str], Field(max_length=20)] = []


class AutoChunking(Body):
    """chunking_strategy of type auto."""

    type: Literal["auto"]


class StaticChunkingSizes(Body):
    """chunking_strategy.static."""

    max_chunk_size_tokens: Annotated[int, Field(ge=100, le=4096)]
    chunk_overlap_tokens: Annotated[int, Field(ge=0)]

    @model_validator(mode="after")
    def overlap_is_at_most_half(self) -> StaticChunkingSizes:
        """ "The overlap must not exceed half of max_chunk_size_tokens"."""
        if self.chunk_overlap_tokens * 2 > self.max_chunk_size_tokens:
            raise PydanticCustomError("overlap", "chunk_overlap_tokens must not exceed half of max_chunk_size_tokens")
        return self


class StaticChunking(Body):
    """chunking_strategy of type static."""

    type: Literal["static"]
    static: StaticChunkingSizes


ChunkingStrategy = Annotated[
    Annotated[AutoChunking, Tag("<auto>")] | Annotated[StaticChunking, Tag("<static>")], Discriminator(type_of)
]


class InlineVectorStore(Body):
    """An entry of tool_resources.file_search.vector_stores."""

    file_ids: list[str] = []
    chunking_strategy: Omittable[ChunkingStrategy] = None
    metadata: Metadata | None = None


class FileSearchResourcesUpdate(Body):
    """tool_resources.file_search, where only existing vector stores can be named."""

    vector_store_ids: Annotated[list[str], Field(max_length=1)] = []


class FileSearchResources(FileSearchResourcesUpdate):
    """tool_resources.file_search, where vector stores can be made on the way."""

    vector_stores: Annotated[list[InlineVectorStore], Field(max_length=1)] = []

    @model_validator(mode="after")
    def one_of_the_two(self) -> FileSearchResources:
        """The schema's oneOf: exactly one of vector_store_ids and vector_stores."""
        if len(self.model_fields_set) != 1:
            raise PydanticCustomError("one_of", "exactly one of vector_store_ids and vector_stores must be given")
        return self


class ToolResources(Body):
    """tool_resources of a create request."""

    code_interpreter: Omittable[CodeInterpreterResources] = None
    file_search: Omittable[FileSearchResources] = None


class ToolResourcesUpdate(Body):
    """tool_resources of an update request, and of a run."""

    code_interpreter: Omittable[CodeInterpreterResources] = None
    file_search: Omittable[FileSearchResourcesUpdate] = None


class TextFormat(Body):
    """ResponseFormatText."""

    type: Literal["text"]


class JsonObjectFormat(Body):
    """ResponseFormatJsonObject."""

    type: Literal["json_object"]


class JsonSchema(Body):
    """ResponseFormatJsonSchema.json_schema."""

    name: Name64
    description: Omittable[str] = None
    schema_: Omittable[dict[str, Any]] = Field(default=None, alias="schema")
    strict: bool | None = None


class JsonSchemaFormat(Body):
    """ResponseFormatJsonSchema."""

    type: Literal["json_schema"]
    json_schema: JsonSchema


FormatObject = Annotated[
    Annotated[TextFormat, Tag("<text>")]
    | Annotated[JsonObjectFormat, Tag("<json_object>")]
    | Annotated[JsonSchemaFormat, Tag("<json_schema>")],
    Discriminator(type_of),
]

ResponseFormat = Annotated[
    Annotated[Literal["auto"], Tag("<string>")] | Annotated[FormatObject, Tag("<object>")], Discriminator(shape_of)
]


class FunctionName(Body):
    """AssistantsNamedToolChoice.function."""

    name: str


class NamedToolChoice(Body):
    """AssistantsNamedToolChoice."""

    type: Literal["function", "code_interpreter", "file_search"]
    function: Omittable[FunctionName] = None


ToolChoice = Annotated[
    Annotated[Literal["none", "auto", "required"], Tag("<string>")] | Annotated[NamedToolChoice, Tag("<object>")],
    Discriminator(shape_of),
]
