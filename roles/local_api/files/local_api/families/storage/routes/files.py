# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""/files."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from local_api.core.errors import ApiError, invalid
from local_api.core.pages import page
from local_api.core.serving import found, query_of, shown
from local_api.core.world import World

from .. import objects
from ..kinds import FILE
from ..life import Storage
from ..schemas.storage import CreateFileRequest, FilesQuery

LARGEST = 512 * 1024 * 1024
FORM_BYTES = 1024 * 1024  # what a form may have beside the file
PIECE = 1024 * 1024


def router(world: World) -> APIRouter:
    """listFiles, createFile, retrieveFile, deleteFile, downloadFile."""
    routes = APIRouter(prefix="/files")
    store, storage = world.store, Storage(world)

    @routes.get("")
    async def list_files(query: Annotated[FilesQuery, query_of(FilesQuery)]) -> Response:
        storage.forget_expired_files()
        return page(store, FILE, query, label=query.purpose)

    @routes.post("")
    async def create_file(request: Request) -> Response:
        upload, sent = await _form_of(request)
        file = objects.file(sent, upload.filename or "file", upload.size or 0, int(time.time()))
        pieces = 0
        with store.together():
            storage.keep_file(file)
            while piece := upload.file.read(PIECE):
                store.write(file["id"], pieces, piece)
                pieces += 1
        return JSONResponse(file)

    @routes.get("/{file_id}")
    async def get_file(file_id: str) -> Response:
        storage.forget_expired_files()
        return shown(store, FILE, file_id)

    @routes.get("/{file_id}/content")
    async def get_content(file_id: str) -> Response:
        storage.forget_expired_files()
        found(store, FILE, file_id)

        async def pieces() -> AsyncIterator[bytes]:  # a plain iterator would be read by another thread
            for piece in store.pieces(file_id):
                yield piece

        return StreamingResponse(pieces(), media_type="application/octet-stream")

    @routes.delete("/{file_id}")
    async def delete_file(file_id: str) -> Response:
        found(store, FILE, file_id)
        storage.delete_file(file_id)
        return JSONResponse({"id": file_id, "object": FILE.deleted, "deleted": True})

    return routes


async def _form_of(request: Request) -> tuple[UploadFile, dict[str, Any]]:
    """The uploaded file and the fields beside it, or 400."""
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told) > LARGEST + FORM_BYTES:
        raise ApiError(f"The file is larger than {LARGEST} bytes.", status=413, param="file")
    try:
        form = await request.form(max_files=1, max_fields=16)
    except HTTPException as wrong:
        raise ApiError(f"We could not parse the form of your request: {wrong.detail}") from None
    upload = form.get("file")
    if not isinstance(upload, UploadFile):
        raise ApiError("Missing required parameter: 'file'.", param="file", code="missing_required_parameter")
    if not upload.size:
        raise ApiError("File is empty.", param="file", code="invalid_value")
    if upload.size > LARGEST:
        raise ApiError(f"The file is larger than {LARGEST} bytes.", status=413, param="file")
    try:
        body = CreateFileRequest.model_validate(_nested({key: text for key, text in form.items() if key != "file"}))
    except ValidationError as error:
        raise invalid(error) from None
    return upload, body.model_dump(exclude_unset=True)


def _nested(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a form, where ``a[b]`` is the field ``b`` of ``a``."""
    nested: dict[str, Any] = {}
    for name, value in fields.items():
        outer, bracket, inner = name.removesuffix("]").partition("[")
        if bracket and isinstance(nested.setdefault(outer, {}), dict):
            nested[outer][inner] = value
        else:
            nested[name] = value
    return nested
