# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ledgers to try, on SQLite and on PostgreSQL."""

from __future__ import annotations

import multiprocessing
from itertools import count

import pytest

from ansible_collections.aiops.openai.plugins.module_utils.ledgers.postgres import PostgresLedger
from ansible_collections.aiops.openai.plugins.module_utils.ledgers.sqlite import SqliteLedger

FORK = multiprocessing.get_context("fork")
numbers = count()


@pytest.fixture
def database(postgres):
    """The URL of a new schema of that server, and a connection to it."""
    import psycopg

    schema = f"ledger{next(numbers)}"
    with psycopg.connect(postgres, autocommit=True, options=f"-csearch_path={schema}") as connection:
        connection.execute(f"CREATE SCHEMA {schema}")
        yield f"{postgres}&options=-csearch_path%3D{schema}", connection


@pytest.fixture(params=["sqlite", "postgres"])
def new(request, tmp_path):
    """Opens the same ledger anew each time, in whichever process it is called."""
    if request.param == "sqlite":
        path = str(tmp_path / "folder" / "ledger.sqlite")
        return lambda read_only=False: SqliteLedger(path, read_only=read_only, timeout=30)
    url, _connection = request.getfixturevalue("database")
    return lambda read_only=False: PostgresLedger(url, read_only=read_only, timeout=30)


class Child:
    """A process of its own that runs `work(tell, *args)`; `told` is what it told, `kill` is signal 9."""

    def __init__(self, work, *args):
        self._told, tell = FORK.Pipe(duplex=False)
        self.process = FORK.Process(target=work, args=(tell.send, *args))
        self.process.start()
        tell.close()

    def told(self):
        assert self._told.poll(60), "the child told nothing"
        return self._told.recv()

    def kill(self):
        self.process.kill()
        self.process.join()


@pytest.fixture
def child():
    """Starts children, which do not outlive the test."""
    children = []

    def start(work, *args):
        children.append(Child(work, *args))
        return children[-1]

    yield start
    for each in children:
        each.kill()
