# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ledger in a file of this machine."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from typing import Any
from urllib.parse import quote

from ..engine.ledger import Key, LedgerError
from .table import CREATE, SCHEMA, Table

READ_ATTEMPTS = 100


class SqliteLedger(Table):
    """An SQLite file, and beside it a folder with a file for each key that is held: the system's lock on it holds."""

    def __init__(self, path: str, *, read_only: bool, timeout: float) -> None:
        super().__init__(path, read_only=read_only, timeout=timeout)
        self._locks = f"{path}-locks"
        self._taken: dict[Key, int] = {}
        if not read_only:
            with self._explained():
                self._connection = self._writer()
        elif os.path.exists(path):
            self._check_schema(self._read("PRAGMA user_version")[0][0])

    def take(self, key: Key) -> bool:
        """Locks the file of `key`, which the system unlocks when this process dies.

        One that may only read makes no such file: where there is none, no one holds the key.
        """
        with self._explained():
            if self.read_only and not os.path.exists(os.path.join(self._locks, key.digest)):
                return True
            descriptor = self._locked(key.digest, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if descriptor is None:
            return False
        self._taken[key] = descriptor
        return True

    def release(self, key: Key) -> None:
        """Removes the file of `key`, and the lock with it: who waits for it sees that it is another one by then."""
        descriptor = self._taken.pop(key, None)
        if descriptor is not None:
            with self._explained(), _open(descriptor), suppress(FileNotFoundError):
                if not self.read_only:
                    os.unlink(os.path.join(self._locks, key.digest))

    def _locked(self, name: str, how: int) -> int | None:
        """The descriptor of a locked file, None while another process has it or has just removed it."""
        path = os.path.join(self._locks, name)
        try:
            descriptor = os.open(path, os.O_RDONLY if self.read_only else os.O_CREAT | os.O_RDWR, 0o600)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(descriptor, how)
            if os.path.samestat(os.fstat(descriptor), os.stat(path)):
                return descriptor
        except (BlockingIOError, FileNotFoundError):
            pass
        os.close(descriptor)
        return None

    def _run(self, statement: str, values: Sequence[Any] = ()) -> tuple[list[tuple[Any, ...]], int]:
        if self.read_only:
            return (self._read(statement, values) if os.path.exists(self.where) else []), 0
        with self._explained(), closing(self._connection.execute(statement, values)) as cursor:
            return cursor.fetchall(), cursor.rowcount

    def _writer(self) -> sqlite3.Connection:
        """A connection to the file, which is made if it is not there."""
        os.makedirs(os.path.dirname(self.where), mode=0o700, exist_ok=True)
        os.makedirs(self._locks, mode=0o700, exist_ok=True)
        os.close(os.open(self.where, os.O_CREAT | os.O_RDWR, 0o600))
        connection = sqlite3.connect(self.where, timeout=self.timeout, isolation_level=None, check_same_thread=False)
        if not _version(connection):
            self._make(connection)
        self._check_schema(_version(connection))
        return connection

    def _make(self, connection: sqlite3.Connection) -> None:
        """Makes the table, in one process at a time: SQLite waits for no one where it changes the journal's mode."""
        lock = self._locked("schema", fcntl.LOCK_EX)
        if lock is None:
            raise AssertionError("this lock is never removed")
        with _open(lock):
            if not _version(connection):
                connection.execute("PRAGMA journal_mode = WAL")
                connection.executescript(f"BEGIN IMMEDIATE; {CREATE}; PRAGMA user_version = {SCHEMA}; COMMIT")

    def _read(self, statement: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows, without making or changing any file.

        SQLite makes files beside a ledger that no one has open, unless it is told that none will write; whether one
        did after all is seen by the file.
        """
        with self._explained():
            for _attempt in range(READ_ATTEMPTS):
                before = self._state()
                quiet = not os.path.exists(f"{self.where}-wal")
                uri = f"file:{quote(self.where)}?mode=ro{'&immutable=1' if quiet else ''}"
                try:
                    with closing(sqlite3.connect(uri, uri=True, timeout=self.timeout)) as connection:
                        rows = connection.execute(statement, values).fetchall()
                except sqlite3.DatabaseError:
                    if not quiet or self._state() == before:
                        raise
                    continue
                if not quiet or self._state() == before:
                    return rows
        raise LedgerError(f"the ledger {self.where} cannot be read while others keep changing it: try again")

    def _state(self) -> tuple[int, int, bool]:
        seen = os.stat(self.where)
        return seen.st_mtime_ns, seen.st_size, os.path.exists(f"{self.where}-wal")

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Raises what SQLite and the system say as one sentence that says what to do."""
        try:
            yield
        except OSError as error:
            raise self._unusable("cannot be used", error.strerror, "let the user of this task write there") from error
        except sqlite3.Error as error:
            raise self._unusable(*_explanation(error)) from error


def _explanation(error: sqlite3.Error) -> tuple[str, object, str]:
    """What has become of the file, what SQLite says, and what to do."""
    code = getattr(error, "sqlite_errorname", "")
    if code.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return "is damaged", error, "put a copy of it back, move it away to begin a new one"
    if code.startswith("SQLITE_FULL"):
        return "cannot be written", error, "make room on its disk"
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return "is in use by others", error, "try again"
    if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return "cannot be written", error, "let the user of this task write the file and its folder"
    return "cannot be used", error, "look at its disk"


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def _open(descriptor: int) -> Iterator[None]:
    try:
        yield
    finally:
        os.close(descriptor)
