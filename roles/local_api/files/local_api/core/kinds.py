# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a kind of API object is; each family says its own. Every list, read and delete works from that."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Kind:
    """One kind of API object: its ``object`` value, the prefix of its ids, and what error messages call it."""

    object: str
    prefix: str
    noun: str
    deleted_as: str | None = None

    @property
    def deleted(self) -> str:
        """The ``object`` value of the answer to a DELETE (DeleteAssistantResponse and its siblings)."""
        return self.deleted_as or f"{self.object}.deleted"

    def new_id(self) -> str:
        """A new opaque id."""
        return new_id(self.prefix)


def new_id(prefix: str) -> str:
    """A new opaque id with one of the API's prefixes."""
    return prefix + secrets.token_hex(12)


def new_object(kind: Kind, created_at: int, **fields: Any) -> dict[str, Any]:
    """The fields every object begins with, and its own."""
    return {"id": kind.new_id(), "object": kind.object, "created_at": created_at, **fields}
