# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module that looks at a server: whether it answers, whether it takes the key, and what it offers."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from ..api import retry
from ..api.client import Client
from ..api.errors import BadAnswer, OpenAIError
from ..api.families import Family
from ..api.sendable import one_line
from ..engine.fields import Shown, ShownObject
from ..engine.listings import Listings
from ..engine.plan import Json
from . import arguments
from .declaration import Declaration

MODELS = Family(probe="/models")
"""What most servers offer, and what says at least that there is one."""

NOT_THERE = (404, 405)
NOT_ALLOWED = (401, 403)


class Offer(ShownObject):
    """What was seen of one family of endpoints, or of a part of it."""

    name: Annotated[str, Shown("chatkit")]
    """
    - What was looked for.
    - V(assistants), V(thread_list) (whether threads can be listed, as Microsoft Foundry can, and api.openai.com
      cannot), V(chatkit), V(files), V(vector_stores) and V(agents).
    """

    offered: Annotated[bool | None, Shown(True)]
    """Whether the server offers it, or V(null) where that could not be told."""

    status: Annotated[int | None, Shown(200)]
    """The HTTP status of the answer, or V(null) if there was none."""

    seconds: Annotated[float, Shown(0.021)]
    """How long the answer took, with all attempts."""

    said: Annotated[str, Shown("GET http://127.0.0.1:8080/v1/chatkit/threads answered 200")]
    """What was seen, in words."""


class Server(ShownObject):
    """What was seen of a server."""

    base_url: Annotated[str, Shown("http://127.0.0.1:8080/v1")]
    """The address that was asked."""

    reachable: Annotated[bool, Shown(True)]
    """Whether anything answered there."""

    key_accepted: Annotated[bool | None, Shown(True)]
    """Whether the server takes the key, or V(null) where that could not be told."""

    seconds: Annotated[float | None, Shown(0.018)]
    """How long the quickest answer took, or V(null) if there was none."""

    said: Annotated[str, Shown("GET http://127.0.0.1:8080/v1/models answered 200")]
    """What the first request met, in words. That is a list of models, which not every server has."""

    offered: Annotated[list[str], Shown(["chatkit"])]
    """The names of all that the server offers, for conditions."""

    families: Annotated[list[Offer], Shown()]
    """What was seen of each. It is empty if nothing answered."""


class ServerResults(ShownObject):
    """What a task returns."""

    server: Annotated[Server, Shown(when="success")]
    """What was seen of the server."""


@dataclass(frozen=True, kw_only=True)
class ServerModule(Declaration):
    """A module that looks at a server. What is missing there is no failure."""

    families: tuple[Family, ...]

    @property
    def results(self) -> type[ShownObject]:
        """What was seen of the server."""
        return ServerResults

    def argument_spec(self) -> dict[str, Any]:
        """The connection's options."""
        return dict(arguments.CONNECTION)

    def perform(self, client: Client, params: Mapping[str, Any], listings: Listings | None = None) -> dict[str, Any]:
        """Asks for each list; returns what was seen as `server`."""
        first = _seen(client.within(MODELS), "models", MODELS.probe)
        reachable = first["status"] is not None
        parts = [(family, part) for family in self.families for part in family.parts.items() if reachable]
        families = [_seen(client.within(family), *part) for family, part in parts]
        server = {
            "base_url": client.settings.base_url,
            "reachable": reachable,
            "key_accepted": _key_accepted([first, *families]),
            "seconds": min(seen["seconds"] for seen in [first, *families]) if reachable else None,
            "said": first["said"],
            "offered": [seen["name"] for seen in families if seen["offered"]],
            "families": families,
        }
        return {"changed": False, "server": server}


def _seen(client: Client, name: str, path: str) -> Json:
    """What came of asking for a list."""
    started = time.monotonic()
    try:
        answer = client.get(path)
    except OpenAIError as failure:
        offered, status, said = _offered(failure), failure.details.get("status"), str(failure)
    else:
        offered, status = isinstance(answer.body.get("data"), list), answer.facts["status"]
        said = f"GET {answer.facts['url']} answered {status}{'' if offered else ', but not with a list'}"
    seconds = round(time.monotonic() - started, 3)
    return {"name": name, "offered": offered, "status": status, "seconds": seconds, "said": one_line(said)}


def _offered(failure: OpenAIError) -> bool | None:
    """What a failure says of whether the list is there: a refusal of the question does, trouble does not."""
    status = failure.details.get("status")
    if isinstance(failure, BadAnswer) or status in NOT_THERE:
        return False
    return True if status and status not in NOT_ALLOWED and retry.is_final_refusal(status) else None


def _key_accepted(seen: list[Json]) -> bool | None:
    """Whether the key is good for anything. A server that has nothing of all that has not looked at it."""
    if any(each["offered"] for each in seen):
        return True
    return False if any(each["status"] == 401 for each in seen) else None
