# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Threads that are found by a name, and runs that bring theirs: by the ledger, else by the list of a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from local_server import LocalApi
from tasks import Json, Tasks

from ansible_collections.aiops.openai.plugins.module_utils.api import retry
from ansible_collections.aiops.openai.plugins.module_utils.ledgers import opened


class Named(Tasks):
    """Tasks with a ledger of their own."""

    def __init__(self, server: LocalApi, where: str, *, faulty: bool = False) -> None:
        super().__init__(server, faulty=faulty)
        self.where = where

    def play(self, module: str, *, check: bool = False, **arguments: Any) -> Json:
        return super().play(module, check=check, **{"ledger": self.where, "api_key": "sk-names-1", **arguments})

    def rows(self) -> list[tuple[str, str | None]]:
        """The names that the ledger holds, and what they lead to."""
        return [(entry.key.name, entry.object_id) for entry in opened(self.where).entries()]


@pytest.fixture
def where(tmp_path: Path) -> str:
    return str(tmp_path / "ledger.sqlite")


@pytest.fixture
def named(local_api: LocalApi, where: str, monkeypatch: pytest.MonkeyPatch) -> Named:
    monkeypatch.setattr(retry, "FIRST_DELAY", 0.01)
    return Named(local_api, where)


@pytest.fixture(scope="module")
def listing() -> Iterator[LocalApi]:
    """A server that lists threads, as Microsoft Foundry does."""
    server = LocalApi("--lists-threads", "--run-seconds", "0.04")
    yield server
    server.stop()


@pytest.fixture
def on_listing(listing: LocalApi, where: str, monkeypatch: pytest.MonkeyPatch) -> Named:
    listing.control("POST", "/reset")
    monkeypatch.setattr(retry, "FIRST_DELAY", 0.01)
    return Named(listing, where, faulty=True)


class TestThread:
    def test_it_is_met_again(self, named: Named) -> None:
        first = named.ok("thread", name="support", metadata={"a": "b"})
        assert first["changed"]
        assert first["thread"]["metadata"] == {"a": "b", "ansible_name": "support"}
        assert named.rows() == [("support", first["thread"]["id"])]
        named.asked()
        again = named.ok("thread", name="support", metadata={"a": "b"})
        assert not again["changed"]
        assert again["thread"] == first["thread"]
        assert named.asked() == [f"GET /threads/{first['thread']['id']}"]

    def test_a_change_keeps_its_name(self, named: Named) -> None:
        made = named.ok("thread", name="support")
        changed = named.ok("thread", name="support", metadata={"c": "d"})
        assert changed["thread"]["id"] == made["thread"]["id"]
        assert changed["thread"]["metadata"] == {"c": "d", "ansible_name": "support"}
        assert changed["diff"]["fields"]["after"] == {"metadata": {"c": "d"}}

    def test_a_check_foresees_it(self, named: Named, where: str) -> None:
        foreseen = named.ok("thread", name="support", check=True)
        assert foreseen["changed"]
        assert not list(Path(where).parent.iterdir())
        made = named.ok("thread", name="support")
        assert {**made["thread"], "id": 0, "created_at": 0} == {**foreseen["thread"], "id": 0, "created_at": 0}
        assert made["diff"] == foreseen["diff"]
        assert not named.ok("thread", name="support", check=True)["changed"]
        gone = named.ok("thread", name="support", state="absent", check=True)
        assert gone["changed"]
        assert named.rows() == [("support", made["thread"]["id"])]

    def test_what_is_gone_from_the_server_is_made_anew(self, named: Named) -> None:
        first = named.ok("thread", name="support")["thread"]["id"]
        named.ok("thread", thread_id=first, state="absent")
        assert named.ok("thread", name="support", check=True)["changed"]
        second = named.ok("thread", name="support")
        assert second["changed"]
        assert second["thread"]["id"] != first
        assert named.rows() == [("support", second["thread"]["id"])]

    def test_absent(self, named: Named) -> None:
        made = named.ok("thread", name="support")["thread"]["id"]
        gone = named.ok("thread", name="support", state="absent")
        assert gone["changed"]
        assert gone["diff"]["fields"]["before"]["id"] == made
        assert named.rows() == []
        assert not named.ok("thread", name="support", state="absent")["changed"]
        assert named.rows() == []

    def test_absent_though_the_server_has_lost_it(self, named: Named) -> None:
        made = named.ok("thread", name="support")["thread"]["id"]
        named.ok("thread", thread_id=made, state="absent")
        assert not named.ok("thread", name="support", state="absent")["changed"]
        assert named.rows() == []

    def test_a_server_is_not_another(self, named: Named, where: str) -> None:
        named = Named(named.server, where, faulty=True)  # the specification's paths begin with one address
        made = named.ok("thread", name="support")["thread"]["id"]
        elsewhere = named.server.url.replace("127.0.0.1", "localhost")
        for other in ({"project": "p"}, {"organization": "o"}, {"base_url": elsewhere}):
            assert named.ok("thread", name="support", **other)["thread"]["id"] != made
        assert named.ok("thread", name="support", base_url=f"{named.server.url}/")["thread"]["id"] == made

    def test_a_refusal_leaves_no_row(self, named: Named) -> None:
        named.server.control("POST", "/faults", {"method": "POST", "path": "/threads$", "status": 400})
        Named(named.server, named.where, faulty=True).failed("thread", name="support")
        assert named.rows() == []

    @pytest.mark.parametrize("fault", [{"status": 500}, {"status": 502, "carried_out": True}])
    def test_a_lost_answer_is_not_guessed_about(self, named: Named, fault: Json) -> None:
        named.server.control("POST", "/faults", {"method": "POST", "path": "/threads$", **fault})
        faulty = Named(named.server, named.where, faulty=True)
        assert "the server may have carried it out" in faulty.failed("thread", name="support", max_retries=2)["msg"]
        for check in (True, False):
            assert_lost(named.play("thread", name="support", check=check))
            assert_lost(named.play("thread", name="support", state="absent", check=check))
        assert named.ok("thread", name="support", on_lost="recreate", check=True)["changed"]
        made = named.ok("thread", name="support", on_lost="recreate")
        assert made["changed"]
        assert not named.ok("thread", name="support", on_lost="recreate")["changed"]
        assert named.rows() == [("support", made["thread"]["id"])]

    def test_a_lost_one_can_be_given_up(self, named: Named) -> None:
        named.server.control(
            "POST", "/faults", {"method": "POST", "path": "/threads$", "status": 500, "carried_out": True}
        )
        Named(named.server, named.where, faulty=True).failed("thread", name="support")
        assert not named.ok("thread", name="support", state="absent", on_lost="recreate")["changed"]
        assert named.rows() == []

    def test_without_a_ledger_each_task_makes_one(self, named: Named) -> None:
        ids = {named.ok("thread", name="support", ledger="none")["thread"]["id"] for _time in range(2)}
        assert len(ids) == 2

    @pytest.mark.parametrize(("name", "said"), [("", "name is empty"), ("x" * 513, "name has 513 characters")])
    def test_a_name_that_cannot_be_kept(self, named: Named, name: str, said: str) -> None:
        assert said in named.failed("thread", name=name)["msg"]
        assert said in named.failed("thread", name=name, state="absent")["msg"]
        assert named.asked() == []


