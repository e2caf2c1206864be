# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Threads: a conversation's messages (API path `/threads`, schema `ThreadObject`). The API cannot list them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from ...api.errors import InvalidTask
from ...engine.fields import Option, Shown, ShownObject, TaskOptions, defaults_of
from ...engine.identity import NAME_KEY, Identity, Named
from ...engine.place import Place
from ...engine.plan import Json, Rules, merged
from ...engine.resource import Resource
from ...parts import tool_resources as resources
from ...parts.metadata import NewWithMetadata, WithMetadata
from . import FAMILY, message

LONGEST_NAME = 512
"""What a value in metadata may hold."""


class ThreadBody(resources.WithToolResources, WithMetadata):
    """Schemas `CreateThreadRequest` and `ModifyThreadRequest`."""

    messages: list[message.NewMessage] | None = None
    """
    - The messages that the thread starts with, the oldest first.
    - They only matter when the thread is created. On a thread that exists they are left alone.
    """


class LostOptions(TaskOptions):
    """What a task does about a name whose object may exist, and cannot be found."""

    on_lost: Annotated[Literal["fail", "recreate"], Option(since="1.0.0")] = "fail"
    """
    - What to do where another task had begun to create the thread, and was killed or lost the answer of the server
      before it knew the id. The server may then hold a thread that it cannot list.
    - A task that is still at work is waited for, at most O(timeout) seconds.
    - fail: The task fails and says so.
      recreate: The thread is given up, and another one is created. With O(state=absent) it counts as absent.
    """


class NameOptions(LostOptions):
    """The options that are not fields of a thread."""

    name: Annotated[str | None, Option(since="1.0.0")] = None
    """
    - A name of your own for this thread, by which it is found again. A second task with the same name meets the same
      thread and creates none. At most 512 characters.
    - The API has no names of threads, and most servers cannot list them. So the O(ledger) keeps the name with the id.
      On a server that lists threads, as Microsoft Foundry does, a thread that the O(ledger) does not know is looked for
      in that list.
    - It is kept in the metadata of the thread too, under the key C(ansible_name), which counts as one of its 16 pairs.
      It is written when the thread is created, and a later change of the O(metadata) keeps it.
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


PLACE = Place(path="/threads", family=FAMILY, listed=False, listed_by_some=True)


def check_name(option: str, name: str, longest: int = LONGEST_NAME) -> None:
    """Raises InvalidTask on a name that metadata cannot keep, or that is none."""
    if not name:
        raise InvalidTask(f"{option} is empty: give a name, or leave the option out")
    if len(name) > longest:
        raise InvalidTask(f"{option} has {len(name)} characters: it must have at most {longest}")


def with_name(declared: Json, options: Json) -> Json:
    """The fields of a new thread, with the task's `name` in its metadata. Raises InvalidTask on one that is none."""
    name = options.get("name")
    if name is None:
        return declared
    check_name("name", name)
    return named(declared, name)


def named(thread: Json, name: str) -> Json:
    """The fields of a new thread with a name in its metadata."""
    return {**thread, "metadata": {**(thread.get("metadata") or {}), NAME_KEY: name}}


def name_of(declared: Json, options: Json, scope: Mapping[str, str]) -> Named | None:
    """The name that the task gives."""
    name = options.get("name")
    return None if name is None else Named(text=name, kind="thread", place=PLACE)


RESOURCE = Resource(
    name="thread",
    plural="threads",
    kind="thread",
    place=PLACE,
    body=ThreadBody,
    shown=Thread,
    identity=Identity(marked=with_name, named=name_of),
    rules=Rules(
        defaults=defaults_of(Thread),
        canonical={"tool_resources": resources.canonical_resources},
        read_forms={"tool_resources": resources.shown_resources},
        updatable=("tool_resources", "metadata"),
        create_only=(resources.INLINE_VECTOR_STORES,),
        write_only=("messages",),
        laid_over={"tool_resources": merged},
        kept_metadata=(NAME_KEY,),
    ),
)
