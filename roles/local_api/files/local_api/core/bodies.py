# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What request bodies share: strict types, no unknown fields, metadata, and how unions are told apart."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

METADATA_PAIRS = 16


class Body(BaseModel):
    """A request body."""

    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False, populate_by_name=False)

    def sent(self) -> dict[str, Any]:
        """The fields the client has sent, and no others."""
        return self.model_dump(exclude_unset=True, by_alias=True)


def type_of(value: Any) -> str:
    """Tag of a union told apart by ``type``. Tags stand in angle brackets, so that ``error.param`` leaves them out."""
    return f"<{value.get('type')}>" if isinstance(value, dict) else f"<{getattr(value, 'type', None)}>"


def shape_of(value: Any) -> str:
    """Tag of a union told apart by JSON type."""
    names: dict[type[Any], str] = {str: "<string>", list: "<array>", dict: "<object>"}
    return "<object>" if isinstance(value, BaseModel) else names.get(type(value), "<other>")


def not_null(value: Any) -> Any:
    """A field that may be left out, but not sent as null."""
    if value is None:
        raise PydanticCustomError("null_type", "null is not allowed here")
    return value


def at_most_16_pairs(metadata: dict[str, str | None]) -> dict[str, str | None]:
    """A null removes a pair, so it does not count."""
    pairs = sum(value is not None for value in metadata.values())
    if pairs > METADATA_PAIRS:
        raise PydanticCustomError("too_long", "at most 16 pairs are allowed, got {pairs}", {"pairs": pairs})
    return metadata


T = TypeVar("T")
Omittable = Annotated[T | None, BeforeValidator(not_null)]

Key = Annotated[str, Field(max_length=64)]
Value = Annotated[str, Field(max_length=512)]
Metadata = Annotated[dict[Key, Value], Field(max_length=METADATA_PAIRS)]
MetadataUpdate = Annotated[dict[Key, Value | None], AfterValidator(at_most_16_pairs)]

Temperature = Annotated[float, Field(ge=0, le=2)]
TopP = Annotated[float, Field(ge=0, le=1)]
Name64 = Annotated[str, Field(pattern=r"^[a-zA-Z0-9_-]{1,64}$")]
