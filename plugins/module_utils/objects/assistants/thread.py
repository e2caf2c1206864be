# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Threads: a conversation's messages (API path `/threads`, schema `ThreadObject`). The API cannot list them."""

from __future__ import annotations

from typing import Annotated

from ...engine.fields import Shown, ShownObject, defaults_of
from ...engine.place import Place
from ...engine.plan import Json, Rules
from ...engine.resource import Resource
from ...parts import tool_resources as resources
from ...parts.metadata import NewWithMetadata, WithMetadata
from . import FAMILY, message


class ThreadBody(resources.WithToolResources, WithMetadata):
    """Schemas `CreateThreadRequest` and `ModifyThreadRequest`."""

    messages: list[message.NewMessage] | None = None
    """
    - The messages that the thread starts with, the oldest first.
    - They only matter when the thread is created. On a thread that exists they are left alone.
    """


class NewThread(NewWithMetadata, ThreadBody):
    """Schema `CreateThreadRequest`, for a thread that is made together with its run."""


class Thread(ShownObject):
    """Schema `ThreadObject`."""

    id: Annotated[str, Shown("thread_71c0aa5e93d2")]
    """The id of the thread."""

    object: Annotated[str, Shown("thread")]
    """The type of the object, which is V(thread)."""

    created_at: Annotated[int, Shown(1764000100)]
    """When the thread was created, in seconds since 1970."""

    tool_resources: Annotated[Json | None, Shown({"code_interpreter": {"file_ids": ["file-9c1e77"]}})] = {}
    """What the tools may use, by the type of the tool. It may be V(null)."""

    metadata: Annotated[Json, Shown({"ticket": "4711"})] = {}
    """The keys and values that are kept with the thread."""


RESOURCE = Resource(
    name="thread",
    plural="threads",
    kind="thread",
    place=Place(path="/threads", family=FAMILY, listed=False),
    body=ThreadBody,
    shown=Thread,
    rules=Rules(
        defaults=defaults_of(Thread),
        canonical={"tool_resources": resources.canonical_resources},
        read_forms={"tool_resources": resources.shown_resources},
        updatable=("tool_resources", "metadata"),
        create_only=(resources.INLINE_VECTOR_STORES,),
        write_only=("messages",),
        parted=("tool_resources",),
    ),
)
