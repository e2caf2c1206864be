# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""JSON Schemas that a task gives as a mapping or as JSON text, and the names that go with them."""

from __future__ import annotations

import json
from typing import Annotated, Any

from ..api.libraries import BeforeValidator, Field
from ..api.sendable import check_sendable
from ..engine.fields import AS_GIVEN


def json_value(given: Any) -> Any:
    """A JSON Schema given as a mapping or as JSON text. Raises ValueError on other text."""
    if not isinstance(given, str):
        return given
    try:
        value = json.loads(given)
        check_sendable(value, "its value")
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is text, but not JSON: {error}") from error
    return value


Name = Annotated[str, Field(max_length=64, pattern=r"^[a-zA-Z0-9_-]+$")]
JsonSchema = Annotated[dict[str, Any], BeforeValidator(json_value), AS_GIVEN]
