# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Work that goes on in the background, kept beside the objects it is done for.

A job is claimed for a few seconds at a time, and its claim is renewed while somebody works on it. Of a server that was
killed the claims run out, and the next one takes the jobs over. What a job brings about is written together with its
end, and only while the claim holds: so each job is done once, however often it was begun.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from typing import NamedTuple

from .store import Store

LEASE = 3.0  # seconds that a claim holds
RENEWED = 1.0  # seconds after which it is renewed

SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    object INTEGER NOT NULL UNIQUE REFERENCES objects (seq) ON DELETE CASCADE,
    id TEXT NOT NULL,          -- the object's, and its parent's
    parent TEXT NOT NULL,
    owner TEXT NOT NULL,       -- who works on it; '' before the first claim
    lease_until REAL NOT NULL
);
"""


class Job(NamedTuple):
    """A claimed job: the object it is done for, and that one's parent."""

    id: str
    parent: str


class Jobs:
    """The jobs of a store. What does not await is atomic, as in the store."""

    def __init__(self, store: Store) -> None:
        self._db = store.connection
        self._db.executescript(SCHEMA)
        self._owner = secrets.token_hex(8)
        self._changed = asyncio.Event()

    def add(self, object_id: str, parent: str) -> None:
        """Something is to be done."""
        self._db.execute(
            "INSERT INTO jobs (object, id, parent, owner, lease_until) "
            "SELECT seq, id, parent, '', 0 FROM objects WHERE id = ? AND parent = ?",
            (object_id, parent),
        )
        self.wake()

    def drop(self, object_id: str) -> None:
        """It need not be done any more."""
        self._db.execute("DELETE FROM jobs WHERE id = ?", (object_id,))
        self.wake()

    def claim(self) -> Job | None:
        """The oldest job that nobody works on, which is ours for a while."""
        now = time.time()
        row = self._db.execute(
            "UPDATE jobs SET owner = ?, lease_until = ? WHERE seq = (SELECT MIN(seq) FROM jobs WHERE lease_until < ?) "
            "RETURNING id, parent",
            (self._owner, now + LEASE, now),
        ).fetchone()
        return Job(*row) if row else None

    def renew(self) -> set[str]:
        """Hold all claims for a while longer; the ids of the jobs that are still ours."""
        rows = self._db.execute(
            "UPDATE jobs SET lease_until = ? WHERE owner = ? RETURNING id", (time.time() + LEASE, self._owner)
        )
        return {object_id for (object_id,) in rows.fetchall()}

    def finish(self, object_id: str) -> bool:
        """Remove a job that is done. False when it was not ours any more: what came of it does not count."""
        done = self._db.execute("DELETE FROM jobs WHERE id = ? AND owner = ?", (object_id, self._owner))
        return done.rowcount == 1

    def wake(self) -> None:
        """There is something to look at."""
        self._changed.set()

    async def changed(self) -> None:
        """Wait until a job comes or goes, or it is time to renew the claims."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), RENEWED)
        self._changed.clear()
