# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The module that shows what a ledger holds."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from ..api.client import Client
from ..api.models import RequestModel
from ..engine.fields import Shown, ShownObject, TaskOptions
from ..engine.ledger import Entry, key_of
from ..engine.listings import Listings
from ..engine.plan import Json
from . import arguments
from .declaration import Declaration
from .spec import options_of

DAY = 86400


class LedgerOptions(TaskOptions):
    """What is asked of the ledger."""

    kind: str | None = None
    """
    - Only rows of this kind of object, for example V(thread).
    """

    older_than_days: float | None = None
    """
    - Only rows that are older than so many days.
    """

    all_servers: bool = False
    """
    - Whether rows of other servers are wanted too. Otherwise only those of this O(base_url), O(organization) and
      O(project) are, which is what the names of a task with the same options lead to.
    """


class Row(ShownObject):
    """A row of a ledger."""

    kind: Annotated[str, Shown()]
    """The kind of the object, such as V(thread)."""

    name: Annotated[str, Shown("ticket 4711")]
    """
    - The name of the object.
    - That of a thread which a run has brought with it is C(run:) and the key of that run.
    """

    id: Annotated[str | None, Shown("thread_71c0aa5e93d2")]
    """The id of the object, or V(null) while it is only reserved."""

    state: Annotated[str, Shown("known")]
    """
    - V(known) if the id is.
    - V(reserved) while the object is being created, and after a task that was killed meanwhile.
    """

    created_at: Annotated[int, Shown(1764000100)]
    """When the object was created, in seconds since 1970. When the name was reserved, if that is all that is known."""

    age: Annotated[int, Shown(172800)]
    """The seconds since then."""

    server: Annotated[str, Shown("https://api.openai.com/v1")]
    """The address of the server."""

    organization: Annotated[str | None, Shown(None)]
    """The organization that the task named, or V(null)."""

    project: Annotated[str | None, Shown(None)]
    """The project that the task named, or V(null)."""

    parents: Annotated[Json, Shown({})]
    """The ids of the parents of the object, by name."""

    maker: Annotated[str, Shown("node1:4711:9f86d081")]
    """The host and the process that created the object, and a random part."""


class LedgerResults(ShownObject):
    """What a task returns."""

    entries: Annotated[list[Row], Shown(when="success")]
    """The rows, the oldest first."""


@dataclass(frozen=True, kw_only=True)
class LedgerModule(Declaration):
    """A module that reads the ledger, and asks no server."""

    @property
    def option_classes(self) -> tuple[type[RequestModel | TaskOptions], ...]:
        """What is asked of the ledger."""
        return (LedgerOptions,)

    @property
    def results(self) -> type[ShownObject]:
        """The rows."""
        return LedgerResults

    def argument_spec(self) -> dict[str, Any]:
        """The connection's options, which say whose rows are wanted, and what is asked."""
        return {**arguments.CONNECTION, **options_of(LedgerOptions)}

    def perform(self, client: Client, params: Mapping[str, Any], listings: Listings | None = None) -> dict[str, Any]:
        """Reads the rows; returns them as `entries`. The ledger is not made where there is none."""
        own, now = key_of(client.settings, "", {}, ""), int(time.time())
        rows = [
            _row(entry, now)
            for entry in arguments.ledger(params, check_mode=True, needed=True).entries()
            if params["all_servers"] or entry.key[:3] == own[:3]
        ]
        return {"changed": False, "entries": [row for row in rows if _wanted(row, params)]}


def _row(entry: Entry, now: int) -> Json:
    key = entry.key
    return {
        "kind": key.kind,
        "name": key.name,
        "id": entry.object_id,
        "state": "known" if entry.object_id else "reserved",
        "created_at": entry.created_at,
        "age": max(0, now - entry.created_at),
        "server": key.server,
        "organization": key.organization or None,
        "project": key.project or None,
        "parents": json.loads(key.parents or "{}"),
        "maker": entry.maker,
    }


def _wanted(row: Json, params: Mapping[str, Any]) -> bool:
    kind, days = params["kind"], params["older_than_days"]
    return (kind is None or row["kind"] == kind) and (days is None or row["age"] > days * DAY)
