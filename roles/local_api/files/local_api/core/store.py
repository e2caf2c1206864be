# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The store: one SQLite table of API objects. It knows no HTTP and no object by name.

Each row keeps an object's body exactly as the API answers it, so that a read is one indexed look-up and no
conversion. Everything is called from the event loop and never awaits: each call is atomic by construction.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from typing import Any, NamedTuple

from .kinds import Kind

Json = dict[str, Any]

SCHEMA = """
CREATE TABLE IF NOT EXISTS objects (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL,          -- unique among those of one parent
    kind TEXT NOT NULL,
    parent TEXT NOT NULL,      -- id of the object it lives in; '' at the top
    label TEXT NOT NULL,       -- what its list can be filtered by (a message's run, a ChatKit thread's user)
    created_at INTEGER NOT NULL,
    body TEXT NOT NULL,        -- the object, as answered
    plan TEXT NOT NULL,        -- what is to become of it (runs); never answered
    UNIQUE (id, parent)
);
CREATE INDEX IF NOT EXISTS in_order ON objects (kind, parent, created_at, seq);
CREATE INDEX IF NOT EXISTS by_label ON objects (kind, parent, label, created_at, seq);
CREATE INDEX IF NOT EXISTS children ON objects (parent);
CREATE TABLE IF NOT EXISTS contents (   -- what was uploaded for an object, in pieces
    owner INTEGER NOT NULL REFERENCES objects (seq) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    piece BLOB NOT NULL,
    PRIMARY KEY (owner, number)
);
"""

FAMILY = """
WITH RECURSIVE family(seq, id) AS (
    SELECT seq, id FROM objects WHERE id = ?1 AND (?2 IS NULL OR parent = ?2)
    UNION SELECT objects.seq, objects.id FROM objects JOIN family ON objects.parent = family.id
)
DELETE FROM objects WHERE seq IN (SELECT seq FROM family)
"""


class Place(NamedTuple):
    """Where an object stands in its list."""

    created_at: int
    seq: int


class Store:
    """API objects by kind, parent and id."""

    def __init__(self, path: str | None = None) -> None:
        self._db = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = NORMAL")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.executescript(SCHEMA)

    @property
    def connection(self) -> sqlite3.Connection:
        """The database, for what is kept beside the objects and changes together with them."""
        return self._db

    def close(self) -> None:
        """Close the database."""
        self._db.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """All writes of the block, or none of them."""
        if self._db.in_transaction:
            yield
            return
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def add(
        self, kind: Kind, body: Json, *, created_at: int, parent: str = "", label: str = "", plan: Json | None = None
    ) -> None:
        """Keep a new object."""
        self._db.execute(
            "INSERT INTO objects (id, kind, parent, label, created_at, body, plan) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (body["id"], kind.object, parent, label, created_at, _text(body), _text(plan or {})),
        )

    def read(self, kind: Kind, object_id: str, parent: str = "") -> str | None:
        """The JSON text of an object."""
        row = self._db.execute(
            "SELECT body FROM objects WHERE id = ? AND kind = ? AND parent = ?", (object_id, kind.object, parent)
        ).fetchone()
        return row[0] if row else None

    def get(self, kind: Kind, object_id: str, parent: str = "") -> Json | None:
        """An object."""
        text = self.read(kind, object_id, parent)
        return json.loads(text) if text else None

    def save(self, body: Json, parent: str | None = None) -> None:
        """Replace an object's body. The parent is to be given where another one may have an object of that id."""
        self._db.execute(
            "UPDATE objects SET body = ?1 WHERE id = ?2 AND (?3 IS NULL OR parent = ?3)",
            (_text(body), body["id"], parent),
        )

    def plan(self, object_id: str, parent: str | None = None) -> Json:
        """What is to become of an object. The parent is to be given where `save` needs it."""
        row = self._db.execute(
            "SELECT plan FROM objects WHERE id = ?1 AND (?2 IS NULL OR parent = ?2)", (object_id, parent)
        ).fetchone()
        return json.loads(row[0]) if row else {}

    def save_plan(self, object_id: str, plan: Json, label: str, parent: str | None = None) -> None:
        """Replace an object's plan and label. The parent is to be given where `save` needs it."""
        self._db.execute(
            "UPDATE objects SET plan = ?1, label = ?2 WHERE id = ?3 AND (?4 IS NULL OR parent = ?4)",
            (_text(plan), label, object_id, parent),
        )

    def delete(self, object_id: str, parent: str | None = None) -> None:
        """Remove an object and everything that lives in it. The parent is to be given where `save` needs it."""
        self._db.execute(FAMILY, (object_id, parent))

    def parents(self, kind: Kind, object_id: str) -> list[str]:
        """The ids of all objects that an object of that id lives in."""
        rows = self._db.execute("SELECT parent FROM objects WHERE id = ? AND kind = ?", (object_id, kind.object))
        return [parent for (parent,) in rows]

    def write(self, object_id: str, number: int, piece: bytes) -> None:
        """Keep a piece of what was uploaded for an object at the top."""
        self._db.execute(
            "INSERT INTO contents SELECT seq, ?, ? FROM objects WHERE id = ? AND parent = ''",
            (number, piece, object_id),
        )

    def pieces(self, object_id: str) -> Iterator[bytes]:
        """What was uploaded for an object, in order."""
        rows = self._db.execute(
            "SELECT piece FROM contents JOIN objects ON owner = seq WHERE id = ? AND parent = '' ORDER BY number",
            (object_id,),
        )
        for (piece,) in rows:
            yield piece

    def clear(self) -> None:
        """Remove everything."""
        self._db.execute("DELETE FROM objects")

    def place(self, kind: Kind, object_id: str, parent: str = "") -> Place | None:
        """Where an object stands in its list."""
        row = self._db.execute(
            "SELECT created_at, seq FROM objects WHERE id = ? AND kind = ? AND parent = ?",
            (object_id, kind.object, parent),
        ).fetchone()
        return Place(*row) if row else None

    def slice(
        self,
        kind: Kind,
        parent: str = "",
        *,
        label: str | None = None,
        above: Place | None = None,
        below: Place | None = None,
        newest_first: bool = False,
        limit: int = -1,
        characters: float = inf,
    ) -> list[tuple[str, str]]:
        """Ids and JSON texts of a list's objects strictly between two places, in order of creation or the reverse.

        It ends early with the first object after more than so many characters.
        """
        where, values = ["kind = ?", "parent = ?"], [kind.object, parent]
        for condition, bound in (
            ("label = ?", None if label is None else (label,)),
            ("(created_at, seq) > (?, ?)", above),
            ("(created_at, seq) < (?, ?)", below),
        ):
            if bound is not None:
                where.append(condition)
                values.extend(bound)  # type: ignore[arg-type]
        way = "DESC" if newest_first else "ASC"
        rows = self._db.execute(
            f"SELECT id, body FROM objects WHERE {' AND '.join(where)} ORDER BY created_at {way}, seq {way} LIMIT ?",
            (*values, limit),
        )
        found: list[tuple[str, str]] = []
        length = 0
        for object_id, body in rows:
            found.append((object_id, body))
            if length > characters:
                break
            length += len(body)
        return found

    def all(self, kind: Kind, parent: str = "", label: str | None = None) -> list[Json]:
        """All objects of a list, in order of creation."""
        return [json.loads(body) for _position, body in self.slice(kind, parent, label=label)]


def _text(body: Json) -> str:
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
