# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the key `error` of a failed task holds, for documentation. What is in braces is the module's own."""

from __future__ import annotations

from typing import Annotated

from ..engine.fields import Shown, ShownObject

SAYS_SO = "when the server says so"
REQUESTED = "when a request was made"


class Failure(ShownObject):
    """What is known of a failure."""

    status: Annotated[int, Shown(404, "when the server answered with an error")]
    """The HTTP status of the answer."""

    type: Annotated[str, Shown("invalid_request_error", SAYS_SO)]
    """The type of the error, as the server names it."""

    code: Annotated[str, Shown("rate_limit_exceeded", SAYS_SO)]
    """The code of the error, as the server names it."""

    param: Annotated[str, Shown("{name}_id", SAYS_SO)]
    """The field of the request that the server objects to."""

    message: Annotated[str, Shown("No {name} was found with this id.", SAYS_SO)]
    """What the server says."""

    request_id: Annotated[str, Shown("req_8f2e61", "when the server gives one")]
    """The id of the request, which the support of the server asks for."""

    method: Annotated[str, Shown("{method}", REQUESTED)]
    """The HTTP method of the request."""

    url: Annotated[str, Shown("https://api.openai.com/v1{path}", REQUESTED)]
    """The address of the request, without its query."""


class AmbiguousFailure(Failure):
    """The same of a module that looks for its object by what may fit several."""

    ids: Annotated[list[str], Shown(["{id}", "{other_id}"], "when several match, and one is wanted")]
    """The ids of all {plural} that match what the task gives."""
