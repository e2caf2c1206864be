# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Messages of a thread (API path `/threads/{thread_id}/messages`, schema `MessageObject`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from ..api.libraries import BeforeValidator, Field, model_validator
from ..api.models import RequestModel
from ..engine.plan import KNOWN_AFTER_APPLY, Json, Rules
from ..engine.resource import Matcher, Resource
from . import shapes
from .active_run import ThreadOptions, make_room

Role = Literal["user", "assistant"]


class MessageOptions(ThreadOptions):
    """The options that are not fields of a message."""

    match: Literal["content", "none"] = "content"


class ImageFile(RequestModel):
    """An uploaded image."""

    file_id: str
    detail: Literal["auto", "low", "high"] | None = None


class ImageUrl(RequestModel):
    """An image on the web."""

    url: str
    detail: Literal["auto", "low", "high"] | None = None


class ContentPart(RequestModel):
    """Schemas `MessageRequestContentTextObject`, `MessageContentImageFileObject`, `MessageContentImageUrlObject`."""

    type: Literal["text", "image_file", "image_url"]
    text: str | None = None
    image_file: ImageFile | None = None
    image_url: ImageUrl | None = None


def _content(given: Any) -> Any:
    """A text, or a list of parts each of which holds what its type says."""
    if not isinstance(given, (list, dict)):
        return str(given)
    parts = [ContentPart.model_validate(part) for part in (given if isinstance(given, list) else [given])]
    if not parts:
        raise ValueError("it must hold at least one part")
    for number, part in enumerate(parts):
        said = part.model_dump(exclude_unset=True)
        if set(said) != {"type", part.type}:
            raise ValueError(f"part {number} has the type {part.type}, so it must hold {part.type} and nothing else")
    return [part.model_dump(exclude_unset=True) for part in parts]


class AttachmentTool(RequestModel):
    """A tool by its type alone."""

    type: Literal["code_interpreter", "file_search"]


class Attachment(RequestModel):
    """A file of a message, and the tools it is for."""

    file_id: str
    tools: list[AttachmentTool] | None = None


def _for_file_search(given: Any) -> Any:
    """An attachment that names no tools is for file_search."""
    return {"tools": [{"type": "file_search"}], **given} if isinstance(given, dict) else given


class MessageBody(RequestModel):
    """Schemas `CreateMessageRequest` and `ModifyMessageRequest`."""

    role: Role | None = None
    content: Annotated[Any, BeforeValidator(_content)] = None
    attachments: list[Annotated[Attachment, BeforeValidator(_for_file_search)]] | None = None
    file_ids: list[str] | None = None
    metadata: shapes.Metadata | None = None

    @model_validator(mode="before")
    @classmethod
    def attach_files(cls, given: Any) -> Any:
        """Takes `file_ids`, the older way to say it, as attachments for file_search."""
        if not isinstance(given, dict) or "file_ids" not in given:
            return given
        rest = {key: value for key, value in given.items() if key != "file_ids"}
        files = [{"file_id": file_id} for file_id in given["file_ids"]]
        return {**rest, "attachments": [*(given.get("attachments") or []), *files]}


class NewMessage(MessageBody):
    """Schema `CreateMessageRequest`, for a message that is made together with its thread or run."""

    role: Role
    content: Annotated[Any, BeforeValidator(_content), Field()]


def read_content(content: Any) -> list[Json]:
    """Content in the form in which the server shows it."""
    return [
        {"type": "text", "text": {"value": part["text"], "annotations": []}} if part["type"] == "text" else part
        for part in canonical_content(content)
    ]


def canonical_content(content: Any) -> list[Json]:
    """Content as a list of parts in the form in which they are written, whichever form it had."""
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    return [_canonical_part(part) for part in content]


def _canonical_part(part: Mapping[str, Any]) -> Json:
    kind = part.get("type", "")
    said = part.get(kind)
    if kind == "text" and isinstance(said, dict):
        return {"type": kind, "text": said.get("value")}
    if kind in ("image_file", "image_url") and isinstance(said, dict):
        return {"type": kind, kind: {"detail": "auto", **shapes.spoken(said)}}
    return dict(part)


def canonical_attachments(attachments: list[Mapping[str, Any]]) -> list[Json]:
    """Attachments in an order of their own."""
    return sorted(
        (
            {"file_id": one.get("file_id"), "tools": sorted(tool.get("type", "") for tool in one.get("tools") or ())}
            for one in attachments
        ),
        key=lambda one: (str(one["file_id"]), one["tools"]),
    )


def same_content(declared: Json, options: Json) -> Matcher | None:
    """Messages are the same where all of role, content and attachments are that the task declares."""
    if options.get("match") == "none":
        return None
    said = [key for key in ("role", "content", "attachments") if key in declared]
    wanted = RULES.normal(declared)
    return lambda other: all(RULES.normal(other).get(key) == wanted.get(key) for key in said)


RULES = Rules(
    defaults={
        "attachments": [],
        "metadata": {},
        "status": "completed",
        "assistant_id": None,
        "run_id": None,
        "incomplete_at": None,
        "incomplete_details": None,
    },
    canonical={"content": canonical_content, "attachments": canonical_attachments},
    updatable=("metadata",),
)

RESOURCE = Resource(
    name="message",
    plural="messages",
    kind="thread.message",
    path="/threads/{thread_id}/messages",
    body=MessageBody,
    required=("role", "content"),
    identity=same_content,
    traits=("role", "content", "attachments", "metadata"),
    unique=False,
    make_room=make_room,
    rules=RULES,
    server_fields=("id", "created_at", "completed_at"),
    read_forms={"content": read_content},
)

PREDICTED_REPLY = RESOURCE.predicted(
    {"role": "assistant", "content": KNOWN_AFTER_APPLY},
    dict.fromkeys(("thread_id", "run_id", "assistant_id"), KNOWN_AFTER_APPLY),
)
"""The message that a run will write."""
