# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is told under /_control about runs."""

from __future__ import annotations

import json
from typing import Any, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from local_api.core.bodies import Body, Omittable


class ToldToolCall(Body):
    """A tool call that a run is to ask for."""

    name: str
    arguments: dict[str, Any] | str = "{}"
    server_label: Omittable[str] = None

    def as_told(self) -> dict[str, str]:
        """Its fields, with the arguments as JSON text."""
        given = self.arguments
        arguments = given if isinstance(given, str) else json.dumps(given)
        return {**self.sent(), "name": self.name, "arguments": arguments}


Outcome = Literal["completed", "failed", "incomplete", "expired", "requires_action", "requires_approval", "hang"]


class NextRunRequest(Body):
    """POST /_control/next_run."""

    outcome: Outcome = "completed"
    text: str | None = None
    tool_calls: list[ToldToolCall] | None = None

    @model_validator(mode="after")
    def tool_calls_are_asked_for(self) -> NextRunRequest:
        """Only a run that requires action asks for tool outputs, or for the approval of a server's tools."""
        if self.tool_calls is not None and self.outcome not in ("requires_action", "requires_approval"):
            raise PydanticCustomError("next_run", "tool_calls need the outcome requires_action or requires_approval")
        if self.outcome != "requires_approval" and any(each.server_label for each in self.tool_calls or []):
            raise PydanticCustomError("next_run", "server_label needs the outcome requires_approval")
        return self
