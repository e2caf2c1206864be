# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A short run of the spoiler, and that the spoiler itself can be relied on."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import spoil
from spoil import Case, World
from spoiler import Exchange
from spoiling import FOREIGN, KEY, Spoilt

SEED = 1
SHORT = 300
NUMBERS = [3, 14, 15, 92]


def retold(case: Case) -> Any:
    """What was said and what came of it, without what is new each time."""
    said = [(exchange.method, exchange.given.status, exchange.given.how) for exchange in case.exchanges]
    return said, re.sub(r"[0-9a-f]{24}|\d{4,}", "x", json.dumps(case.result))


def test_a_case_is_the_same_when_it_is_played_again() -> None:
    with spoil.hurried(), World(SEED) as world:
        first = [retold(world.play(number)) for number in NUMBERS]
        assert [retold(world.play(number)) for number in reversed(NUMBERS)] == first[::-1]


def test_every_module_meets_it() -> None:
    modules = (Path(__file__).parents[2] / "plugins" / "modules").glob("openai_*.py")
    assert {f"openai_{deed.module}" for deed in spoil.ALL.values()} == {path.stem for path in modules}


def exchange(method: str, path: str, **fields: Any) -> Exchange:
    """A request to which the right answer was given."""
    answer = Spoilt(200, {}, json.dumps(fields).encode())
    return Exchange(method, path, b"", answer, answer)


CREATED = exchange("POST", "/v1/threads", id="thread_1", object="thread")
FAILED = {"failed": True, "msg": "It failed", "error": {}}


@pytest.mark.parametrize(
    ("problem", "case"),
    {
        "traceback at api/client.py:_send: ValueError": {
            "trace": 'File "/a/plugins/api/client.py", line 1, in _send\nValueError: a'
        },
        "the message is not one line": {"result": {**FAILED, "msg": "a\nb"}},
        "the result is no JSON: ValueError": {"result": {"thread": {"created_at": float("nan")}}},
        "the result is no JSON: UnicodeEncodeError": {"result": {"thread": {"\ud800": 1}}},
        "a secret in the result": {"result": {"thread": {f"a {KEY}": 1}}},
        "what is told is not one line": {"told": ["\x1b[31m"]},
        "a secret in what is told": {"told": [KEY]},
        "created, and not in a result that failed: POST /v1/threads": {"result": FAILED, "exchanges": [CREATED]},
        "DELETE of a path that no id makes": {"exchanges": [exchange("DELETE", "/v1/threads/..")]},
        "DELETE of an object that nobody named": {
            "exchanges": [exchange("DELETE", f"/v1/assistants/{FOREIGN}")],
            "arguments": {"assistant_id": "asst_1"},
        },
    }.items(),
)
def test_what_is_against_the_promise_is_seen(problem: str, case: dict[str, Any]) -> None:
    assert list(Case(**{"number": 1, "deed": "", "arguments": {}, "check": False, **case}).problems()) == [problem]


def test_what_keeps_the_promise_is_not() -> None:
    result = {**FAILED, "thread": {"id": "thread_1"}}
    assert not list(Case(1, "", {}, check=False, result=result, exchanges=[CREATED]).problems())


def test_a_short_run_keeps_the_promise() -> None:
    summary = spoil.play(SEED, range(SHORT))
    assert not summary.problems, str(summary)
