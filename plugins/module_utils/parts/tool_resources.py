# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What tools may use (the `tool_resources` of `CreateAssistantRequest` and `CreateThreadRequest`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from ..api.libraries import BeforeValidator, Field
from ..api.models import RequestModel
from ..engine.plan import KNOWN_AFTER_APPLY, spoken
from .chunking import Chunking
from .metadata import NewWithMetadata


class CodeInterpreterResources(RequestModel):
    """The files of the code_interpreter tool."""

    file_ids: Annotated[list[str], Field(max_length=20)] | None = None
    """
    - The ids of the files that it may read. {limit} The order does not matter.
    - V([]) takes all files away.
    """


class VectorStore(NewWithMetadata):
    """A vector store that is made together with the object it is attached to."""

    file_ids: list[str] | None = None
    """
    - The ids of the files to put into the vector store.
    """

    chunking_strategy: Chunking | None = None
    """
    - How files are cut into the chunks that are searched.
    - If it is left out, the server takes the type V(auto).
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


class WithToolResources(RequestModel):
    """What has tools that use something."""

    tool_resources: ToolResources | None = None
    """
    - What the tools may use beyond the messages.
    - It is compared part by part. A part that is left out is left alone. V({}) empties all parts.
    """


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
