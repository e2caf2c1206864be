# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ledger in a database: what it says when it cannot be used, and that no password is ever in it."""

from __future__ import annotations

import sys

import pytest

from ansible_collections.aiops.openai.plugins.module_utils.api.errors import InvalidTask, OpenAIError
from ansible_collections.aiops.openai.plugins.module_utils.api.libraries import MissingLibrary
from ansible_collections.aiops.openai.plugins.module_utils.engine.ledger import LedgerError, NoLedger
from ansible_collections.aiops.openai.plugins.module_utils.ledgers import opened
from ansible_collections.aiops.openai.plugins.module_utils.ledgers.postgres import PostgresLedger, passwords, shown
from ansible_collections.aiops.openai.plugins.module_utils.ledgers.table import FIND, SCHEMA

from .test_ledgers import KEY, OTHER, make

NOT_LISTENING = "127.0.0.1:1"


def ledger_at(url, *, read_only=False):
    return PostgresLedger(url, read_only=read_only, timeout=30)


@pytest.fixture
def stranger(database):
    """A user without any rights; turns a URL into its own."""
    _url, connection = database
    connection.execute("CREATE ROLE stranger LOGIN")
    yield lambda url: url.replace("postgres:@", "stranger@")
    connection.execute("DROP OWNED BY stranger")
    connection.execute("DROP ROLE stranger")


class TestDatabase:
    def test_a_look_up_uses_the_index(self, database):
        url, connection = database
        ledger_at(url)
        connection.execute("SET enable_seqscan = off")  # on an empty table it costs less
        plan = connection.execute(f"EXPLAIN {FIND.replace('?', '%s')}", ("x",)).fetchall()
        assert "Index Scan using aiops_openai_ledger_pkey" in plan[0][0]

    def test_a_check_makes_no_table(self, database):
        url, connection = database
        assert ledger_at(url, read_only=True).find(KEY) is None
        assert connection.execute("SELECT to_regclass('aiops_openai_ledger')").fetchone() == (None,)

    def test_a_connection_that_broke_meanwhile_is_made_anew(self, database):
        url, connection = database
        ledger = ledger_at(url)
        make(ledger, "thread_1")
        connection.execute("SELECT pg_terminate_backend(%s)", (ledger._connection.info.backend_pid,))
        assert ledger.find(KEY).object_id == "thread_1"

    def test_what_was_reserved_before_it_broke_is_kept_after(self, database):
        url, connection = database
        ledger = ledger_at(url)
        entry = ledger.reserve(KEY)
        connection.execute("SELECT pg_terminate_backend(%s)", (ledger._connection.info.backend_pid,))
        assert ledger.keep(entry, "thread_1") == ledger.find(KEY)


