# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Sets of objects, and loops that list once: what they send, what they say, and that nothing is lost or made twice."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from local_server import LocalApi
from tasks import Tasks

from ansible_collections.aiops.openai.plugins.module_utils.engine.listings import Listings
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import execute
from ansible_collections.aiops.openai.plugins.modules import openai_assistant

Json = dict[str, Any]
MINE = {"managed_by": "site-a"}


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    return str(tmp_path / "ledger.sqlite")


def entries(count: int, **more: Any) -> list[Json]:
    return [{"name": f"Assistant {number}", "model": "gpt-4o", "metadata": MINE, **more} for number in range(count)]


def names_on(local_api: LocalApi) -> list[str]:
    """The names of all assistants on the server, the oldest first."""
    found: list[Json] = []
    while True:
        after = f"&after={found[-1]['id']}" if found else ""
        page = local_api.call("GET", f"/assistants?order=asc&limit=100{after}").json()
        found += page["data"]
        if not page["has_more"]:
            return [one["name"] for one in found]


def test_it_is_created_and_then_as_it_should_be(local_api: LocalApi, ledger: str) -> None:
    tasks = Tasks(local_api)
    given = {"assistants": entries(250), "ledger": ledger}
    foreseen = tasks.ok("assistants", check=True, **given)
    tasks.asked()
    made = tasks.ok("assistants", **given)
    asked = tasks.asked()
    assert sorted(asked) == ["GET /assistants"] * 2 + ["POST /assistants"] * 250
    assert [one["name"] for one in made["assistants"]] == [one["name"] for one in given["assistants"]]
    assert [change["action"] for change in made["changes"]] == ["create"] * 250
    assert [(change["name"], change["after"]) for change in foreseen["changes"]] == [
        (change["name"], change["after"]) for change in made["changes"]
    ]
    again = tasks.ok("assistants", **given)
    assert not again["changed"]
    assert again["changes"] == again["diff"] == []
    assert tasks.asked() == ["GET /assistants"] * 3


