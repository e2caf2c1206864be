# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The comparison of results in process and by modules sees what differs, and only that."""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import compare

ONE, OTHER = "thread_0123456789abcdef01234567", "thread_fedcba9876543210fedcba98"


def recorded(thread: str, port: int, folder: str, created_at: int) -> list[dict[str, Any]]:
    """What the callback plugin writes of two tasks."""
    shared = {"host": "testhost", "ending": "ok"}
    where = f"/{folder}/tests/integration/targets/openai_thread/tasks/main.yml"
    created = {"changed": True, "thread": {"id": thread, "created_at": created_at, "metadata": {}}}
    read = {
        "changed": False,
        "threads": [dict(created["thread"])],
        "url": f"http://127.0.0.1:{port}/v1/threads/{thread}",
    }
    return [
        {**shared, "path": f"{where}:4", "task": "openai_thread : Create", "result": created},
        {**shared, "path": f"{where}:9", "task": "openai_thread : Read", "result": read},
    ]


OURS = recorded(ONE, 8001, "first", 1700000000)
THEIRS = recorded(OTHER, 8002, "second", 1700000009)


def compared(folder: Path, theirs: list[dict[str, Any]]) -> int:
    """The exit code of the comparison."""
    paths = folder / "ours", folder / "theirs"
    for path, records in zip(paths, (OURS, theirs), strict=True):
        path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return compare.main(*paths)


def test_what_each_run_makes_anew_is_no_difference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compared(tmp_path, THEIRS) == 0
    assert "2 results of tasks are the same" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("keys", "value", "said"),
    [
        ((0, "result", "thread", "more"), 1, "main.yml:4 (Create) on testhost: result.thread.more is only by module"),
        ((0, "result", "changed"), 1, "result.changed: true in process, 1 by module"),
        ((0, "result", "thread", "created_at"), None, 'created_at: "<time>" in process, null by module'),
        ((1, "result", "threads", 0, "id"), ONE, "result.threads[0].id: "),
        ((1, "ending"), "failed", 'ending: "ok" in process, "failed" by module'),
        ((1, "task"), "Write", "the runs went different ways"),
    ],
)
def test_a_difference_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], keys: tuple[Any, ...], value: Any, said: str
) -> None:
    theirs: Any = copy.deepcopy(THEIRS)
    part = theirs
    for key in keys[:-1]:
        part = part[key]
    part[keys[-1]] = value
    assert compared(tmp_path, theirs) == 1
    assert said in capsys.readouterr().out


def test_a_missing_task_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compared(tmp_path, THEIRS[:1]) == 1
    assert "nothing by module" in capsys.readouterr().out
