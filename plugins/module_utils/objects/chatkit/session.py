# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ChatKit sessions: for a chat in a browser (API path `/chatkit/sessions`, schema `ChatSessionResource`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from ...api.libraries import AfterValidator, Field
from ...api.models import RequestModel
from ...engine.fields import Shown, ShownObject
from ...engine.life import Life
from ...engine.place import Place
from ...engine.plan import Json, Rules, merged
from ...engine.resource import Resource
from . import FAMILY

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


class Tracing(RequestModel):
    """Schema `WorkflowTracingParam`."""

    enabled: bool | None = None
    """
    - Whether the workflow is traced.
    - If it is left out, the server takes V(true).
    """


class Workflow(RequestModel):
    """Schema `WorkflowParam`."""

    id: Annotated[str, Field(min_length=1)]
    """
    - The id of the workflow. {limit}
    """

    version: Annotated[str, AfterValidator(_deployed)] | None = None
    """
    - The version of the workflow to run.
    - If it is left out, the server takes the latest one that is deployed. V(latest) is refused, since it is no version.
    """

    state_variables: StateVariables | None = None
    """
    - Variables that the workflow is started with. A value is a text, a number or a boolean.
    - At most 64, with names of at most 64 and texts of at most 10485760 characters.
    """

    tracing: Tracing | None = None
    """
    - The record that the server keeps of the workflow.
    """


class ExpiresAfter(RequestModel):
    """Schema `ExpiresAfterParam`."""

    anchor: Literal["created_at"] = "created_at"
    """
    - The time that the seconds are counted from.
    """

    seconds: Annotated[int, Field(ge=1, le=600)]
    """
    - How many seconds the session lives. {limit}
    """


class RateLimits(RequestModel):
    """Schema `RateLimitsParam`."""

    max_requests_per_1_minute: Annotated[int, Field(ge=1)] | None = None
    """
    - How many requests the session may make in a minute. {limit}
    - If it is left out, the server takes V(10).
    """


class Titling(RequestModel):
    """Schema `AutomaticThreadTitlingParam`."""

    enabled: bool | None = None
    """
    - Whether the server gives threads a title.
    - If it is left out, the server takes V(true).
    """


class FileUpload(RequestModel):
    """Schema `FileUploadParam`."""

    enabled: bool | None = None
    """
    - Whether the end user may upload files.
    - If it is left out, the server takes V(false).
    """

    max_file_size: Annotated[int, Field(ge=1, le=512)] | None = None
    """
    - The largest size of a file, in megabytes. {limit}
    - If it is left out, the server takes V(512).
    """

    max_files: Annotated[int, Field(ge=1)] | None = None
    """
    - How many files may be uploaded in the session. {limit}
    - If it is left out, the server takes V(10).
    """


class History(RequestModel):
    """Schema `HistoryParam`."""

    enabled: bool | None = None
    """
    - Whether the end user can go back to them.
    - If it is left out, the server takes V(true).
    """

    recent_threads: Annotated[int, Field(ge=1)] | None = None
    """
    - To how many of the newest ones. {limit}
    - If it is left out, the server sets no limit.
    """


class Configuration(RequestModel):
    """Schema `ChatkitConfigurationParam`."""

    automatic_thread_titling: Titling | None = None
    """
    - The titles of ChatKit threads.
    """

    file_upload: FileUpload | None = None
    """
    - The files that the end user may upload.
    """

    history: History | None = None
    """
    - The earlier threads of the end user.
    """


class SessionBody(RequestModel):
    """Schema `CreateChatSessionBody`."""

    user: Annotated[str, Field(min_length=1)] | None = None
    """
    - A name of yours for the end user. {limit} The session can reach the objects of the same user, such as earlier
      ChatKit threads.
    """

    workflow: Workflow | None = None
    """
    - The workflow that the session runs.
    """

    expires_after: ExpiresAfter | None = None
    """
    - When the session expires.
    - If it is left out, that is ten minutes after its creation.
    - The server does not show it, but the time that comes of it, which is RV(session.expires_at).
    """

    rate_limits: RateLimits | None = None
    """
    - How much the session may ask of the server.
    """

    chatkit_configuration: Configuration | None = None
    """
    - Which features of ChatKit the end user gets.
    """


