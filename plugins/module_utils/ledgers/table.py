# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ledger as one table of a database, in SQL that SQLite and PostgreSQL both read."""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ..engine.ledger import Entry, Key, LedgerError

SCHEMA = 1
"""The number of this form of the table: another form has another one."""

CREATE = """
CREATE TABLE aiops_openai_ledger (
    key TEXT PRIMARY KEY,
    server TEXT NOT NULL,
    organization TEXT NOT NULL,
    project TEXT NOT NULL,
    kind TEXT NOT NULL,
    parents TEXT NOT NULL,
    name TEXT NOT NULL,
    maker TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    id TEXT,
    checksum TEXT
)
"""
COLUMNS = "server, organization, project, kind, parents, name, maker, created_at, id, checksum"
FIND = f"SELECT {COLUMNS} FROM aiops_openai_ledger WHERE key = ?"
LIST = f"SELECT {COLUMNS} FROM aiops_openai_ledger ORDER BY created_at, kind, name, key"
RESERVE = f"INSERT INTO aiops_openai_ledger (key, {COLUMNS}) VALUES ({'?, ' * 10}?) ON CONFLICT DO NOTHING"
KEEP = "UPDATE aiops_openai_ledger SET created_at = ?, id = ?, checksum = ? WHERE key = ? AND maker = ?"
DROP = "DELETE FROM aiops_openai_ledger WHERE key = ? AND maker = ?"


class Table:
    """A ledger whose rows one `_run` reads and writes. `where` is its place as it may be shown."""

    def __init__(self, where: str, *, read_only: bool, timeout: float) -> None:
        self.where = where
        self.read_only = read_only
        self.timeout = timeout

    def _run(self, statement: str, values: Sequence[Any] = ()) -> tuple[list[tuple[Any, ...]], int]:
        """The rows that a statement answers, and how many it has changed. Raises LedgerError."""
        raise NotImplementedError

    def find(self, key: Key) -> Entry | None:
        """The row of `key`, if there is one."""
        rows, _changed = self._run(FIND, (key.digest,))
        return _entry(rows[0]) if rows else None

    def entries(self) -> list[Entry]:
        """All rows, the oldest first."""
        rows, _changed = self._run(LIST)
        return [_entry(row) for row in rows]

    def reserve(self, key: Key) -> Entry:
        """The row of `key` that says it is being made. Raises LedgerError if there is a row already."""
        maker = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
        entry = Entry(key=key, maker=maker, created_at=int(time.time()))
        self._run(RESERVE, (key.digest, *key, entry.maker, entry.created_at, None, None))
        standing = self.find(key)
        if standing != entry:
            by = standing.maker if standing else "no one"
            raise LedgerError(f"{key.shown} is reserved by {by} in the ledger {self.where}: try again")
        return entry

    def keep(self, entry: Entry, object_id: str, created_at: int | None = None, checksum: str | None = None) -> Entry:
        """The reserved row with the object's id. Raises LedgerError if the reservation is not there any more."""
        kept = replace(entry, object_id=object_id, created_at=created_at or entry.created_at, checksum=checksum)
        _rows, changed = self._run(KEEP, (kept.created_at, object_id, checksum, entry.key.digest, entry.maker))
        if not changed:
            raise LedgerError(f"the ledger {self.where} has lost the reservation of {entry.key.shown} ({object_id})")
        return kept

    def drop(self, entry: Entry) -> None:
        """Removes that row, and no other that has taken its place."""
        self._run(DROP, (entry.key.digest, entry.maker))

    def _check_schema(self, version: int) -> None:
        """Raises LedgerError on a table that this code cannot read."""
        if version > SCHEMA:
            raise LedgerError(
                f"the ledger {self.where} has the form {version}, and this version of the collection knows {SCHEMA}: "
                "update the collection where this task runs"
            )

    def _unusable(self, why: str, reason: object, advice: str) -> LedgerError:
        return LedgerError(f"the ledger {self.where} {why} ({reason}): {advice}, or choose another with ledger")


def _entry(row: Sequence[Any]) -> Entry:
    maker, created_at, object_id, checksum = row[6:]
    return Entry(key=Key(*row[:6]), maker=maker, created_at=created_at, object_id=object_id, checksum=checksum)
