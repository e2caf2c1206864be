# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ledger in a PostgreSQL database, for all who reach it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from urllib.parse import unquote

from ..api.errors import InvalidTask
from ..api.libraries import psycopg
from ..api.secrets import hide
from ..engine.ledger import Key
from .table import CREATE, SCHEMA, Table

Done = TypeVar("Done")

PASSWORDS = ("password", "sslpassword", "passfile")
"""The parameters of a URL that are not to be shown."""

HOST = r"(\[[\w:.%]*\]|[^:@/\[\]?#,]*)(:\d*)?"
HOSTS = re.compile(rf"{HOST}(,{HOST})*(/[^:@/?#]*)?")
"""Where a URL leads to: hosts with their ports, and a database."""

VERSION_TABLE = "aiops_openai_ledger_schema"
MAKING = 0x61696F7073
"""The advisory lock that is held while the tables are made."""


class PostgresLedger(Table):
    """A table of a database. The session holds what is taken, as advisory locks, and the server releases them with it.

    So a pool between here and the server must keep a session on one connection.
    """

    def __init__(self, url: str, *, read_only: bool, timeout: float) -> None:
        super().__init__(shown(url), read_only=read_only, timeout=timeout)
        self._psycopg = psycopg()
        self._url = url
        self._check_url()
        with self._explained():
            self._connection = self._connected()
            version = self._version()
            if not version and not read_only:
                version = self._make()
        self._check_schema(version)
        self._made = bool(version)

    def _check_url(self) -> None:
        """Raises InvalidTask, without the driver's message: it repeats what it cannot read."""
        try:
            self._psycopg.conninfo.conninfo_to_dict(self._url)
            understood = HOSTS.fullmatch(_parts(self._url)[1])
        except self._psycopg.Error:
            understood = None
        if not understood:
            raise InvalidTask(
                f"ledger ({self.where}) is no URL of a PostgreSQL database: it must look like "
                "postgresql://user@host:5432/database, with %XX for each special character of a password"
            )

    def take(self, key: Key) -> bool:
        """Takes the advisory lock of `key`."""
        return bool(self._run("SELECT pg_try_advisory_lock(?)", (_lock_of(key),))[0][0][0])

    def release(self, key: Key) -> None:
        """Releases the advisory lock of `key`; a session that broke meanwhile has lost it before."""
        self._run("SELECT pg_advisory_unlock(?)", (_lock_of(key),))

    def _run(self, statement: str, values: Sequence[Any] = ()) -> tuple[list[tuple[Any, ...]], int]:
        if not self._made:
            return [], 0
        with self._explained():
            return self._lasting(lambda: self._execute(statement, values))

    def _lasting(self, ask: Callable[[], Done]) -> Done:
        """What the server answers; asked once more where the connection has broken since it was last used."""
        try:
            return ask()
        except self._psycopg.OperationalError:
            if not self._connection.closed:
                raise
        self._connection = self._connected()
        return ask()

    def _execute(self, statement: str, values: Sequence[Any] = ()) -> tuple[list[tuple[Any, ...]], int]:
        with self._connection.cursor() as cursor:
            cursor.execute(statement.replace("?", "%s"), values)
            return (cursor.fetchall() if cursor.description else []), cursor.rowcount

    def _connected(self) -> Any:
        connection = self._psycopg.connect(
            self._url,
            autocommit=True,
            connect_timeout=max(2, int(self.timeout)),
            tcp_user_timeout=int(self.timeout * 1000),
            fallback_application_name="aiops.openai",
        )
        if self.read_only:
            connection.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY")
        return connection

    def _version(self) -> int:
        """The form of the tables; 0 where there are none."""
        if self._execute("SELECT to_regclass(?)", (VERSION_TABLE,))[0][0][0] is None:
            return 0
        return int(self._execute(f"SELECT version FROM {VERSION_TABLE}")[0][0][0])

    def _make(self) -> int:
        """Makes the tables, in one session at a time; returns their form."""
        self._execute("SELECT pg_advisory_lock(?)", (MAKING,))  # not in the transaction: that would not see what came
        try:
            if not self._version():
                with self._connection.transaction():
                    self._execute(CREATE)
                    self._execute(f"CREATE TABLE {VERSION_TABLE} (version INTEGER NOT NULL)")
                    self._execute(f"INSERT INTO {VERSION_TABLE} VALUES (?)", (SCHEMA,))
            return self._version()
        finally:
            self._execute("SELECT pg_advisory_unlock(?)", (MAKING,))

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Raises what the server and its driver say as one sentence that says what to do, without a password."""
        try:
            yield
        except self._psycopg.Error as error:
            reason = hide(" ".join(str(error).split()), sorted(passwords(self._url), key=len, reverse=True))
            raise self._unusable(*_explanation(error, reason)) from None


def _explanation(error: Any, reason: str) -> tuple[str, str, str]:
    """What is the matter with the database, what it says, and what to do."""
    state = error.sqlstate or ""
    if state == "53100":
        return "cannot be written", reason, "make room on the server's disk"
    if state == "25006":
        return "cannot be written", reason, "name a server that takes writes"
    if state in ("42501", "3F000"):
        return "cannot be used", reason, "let its user create tables there, or read and write those that there are"
    if state.startswith("XX"):
        return "is damaged", reason, "put a copy of the database back"
    if not state or state.startswith(("08", "57", "28", "3D")):
        return "cannot be reached", reason, "check the address, the user and the database in the URL"
    return "cannot be used", reason, "look at the database"


def passwords(url: str) -> set[str]:
    """What must not be shown of a URL: its passwords as they stand there, and as they are meant."""
    credentials, hosts, query = _parts(url)
    parameters = [part.partition("=") for part in query.split("&")]
    given = [credentials.partition(":")[2], *(value for name, _equals, value in parameters if name in PASSWORDS)]
    if not HOSTS.fullmatch(hosts):  # what stands there may be a password
        given.append(url)
    return {form for one in given for form in (one, unquote(one)) if len(form) >= 4}


def shown(url: str) -> str:
    """The servers that a URL names and the database there, without what else stands in it."""
    _credentials, hosts, _query = _parts(url)
    return f"postgresql://{hosts if HOSTS.fullmatch(hosts) else '...'}"


def _parts(url: str) -> tuple[str, str, str]:
    """The credentials in a URL (all that stands before its last @), its hosts and database, and its query."""
    credentials, _at, address = url.partition("://")[2].rpartition("@")
    hosts, _mark, query = address.partition("?")
    return credentials, hosts, query


def _lock_of(key: Key) -> int:
    """The number of the advisory lock of `key`, within PostgreSQL's 64 bits."""
    return int.from_bytes(bytes.fromhex(key.digest)[:8], signed=True)
