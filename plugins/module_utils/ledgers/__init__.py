# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The places where a ledger can be kept."""

from __future__ import annotations

import os

from ..api.errors import InvalidTask
from ..engine.ledger import Ledger, NoLedger

DEFAULT = "~/.ansible/aiops_openai/ledger.sqlite"
POSTGRESQL = ("postgresql://", "postgres://")

_opened: dict[tuple[str, bool, int], Ledger] = {}


def opened(where: str, *, read_only: bool = False, timeout: float = 60) -> Ledger:
    """The ledger that the option `ledger` names: a file's path, the URL of a PostgreSQL database, or `none`.

    One that is `read_only` makes no file and writes nothing. `timeout` is for what others keep it from, in seconds.
    What is open is used again, though not by a forked process. Raises OpenAIError where it cannot be used.
    """
    this = (where, read_only, os.getpid())
    if this not in _opened:
        _opened[this] = _open(where, read_only, timeout)
    return _opened[this]


def passwords(where: str) -> set[str]:
    """What must not be shown of the option's value: the passwords in a URL."""
    if "://" not in where:
        return set()
    from .postgres import passwords

    return passwords(where)


def _open(where: str, read_only: bool, timeout: float) -> Ledger:
    if where == "none":
        return NoLedger()
    if where.startswith(POSTGRESQL):
        from .postgres import PostgresLedger

        return PostgresLedger(where, read_only=read_only, timeout=timeout)
    path = os.path.expanduser(where)
    if "://" in where or not os.path.isabs(path):
        raise InvalidTask(
            "ledger must be none, the absolute path of a file, or a URL such as postgresql://user@host/database"
        )
    from .sqlite import SqliteLedger

    return SqliteLedger(path, read_only=read_only, timeout=timeout)
