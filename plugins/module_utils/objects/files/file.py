# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files: what was uploaded (API path `/files`, schema `OpenAIFile`). They cannot be changed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Annotated, Literal

from ...api.client import Answer, Client
from ...api.errors import InvalidTask
from ...api.libraries import Field
from ...api.models import RequestModel
from ...engine.fields import Shown, ShownObject
from ...engine.identity import Identity, Matcher, Named
from ...engine.life import Life
from ...engine.place import Place
from ...engine.plan import Json, Rules
from ...engine.resource import Resource
from ...engine.wish import Wish
from ...parts.source import SourceOptions, filename_of, source_of
from . import FAMILY

LINES_OF_JSON = ("batch", "fine-tune")


class FileExpiry(RequestModel):
    """Schema `FileExpirationAfter`."""

    seconds: Annotated[int, Field(ge=3600, le=2592000)]
    """
    - The number of seconds. {limit} That is an hour to 30 days.
    """

    anchor: Literal["created_at"] = "created_at"
    """
    - The time from which they count, which is when the file was uploaded.
    """


class FileBody(RequestModel):
    """Schema `CreateFileRequest`, less the file itself."""

    purpose: Literal["assistants", "batch", "fine-tune", "vision", "user_data", "evals"] | None = None
    """
    - What the file is for.
    - Together with the name of the file it is what the file is found by without O(file_id).
    - assistants: For assistants and for vector stores.
      batch: For the Batch API. The name of the file must end in C(.jsonl).
      fine-tune: For fine-tuning. The name of the file must end in C(.jsonl).
      vision: For images that are looked at.
      user_data: For anything else.
      evals: For data sets of evaluations.
    """

    expires_after: FileExpiry | None = None
    """
    - When the file expires after it was uploaded. The server then deletes it.
    - It only matters when the file is uploaded. On a file that exists it is left alone.
    """


class FileOptions(SourceOptions):
    """The options that are not fields of a request."""

    replace: bool = False
    """
    - What to do where the server has a file of that name and purpose, and its content is another. The API cannot change
      a file.
    - If it is V(true), the new content is uploaded, and after that the old file is deleted. The new one has another id,
      so hand RV(file.id) on to what refers to it.
    - If it is V(false), the task fails.
    """


class File(ShownObject):
    """Schema `OpenAIFile`."""

    id: Annotated[str, Shown("file-9c1e77")]
    """The id of the file."""

    object: Annotated[str, Shown("file")]
    """The type of the object, which is V(file)."""

    created_at: Annotated[int, Shown(1764000000)]
    """When the file was uploaded, in seconds since 1970."""

    filename: Annotated[str, Shown("handbook.md")]
    """The name of the file."""

    bytes: Annotated[int, Shown(23456)]
    """How many bytes the file has."""

    purpose: Annotated[str, Shown("assistants")]
    """What the file is for."""

    status: Annotated[str, Shown("processed")]
    """V(uploaded), V(processed) or V(error). The API no longer makes use of it."""

    status_details: Annotated[str | None, Shown(None, "when the server shows it, and in check mode never")]
    """Why a file was not accepted."""

    expires_at: Annotated[int | None, Shown(1766592000, "when the file expires")]
    """When the file expires, in seconds since 1970."""

    checksum: Annotated[str, Shown("2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", "when known")]
    """
    - The SHA-256 of the content, in hexadecimal digits, where the O(ledger) knows it. The server does not tell it.
    - Without it, the content is taken for the same if it has the same number of bytes.
    """


class FileLife(Life):
    """A file is uploaded."""

    def create(self, client: Client, path: str, payload: Json, wish: Wish) -> Answer:
        """Uploads it. An answer with the file is given the checksum of what was sent."""
        source = source_of(wish.options)
        if source is None:
            raise AssertionError("a creation without a source is refused before")
        expiry = {f"expires_after[{key}]": str(value) for key, value in (payload.get("expires_after") or {}).items()}
        answer = client.upload(path, {"purpose": payload["purpose"], **expiry}, source)
        known = {"checksum": source.checksum} if answer.body.get("object") == RESOURCE.kind else {}
        return answer._replace(body={**answer.body, **known})


def made_of(options: Json, present: bool) -> Json:
    """The fields that the content makes. Nothing is read for a file that is to be absent."""
    name = filename_of(options)
    named = {} if name is None else {"filename": name}
    source = source_of(options) if present else None
    return named if source is None else {**named, "bytes": source.size, "checksum": source.checksum}


def same_name(declared: Json, options: Json) -> Matcher | None:
    """Files are the same where name and purpose are. Raises InvalidTask where a task says too little."""
    wanted = {key: declared.get(key) for key in ("filename", "purpose")}
    if not all(wanted.values()):
        raise InvalidTask("a file is found by its name and purpose: give purpose, and src or filename; or file_id")
    if wanted["purpose"] in LINES_OF_JSON and PurePath(str(wanted["filename"])).suffix != ".jsonl":
        raise InvalidTask(f"filename ({wanted['filename']}) must end in .jsonl for the purpose {wanted['purpose']}")
    return lambda other: all(other.get(key) == value for key, value in wanted.items())


def name_of(declared: Json, options: Json, scope: Mapping[str, str]) -> Named | None:
    """What the ledger keeps the checksum under."""
    name, purpose = declared.get("filename"), declared.get("purpose")
    if not (name and purpose):
        return None
    return Named(text=f"{purpose}/{name}", kind="file", place=PLACE, checksum=declared.get("checksum", ""))


PLACE = Place(path="/files", family=FAMILY)

RESOURCE = Resource(
    name="file",
    plural="files",
    kind="file",
    place=PLACE,
    body=FileBody,
    shown=File,
    title=("filename",),
    required=("purpose", "bytes"),
    made_of=made_of,
    identity=Identity(matches=same_name, taken="newest", named=name_of, traits=("filename", "purpose", "bytes")),
    life=FileLife(),
    rules=Rules(
        fixed=("filename", "purpose", "bytes", "checksum"),
        updatable=(),
        write_only=("expires_after",),
        brings={"expires_after": "expires_at"},
    ),
)
