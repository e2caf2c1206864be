# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A creation whose answer is lost is not mistaken for another one of its kind."""

from __future__ import annotations

import time
from typing import Any

import pytest
from local_server import LocalApi
from tasks import Tasks

from ansible_collections.aiops.openai.plugins.module_utils.api import retry


@pytest.fixture
def thread(local_api: LocalApi, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(retry, "FIRST_DELAY", 0.01)
    return local_api.thread()


def lose(api: LocalApi, path: str, moment: str) -> None:
    """Drop the next POST to the path."""
    api.control("POST", "/faults", {"method": "POST", "path": path, "drop": moment})


def say(api: LocalApi, thread: str, text: str = "Hi", **more: Any) -> Any:
    """Add a message that is always a new one."""
    arguments = {"thread_id": thread, "role": "user", "content": text, "match": "none", "max_retries": 2, **more}
    return Tasks(api).ok("thread_message", **arguments)["message"]


def messages(api: LocalApi, thread: str) -> list[str]:
    return [one["id"] for one in api.ok("GET", f"/threads/{thread}/messages?order=asc")["data"]]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("other", [{"text": "Ho"}, {"role": "assistant"}, {"metadata": {"a": "b"}}])
def test_another_message_of_the_same_moment(
    local_api: LocalApi, thread: str, moment: str, other: dict[str, Any]
) -> None:
    first = say(local_api, thread, **other)
    lose(local_api, "/messages$", moment)
    second = say(local_api, thread, metadata={"c": "d"})
    assert messages(local_api, thread) == [first["id"], second["id"]]


@pytest.mark.parametrize("moment", ["before", "after"])
def test_the_same_message_of_earlier(local_api: LocalApi, thread: str, moment: str) -> None:
    first = say(local_api, thread)
    time.sleep(3.5)  # the server tells both times in whole seconds, and one of them a little late
    lose(local_api, "/messages$", moment)
    second = say(local_api, thread)
    assert messages(local_api, thread) == [first["id"], second["id"]]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("other", [{}, {"metadata": {"ansible_run_key": "k"}}])
def test_another_run_of_the_same_moment(local_api: LocalApi, thread: str, moment: str, other: dict[str, Any]) -> None:
    assistant = local_api.assistant()
    first = local_api.ended(local_api.run(thread, **({"assistant_id": assistant, **other} if other else {})))
    lose(local_api, "/runs$", moment)
    arguments = {"thread_id": thread, "assistant_id": assistant, "max_retries": 2}
    second = Tasks(local_api).ok("thread_run", **arguments)["run"]
    runs = local_api.ok("GET", f"/threads/{thread}/runs?order=asc")["data"]
    assert [one["id"] for one in runs] == [first["id"], second["id"]]


def test_what_was_found_is_a_change(local_api: LocalApi, thread: str) -> None:
    lose(local_api, "/assistants$", "after")
    tasks = Tasks(local_api)
    made = tasks.ok("assistant", name="A", model="m", max_retries=2)
    assert made["changed"]
    assert made["diff"]["fields"]["before"] == {}
    assert not tasks.ok("assistant", name="A", model="m")["changed"]


def test_a_deletion_whose_answer_is_lost_is_a_change(local_api: LocalApi, thread: str) -> None:
    local_api.control("POST", "/faults", {"method": "DELETE", "drop": "after"})
    gone = Tasks(local_api).ok("thread", thread_id=thread, state="absent", max_retries=2)
    assert gone["changed"]
    assert gone["diff"]["fields"]["after"] == {}


def test_looking_that_fails_as_well_says_so(local_api: LocalApi, thread: str) -> None:
    lose(local_api, "/runs$", "after")
    local_api.control("POST", "/faults", {"method": "GET", "path": "/runs$", "status": 401, "every": 2})
    arguments = {"thread_id": thread, "assistant_id": local_api.assistant(), "max_retries": 2}
    failure = Tasks(local_api, faulty=True).failed("thread_run", **arguments)
    assert "; the server may have carried it out, but GET " in failure["msg"]
    assert "answered 401" in failure["msg"]
