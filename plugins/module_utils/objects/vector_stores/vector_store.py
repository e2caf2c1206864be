# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Vector stores: files to be searched in (API path `/vector_stores`, schema `VectorStoreObject`)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ...api.client import Answer, Client
from ...api.libraries import BeforeValidator, Field
from ...api.models import RequestModel
from ...engine.fields import Shown, ShownObject, defaults_of
from ...engine.identity import by_name
from ...engine.life import Life
from ...engine.place import Place
from ...engine.plan import Json, Rules
from ...engine.resource import Resource
from ...engine.wish import Wish
from ...parts.chunking import Chunking
from ...parts.metadata import WithMetadata
from ...parts.waiting import waited_for
from . import FAMILY

IN_PROGRESS = "in_progress"
ANCHOR = "last_active_at"


class Expiry(RequestModel):
    """Schema `VectorStoreExpirationAfter`."""

    days: Annotated[int, Field(ge=1, le=365)] | None = None
    """
    - The number of days. {limit} Without it, the vector store does not expire.
    """

    anchor: Literal["last_active_at"] = "last_active_at"
    """
    - The time from which they count, which is when the vector store was last used.
    """


def _none_if_empty(given: Any) -> Any:
    return None if given in ({}, {"anchor": ANCHOR}) else given


class VectorStoreBody(WithMetadata):
    """Schemas `CreateVectorStoreRequest` and `UpdateVectorStoreRequest`."""

    name: str | None = None
    """
    - The name of the vector store.
    - Without O(vector_store_id) the vector store is found again by it, so it should be unique, and must not be empty.
      Upper and lower case matter.
    - Together with O(vector_store_id) it is the name that the vector store is to have.
    """

    description: str | None = None
    """
    - What the vector store is for. The server does not show it.
    - It only matters when the vector store is created. On one that exists it is left alone.
    """

    file_ids: Annotated[list[str], Field(max_length=500)] | None = None
    """
    - The ids of the files that the vector store starts with. {limit}
    - They only matter when the vector store is created. On one that exists they are left alone. See
      M(aiops.openai.openai_vector_store_file) for that.
    """

    chunking_strategy: Chunking | None = None
    """
    - How the files of O(file_ids) are cut into the chunks that are searched. It is of no use without them.
    - If it is left out, the server takes the type V(auto).
    """

    expires_after: Annotated[Expiry | None, BeforeValidator(_none_if_empty)] = None
    """
    - When the vector store expires, after it was last used. An expired one cannot be searched any more.
    - V({}) takes the expiry away.
    """


class FileCounts(ShownObject):
    """The `file_counts` of schema `VectorStoreObject`."""

    in_progress: Annotated[int, Shown(0)]
    """How many files are being cut into chunks."""

    completed: Annotated[int, Shown(12)]
    """How many files can be searched."""

    failed: Annotated[int, Shown(0)]
    """How many files could not be read."""

    cancelled: Annotated[int, Shown(0)]
    """How many files were given up on the way."""

    total: Annotated[int, Shown(12)]
    """How many files there are."""


class VectorStore(ShownObject):
    """Schema `VectorStoreObject`; a default is what the server fills in where nothing was given."""

    steering = ("status",)

    id: Annotated[str, Shown("vs_2b4f90")]
    """The id of the vector store."""

    object: Annotated[str, Shown("vector_store")]
    """The type of the object, which is V(vector_store)."""

    created_at: Annotated[int, Shown(1764000000)]
    """When the vector store was created, in seconds since 1970."""

    name: Annotated[str | None, Shown("Handbook")] = None
    """The name of the vector store. It may be empty."""

    usage_bytes: Annotated[int, Shown(123456)]
    """How many bytes its files take."""

    file_counts: Annotated[FileCounts, Shown()]
    """How many files there are, and in which status."""

    status: Annotated[str, Shown("completed")]
    """V(in_progress) while files are being cut into chunks, V(completed), or V(expired)."""

    expires_after: Annotated[Json | None, Shown({"anchor": "last_active_at", "days": 30})] = None
    """When it expires after it was last used, or V(null)."""

    expires_at: Annotated[int | None, Shown(1766592000)]
    """When it expires, in seconds since 1970, or V(null)."""

    last_active_at: Annotated[int | None, Shown(1764000000)]
    """When it was last used, in seconds since 1970, or V(null)."""

    metadata: Annotated[Json, Shown({"team": "platform"})] = {}
    """The keys and values that are kept with the vector store."""


class VectorStoreLife(Life):
    """A vector store is worked on as long as its files are cut into chunks."""

    moving = (IN_PROGRESS,)

    def create(self, client: Client, path: str, payload: Json, wish: Wish) -> Answer:
        """Creates one. A new one takes no null for "no expiry"."""
        return client.post(path, {key: value for key, value in payload.items() if value is not None})

    def follow_up(self, client: Client, wire_object: Json, wish: Wish) -> Json:
        """The vector store when its files are cut into chunks."""
        return {RESOURCE.name: waited_for(client, RESOURCE, wire_object, wish, self.moving)}


PLACE = Place(path="/vector_stores", family=FAMILY)

RESOURCE = Resource(
    name="vector_store",
    plural="vector_stores",
    kind="vector_store",
    place=PLACE,
    body=VectorStoreBody,
    shown=VectorStore,
    identity=by_name(PLACE, "vector store"),
    life=VectorStoreLife(),
    rules=Rules(
        defaults=defaults_of(VectorStore),
        updatable=("name", "expires_after", "metadata"),
        write_only=("description", "file_ids", "chunking_strategy"),
    ),
)
