# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How files come into vector stores, and what becomes of them there.

As with runs, nothing happens in the background: what is due is done when someone looks.
"""

from __future__ import annotations

import time
from pathlib import PurePath

from local_api.core.errors import ApiError
from local_api.core.serving import found
from local_api.core.store import Json
from local_api.core.world import World

from . import objects
from .kinds import FILE, FILE_EXPIRY, VECTOR_STORE, VECTOR_STORE_FILE

IN_PROGRESS = "in_progress"
SEARCHABLE = frozenset(
    (".c", ".cpp", ".cs", ".css", ".doc", ".docx", ".go", ".html", ".java", ".js", ".json", ".md", ".pdf", ".php")
    + (".pptx", ".py", ".rb", ".sh", ".tex", ".ts", ".txt")
)


class Storage:
    """The files and vector stores of a world, always up to date when looked at."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._store = world.store

    def forget_expired_files(self) -> None:
        """Let the files go whose time is over."""
        now = time.time()
        for expiry in self._store.all(FILE_EXPIRY):
            if expiry["expires_at"] <= now:
                self.delete_file(expiry["file_id"])
                self._store.delete(expiry["id"], "")

    def keep_file(self, file: Json) -> None:
        """Keep a new file, whose content follows."""
        self._store.add(FILE, file, label=file["purpose"], created_at=file["created_at"])
        if "expires_at" in file:
            expiry = {"id": FILE_EXPIRY.new_id(), "file_id": file["id"], "expires_at": file["expires_at"]}
            self._store.add(FILE_EXPIRY, expiry, created_at=file["created_at"])

    def delete_file(self, file_id: str) -> None:
        """Remove a file, from all vector stores too."""
        with self._store.together():
            for store_id in self._store.parents(VECTOR_STORE_FILE, file_id):
                self.detach(self.vector_store(store_id), file_id)
            self._store.delete(file_id, "")

    def text(self, file_id: str) -> str:
        """What is written in a file, as far as it is text."""
        return b"".join(self._store.pieces(file_id)).decode(errors="replace")

    def vector_store(self, store_id: str) -> Json:
        """A vector store as it is by now, or 404."""
        store = found(self._store, VECTOR_STORE, store_id)
        return self._caught_up(store)

    def catch_up(self) -> None:
        """Bring all vector stores up to date that something is due for."""
        for store in self._store.all(VECTOR_STORE):
            if store["status"] == IN_PROGRESS or store["expires_at"]:
                self._caught_up(store)

    def attach(self, store: Json, sent: Json) -> Json:
        """Put a file into a vector store, or again."""
        file_id = sent["file_id"]
        found(self._store, FILE, file_id)
        now = time.time()
        if self._store.get(VECTOR_STORE_FILE, file_id, store["id"]):
            self.detach(store, file_id)
        attached = objects.vector_store_file(file_id, store["id"], sent, int(now))
        self._store.add(
            VECTOR_STORE_FILE,
            attached,
            parent=store["id"],
            label=IN_PROGRESS,
            created_at=int(now),
            plan={"ends": now + self._world.settings.run_seconds},
        )
        _count(store, IN_PROGRESS, 1)
        self.touch(store)
        return attached

    def detach(self, store: Json, file_id: str) -> None:
        """Take a file out of a vector store."""
        attached = found(self._store, VECTOR_STORE_FILE, file_id, store["id"])
        self._store.delete(file_id, store["id"])
        _count(store, attached["status"], -1)
        store["usage_bytes"] -= attached["usage_bytes"]
        self._store.save(store)

    def touch(self, store: Json) -> None:
        """Note that a vector store was used, which puts its expiry off."""
        store.update(objects.active(store, int(time.time())))
        self._store.save(store)

    def _caught_up(self, store: Json) -> Json:
        now = time.time()
        with self._store.together():
            for attached in self._store.all(VECTOR_STORE_FILE, store["id"], IN_PROGRESS):
                if self._store.plan(attached["id"], store["id"])["ends"] <= now:
                    self._end(store, attached)
            if store["expires_at"] and store["expires_at"] <= now:
                store["status"] = "expired"
            self._store.save(store)
        return store

    def _end(self, store: Json, attached: Json) -> None:
        """A file is cut into chunks, or cannot be."""
        file = found(self._store, FILE, attached["id"])
        if PurePath(file["filename"]).suffix.lower() in SEARCHABLE:
            attached.update(status="completed", usage_bytes=file["bytes"])
        else:
            error = {"code": "unsupported_file", "message": "The file type is not supported."}
            attached.update(status="failed", last_error=error)
        self._store.save(attached, store["id"])
        self._store.save_plan(attached["id"], {}, attached["status"], store["id"])
        _count(store, IN_PROGRESS, -1, total=0)
        _count(store, attached["status"], 1, total=0)
        store["usage_bytes"] += attached["usage_bytes"]


def _count(store: Json, status: str, by: int, total: int | None = None) -> None:
    """So many more files have a status, and are there at all."""
    counts = store["file_counts"]
    counts[status] += by
    counts["total"] += by if total is None else total
    store["status"] = IN_PROGRESS if counts[IN_PROGRESS] else "completed"


def check_searchable(store: Json) -> None:
    """400 for a vector store whose time is over."""
    if store["status"] == "expired":
        raise ApiError(f"The vector store '{store['id']}' has expired.", code="vector_store_expired")
