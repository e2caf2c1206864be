# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The tap passes on what is said as it is said, and what it keeps is judged as it should be."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from local_server import ASSISTANTS, PATIENCE, Json, LocalApi
from specification import needs_specification

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import wire
from tap import Exchange, Tap

HEADERS = {"Authorization": "Bearer sk-test", "OpenAI-Beta": ASSISTANTS}


@pytest.fixture
def tap(local_api: LocalApi) -> Iterator[Tap]:
    """A tap in front of the server."""
    with Tap(local_api.port) as tap:
        yield tap


@pytest.fixture
def session() -> Iterator[requests.Session]:
    """A connection that is kept."""
    with requests.Session() as session:
        session.trust_env = False
        session.headers.update(HEADERS)
        yield session


def ask(tap: Tap, session: requests.Session, method: str, path: str, body: Json | None = None) -> requests.Response:
    """A request through the tap."""
    return session.request(method, f"http://127.0.0.1:{tap.port}/v1{path}", json=body, timeout=PATIENCE)


def kept(tap: Tap) -> list[tuple[str, str, int]]:
    """The whole exchanges."""
    return [(one.method, one.path, one.status) for one in tap.exchanges()]


def test_it_keeps_every_exchange_of_a_connection(tap: Tap, session: requests.Session) -> None:
    made = ask(tap, session, "POST", "/assistants", {"model": "gpt-4o"}).json()
    assert ask(tap, session, "GET", f"/assistants/{made['id']}").json() == made
    assert ask(tap, session, "GET", "/assistants/none").status_code == 404
    assert kept(tap) == [
        ("POST", "/v1/assistants", 200),
        ("GET", f"/v1/assistants/{made['id']}", 200),
        ("GET", "/v1/assistants/none", 404),
    ]
    assert len(tap.conversations) == 1
    assert json.loads(tap.exchanges()[0].body) == {"model": "gpt-4o"}


@needs_specification
def test_a_stream_comes_through_and_is_judged_event_by_event(
    local_api: LocalApi, tap: Tap, session: requests.Session
) -> None:
    body = {"assistant_id": local_api.assistant(), "stream": True}
    assert ask(tap, session, "POST", "/threads/runs", body).text.endswith("data: [DONE]\n\n")
    (exchange,) = tap.exchanges()
    assert list(wire.violations(exchange)) == []
    spoilt = exchange.answer.replace(b'"object":"thread.run"', b'"object":"run"')
    assert list(wire.violations(dataclasses.replace(exchange, answer=spoilt)))


@pytest.mark.parametrize("moment", ["before", "after", "midway"])
def test_what_is_broken_off_is_broken_off_and_no_answer(
    local_api: LocalApi, tap: Tap, session: requests.Session, moment: str
) -> None:
    local_api.control("POST", "/faults", {"drop": moment})
    with pytest.raises(requests.RequestException):
        ask(tap, session, "POST", "/assistants", {"model": "gpt-4o"})
    assert len(local_api.ok("GET", "/assistants")["data"]) == (moment != "before")
    assert kept(tap) == []


@needs_specification
def test_a_told_answer_is_not_judged(local_api: LocalApi, tap: Tap, session: requests.Session) -> None:
    local_api.control("POST", "/faults", {"status": 200, "body": "<html>"})
    assert ask(tap, session, "GET", "/assistants").text == "<html>"
    (exchange,) = tap.exchanges()
    assert list(wire.violations(exchange)) == []
    assert list(wire.violations(dataclasses.replace(exchange, headers={})))


@needs_specification
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"body": b'{"model": 1, "name": "a"}'}, "request: $.model: "),
        ({"answer": b'{"object": "assistant"}'}, "answer: $: "),
        ({"status": 404}, "answer: $: "),
        ({"path": "/v1/nowhere"}, "request: the specification has no path for /nowhere"),
    ],
)
def test_what_is_not_as_specified_is_shown_with_its_task(
    local_api: LocalApi,
    tap: Tap,
    session: requests.Session,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    wrong: Json,
    said: str,
) -> None:
    ask(tap, session, "POST", "/assistants", {"model": "gpt-4o"})
    (exchange,) = tap.exchanges()
    results = tmp_path / "results"
    with results.open("w") as file:
        for line, after in ((4, -1), (9, 1)):
            record = {"at": exchange.at + after, "path": f"/x/targets/t/tasks/main.yml:{line}", "task": f"t : {line}"}
            print(json.dumps(record), file=file)
    assert wire.check([exchange], results, "in process") == 0
    assert "1 requests and 1 answers in process" in capsys.readouterr().out
    bad: Exchange = dataclasses.replace(exchange, **wrong)
    assert wire.check([bad], results, "in process") == 1
    output = capsys.readouterr().out
    assert f"POST {bad.path} -> {bad.status}, in process, t/tasks/main.yml:9 (9): {said}" in output
