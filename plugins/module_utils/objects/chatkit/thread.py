# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ChatKit threads: what was said and done in such chats (API path `/chatkit/threads`, schema `ThreadResource`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from ...api.client import Client, path_of
from ...api.pages import walk
from ...engine.fields import Shown, ShownObject, TaskOptions
from ...engine.place import Place
from ...engine.plan import Json
from ...engine.resource import Resource
from . import FAMILY


class ItemOptions(TaskOptions):
    """What is added to what the server shows."""

    include_items: bool = False
    """
    - Whether to read what was said in each thread too. It is returned as RV(threads[].thread_items), the oldest item
      first, and never more than O(max_items) items of each thread.
    """


class ThreadStatus(ShownObject):
    """The `status` of schema `ThreadResource`."""

    type: Annotated[str, Shown("active")]
    """V(active), V(locked) or V(closed)."""

    reason: Annotated[str | None, Shown(None, when="when the type is V(locked) or V(closed)")]
    """Why the thread was locked or closed, or V(null)."""


class ThreadThreadItem(ShownObject):
    """The `thread_items` of schema `ThreadResource`."""

    id: Annotated[str, Shown("cthi_5e1b90")]
    """The id of the item."""

    object: Annotated[str, Shown("chatkit.thread_item")]
    """The type of the object, which is V(chatkit.thread_item)."""

    created_at: Annotated[int, Shown(1764000121)]
    """When the item was created, in seconds since 1970."""

    thread_id: Annotated[str, Shown("cthr_68df4b13")]
    """The id of the thread that the item belongs to."""

    type: Annotated[str, Shown("chatkit.user_message")]
    """
    - V(chatkit.user_message), V(chatkit.assistant_message), V(chatkit.widget), V(chatkit.client_tool_call),
      V(chatkit.task) or V(chatkit.task_group).
    - It says which other fields the item has.
    """

    content: Annotated[
        list[Json],
        Shown(
            [{"type": "input_text", "text": "How do I change my address?"}],
            when="when the item is a message of the user or of the assistant",
        ),
    ]
    """What was said, as a list of parts, each with its C(type) and C(text)."""

    attachments: Annotated[list[Json], Shown([], when="when the item is a message of the user")]
    """The files that come with the message."""

    inference_options: Annotated[Json | None, Shown(None, when="when the item is a message of the user")]
    """The C(tool_choice) and the C(model) that the user has asked for, or V(null)."""

    widget: Annotated[str, Shown('{"type": "Card"}', when="when the item is a widget")]
    """The widget that was shown, as text."""

    status: Annotated[str, Shown("completed", when="when the item is a call of a tool in the browser")]
    """V(in_progress) or V(completed)."""

    call_id: Annotated[str, Shown("call_c21f", when="when the item is a call of a tool in the browser")]
    """The id of the call."""

    name: Annotated[str, Shown("open_form", when="when the item is a call of a tool in the browser")]
    """The name of the tool."""

    arguments: Annotated[str, Shown('{"form": "address"}', when="when the item is a call of a tool in the browser")]
    """What the tool was called with, as JSON text."""

    output: Annotated[str | None, Shown('{"opened": true}', when="when the item is a call of a tool in the browser")]
    """What the tool has returned, as JSON text, or V(null) while it is at work."""

    task_type: Annotated[str, Shown("custom", when="when the item is a task")]
    """V(custom) or V(thought)."""

    heading: Annotated[str | None, Shown("Looking the address up", when="when the item is a task")]
    """The heading of the task, or V(null)."""

    summary: Annotated[str | None, Shown(None, when="when the item is a task")]
    """What the task did, or V(null)."""

    tasks: Annotated[
        list[Json],
        Shown([{"type": "thought", "heading": "Thinking", "summary": None}], when="when the item is a group of tasks"),
    ]
    """The tasks of the group, each with its C(type), C(heading) and C(summary)."""


class Thread(ShownObject):
    """Schema `ThreadResource`."""

    id: Annotated[str, Shown("cthr_68df4b13")]
    """The id of the thread."""

    object: Annotated[str, Shown("chatkit.thread")]
    """The type of the object, which is V(chatkit.thread)."""

    created_at: Annotated[int, Shown(1764000120)]
    """When the thread was created, in seconds since 1970."""

    title: Annotated[str | None, Shown("Changing an address")]
    """The title of the thread, or V(null)."""

    status: Annotated[ThreadStatus, Shown()]
    """Whether the thread takes new messages. It does if it is active."""

    user: Annotated[str, Shown("customer-4711")]
    """The end user that the thread belongs to."""

    thread_items: Annotated[list[ThreadThreadItem], Shown(when="when O(include_items=true)")]
    """
    - What was said and done in the thread, the oldest first.
    - The name is not C(items), which a template would take for the method of that name.
    """


RESOURCE = Resource(
    name="thread",
    plural="threads",
    kind="chatkit.thread",
    place=Place(path="/chatkit/threads", family=FAMILY),
    shown=Thread,
)


def with_items(client: Client, thread: Json, params: Mapping[str, Any]) -> Json:
    """The thread with the items of its chat, the oldest first, if the task wants them (schema `ThreadItem`)."""
    if not params["include_items"]:
        return thread
    path = path_of("/chatkit/threads/{thread_id}/items", thread_id=thread["id"])
    client = client.within(FAMILY)
    mine = {"thread_id": thread["id"]}
    items = walk(
        client, path, {"order": "asc"}, max_items=params["max_items"], kept=lambda item: mine.items() <= item.items()
    )
    return {**thread, "thread_items": list(items)}
