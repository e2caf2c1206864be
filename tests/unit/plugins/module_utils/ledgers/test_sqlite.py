# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The ledger in a file: what it makes there, and what it says when it cannot be used."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import stat

import pytest

from ansible_collections.aiops.openai.plugins.module_utils.engine.ledger import LedgerError
from ansible_collections.aiops.openai.plugins.module_utils.ledgers.sqlite import SqliteLedger
from ansible_collections.aiops.openai.plugins.module_utils.ledgers.table import FIND, SCHEMA

from .test_ledgers import KEY, OTHER, make

NOBODY = 65534


@pytest.fixture
def path(tmp_path):
    return tmp_path / "folder" / "ledger.sqlite"


def opened(path, *, read_only=False):
    return SqliteLedger(str(path), read_only=read_only, timeout=30)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def all_files(folder):
    return sorted(path for path in folder.rglob("*"))


class TestFiles:
    def test_no_one_else_may_read_them(self, path):
        before = os.umask(0)
        try:
            make(opened(path), "thread_1")
        finally:
            os.umask(before)
        assert mode(path.parent) == 0o700
        assert {mode(file) for file in all_files(path.parent) if file.is_file()} == {0o600}

    def test_nothing_is_left_of_what_was_held(self, path):
        ledger = opened(path)
        make(ledger, "thread_1")
        assert [file.name for file in path.parent.glob("*-locks/*")] == ["schema"]

    def test_the_lock_of_a_file_that_was_just_removed_holds_nothing(self, path, monkeypatch):
        first, second, third = opened(path), opened(path), opened(path)
        assert first.take(KEY)
        system = fcntl.flock

        def after_the_others(descriptor, how):
            monkeypatch.setattr(fcntl, "flock", system)
            first.release(KEY)
            assert second.take(KEY)
            system(descriptor, how)

        monkeypatch.setattr(fcntl, "flock", after_the_others)
        assert not third.take(KEY)

    def test_a_check_makes_none(self, path):
        assert opened(path, read_only=True).find(KEY) is None
        assert not path.parent.exists()
        ledger = opened(path)
        make(ledger, "thread_1")
        ledger._connection.close()
        before = all_files(path.parent)
        assert not [file for file in before if file.name.endswith("-wal")]  # what a reader might make
        assert opened(path, read_only=True).find(KEY).object_id == "thread_1"
        assert all_files(path.parent) == before

    def test_a_check_sees_what_others_write_meanwhile(self, path):
        writer, reader = opened(path), opened(path, read_only=True)
        for name in "abc":
            make(writer, f"thread_{name}", KEY._replace(name=name))
            assert reader.find(KEY._replace(name=name)).object_id == f"thread_{name}"

    def test_checks_are_not_misled_by_those_who_come_and_go(self, path, child):
        make(opened(path), "thread_1")
        child(come_and_go, path)
        reader = opened(path, read_only=True)
        assert {reader.find(KEY).object_id for _time in range(500)} == {"thread_1"}

    def test_an_empty_file_becomes_a_ledger(self, tmp_path):
        (tmp_path / "given").touch()
        assert make(opened(tmp_path / "given"), "thread_1") == "thread_1"

    def test_readers_and_writers_do_not_wait_for_each_other(self, path):
        opened(path)
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)

    def test_a_look_up_uses_the_index(self, path):
        opened(path)
        with sqlite3.connect(path) as connection:
            plan = connection.execute(f"EXPLAIN QUERY PLAN {FIND}", ("x",)).fetchall()
        assert [step[3].split(" (")[0] for step in plan] == [
            "SEARCH aiops_openai_ledger USING INDEX sqlite_autoindex_aiops_openai_ledger_1"
        ]


def come_and_go(tell, path):
    """Opens the ledger, writes and closes it, so that its journal comes and goes."""
    while True:
        ledger = opened(path)
        ledger.drop(ledger.keep(ledger.reserve(OTHER), "thread_2"))
        ledger._connection.close()


def as_nobody(tell, path, read_only):
    """What a user who may read the file, and not write it, is told."""
    if os.geteuid() == 0:
        os.setuid(NOBODY)
    try:
        ledger = opened(path, read_only=read_only)
        tell(ledger.find(KEY).object_id)
        make(ledger, "thread_2", OTHER)
    except LedgerError as error:
        tell(str(error))


class TestUnusable:
    def test_damaged(self, path):
        make(opened(path), "thread_1")
        path.write_bytes(b"no database at all" * 500)
        for journal in path.parent.glob("*-wal"):
            journal.unlink()
        for read_only in (False, True):
            with pytest.raises(LedgerError, match=r"ledger\.sqlite is damaged \(file is not a database\): put a copy"):
                opened(path, read_only=read_only)

    def test_damaged_within(self, path):
        ledger = opened(path)
        for number in range(200):
            ledger.keep(ledger.reserve(KEY._replace(name=str(number))), "thread_1")
        ledger._connection.close()
        whole = path.read_bytes()
        path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
        with pytest.raises(LedgerError, match=r"is damaged \(database disk image is malformed\): put a copy"):
            make(opened(path), "thread_1")

    def test_of_a_newer_collection(self, path):
        opened(path)
        with sqlite3.connect(path) as connection:
            connection.execute(f"PRAGMA user_version = {SCHEMA + 1}")
        for read_only in (False, True):
            with pytest.raises(LedgerError, match=f"has the form {SCHEMA + 1}, .*: update the collection"):
                opened(path, read_only=read_only)

    def test_full(self, path):
        ledger = opened(path)
        pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
        ledger._connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(LedgerError, match=r"cannot be written \(database or disk is full\): make room"):
            make(ledger, "thread_1", KEY._replace(name="x" * 100000))

    def test_not_to_be_written(self, path, child, tmp_path):
        make(opened(path), "thread_1")
        for each in (path, *path.parent.rglob("*"), path.parent):
            each.chmod(0o555 if each.is_dir() else 0o444)
        for folder in (tmp_path, *list(tmp_path.parents)[:2]):  # up to the folder of all of pytest's
            folder.chmod(0o755)
        reader = child(as_nobody, path, True)
        assert reader.told() == "thread_1"
        writer = child(as_nobody, path, False)
        assert "ledger.sqlite cannot be used (Permission denied): let the user of this task write" in writer.told()
        path.parent.chmod(0o755)

    def test_no_folder_to_be_made(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(LedgerError, match=r"cannot be used \(.*\): let the user of this task write there"):
            opened(tmp_path / "file" / "ledger.sqlite")
