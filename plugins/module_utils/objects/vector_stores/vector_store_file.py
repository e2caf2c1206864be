# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files of vector stores (API path `/vector_stores/{vector_store_id}/files`, schema `VectorStoreFileObject`)."""

from __future__ import annotations

from typing import Annotated, Union

from ...api.client import Client
from ...api.errors import OpenAIError
from ...api.libraries import Field
from ...api.models import RequestModel
from ...engine.fields import Shown, ShownObject, defaults_of
from ...engine.identity import Identity, Matcher
from ...engine.life import Life
from ...engine.place import Place
from ...engine.plan import Json, Rules
from ...engine.resource import Resource
from ...engine.wish import Wish
from ...parts.chunking import Chunking
from ...parts.waiting import waited_for
from . import FAMILY

GIVEN_UP = ("failed", "cancelled")

Value = Union[Annotated[str, Field(max_length=512)], bool, int, float]  # noqa: UP007 - pylint takes Annotated for no type
Attributes = Annotated[dict[Annotated[str, Field(max_length=64)], Value], Field(max_length=16)]


class VectorStoreFileBody(RequestModel):
    """Schemas `CreateVectorStoreFileRequest` and `UpdateVectorStoreFileAttributesRequest`."""

    file_id: str
    """
    - The id of the file, as M(aiops.openai.openai_file) returns it. The vector store knows it by the same id.
    """

    attributes: Attributes | None = None
    """
    - Keys and values of your own that the server keeps with the file in this vector store. A search can be narrowed by
      them.
    - This is the whole map. A key of the file that is not in it is removed. V({}) removes all keys, and leaving the
      option out leaves all keys alone.
    - {limit} Values are texts of at most 512 characters, numbers, V(true) or V(false).
    """

    chunking_strategy: Chunking | None = None
    """
    - How the file is cut into the chunks that are searched.
    - It only matters when the file is put into the vector store. On one that is there it is left alone.
    - If it is left out, the server takes the type V(auto).
    """


class VectorStoreFile(ShownObject):
    """Schema `VectorStoreFileObject`; a default is what the server fills in where nothing was given."""

    steering = ("status",)

    id: Annotated[str, Shown("file-9c1e77")]
    """The id of the file."""

    object: Annotated[str, Shown("vector_store.file")]
    """The type of the object, which is V(vector_store.file)."""

    created_at: Annotated[int, Shown(1764000000)]
    """When the file was put into the vector store, in seconds since 1970."""

    vector_store_id: Annotated[str, Shown("vs_2b4f90")]
    """The id of the vector store."""

    usage_bytes: Annotated[int, Shown(23456)]
    """How many bytes the file takes in the vector store."""

    status: Annotated[str, Shown("completed")]
    """V(in_progress) while the file is being cut into chunks, V(completed), V(failed) or V(cancelled)."""

    last_error: Annotated[Json | None, Shown(None)]
    """Why the file could not be read, as C(code) and C(message), or V(null)."""

    chunking_strategy: Annotated[Json, Shown({"type": "static"}, "when the server shows it")]
    """How the file is cut into chunks."""

    attributes: Annotated[Json, Shown({"chapter": 3})] = {}
    """The keys and values that are kept with the file in this vector store."""


class NotSearchable(OpenAIError):
    """A file of a vector store cannot be searched; the failure's result holds it."""


class VectorStoreFileLife(Life):
    """A file of a vector store is cut into chunks."""

    moving = ("in_progress",)

    def starts_anew(self, found: Json, wish: Wish) -> bool:
        """One that was given up is put into the vector store again."""
        return found["status"] in GIVEN_UP

    def follow_up(self, client: Client, wire_object: Json, wish: Wish) -> Json:
        """The file when it is cut into chunks. Raises NotSearchable where it could not be."""
        reached = waited_for(client, RESOURCE, wire_object, wish, self.moving)
        if reached["status"] in GIVEN_UP:
            error = reached.get("last_error") or {}
            wrong = NotSearchable(
                f"the file {reached['id']} is {reached['status']}: {error.get('message') or 'no explanation'}",
                code=error.get("code"),
            )
            wrong.result = {RESOURCE.name: reached}
            raise wrong
        return {RESOURCE.name: reached}


def same_file(declared: Json, options: Json) -> Matcher:
    """A vector store has a file once."""
    return lambda other: other.get("id") == declared.get("file_id")


RESOURCE = Resource(
    name="vector_store_file",
    plural="vector_store_files",
    kind="vector_store.file",
    place=Place(path="/vector_stores/{vector_store_id}/files", family=FAMILY),
    body=VectorStoreFileBody,
    shown=VectorStoreFile,
    title=("id",),
    identity=Identity(own_id="file_id", matches=same_file),
    life=VectorStoreFileLife(),
    rules=Rules(
        defaults=defaults_of(VectorStoreFile),
        updatable=("attributes",),
        write_only=("file_id", "chunking_strategy"),
    ),
)
