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
from .world import Moment


def pattern(text: str) -> str:
    """A regular expression."""
    try:
        re.compile(text)
    except re.error as error:
        raise PydanticCustomError("pattern", "not a regular expression: {why}", {"why": str(error)}) from None
    return text


class FaultRequest(Body):
    """POST /_control/faults."""

    method: Literal["GET", "POST", "DELETE", "PUT", "PATCH"] | None = None
    path: Annotated[str, AfterValidator(pattern)] = ""
    times: Annotated[int, Field(ge=1)] = 1
    status: Annotated[int, Field(ge=200, le=599)] | None = None
    headers: dict[str, str | int | float] = {}
    body: Any = None
    delay_ms: Annotated[float, Field(ge=0)] = 0
    every: Annotated[int, Field(ge=1)] = 1
    drop: Moment | None = None
    hang: Moment | None = None

    @model_validator(mode="after")
    def does_one_thing(self) -> FaultRequest:
        """A fault answers, drops, hangs or delays; what it cannot do together is refused."""
        told = sum(one is not None for one in (self.status, self.drop, self.hang))
        if not told and not self.delay_ms:
            raise PydanticCustomError("fault", "a fault needs one of status, drop, hang and delay_ms")
        if told > 1:
            raise PydanticCustomError("fault", "status, drop and hang exclude each other")
        if self.status is None and (self.headers or self.body is not None):
            raise PydanticCustomError("fault", "headers and body need a status")
        return self


GonePath = Annotated[str, Field(pattern=r"^(/[A-Za-z0-9_.-]+)+$")]


class SettingsRequest(Body):
    """POST /_control/settings. What is left out stays as it is."""

    metadata_update: Omittable[Literal["replace", "merge"]] = None
    gone: Omittable[list[GonePath]] = None
    run_seconds: Omittable[Annotated[float, Field(ge=0)]] = None
