# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The format of a model's answers (schema `AssistantsApiResponseFormatOption`)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ..api.libraries import BeforeValidator
from ..api.models import RequestModel
from ..engine.plan import spoken
from .json_schema import JsonSchema, Name, json_value


class OutputSchema(RequestModel):
    """The `json_schema` part of schema `ResponseFormatJsonSchema`."""

    name: Name
    description: str | None = None
    schema_: JsonSchema | None = None
    strict: bool | None = None


class OutputFormat(RequestModel):
    """A response format that is more than a word."""

    type: Literal["text", "json_object", "json_schema"]
    json_schema: OutputSchema | None = None


def _complete_format(value: Any) -> Any:
    if isinstance(value, str) and value.startswith("{"):
        value = json_value(value)
    if isinstance(value, str):
        if value != "auto":
            raise ValueError("it must be auto, or a mapping with the type text, json_object or json_schema")
        return value
    model = OutputFormat.model_validate(value)
    if (model.type == "json_schema") != (model.json_schema is not None):
        raise ValueError("json_schema goes with the type json_schema, and with no other")
    return model.model_dump(exclude_unset=True)


class WithResponseFormat(RequestModel):
    """What can be told the format of the answers."""

    response_format: Annotated[Any, BeforeValidator(_complete_format)] | None = None
    """
    - The format of the answers. V(auto), or a mapping with the key C(type).
    - The type V(text) gives plain text.
    - The type V(json_object) gives valid JSON. The instructions must then ask for JSON too, else the model may write
      blanks until it runs out of tokens.
    - The type V(json_schema) gives JSON that keeps to a schema. The mapping then has the key C(json_schema), a mapping
      with C(name), and optionally C(description), C(schema) (a mapping or JSON text) and C(strict).
    """


def canonical_format(value: Any) -> Any:
    """A response format less what means the same as leaving it out."""
    if not isinstance(value, dict) or not isinstance(value.get("json_schema"), dict):
        return value
    return {**value, "json_schema": spoken(value["json_schema"], {"strict": (False,)})}
