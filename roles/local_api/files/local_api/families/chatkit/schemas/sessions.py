# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Body of POST /chatkit/sessions (CreateChatSessionBody)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from local_api.core.bodies import Body, Key, Omittable

STATE_VARIABLE_LENGTH = 10485760


def primitive(value: Any) -> Any:
    """A state variable is a string, an integer, a boolean or a number."""
    if not isinstance(value, str | bool | int | float):
        raise PydanticCustomError("primitive_type", "expected a string, a number or a boolean")
    if isinstance(value, str) and len(value) > STATE_VARIABLE_LENGTH:
        raise PydanticCustomError("string_too_long", "at most 10485760 characters are allowed")
    return value


StateVariables = Annotated[dict[Key, Annotated[Any, AfterValidator(primitive)]], Field(max_length=64)]


class Tracing(Body):
    """WorkflowTracingParam."""

    enabled: bool = True


class Workflow(Body):
    """WorkflowParam."""

    id: str
    version: Omittable[str] = None
    state_variables: Omittable[StateVariables] = None
    tracing: Tracing = Tracing()


class ExpiresAfter(Body):
    """ExpiresAfterParam."""

    anchor: Literal["created_at"]
    seconds: Annotated[int, Field(ge=1, le=600)]


class RateLimits(Body):
    """RateLimitsParam."""

    max_requests_per_1_minute: Annotated[int, Field(ge=1)] = 10


class AutomaticThreadTitling(Body):
    """AutomaticThreadTitlingParam."""

    enabled: bool = True


class FileUpload(Body):
    """FileUploadParam."""

    enabled: bool = False
    max_file_size: Annotated[int, Field(ge=1, le=512)] = 512
    max_files: Annotated[int, Field(ge=1)] = 10


class History(Body):
    """HistoryParam."""

    enabled: bool = True
    recent_threads: Omittable[Annotated[int, Field(ge=1)]] = None


class ChatkitConfiguration(Body):
    """ChatkitConfigurationParam."""

    automatic_thread_titling: AutomaticThreadTitling = AutomaticThreadTitling()
    file_upload: FileUpload = FileUpload()
    history: History = History()


class CreateSessionRequest(Body):
    """CreateChatSessionBody. Here the schema's defaults are the values read back."""

    workflow: Workflow
    user: Annotated[str, Field(min_length=1)]
    expires_after: ExpiresAfter = ExpiresAfter(anchor="created_at", seconds=600)
    rate_limits: RateLimits = RateLimits()
    chatkit_configuration: ChatkitConfiguration = ChatkitConfiguration()
