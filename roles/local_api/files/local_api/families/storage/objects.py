# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From request to API object: the server's defaults. Pure functions."""

from __future__ import annotations

from typing import Any

from local_api.core.kinds import new_object
from local_api.core.store import Json

from .kinds import FILE, VECTOR_STORE, VECTOR_STORE_FILE

DAY = 86400
AUTO: Json = {"type": "static", "static": {"max_chunk_size_tokens": 800, "chunk_overlap_tokens": 400}}
COUNTS = ("in_progress", "completed", "failed", "cancelled", "total")


def file(sent: Json, filename: str, size: int, created_at: int) -> Json:
    """OpenAIFile."""
    expiry = sent.get("expires_after")
    return new_object(
        FILE,
        created_at,
        bytes=size,
        filename=filename,
        purpose=sent["purpose"],
        status="processed",
        **({"expires_at": created_at + expiry["seconds"]} if expiry else {}),
    )


def vector_store(sent: Json, created_at: int) -> Json:
    """VectorStoreObject, without files."""
    made = new_object(
        VECTOR_STORE,
        created_at,
        name=sent.get("name") or "",
        usage_bytes=0,
        file_counts=dict.fromkeys(COUNTS, 0),
        status="completed",
        metadata=sent.get("metadata") or {},
        **({"expires_after": sent["expires_after"]} if sent.get("expires_after") else {}),
    )
    return active(made, created_at)


def active(store: Json, now: int) -> Json:
    """A vector store that was used just now."""
    expiry = store.get("expires_after")
    expires_at = now + expiry["days"] * DAY if expiry else None
    return {**store, "last_active_at": now, "expires_at": expires_at}


def changed_vector_store(current: Json, sent: Json) -> Json:
    """A vector store after the fields sent have been written. Its expiry counts from when it was last active."""
    after = {**current, **sent, "name": sent.get("name", current["name"]) or ""}
    if after.get("expires_after") is None:
        after.pop("expires_after", None)
    return active(after, current["last_active_at"])


def vector_store_file(file_id: str, store_id: str, sent: Json, created_at: int) -> Json:
    """VectorStoreFileObject of a file that is yet to be cut into chunks."""
    strategy = sent.get("chunking_strategy") or {"type": "auto"}
    return {
        "id": file_id,
        "object": VECTOR_STORE_FILE.object,
        "created_at": created_at,
        "usage_bytes": 0,
        "vector_store_id": store_id,
        "status": "in_progress",
        "last_error": None,
        "chunking_strategy": AUTO if strategy["type"] == "auto" else strategy,
        "attributes": sent.get("attributes") or {},
    }


def search_results(queries: list[str], found: list[Json]) -> Json:
    """VectorStoreSearchResultsPage: all there is."""
    return {
        "object": "vector_store.search_results.page",
        "search_query": queries,
        "data": found,
        "has_more": False,
        "next_page": None,
    }


def content_page(text: str) -> Json:
    """VectorStoreFileContentResponse: all there is."""
    data: list[Any] = [{"type": "text", "text": text}]
    return {"object": "vector_store.file_content.page", "data": data, "has_more": False, "next_page": None}