def assert_lost(result: Json) -> None:
    assert result.get("failed"), result
    assert "may hold one that cannot be listed" in result["msg"]
    assert result["error"]["code"] == "maker_lost"


class TestRun:
    def start(self, named: Named, **more: Any) -> Json:
        asked = {"messages": [{"role": "user", "content": "Hello"}]}
        arguments = {"assistant_id": named.server.assistant(), "thread": asked, "run_key": "daily", **more}
        return named.ok("thread_run", **arguments)

    def test_it_is_met_again_with_its_thread(self, named: Named) -> None:
        first = self.start(named)
        assert first["changed"]
        thread = first["run"]["thread_id"]
        assert named.rows() == [("run:daily", thread)]
        assert named.server.ok("GET", f"/threads/{thread}")["metadata"] == {"ansible_name": "run:daily"}
        again = self.start(named)
        assert not again["changed"]
        assert (again["run"]["id"], again["reply"]) == (first["run"]["id"], first["reply"])

    def test_a_check_foresees_it(self, named: Named) -> None:
        assert self.start(named, check=True)["changed"]
        first = self.start(named)
        assert not self.start(named, check=True)["changed"]
        assert self.start(named, check=True)["run"]["id"] == first["run"]["id"]

    def test_its_thread_is_a_thread_of_that_name(self, named: Named) -> None:
        first = self.start(named)
        named.ok("thread", name="run:daily", state="absent")
        assert named.rows() == []
        second = self.start(named)
        assert second["changed"]
        assert second["run"]["id"] != first["run"]["id"]

    def test_one_that_failed_is_started_anew_in_its_thread(self, named: Named) -> None:
        named.server.control("POST", "/next_run", {"outcome": "failed"})
        first = self.start(named, fail_on_status=False)
        assert first["run"]["status"] == "failed"
        assert not self.start(named, fail_on_status=False)["changed"]
        second = self.start(named, rerun="failed")
        assert second["changed"]
        assert second["run"]["thread_id"] == first["run"]["thread_id"]
        assert second["run"]["id"] != first["run"]["id"]
        assert self.start(named, rerun="failed")["run"]["id"] == second["run"]["id"]

    def test_it_is_cancelled_and_keeps_its_name(self, named: Named) -> None:
        named.server.control("POST", "/next_run", {"outcome": "hang"})
        first = self.start(named, wait=False)
        gone = self.start(named, state="absent")
        assert gone["changed"]
        assert gone["run"]["id"] == first["run"]["id"]
        assert not self.start(named, state="absent")["changed"]
        assert named.rows() == [("run:daily", first["run"]["thread_id"])]

    def test_a_key_that_cannot_be_kept(self, named: Named) -> None:
        arguments = {"assistant_id": "asst_1", "thread": {}, "run_key": "x" * 509}
        assert "run_key has 509 characters: it must have at most 508" in named.failed("thread_run", **arguments)["msg"]
        assert named.asked() == []

    def test_absent_before_it_ever_was(self, named: Named) -> None:
        assert not self.start(named, state="absent")["changed"]
        assert named.rows() == []


