# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A local_api for all contract tests, reset before each. Helpers here are importable by their plain names."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from local_server import LocalApi
from tasks import Tasks


@pytest.fixture(scope="session")
def local_api_process() -> Iterator[LocalApi]:
    """One server for the whole session; its runs take 40 ms."""
    server = LocalApi("--run-seconds", "0.04")
    yield server
    server.stop()


@pytest.fixture
def local_api(local_api_process: LocalApi) -> LocalApi:
    """The server, with nothing in it."""
    local_api_process.control("POST", "/reset")
    return local_api_process


@pytest.fixture
def tasks(local_api: LocalApi) -> Tasks:
    """Tasks against the server with nothing in it."""
    return Tasks(local_api)
