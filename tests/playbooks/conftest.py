# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Playbooks are played by a real ansible-playbook, against a local_api behind a server that keeps what was said."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "contract"))
sys.path.insert(0, str(Path(__file__).parent))

from local_server import LocalApi
from recorder import Recorder
from stage import Stage


@pytest.fixture(scope="session")
def playbook_api() -> Iterator[LocalApi]:
    """One local_api for all playbooks."""
    server = LocalApi("--run-seconds", "0.04")
    yield server
    server.stop()


@pytest.fixture
def recorder(playbook_api: LocalApi) -> Iterator[Recorder]:
    """What hosts talk to."""
    playbook_api.control("POST", "/reset")
    with Recorder(playbook_api.root) as recorder:
        yield recorder


@pytest.fixture
def stage(tmp_path: Path, recorder: Recorder) -> Stage:
    """Where playbooks are played."""
    return Stage(tmp_path, recorder.url)
