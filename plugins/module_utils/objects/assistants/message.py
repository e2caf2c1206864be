# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Messages of a thread (API path `/threads/{thread_id}/messages`, schema `MessageObject`)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ...api.client import Client
from ...api.libraries import model_validator
from ...engine.fields import Shown, ShownObject, defaults_of
from ...engine.identity import Identity, Matcher
from ...engine.life import Life
from ...engine.place import Place
from ...engine.plan import KNOWN_AFTER_APPLY, Json, Rules
from ...engine.resource import Resource
from ...engine.wish import Wish
from ...parts.content import (
    Attachments,
    Content,
    ShownAttachment,
    ShownPart,
    canonical_attachments,
    canonical_content,
    read_content,
)
from ...parts.metadata import NewWithMetadata, WithMetadata
from . import FAMILY
from .active_run import ThreadOptions, ThreadResults, make_room

Role = Literal["user", "assistant"]


class MessageOptions(ThreadOptions):
    """The options that are not fields of a message."""

    match: Literal["content", "none"] = "content"
    """
    - How a message is found again where the task does not name it by O(message_id).
    - content: By its O(role), O(content) and O(attachments). Attachments that the task leaves out are not compared.
      none: Not at all. With O(state=present) a message is always added, and with O(state=absent) nothing is done.
    """


class MessageBody(WithMetadata):
    """Schemas `CreateMessageRequest` and `ModifyMessageRequest`."""

    role: Role | None = None
    """
    - Who is said to have written the message. It cannot be changed later.
    - user: The person who talks to the assistant.
      assistant: The assistant. Use it to put earlier answers into a conversation.
    """

    content: Content = None
    """
    - What the message says. It cannot be changed later.
    - A text, or a list of parts. A single part needs no list around it.
    - A part has a C(type), and beside it one key of that name. C(text) holds a text. C(image_file) holds a mapping
      with C(file_id). C(image_url) holds a mapping with C(url). Both mappings may hold C(detail), which is V(auto),
      V(low) or V(high).
    - A text and a list with that one text part are the same.
    - A number or a date is sent as text, as YAML has read it, so C(1.10) is sent as C(1.1). V(true) and V(false) are
      refused. Put quotes around what is to be sent as it stands.
    """

    attachments: Attachments | None = None
    """
    - The files that come with the message. The order does not matter.
    """

    file_ids: list[str] | None = None
    """
    - The ids of files that come with the message, for C(file_search). An older and shorter way to give attachments.
    - Each of them is one more attachment beside those that are given as such.
    """

    @model_validator(mode="before")
    @classmethod
    def attach_files(cls, given: Any) -> Any:
        """Takes `file_ids`, the older way to say it, as attachments for file_search."""
        if not isinstance(given, dict) or "file_ids" not in given:
            return given
        rest = {key: value for key, value in given.items() if key != "file_ids"}
        files = [{"file_id": file_id} for file_id in given["file_ids"]]
        return {**rest, "attachments": [*(given.get("attachments") or []), *files]}


class NewMessage(NewWithMetadata, MessageBody):
    """Schema `CreateMessageRequest`, for a message that is made together with its thread or run."""

    role: Role
    content: Content


class IncompleteDetails(ShownObject):
    """The `incomplete_details` of schema `MessageObject`."""

    reason: Annotated[str, Shown("max_tokens", when="when the message is incomplete")]
    """V(content_filter), V(max_tokens), V(run_cancelled), V(run_expired) or V(run_failed)."""


class Message(ShownObject):
    """Schema `MessageObject`."""

    id: Annotated[str, Shown("msg_0b6e5f1d2c84")]
    """The id of the message."""

    object: Annotated[str, Shown("thread.message")]
    """The type of the object, which is V(thread.message)."""

    created_at: Annotated[int, Shown(1764000110)]
    """When the message was created, in seconds since 1970."""

    thread_id: Annotated[str, Shown("thread_71c0aa5e93d2")]
    """The id of the thread that the message belongs to."""

    status: Annotated[str, Shown("completed")] = "completed"
    """V(completed), V(in_progress) while a run is writing it, or V(incomplete)."""

    incomplete_details: Annotated[IncompleteDetails | None, Shown(None)] = None
    """Why the message is incomplete, or V(null)."""

    completed_at: Annotated[int | None, Shown(1764000110)]
    """When the message was completed, in seconds since 1970, or V(null)."""

    incomplete_at: Annotated[int | None, Shown(None)] = None
    """When the message was given up as incomplete, in seconds since 1970, or V(null)."""

    role: Annotated[str, Shown("assistant")]
    """Who wrote the message, V(user) or V(assistant)."""

    content: Annotated[list[ShownPart], Shown()]
    """What the message says, as a list of parts."""

    assistant_id: Annotated[str | None, Shown("asst_4f8d2c91b7a0")] = None
    """The id of the assistant that wrote the message, or V(null)."""

    run_id: Annotated[str | None, Shown("run_5ad3e8c07f16")] = None
    """The id of the run that wrote the message, or V(null)."""

    attachments: Annotated[list[ShownAttachment] | None, Shown()] = []
    """The files that come with the message. It may be V(null)."""

    metadata: Annotated[Json, Shown({})] = {}
    """The keys and values that are kept with the message."""


def same_content(declared: Json, options: Json) -> Matcher | None:
    """Messages are the same where all of role, content and attachments are that the task declares."""
    if options.get("match") == "none":
        return None
    said = [key for key in ("role", "content", "attachments") if key in declared]
    wanted = RULES.normal(declared)
    return lambda other: all(RULES.normal(other).get(key) == wanted.get(key) for key in said)


RULES = Rules(
    defaults=defaults_of(Message),
    canonical={"content": canonical_content, "attachments": canonical_attachments},
    read_forms={"content": read_content},
    updatable=("metadata",),
)


class MessageError(ShownObject):
    """What a message makes of the failure's facts."""

    code: Annotated[str, Shown("active_run", when="when the server says so")]
    """The code of the error, as the server names it. V(active_run) if a run is at work on the thread."""


class MessageResults(ThreadResults):
    """What a task returns beside its message."""

    error: Annotated[MessageError, Shown(when="failure")]
    """What is known of the failure."""


class MessageLife(Life):
    """A message waits for its thread to take it."""

    def make_room(self, client: Client, wish: Wish) -> bool:
        """Does with the thread's active run what the task says."""
        return make_room(client, wish)


RESOURCE = Resource(
    name="message",
    plural="messages",
    kind="thread.message",
    place=Place(path="/threads/{thread_id}/messages", family=FAMILY),
    body=MessageBody,
    shown=Message,
    results=MessageResults,
    required=("role", "content"),
    identity=Identity(matches=same_content, taken="oldest", traits=("role", "content", "attachments", "metadata")),
    rules=RULES,
    life=MessageLife(),
)

PREDICTED_REPLY = RESOURCE.predicted(
    {"role": "assistant", "content": KNOWN_AFTER_APPLY},
    dict.fromkeys(("thread_id", "run_id", "assistant_id"), KNOWN_AFTER_APPLY),
)
"""The message that a run will write."""
