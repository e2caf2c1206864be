# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""/vector_stores."""

from __future__ import annotations

import time
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from local_api.core.pages import page
from local_api.core.queries import PageQuery
from local_api.core.serving import body_of, deleted, found, query_of, shown, with_metadata
from local_api.core.store import Json
from local_api.core.world import World

from .. import objects
from ..kinds import FILE, VECTOR_STORE, VECTOR_STORE_FILE
from ..life import Storage, check_searchable
from ..schemas.storage import (
    CreateVectorStoreFileRequest,
    CreateVectorStoreRequest,
    SearchRequest,
    UpdateVectorStoreFileRequest,
    UpdateVectorStoreRequest,
    VectorStoreFilesQuery,
)
from ..search import best_chunk, fits


def router(world: World) -> APIRouter:
    """The operations on vector stores and their files, less those on batches of files."""
    routes = APIRouter(prefix="/vector_stores")
    store, storage = world.store, Storage(world)

    @routes.get("")
    async def list_vector_stores(query: Annotated[PageQuery, query_of(PageQuery)]) -> Response:
        storage.catch_up()
        return page(store, VECTOR_STORE, query)

    @routes.post("")
    async def create_vector_store(
        body: Annotated[CreateVectorStoreRequest, body_of(CreateVectorStoreRequest)],
    ) -> Response:
        sent, now = body.sent(), int(time.time())
        made = objects.vector_store(sent, now)
        with store.together():
            store.add(VECTOR_STORE, made, created_at=now)
            for file_id in dict.fromkeys(sent.get("file_ids", [])):
                storage.attach(made, {"file_id": file_id, "chunking_strategy": sent.get("chunking_strategy")})
        return JSONResponse(made)

    @routes.get("/{store_id}")
    async def get_vector_store(store_id: str) -> Response:
        return JSONResponse(storage.vector_store(store_id))

    @routes.post("/{store_id}")
    async def modify_vector_store(
        store_id: str, body: Annotated[UpdateVectorStoreRequest, body_of(UpdateVectorStoreRequest)]
    ) -> Response:
        current = storage.vector_store(store_id)
        after = objects.changed_vector_store(current, with_metadata(world, current, body.sent()))
        store.save(after)
        return JSONResponse(after)

    @routes.delete("/{store_id}")
    async def delete_vector_store(store_id: str) -> Response:
        return JSONResponse(deleted(store, VECTOR_STORE, store_id))

    @routes.post("/{store_id}/search")
    async def search(store_id: str, body: Annotated[SearchRequest, body_of(SearchRequest)]) -> Response:
        searched = storage.vector_store(store_id)
        check_searchable(searched)
        storage.touch(searched)
        queries = [body.query] if isinstance(body.query, str) else body.query
        hits = [
            _hit(file, attached, queries)
            for attached in store.all(VECTOR_STORE_FILE, store_id, "completed")
            if fits(attached["attributes"], body.filters)
            for file in [found(store, FILE, attached["id"])]
        ]
        good = [hit for hit in hits if hit["score"] > 0 and hit["score"] >= body.ranking_options.score_threshold]
        best = sorted(good, key=lambda hit: -hit["score"])[: body.max_num_results]
        return JSONResponse(objects.search_results(queries, best))

    def _hit(file: Json, attached: Json, queries: list[str]) -> dict[str, Any]:
        """VectorStoreSearchResultItem of a file's best chunk."""
        score, chunk = best_chunk(storage.text(file["id"]), attached["chunking_strategy"], queries)
        return {
            "file_id": file["id"],
            "filename": file["filename"],
            "score": score,
            "attributes": attached["attributes"],
            "content": [{"type": "text", "text": chunk}],
        }

    @routes.get("/{store_id}/files")
    async def list_files(
        store_id: str, query: Annotated[VectorStoreFilesQuery, query_of(VectorStoreFilesQuery)]
    ) -> Response:
        storage.vector_store(store_id)
        return page(store, VECTOR_STORE_FILE, query, store_id, query.filter)

    @routes.post("/{store_id}/files")
    async def attach_file(
        store_id: str, body: Annotated[CreateVectorStoreFileRequest, body_of(CreateVectorStoreFileRequest)]
    ) -> Response:
        with store.together():
            return JSONResponse(storage.attach(storage.vector_store(store_id), body.sent()))

    @routes.get("/{store_id}/files/{file_id}")
    async def get_file(store_id: str, file_id: str) -> Response:
        storage.vector_store(store_id)
        return shown(store, VECTOR_STORE_FILE, file_id, store_id)

    @routes.post("/{store_id}/files/{file_id}")
    async def modify_file(
        store_id: str,
        file_id: str,
        body: Annotated[UpdateVectorStoreFileRequest, body_of(UpdateVectorStoreFileRequest)],
    ) -> Response:
        storage.vector_store(store_id)
        attached = found(store, VECTOR_STORE_FILE, file_id, store_id)
        attached["attributes"] = body.attributes or {}
        store.save(attached, store_id)
        return JSONResponse(attached)

    @routes.delete("/{store_id}/files/{file_id}")
    async def detach_file(store_id: str, file_id: str) -> Response:
        storage.detach(storage.vector_store(store_id), file_id)
        return JSONResponse({"id": file_id, "object": VECTOR_STORE_FILE.deleted, "deleted": True})

    @routes.get("/{store_id}/files/{file_id}/content")
    async def get_content(store_id: str, file_id: str) -> Response:
        storage.vector_store(store_id)
        found(store, VECTOR_STORE_FILE, file_id, store_id)
        return JSONResponse(objects.content_page(storage.text(file_id)))

    return routes