WORKFLOW_DEFAULTS = {"version": None, "state_variables": None, "tracing": {"enabled": True}}
RATE_LIMIT_DEFAULTS = {"max_requests_per_1_minute": 10}
CONFIGURATION_DEFAULTS = {
    "automatic_thread_titling": {"enabled": True},
    "file_upload": {"enabled": False, "max_file_size": 512, "max_files": 10},
    "history": {"enabled": True, "recent_threads": None},
}


def _resolved(defaults: Mapping[str, Any]) -> Callable[[Any], Any]:
    return lambda given: merged(defaults, given)


class SessionWorkflow(ShownObject):
    """The `workflow` of schema `ChatSessionResource`."""

    id: Annotated[str, Shown("wf_68df4b13b3588190a09d19288d4610ec")]
    """The id of the workflow."""

    version: Annotated[str | None, Shown(None)]
    """The version of the workflow, or V(null) for the latest one that is deployed."""

    state_variables: Annotated[Json | None, Shown({"plan": "gold"})]
    """The variables that the workflow is started with, or V(null)."""

    tracing: Annotated[Json, Shown({"enabled": True})]
    """Whether the workflow is traced, as C(enabled)."""


class Session(ShownObject):
    """Schema `ChatSessionResource`."""

    steering = ("status",)
    secret = ("client_secret",)

    id: Annotated[str, Shown("cksess_68df4b13")]
    """The id of the session."""

    object: Annotated[str, Shown("chatkit.session")]
    """The type of the object, which is V(chatkit.session)."""

    status: Annotated[str, Shown("active")]
    """V(active), V(expired) or V(cancelled)."""

    client_secret: Annotated[str, Shown("VALUE_OF_THE_SECRET")]
    """The secret that the browser of the end user shows to the server."""

    expires_at: Annotated[int, Shown(1764000420)]
    """When the session expires, in seconds since 1970."""

    user: Annotated[str, Shown("customer-4711")]
    """The end user that the session is for."""

    workflow: Annotated[SessionWorkflow, Shown()]
    """The workflow that the session runs."""

    rate_limits: Annotated[Json, Shown({"max_requests_per_1_minute": 5})]
    """How much the session may ask of the server, as C(max_requests_per_1_minute)."""

    max_requests_per_1_minute: Annotated[int, Shown(5)]
    """The same number as in RV(session.rate_limits)."""

    chatkit_configuration: Annotated[
        Json,
        Shown(
            {
                "automatic_thread_titling": {"enabled": True},
                "file_upload": {"enabled": True, "max_file_size": 512, "max_files": 3},
                "history": {"enabled": True, "recent_threads": 10},
            }
        ),
    ]
    """The features of ChatKit that the end user gets, with the defaults of the server filled in."""


class SessionResults(ShownObject):
    """What a task returns of a session."""

    session: Annotated[
        Session, Shown(when="when O(state=present), or when O(state=absent) and the server knows the session")
    ]
    """
    - In check mode a session that would be cancelled has the fields RV(session.id), RV(session.object) and
      RV(session.status) only.
    """


class SessionLife(Life):
    """A session is cancelled, and stays."""

    removal = "cancel"


RESOURCE = Resource(
    name="session",
    plural="sessions",
    kind="chatkit.session",
    place=Place(path="/chatkit/sessions", family=FAMILY, listed=False, readable=False),
    body=SessionBody,
    shown=Session,
    title=("user",),
    results=SessionResults,
    required=("workflow", "user"),
    rules=Rules(
        defaults={
            "rate_limits": RATE_LIMIT_DEFAULTS,
            "chatkit_configuration": CONFIGURATION_DEFAULTS,
            "status": "active",
        },
        write_only=("expires_after",),
        read_forms={
            "workflow": _resolved(WORKFLOW_DEFAULTS),
            "rate_limits": _resolved(RATE_LIMIT_DEFAULTS),
            "chatkit_configuration": _resolved(CONFIGURATION_DEFAULTS),
        },
    ),
    life=SessionLife(),
)
