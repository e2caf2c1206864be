# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ChatKit: sessions for a chat in a browser, and the threads of such chats (API paths `/chatkit/...`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from ..api.client import Client, path_of
from ..api.libraries import AfterValidator, Field
from ..api.models import RequestModel
from ..api.pages import walk
from ..engine.plan import Json, Rules, merged
from ..engine.resource import Resource
from .options import TaskOptions

LONGEST_STATE_VARIABLE = 10485760


def _deployed(version: str) -> str:
    if version == "latest":
        raise ValueError("latest is no version: leave it out to run the latest deployed one")
    return version


def _primitive(value: Any) -> Any:
    if not isinstance(value, (str, bool, int, float)):
        raise ValueError("a state variable is a text, a number or a boolean")
    if isinstance(value, str) and len(value) > LONGEST_STATE_VARIABLE:
        raise ValueError(f"a state variable has at most {LONGEST_STATE_VARIABLE} characters")
    return value


StateVariables = Annotated[
    dict[Annotated[str, Field(max_length=64)], Annotated[Any, AfterValidator(_primitive)]], Field(max_length=64)
]


class Switch(RequestModel):
    """Schemas `WorkflowTracingParam` and `AutomaticThreadTitlingParam`."""

    enabled: bool | None = None


class Workflow(RequestModel):
    """Schema `WorkflowParam`."""

    id: Annotated[str, Field(min_length=1)]
    version: Annotated[str, AfterValidator(_deployed)] | None = None
    state_variables: StateVariables | None = None
    tracing: Switch | None = None


class ExpiresAfter(RequestModel):
    """Schema `ExpiresAfterParam`."""

    anchor: Literal["created_at"] = "created_at"
    seconds: Annotated[int, Field(ge=1, le=600)]


class RateLimits(RequestModel):
    """Schema `RateLimitsParam`."""

    max_requests_per_1_minute: Annotated[int, Field(ge=1)] | None = None


class FileUpload(RequestModel):
    """Schema `FileUploadParam`."""

    enabled: bool | None = None
    max_file_size: Annotated[int, Field(ge=1, le=512)] | None = None
    max_files: Annotated[int, Field(ge=1)] | None = None


class History(RequestModel):
    """Schema `HistoryParam`."""

    enabled: bool | None = None
    recent_threads: Annotated[int, Field(ge=1)] | None = None


class Configuration(RequestModel):
    """Schema `ChatkitConfigurationParam`."""

    automatic_thread_titling: Switch | None = None
    file_upload: FileUpload | None = None
    history: History | None = None


class SessionBody(RequestModel):
    """Schema `CreateChatSessionBody`."""

    user: Annotated[str, Field(min_length=1)] | None = None
    workflow: Workflow | None = None
    expires_after: ExpiresAfter | None = None
    rate_limits: RateLimits | None = None
    chatkit_configuration: Configuration | None = None


WORKFLOW_DEFAULTS = {"version": None, "state_variables": None, "tracing": {"enabled": True}}
RATE_LIMIT_DEFAULTS = {"max_requests_per_1_minute": 10}
CONFIGURATION_DEFAULTS = {
    "automatic_thread_titling": {"enabled": True},
    "file_upload": {"enabled": False, "max_file_size": 512, "max_files": 10},
    "history": {"enabled": True, "recent_threads": None},
}


def _resolved(defaults: Mapping[str, Any]) -> Callable[[Any], Any]:
    return lambda given: merged(defaults, given)


SESSION = Resource(
    name="session",
    plural="sessions",
    kind="chatkit.session",
    path="/chatkit/sessions",
    body=SessionBody,
    required=("workflow", "user"),
    secret_fields=("client_secret",),
    listed=False,
    readable=False,
    rules=Rules(
        defaults={
            "rate_limits": RATE_LIMIT_DEFAULTS,
            "chatkit_configuration": CONFIGURATION_DEFAULTS,
            "status": "active",
        },
        write_only=("expires_after",),
    ),
    server_fields=("id", "client_secret", "expires_at", "max_requests_per_1_minute"),
    read_forms={
        "workflow": _resolved(WORKFLOW_DEFAULTS),
        "rate_limits": _resolved(RATE_LIMIT_DEFAULTS),
        "chatkit_configuration": _resolved(CONFIGURATION_DEFAULTS),
    },
    removal="cancel",
)

THREAD = Resource(
    name="thread",
    plural="threads",
    kind="chatkit.thread",
    path="/chatkit/threads",
    server_fields=("id", "created_at", "title", "status", "user"),
)


class ItemOptions(TaskOptions):
    """What is added to what the server shows."""

    include_items: bool = False


def with_items(client: Client, thread: Json, params: Mapping[str, Any]) -> Json:
    """The thread with the items of its chat, the oldest first, if the task wants them (schema `ThreadItem`)."""
    if not params["include_items"]:
        return thread
    path = path_of("/chatkit/threads/{thread_id}/items", thread_id=thread["id"])
    return {**thread, "thread_items": list(walk(client, path, {"order": "asc"}, max_items=params["max_items"]))}