class TestUnusable:
    def test_of_a_newer_collection(self, database):
        url, connection = database
        ledger_at(url)
        connection.execute(f"UPDATE aiops_openai_ledger_schema SET version = {SCHEMA + 1}")
        with pytest.raises(LedgerError, match=f"has the form {SCHEMA + 1}, .*: update the collection"):
            ledger_at(url)

    def test_not_to_be_written(self, database):
        url, _connection = database
        make(ledger_at(url), "thread_1")
        ledger = ledger_at(f"{url}%20-cdefault_transaction_read_only%3Don")
        assert ledger.find(KEY).object_id == "thread_1"
        with pytest.raises(LedgerError, match="cannot be written .*read-only transaction.*: name a server"):
            make(ledger, "thread_2", OTHER)

    @pytest.mark.parametrize(
        ("state", "said"), [("53100", "cannot be written .*: make room"), ("XX001", "is damaged .*: put a copy")]
    )
    def test_what_the_server_says(self, database, state, said):
        url, connection = database
        ledger = ledger_at(url)
        connection.execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$BEGIN RAISE EXCEPTION 'the server says so' USING ERRCODE = '{state}'; END$$"
        )
        connection.execute(
            "CREATE TRIGGER refuse BEFORE INSERT ON aiops_openai_ledger FOR EACH ROW EXECUTE FUNCTION refuse()"
        )
        with pytest.raises(LedgerError, match=said):
            make(ledger, "thread_1")

    def test_no_rights(self, database, stranger):
        url, connection = database
        make(ledger_at(url), "thread_1")
        with pytest.raises(LedgerError, match=r"cannot be used \(no schema.*: let its user create tables there"):
            ledger_at(stranger(url))
        connection.execute(
            f"GRANT USAGE ON SCHEMA {connection.execute('SELECT current_schema').fetchone()[0]} TO stranger"
        )
        connection.execute("GRANT SELECT ON aiops_openai_ledger_schema TO stranger")
        with pytest.raises(
            LedgerError, match=r"cannot be used \(permission denied.*: let its user create tables there"
        ):
            ledger_at(stranger(url)).find(KEY)

    def test_no_such_database(self, postgres):
        with pytest.raises(LedgerError, match='cannot be reached .*database "nowhere" does not exist.*: check'):
            ledger_at(postgres.replace("/postgres?", "/nowhere?"))

    def test_no_server(self):
        with pytest.raises(
            LedgerError, match=f"postgresql://{NOT_LISTENING}/db cannot be reached .*Connection refused"
        ):
            ledger_at(f"postgresql://user:secret@{NOT_LISTENING}/db")

    def test_no_driver(self, monkeypatch):
        monkeypatch.setitem(sys.modules, "psycopg", None)
        with pytest.raises(MissingLibrary) as missing:
            opened(f"postgresql://{NOT_LISTENING}/db")
        assert missing.value.library == "psycopg"


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://user:hunter22@{NOT_LISTENING}/db",
        f"postgresql://user:hunter22@{NOT_LISTENING},{NOT_LISTENING}/db",
        f"postgres://user:hunter22%40@{NOT_LISTENING}",
        f"postgresql://user:hunter22@{NOT_LISTENING}/db?application_name=a%20b",
        f"postgresql://{NOT_LISTENING}/db?user=user&password=hunter22",
        f"postgresql://{NOT_LISTENING}/db?password=hunter22&user=a@b",
        f"postgresql://user:hunter22%zz@{NOT_LISTENING}/db",
        f"postgresql://user:hunter22/x@{NOT_LISTENING}/db",
        f"postgresql://user:x?hunter22@{NOT_LISTENING}/db",
        f"postgresql://user:x#hunter22@{NOT_LISTENING}/db",
        f"postgresql://user:[hunter22@{NOT_LISTENING}/db",
        f"postgresql://user:hunter22@x@{NOT_LISTENING}/db",
        f"postgresql://user:hunter22@{NOT_LISTENING}/db?nonsense=hunter22",
        "postgresql://user:hunter22",
        "postgresql://user:hunter22/db",
        "postgresql://user:hunter22@localhost:hunter22/db",
        "postgresql://user:hunter22@[::1/db",
    ],
)
def test_a_password_is_never_shown(url):
    with pytest.raises(OpenAIError) as error:
        ledger_at(url)
    assert "hunter22" not in f"{error.value}{error.value.details}{error.value.result}"
    assert any("hunter22" in secret for secret in passwords(url))
    assert "hunter22" not in shown(url)


@pytest.mark.parametrize(
    "where", ["ledger.sqlite", "", "mysql://user:hunter22@host/db", "sqlite:///x", "http://x", "None"]
)
def test_what_is_no_place_for_a_ledger(where):
    with pytest.raises(InvalidTask, match="^ledger must be none, the absolute path of a file, or a URL") as error:
        opened(where)
    assert "hunter22" not in str(error.value)


def test_none_is_one_that_remembers_nothing():
    assert isinstance(opened("none"), NoLedger)


def test_a_path_may_begin_at_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    ledger = opened("~/ledger.sqlite")
    assert ledger is opened("~/ledger.sqlite")
    make(ledger, "thread_1")
    assert (tmp_path / "ledger.sqlite").exists()