class TestList:
    """A server that lists threads knows more than a ledger that was lost."""

    def test_a_lost_ledger_is_filled_again(self, on_listing: Named, where: str) -> None:
        for other in range(150):
            on_listing.server.ok("POST", "/threads", {"metadata": {"ansible_name": f"other {other}"}})
        made = on_listing.ok("thread", name="support")["thread"]["id"]
        anew = Named(on_listing.server, f"{where}-2", faulty=True)
        assert not anew.ok("thread", name="support", check=True)["changed"]
        assert not anew.ok("thread", name="support")["changed"]
        assert anew.rows() == [("support", made)]

    def test_without_a_ledger_the_list_tells(self, on_listing: Named) -> None:
        made = on_listing.ok("thread", name="support", ledger="none")["thread"]["id"]
        assert not on_listing.ok("thread", name="support", ledger="none")["changed"]
        gone = on_listing.ok("thread", name="support", ledger="none", state="absent")
        assert gone["diff"]["fields"]["before"]["id"] == made
        assert on_listing.ok("thread", name="support", ledger="none")["changed"]

    @pytest.mark.parametrize("carried_out", [True, False])
    def test_a_lost_answer_is_looked_for(self, on_listing: Named, carried_out: bool) -> None:
        fault = {"method": "POST", "path": "/threads$", "status": 500, "carried_out": carried_out}
        on_listing.server.control("POST", "/faults", fault)
        made = on_listing.ok("thread", name="support", max_retries=2)
        assert made["changed"]
        threads = on_listing.server.ok("GET", "/threads")["data"]
        assert [one["id"] for one in threads] == [made["thread"]["id"]]

    def test_two_of_a_name_are_not_guessed_between(self, on_listing: Named) -> None:
        ids = [
            on_listing.server.ok("POST", "/threads", {"metadata": {"ansible_name": "support"}})["id"] for _each in "ab"
        ]
        failure = on_listing.failed("thread", name="support")
        assert sorted(failure["error"]["ids"]) == sorted(ids)
        assert on_listing.rows() == []

    def test_a_run_finds_its_thread(self, on_listing: Named) -> None:
        first = TestRun().start(on_listing, ledger="none")
        assert first["changed"]
        again = TestRun().start(on_listing, ledger="none")
        assert (again["changed"], again["run"]["id"]) == (False, first["run"]["id"])


class TestUnusableLedger:
    @pytest.mark.parametrize("check", [True, False])
    def test_nothing_is_sent_before_it_is_known(self, named: Named, where: str, check: bool) -> None:
        Path(where).write_bytes(b"no ledger" * 1000)
        failure = named.play("thread", name="support", check=check)
        assert failure["failed"]
        assert "is damaged" in failure["msg"]
        assert named.asked() == []

    def test_a_creation_by_name_needs_the_one_that_it_names(self, named: Named, where: str) -> None:
        Path(where).write_bytes(b"no ledger" * 1000)
        assert "is damaged" in named.failed("assistant", name="A", model="m")["msg"]
        assert named.asked() == ["GET /assistants"]

    def test_no_driver(self, named: Named, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
        failure = named.failed("thread", name="support", ledger="postgresql://user:hunter22222@127.0.0.1:1/db")
        assert "Failed to import the required Python library (psycopg)" in failure["msg"]
        assert "hunter22222" not in str(failure)

    def test_what_is_no_place(self, named: Named) -> None:
        failure = named.failed("thread", name="support", ledger="mysql://user:hunter22222@host/db")
        assert failure["msg"].startswith("ledger must be none, the absolute path of a file")

    def test_tasks_without_a_name_need_none(self, named: Named, where: str) -> None:
        Path(where).write_bytes(b"no ledger" * 1000)
        thread = named.ok("thread")["thread"]["id"]
        named.ok("thread", thread_id=thread, state="absent")


def test_a_container_that_forgets(named: Named, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    default = "~/.ansible/aiops_openai/ledger.sqlite"
    assert "warnings" not in named.ok("thread", name="a", ledger=default)
    monkeypatch.setenv("AWX_HOST", "https://awx.example.com")
    (warning,) = named.ok("thread", name="b", ledger=default)["warnings"]
    assert "set ledger to the URL of a PostgreSQL database" in warning
    assert "warnings" not in named.ok("thread", name="b")
    assert "warnings" not in named.ok("assistant", name="A", model="m", ledger=default)
    assert "warnings" not in named.ok("thread", ledger=default)
