# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is sent to /files and /vector_stores."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from local_api.core.bodies import Body, Metadata, MetadataUpdate, Omittable, shape_of
from local_api.core.queries import PageQuery

from ...assistants.schemas.tools import ChunkingStrategy

Key = Annotated[str, Field(max_length=64)]
Attributes = Annotated[dict[Key, Annotated[str, Field(max_length=512)] | bool | int | float], Field(max_length=16)]


class FileExpiry(BaseModel):
    """FileExpirationAfter; a form holds text."""

    model_config = ConfigDict(extra="forbid")

    anchor: Literal["created_at"]
    seconds: Annotated[int, Field(ge=3600, le=2592000)]


class CreateFileRequest(BaseModel):
    """CreateFileRequest, less the file itself."""

    model_config = ConfigDict(extra="forbid")

    purpose: Literal["assistants", "batch", "fine-tune", "vision", "user_data", "evals"]
    expires_after: FileExpiry | None = None


class FilesQuery(PageQuery):
    """Query of GET /files, which has no ``before``."""

    limit: Annotated[int, Field(ge=1, le=10000)] = 10000
    before: None = None
    purpose: str | None = None


class Expiry(Body):
    """VectorStoreExpirationAfter."""

    anchor: Literal["last_active_at"]
    days: Annotated[int, Field(ge=1, le=365)]


class CreateVectorStoreRequest(Body):
    """CreateVectorStoreRequest."""

    name: Omittable[str] = None
    description: Omittable[str] = None
    file_ids: Omittable[Annotated[list[str], Field(max_length=500)]] = None
    expires_after: Omittable[Expiry] = None
    chunking_strategy: Omittable[ChunkingStrategy] = None
    metadata: Metadata | None = None


class UpdateVectorStoreRequest(Body):
    """UpdateVectorStoreRequest."""

    name: str | None = None
    expires_after: Expiry | None = None
    metadata: MetadataUpdate | None = None


class CreateVectorStoreFileRequest(Body):
    """CreateVectorStoreFileRequest."""

    file_id: str
    chunking_strategy: Omittable[ChunkingStrategy] = None
    attributes: Attributes | None = None


class UpdateVectorStoreFileRequest(Body):
    """UpdateVectorStoreFileAttributesRequest."""

    attributes: Attributes | None


class VectorStoreFilesQuery(PageQuery):
    """Query of a vector store's list of files."""

    filter: Literal["in_progress", "completed", "failed", "cancelled"] | None = None


def condition(value: Any, depth: int = 8) -> Any:
    """A ComparisonFilter or a CompoundFilter."""
    if isinstance(value, dict) and depth:
        if value.get("type") in ("and", "or") and isinstance(value.get("filters"), list):
            return {**value, "filters": [condition(each, depth - 1) for each in value["filters"]]}
        comparisons = ("eq", "ne", "gt", "gte", "lt", "lte", "in", "nin")
        if value.get("type") in comparisons and isinstance(value.get("key"), str) and "value" in value:
            return value
    raise PydanticCustomError("filter", "not a comparison, nor several joined by and/or")


class Ranking(Body):
    """VectorStoreSearchRequest.ranking_options."""

    ranker: Literal["none", "auto", "default-2024-11-15"] = "auto"
    score_threshold: Annotated[float, Field(ge=0, le=1)] = 0


class SearchRequest(Body):
    """VectorStoreSearchRequest."""

    query: Annotated[
        Annotated[str, Tag("<string>")] | Annotated[list[str], Field(min_length=1), Tag("<array>")],
        Discriminator(shape_of),
    ]
    rewrite_query: bool = False
    max_num_results: Annotated[int, Field(ge=1, le=50)] = 10
    filters: Annotated[dict[str, Any], AfterValidator(condition)] | None = None
    ranking_options: Ranking = Ranking()
