# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a message says (schemas `MessageContent...` and the `content` and `attachments` of `CreateMessageRequest`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from ..api.libraries import BeforeValidator
from ..api.models import RequestModel
from ..engine.fields import SOMETIMES, Shown, ShownObject
from ..engine.plan import Json, spoken


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
    if isinstance(given, bool):
        raise ValueError("it is no text; put quotes around a word that YAML takes for true or false")
    if not isinstance(given, (list, dict)):
        return str(given)
    if any(not isinstance(part, dict) or (part and "type" not in part) for part in _as_list(given)):
        raise ValueError(
            "it holds something else than content parts; where JSON text was meant, a template has read it: let it end "
            "in | to_json"
        )
    parts = [ContentPart.model_validate(part) for part in _as_list(given)]
    if not parts:
        raise ValueError("it must hold at least one part")
    for number, part in enumerate(parts):
        said = part.model_dump(exclude_unset=True)
        if set(said) != {"type", part.type}:
            raise ValueError(f"part {number} has the type {part.type}, so it must hold {part.type} and nothing else")
    return [part.model_dump(exclude_unset=True) for part in parts]


def _as_list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


Content = Annotated[Any, BeforeValidator(_content)]


class AttachmentTool(RequestModel):
    """A tool by its type alone."""

    type: Literal["code_interpreter", "file_search"]
    """
    - What the tool is.
    """


class Attachment(RequestModel):
    """A file of a message, and the tools it is for."""

    file_id: str
    """
    - The id of the file.
    """

    tools: list[AttachmentTool] | None = None
    """
    - The tools that may use the file.
    - If it is left out, the file is for C(file_search).
    """


def _for_file_search(given: Any) -> Any:
    """An attachment that names no tools is for file_search."""
    return {"tools": [{"type": "file_search"}], **given} if isinstance(given, dict) else given


Attachments = list[Annotated[Attachment, BeforeValidator(_for_file_search)]]


class ShownAnnotation(ShownObject):
    """The `annotations` of schema `MessageObject`."""

    type: Annotated[str, Shown("file_citation")]
    """V(file_citation) or V(file_path)."""

    text: Annotated[str, Shown("[source]")]
    """The part of the text that stands for the file."""

    file_citation: Annotated[Json, Shown({"file_id": "file-9c1e77"}, when="when the type is V(file_citation)")]
    """The cited file, as C(file_id)."""

    file_path: Annotated[Json, Shown({"file_id": "file-51ab03"}, when="when the type is V(file_path)")]
    """The file that was made, as C(file_id)."""

    start_index: Annotated[int, Shown(17)]
    """Where the annotated part of the text begins."""

    end_index: Annotated[int, Shown(29)]
    """Where it ends."""


class ShownText(ShownObject):
    """The `text` of schema `MessageObject`."""

    value: Annotated[str, Shown("Version 2.1 is faster.")]
    """The words of the text."""

    annotations: Annotated[list[ShownAnnotation], Shown()]
    """The files that the text cites or that were made for it, with their place in the text."""


class ShownImageFile(ShownObject):
    """The `image_file` of schema `MessageObject`."""

    file_id: Annotated[str, Shown("file-9c1e77")]
    """The id of the file."""

    detail: Annotated[str, Shown("auto", when=SOMETIMES)]
    """How closely the model looks at it, V(auto), V(low) or V(high)."""


class ShownImageUrl(ShownObject):
    """The `image_url` of schema `MessageObject`."""

    url: Annotated[str, Shown("https://example.com/plan.png")]
    """The address of the image."""

    detail: Annotated[str, Shown("auto", when=SOMETIMES)]
    """How closely the model looks at it, V(auto), V(low) or V(high)."""


class ShownPart(ShownObject):
    """The `content` of schema `MessageObject`."""

    type: Annotated[str, Shown("text")]
    """V(text), V(image_file), V(image_url) or V(refusal). The part has one key of that name beside it."""

    text: Annotated[ShownText, Shown(when="when the part is a text")]
    """The text."""

    image_file: Annotated[ShownImageFile, Shown(when="when the part is an uploaded image")]
    """An uploaded image."""

    image_url: Annotated[ShownImageUrl, Shown(when="when the part is an image on the web")]
    """An image on the web."""

    refusal: Annotated[str, Shown("I cannot help with that.", when="when the part is a refusal")]
    """The words in which the model refused to answer."""


class ShownAttachment(ShownObject):
    """The `attachments` of schema `MessageObject`."""

    file_id: Annotated[str, Shown("file-9c1e77")]
    """The id of the file."""

    tools: Annotated[list[Json], Shown([{"type": "file_search"}])]
    """The tools that may use the file, each with its C(type)."""


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
        return {"type": kind, kind: {"detail": "auto", **spoken(said)}}
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