def test_what_differs_is_changed_and_what_is_not_in_it_is_pruned(local_api: LocalApi, ledger: str) -> None:
    tasks = Tasks(local_api)
    tasks.ok("assistants", assistants=entries(40), ledger=ledger)
    for name in ("Of others", "Assistant of others"):
        tasks.ok("assistant", name=name, model="gpt-4o", metadata={"managed_by": "site-b"}, ledger="none")
    wanted = [{**one, "temperature": 0.5} if number in (3, 17) else one for number, one in enumerate(entries(35))]
    given = {"assistants": wanted, "prune": True, "prune_metadata": MINE, "ledger": ledger}
    foreseen = tasks.ok("assistants", check=True, **given)
    tasks.asked()
    done = tasks.ok("assistants", **given)
    removed = [f"Assistant {number}" for number in range(35, 40)]
    told = [("update", "Assistant 3"), ("update", "Assistant 17"), *(("remove", name) for name in removed)]
    changes = [(change["action"], change["name"]) for change in done["changes"]]
    assert [*changes[:2], *sorted(changes[2:])] == told
    assert [one for one in tasks.asked() if one.startswith("GET")] == ["GET /assistants"]
    assert foreseen["changes"] == done["changes"]
    headers = [one["before_header"].split(" (")[0] for one in done["diff"]]
    assert headers == [f"assistant {name}" for _action, name in changes]
    assert {"Of others", "Assistant of others"} <= set(names_on(local_api))
    assert not tasks.ok("assistants", **given)["changed"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"assistants": [*entries(2), *entries(1)]}, "assistants holds more than one of the name Assistant 0"),
        ({"assistants": [], "prune": True, "prune_metadata": {}}, "prune_metadata is empty"),
        ({"assistants": [], "prune": True}, "missing: prune_metadata"),
        (
            {"assistants": [*entries(1), {"name": "a", "temperature": 3}]},
            "assistants\\[1\\].temperature: Input should be",
        ),
        ({"assistants": [{"name": "a" * 257}]}, "assistants\\[0\\].name: String should have at most 256"),
        ({"assistants": entries(1), "parallel": 33}, "parallel: Input should be less than or equal to 32"),
        ({"assistants": entries(1), "parallel": 0}, "parallel: Input should be greater than or equal to 1"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_any_request(local_api: LocalApi, given: Json, said: str) -> None:
    failed = Tasks(local_api).failed("assistants", **given)
    assert re.search(said, failed["msg"]), failed["msg"]
    assert local_api.requests() == []


def test_one_that_fails_stops_none_of_the_others(local_api: LocalApi, ledger: str) -> None:
    for _each in range(2):
        local_api.assistant(name="Assistant 1")
    given = {"assistants": [*entries(4), {"name": "Without a model"}], "ledger": ledger}
    failed = Tasks(local_api, faulty=True).failed("assistants", **given)
    assert failed["changed"]
    assert failed["msg"].startswith(
        "2 of 5 assistants failed: Assistant 1: 2 assistants match what the task declares ("
    )
    assert [one["name"] for one in failed["failures"]] == ["Assistant 1", "Without a model"]
    assert [one["name"] for one in failed["assistants"]] == ["Assistant 0", "Assistant 2", "Assistant 3"]
    assert sorted(names_on(local_api)) == ["Assistant 0", "Assistant 1", "Assistant 1", "Assistant 2", "Assistant 3"]


def test_what_was_made_is_told_although_its_answer_was_odd(local_api: LocalApi, ledger: str) -> None:
    odd = {"id": "asst_made", "object": "zebra"}
    local_api.control("POST", "/faults", {"method": "POST", "path": "/assistants$", "status": 200, "body": odd})
    given = {"assistants": entries(2), "ledger": ledger, "parallel": 1}
    failed = Tasks(local_api, faulty=True).failed("assistants", **given)
    assert failed["assistants"][0] == odd
    assert failed["assistants"][1]["name"] == "Assistant 1"


def test_under_faults_of_all_kinds_each_is_there_once(local_api: LocalApi, ledger: str) -> None:
    kinds = local_api.control("GET", "/faults")["kinds"]
    for number, kind in enumerate(kinds):
        if kind != "endless":  # its silence lasts as long as the timeout
            local_api.control("POST", "/faults", {"kind": kind, "chance": 0.05, "seed": number, "times": None})
    more = {"max_retries": 8, "retry_max_delay": 1, "timeout": 5, "parallel": 16, "ledger": ledger}
    tasks = Tasks(local_api, faulty=True)
    result = tasks.play("assistants", assistants=entries(120), **more)
    for _attempt in range(5):
        if not result.get("failed"):
            break
        assert "exception" not in result
        result = tasks.play("assistants", assistants=entries(120), **more)
    assert not result.get("failed"), result["msg"]
    local_api.control("DELETE", "/faults")
    assert sorted(names_on(local_api)) == sorted(one["name"] for one in entries(120))


def test_a_server_that_is_down_is_not_asked_for_ever(local_api: LocalApi, ledger: str) -> None:
    tasks = Tasks(local_api, faulty=True)
    local_api.control("POST", "/faults", {"method": "POST", "status": 429, "times": None})
    more = {"max_retries": 3, "retry_max_delay": 0.01, "parallel": 4, "ledger": ledger}
    failed = tasks.failed("assistants", assistants=entries(60), **more)
    assert len(failed["failures"]) == 60
    posts = [one for one in tasks.asked() if one.startswith("POST")]
    assert len(posts) == 60 + 3 * 4


PLAY = """
import json, sys
from tasks import Tasks
class Server: url = sys.argv[1]
print(json.dumps(Tasks(Server, faulty=True).play("assistants", **json.loads(sys.argv[2]))), flush=True)
"""


def in_a_process(local_api: LocalApi, given: Json) -> subprocess.Popen[str]:
    """The same set, made by a process of its own."""
    command = [sys.executable, "-c", PLAY, local_api.url, json.dumps(given)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_killed_in_the_middle_and_played_again(local_api: LocalApi, ledger: str) -> None:
    given = {"assistants": entries(60), "ledger": ledger, "parallel": 4}
    local_api.control("POST", "/faults", {"method": "POST", "path": "/assistants", "delay_ms": 50, "times": None})
    process = in_a_process(local_api, given)
    while len(local_api.requests()) < 20:
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.communicate()
    local_api.control("DELETE", "/faults")
    Tasks(local_api).ok("assistants", **given)
    assert sorted(names_on(local_api)) == sorted(one["name"] for one in given["assistants"])


def test_two_at_once_make_one_set(local_api: LocalApi, ledger: str) -> None:
    given = {"assistants": entries(30), "ledger": ledger}
    both = [in_a_process(local_api, given) for _each in range(2)]
    results = [json.loads(process.communicate()[0]) for process in both]
    assert [result.get("failed") for result in results] == [None, None]
    assert sorted(names_on(local_api)) == sorted(one["name"] for one in given["assistants"])
    assert sorted(len(result["changes"]) for result in results) == [0, 30]


class TestLoop:
    """Items of a loop, as the in-process way plays them: one after the other, with the same lists."""

    def play(self, local_api: LocalApi, listings: Listings, *, check: bool = False, **arguments: Any) -> Json:
        declaration = openai_assistant.DECLARATION
        given = {"base_url": local_api.url, "api_key": "sk-test-0123456789", "ledger": "none", **arguments}
        params = {name: given.get(name, spec.get("default")) for name, spec in declaration.argument_spec().items()}
        result = execute(declaration, params, check_mode=check, listings=listings)
        assert not result.get("failed"), result
        return result

    def test_by_name_the_list_is_asked_for_once(self, local_api: LocalApi) -> None:
        for one in entries(250):
            local_api.assistant(**one)
        local_api.control("DELETE", "/requests")
        listings = Listings()
        for one in entries(250):
            assert not self.play(local_api, listings, **one)["changed"]
        assert len(local_api.requests()) == 3

    def test_it_follows_what_is_written(self, local_api: LocalApi) -> None:
        listings = Listings()
        made = self.play(local_api, listings, name="A", model="gpt-4o")
        assert made["changed"]
        assert not self.play(local_api, listings, name="A", model="gpt-4o")["changed"]
        assert self.play(local_api, listings, name="A", model="gpt-4o", temperature=0.5)["changed"]
        assert not self.play(local_api, listings, name="A", model="gpt-4o", temperature=0.5)["changed"]
        renamed = self.play(local_api, listings, assistant_id=made["assistant"]["id"], name="B")
        assert renamed["assistant"]["name"] == "B"
        assert not self.play(local_api, listings, name="B", model="gpt-4o")["changed"]
        assert self.play(local_api, listings, name="B", state="absent")["changed"]
        assert not self.play(local_api, listings, name="B", state="absent")["changed"]
        assert names_on(local_api) == []

    def test_a_dry_run_follows_what_would_be_written(self, local_api: LocalApi) -> None:
        listings = Listings()
        assert self.play(local_api, listings, check=True, name="A", model="gpt-4o")["changed"]
        assert not self.play(local_api, listings, check=True, name="A", model="gpt-4o")["changed"]
        assert self.play(local_api, listings, check=True, name="A", state="absent")["changed"]
        assert not self.play(local_api, listings, check=True, name="A", state="absent")["changed"]

    def test_what_others_made_meanwhile_is_not_made_twice(self, local_api: LocalApi) -> None:
        listings = Listings()
        self.play(local_api, listings, name="A", model="gpt-4o")
        local_api.assistant(name="B")
        assert not self.play(local_api, listings, name="B", model="gpt-4o")["changed"]
        assert names_on(local_api) == ["A", "B"]

    def test_by_id_the_list_is_read_once_it_pays(self, local_api: LocalApi) -> None:
        ids = [local_api.assistant(**one) for one in entries(150)]
        local_api.control("DELETE", "/requests")
        listings = Listings()
        for object_id in ids:
            assert not self.play(local_api, listings, assistant_id=object_id, model="gpt-4o")["changed"]
        asked = [path for _method, path in local_api.requests()]
        assert asked == [f"/assistants/{ids[0]}", f"/assistants/{ids[1]}", "/assistants", "/assistants"]

    def test_a_short_loop_by_id_costs_no_more_than_twice_as_much(self, local_api: LocalApi) -> None:
        ids = [local_api.assistant(**one) for one in entries(500)][-4:]
        local_api.control("DELETE", "/requests")
        listings = Listings()
        for object_id in ids:
            self.play(local_api, listings, assistant_id=object_id, model="gpt-4o")
        assert len(local_api.requests()) <= 2 * len(ids)


def test_an_interruption_ends_the_writers(local_api: LocalApi, ledger: str) -> None:
    local_api.control("POST", "/faults", {"method": "POST", "path": "/assistants", "delay_ms": 60000, "times": None})
    process = in_a_process(local_api, {"assistants": entries(20), "ledger": ledger})
    while ("POST", "/assistants") not in local_api.requests():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    local_api.control("DELETE", "/faults")
    assert len([one for one in local_api.requests() if one[0] == "POST"]) <= 8
