# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is told under /_control about runs."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from local_api.core.bodies import Body


class ToldToolCall(Body):
    """A tool call that a run is to ask for."""

    name: str
    arguments: dict[str, Any] | str = "{}"

    def as_function(self) -> dict[str, str]:
        """RunToolCallObject.function, whose arguments are JSON text."""
        given = self.arguments
        return {"name": self.name, "arguments": given if isinstance(given, str) else json.dumps(given)}


class NextRunRequest(Body):
    """POST /_control/next_run."""

    outcome: Literal["completed", "failed", "incomplete", "expired", "requires_action", "hang"] = "completed"
    text: str | None = None
    tool_calls: list[ToldToolCall] | None = None

    @model_validator(mode="after")
    def tool_calls_are_asked_for(self) -> NextRunRequest:
        """Only a run that requires action asks for tool outputs."""
        if self.tool_calls is not None and self.outcome != "requires_action":
            raise PydanticCustomError("next_run", "tool_calls need the outcome requires_action")
        return self
