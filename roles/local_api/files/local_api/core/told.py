# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bodies of the requests under /_control."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from .bodies import Body, Omittable
from .fault_kinds import FAULT_KINDS
from .world import Moment


def pattern(text: str) -> str:
    """A regular expression."""
    try:
        re.compile(text)
    except re.error as error:
        raise PydanticCustomError("pattern", "not a regular expression: {why}", {"why": str(error)}) from None
    return text


def header_value(value: str | float) -> str | float:
    """One line of latin-1, as HTTP has it; a number may stand for its text."""
    if any(ord(sign) > 255 or sign in "\r\n\0" for sign in str(value)):
        raise PydanticCustomError("header_value", "a header's value is one line of latin-1 text")
    return value


HeaderName = Annotated[str, Field(pattern=r"^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")]
HeaderValue = Annotated[str | int | float, AfterValidator(header_value)]


def fault_kind(name: str) -> str:
    """The name of a kind of faults."""
    if name not in FAULT_KINDS:
        raise PydanticCustomError("fault_kind", "the kinds are {kinds}", {"kinds": ", ".join(FAULT_KINDS)})
    return name


class FaultRequest(Body):
    """POST /_control/faults."""

    kind: Annotated[str, AfterValidator(fault_kind)] | None = None
    method: Literal["GET", "POST", "DELETE", "PUT", "PATCH"] | None = None
    path: Annotated[str, AfterValidator(pattern)] = ""
    times: Annotated[int, Field(ge=1)] | None = 1
    every: Annotated[int, Field(ge=1)] = 1
    chance: Annotated[float, Field(gt=0, le=1)] = 1
    seed: int = 0
    status: Annotated[int, Field(ge=200, le=599)] | None = None
    headers: dict[HeaderName, HeaderValue] = {}
    body: Any = None
    carried_out: bool = False
    endless: bool = False
    delay_ms: Annotated[float, Field(ge=0, le=600_000)] = 0
    drop: Moment | None = None
    hang: Moment | None = None

    @model_validator(mode="after")
    def does_one_thing(self) -> FaultRequest:
        """A fault answers, drops, hangs or delays, or is of a kind; what it cannot do together is refused."""
        told = sum(one is not None for one in (self.kind, self.status, self.drop, self.hang))
        if not told and not self.delay_ms:
            raise PydanticCustomError("fault", "a fault needs one of kind, status, drop, hang and delay_ms")
        if told > 1:
            raise PydanticCustomError("fault", "kind, status, drop and hang exclude each other")
        if self.status is None and (self.headers or self.body is not None or self.endless):
            raise PydanticCustomError("fault", "headers, body and endless need a status")
        if self.carried_out and (self.status or FAULT_KINDS.get(self.kind or "", {}).get("status")) is None:
            raise PydanticCustomError("fault", "carried_out needs a status")
        return self

    def unfolded(self) -> FaultRequest:
        """The same, with what its kind stands for; what the request says itself comes first."""
        if self.kind is None:
            return self
        own = self.model_fields_set
        return self.model_copy(update={k: v for k, v in FAULT_KINDS[self.kind].items() if k not in own})


GonePath = Annotated[str, Field(pattern=r"^(/[A-Za-z0-9_.-]+)+$")]


class SettingsRequest(Body):
    """POST /_control/settings. What is left out stays as it is."""

    metadata_update: Omittable[Literal["replace", "merge"]] = None
    gone: Omittable[list[GonePath]] = None
    run_seconds: Omittable[Annotated[float, Field(ge=0)]] = None
