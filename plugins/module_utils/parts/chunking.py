# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How files are cut into the chunks that are searched (schema `ChunkingStrategyRequestParam`)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ..api.libraries import AfterValidator, Field
from ..api.models import RequestModel
from ..engine.fields import NO_SECRET


class StaticChunking(RequestModel):
    """Schema `StaticChunkingStrategy`."""

    max_chunk_size_tokens: Annotated[int, Field(ge=100, le=4096), NO_SECRET]
    """
    - The largest number of tokens in a chunk. {limit}
    """

    chunk_overlap_tokens: Annotated[int, Field(ge=0), NO_SECRET]
    """
    - The number of tokens that a chunk has in common with the next one. {limit:,} and at most half of a chunk.
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


Chunking = Annotated[ChunkingStrategy, AfterValidator(_overlap_fits)]
