# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of a task whose request goes wrong: how often it is sent, what the task says, what the server has then.

Every deed of every module meets every fault, once (is the task still done?) and without end (what does it say?).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from email.utils import formatdate
from time import time
from typing import Any, NamedTuple

import pytest
from local_server import LocalApi
from tasks import Tasks

from ansible_collections.aiops.openai.plugins.module_utils.api import retry

Json = dict[str, Any]
RETRIES = 2
TIMEOUT = 0.3


class Deed(NamedTuple):
    """Something that a module does, by a request of one method to one path."""

    module: str
    method: str
    path: str
    arguments: Callable[[LocalApi], Json]
    made: str = ""
    """The list on the server that must hold one object more afterwards, with placeholders for the arguments."""


def message(api: LocalApi) -> Json:
    thread = api.thread("Hello")
    return {"thread_id": thread, "message_id": api.ok("GET", f"/threads/{thread}/messages")["data"][0]["id"]}


def new_run(api: LocalApi, **more: Any) -> Json:
    return {"thread_id": api.thread("Hello"), "assistant_id": api.assistant(), **more}


def hanging_run(api: LocalApi) -> Json:
    api.control("POST", "/next_run", {"outcome": "hang"})
    run = api.run(api.thread("Hello"))
    return {"thread_id": run["thread_id"], "run_id": run["id"]}


def ended_run(api: LocalApi) -> Json:
    run = api.ended(api.run(api.thread("Hello")))
    return {"thread_id": run["thread_id"], "run_id": run["id"]}


def asking_run(api: LocalApi, **more: Any) -> Json:
    api.control("POST", "/next_run", {"outcome": "requires_action", "tool_calls": [{"name": "f"}]})
    run = api.until(api.run(api.thread("Hello")), "requires_action")
    call = run["required_action"]["submit_tool_outputs"]["tool_calls"][0]["id"]
    outputs = [{"tool_call_id": call, "output": "42"}]
    return {"thread_id": run["thread_id"], "run_id": run["id"], "tool_outputs": outputs, **more}


def busy_thread(api: LocalApi) -> Json:
    return {"thread_id": hanging_run(api)["thread_id"], "role": "user", "content": "Hi", "on_active_run": "cancel"}


def session(api: LocalApi) -> Json:
    made = api.ok("POST", "/chatkit/sessions", {"user": "ada", "workflow": {"id": "wf_1"}})
    return {"session_id": made["id"], "state": "absent"}


def chat(api: LocalApi) -> Json:
    return {"thread_id": api.control("POST", "/chatkit_threads", {"user": "ada"})["id"]}


ABSENT, STREAM = {"state": "absent"}, {"stream": True}
SOME = {"metadata": {"a": "b"}}
RUNS, MESSAGES = "/threads/{thread_id}/runs", "/threads/{thread_id}/messages"

READS = {
    "read assistant by id": Deed(
        "assistant", "GET", "/assistants/", lambda api: {"assistant_id": api.assistant(name="A")}
    ),
    "read assistant by name": Deed("assistant", "GET", "/assistants$", lambda api: {"name": "A", "model": "m"}),
    "read thread": Deed("thread", "GET", "/threads/", lambda api: {"thread_id": api.thread()}),
    "read message": Deed("thread_message", "GET", "/messages/", message),
    "read message by content": Deed(
        "thread_message", "GET", "/messages$", lambda api: {"thread_id": api.thread(), "role": "user", "content": "Hi"}
    ),
    "read run": Deed("thread_run", "GET", "/runs/", ended_run),
    "read run by key": Deed("thread_run", "GET", "/runs$", lambda api: new_run(api, run_key="k")),
    "read run, polled": Deed("thread_run", "GET", "/runs/", new_run),
    "read run, its messages": Deed("thread_run", "GET", "/messages$", new_run),
    "read assistant_info": Deed("assistant_info", "GET", "/assistants$", lambda api: {}),
    "read thread_info": Deed("thread_info", "GET", "/threads/", lambda api: {"thread_id": api.thread()}),
    "read message_info": Deed("thread_message_info", "GET", "/messages$", lambda api: {"thread_id": api.thread()}),
    "read run_info": Deed("thread_run_info", "GET", "/runs$", lambda api: {"thread_id": api.thread()}),
    "read run_step_info": Deed("thread_run_step_info", "GET", "/steps$", ended_run),
    "read chatkit_thread_info": Deed("chatkit_thread_info", "GET", "/chatkit/threads/", chat),
}
DELETIONS = {
    "delete assistant": Deed(
        "assistant", "DELETE", "/assistants/", lambda api: {"assistant_id": api.assistant(name="A"), **ABSENT}
    ),
    "delete thread": Deed("thread", "DELETE", "/threads/", lambda api: {"thread_id": api.thread(), **ABSENT}),
    "delete message": Deed("thread_message", "DELETE", "/messages/", lambda api: {**message(api), **ABSENT}),
}
UPDATES = {
    "update assistant": Deed(
        "assistant", "POST", "/assistants/", lambda api: {"assistant_id": api.assistant(name="A"), **SOME}
    ),
    "update thread": Deed("thread", "POST", "/threads/", lambda api: {"thread_id": api.thread(), **SOME}),
    "update message": Deed("thread_message", "POST", "/messages/", lambda api: {**message(api), **SOME}),
    "update run": Deed("thread_run", "POST", "/runs/", lambda api: {**ended_run(api), **SOME}),
    "update session, cancelled": Deed("chatkit_session", "POST", "/cancel$", session),
}
CREATIONS = {
    "create assistant": Deed(
        "assistant", "POST", "/assistants$", lambda api: {"name": "A", "model": "m"}, "/assistants"
    ),
    "create message": Deed(
        "thread_message",
        "POST",
        "/messages$",
        lambda api: {"thread_id": api.thread("Hello"), "role": "user", "content": "Hi"},
        MESSAGES,
    ),
    "create message, the same again": Deed(
        "thread_message",
        "POST",
        "/messages$",
        lambda api: {"thread_id": api.thread(), "role": "user", "content": "Hi", "match": "none", **SOME},
        MESSAGES,
    ),
    "create run": Deed("thread_run", "POST", "/runs$", new_run, RUNS),
    "create run with a key": Deed("thread_run", "POST", "/runs$", lambda api: new_run(api, run_key="k"), RUNS),
    "create run, not waited for": Deed("thread_run", "POST", "/runs$", lambda api: new_run(api, wait=False), RUNS),
    "create run, streamed": Deed("thread_run", "POST", "/runs$", lambda api: new_run(api, **STREAM), RUNS),
    "create run, cancelled": Deed("thread_run", "POST", "/cancel$", lambda api: {**hanging_run(api), **ABSENT}),
    "create tool outputs": Deed("thread_run", "POST", "/submit_tool_outputs$", asking_run),
    "create tool outputs, streamed": Deed(
        "thread_run", "POST", "/submit_tool_outputs$", lambda api: asking_run(api, **STREAM)
    ),
    "create message, after a run was cancelled": Deed("thread_message", "POST", "/cancel$", busy_thread, MESSAGES),
}
HIDDEN = {
    "create thread": Deed("thread", "POST", "/threads$", lambda api: dict(SOME)),
    "create session": Deed("chatkit_session", "POST", "/sessions$", lambda api: {"user": "a", "workflow": {"id": "w"}}),
    "create run with its thread": Deed(
        "thread_run", "POST", "/threads/runs$", lambda api: {"assistant_id": api.assistant(), "thread": {}}
    ),
}
DEEDS = {**READS, **DELETIONS, **UPDATES, **CREATIONS, **HIDDEN}


def html(status: int) -> Json:
    return {"status": status, "headers": {"content-type": "text/html"}, "body": "<html>busy, sk-test</html>"}


WAIT_A_MOMENT = {
    "429": {"status": 429},
    "429, Retry-After 0": {"status": 429, "headers": {"retry-after": "0"}},
    "429, Retry-After as a date": {
        "status": 429,
        "headers": {"retry-after": formatdate(time() - 5, usegmt=True)},
    },
    "429, retry-after-ms": {"status": 429, "headers": {"retry-after-ms": "5"}},
    "429, Retry-After nonsense": {"status": 429, "headers": {"retry-after": "soon"}},
    "503, Retry-After 0": {"status": 503, "headers": {"retry-after": "0"}},
}
"""The server has done nothing, and says so: sent again, whatever it was."""

LOST_BEFORE = {
    "500": {"status": 500},
    "502 in HTML": html(502),
    "503": {"status": 503},
    "408": {"status": 408},
    "reset before": {"drop": "before"},
}
"""The server has done nothing, but nobody can know."""

LOST_AFTER = {
    "reset after": {"drop": "after"},
    "reset midway": {"drop": "midway"},
}
"""The server has done it, but nobody can know."""

SILENCE = {
    "silent before": {"hang": "before"},
    "silent midway": {"hang": "midway"},
    "silent after": {"hang": "after"},
}

NO_ANSWER = {
    "JSON cut off": {"status": 200, "body": '{"id": "asst_1", "obj'},
    "HTML": html(200),
    "nothing": {"status": 200, "body": ""},
    "no UTF-8": {
        "status": 200,
        "headers": {"content-type": "application/json; charset=iso-8859-1"},
        "body": '{"id": "é", "object": "é", "data": []}',
    },
    "no object": {"status": 200, "body": ["sk-test"]},
    "another object": {"status": 200, "body": {"id": "x", "object": "zebra"}},
}
"""A success that is none."""

REFUSALS = {
    "400": {"status": 400, "body": {"error": {"message": "Not like that, sk-test"}}},
    "401": {"status": 401, "body": {"error": {"message": "Incorrect API key provided: sk-test."}}},
    "403": {"status": 403},
    "422": {"status": 422, "body": "no"},
    "302": {"status": 302, "headers": {"location": "http://elsewhere.invalid/?key=sk-test"}},
    "429 for an hour": {"status": 429, "headers": {"retry-after": "3600"}},
    "500, not to be repeated": {"status": 500, "headers": {"x-should-retry": "false"}},
}
"""Final."""


@pytest.fixture
def api(local_api: LocalApi, monkeypatch: pytest.MonkeyPatch) -> LocalApi:
    """The server, and pauses that are short."""
    monkeypatch.setattr(retry, "FIRST_DELAY", 0.01)
    return local_api


class Trial:
    """One task whose requests of one sort get a fault."""

    def __init__(self, api: LocalApi, deed: Deed, fault: Json, times: int) -> None:
        self.api, self.deed = api, deed
        self.arguments = deed.arguments(api)
        self.before = self._count()
        api.control("DELETE", "/requests")
        api.control("POST", "/faults", {"method": deed.method, "path": deed.path, "times": times, **fault})
        settings = {"max_retries": RETRIES, "timeout": TIMEOUT} | ({"wait_timeout": 5} if self._waits() else {})
        self.result = Tasks(api, faulty=True).play(deed.module, **settings, **self.arguments)
        self.requests = api.requests()
        api.control("DELETE", "/faults")
        self.made = self._count() - self.before

    def _waits(self) -> bool:
        return self.deed.module in ("thread_message", "thread_run")

    def _count(self) -> int:
        if not self.deed.made:
            return 0
        return len(self.api.ok("GET", self.deed.made.format_map(self.arguments) + "?limit=100")["data"])

    @property
    def sent(self) -> int:
        """How often the request was sent that the fault is for."""
        return sum(
            method == self.deed.method and re.search(self.deed.path, path) is not None for method, path in self.requests
        )

    def succeeded(self) -> Trial:
        """Itself, if the task was done, and what it makes is there once."""
        assert not self.result.get("failed"), self.result
        assert "sk-test" not in json.dumps(self.result)
        assert self.made == bool(self.deed.made)
        return self

    def failed(self, *words: str) -> Trial:
        """Itself, if the task failed and said so in one line, without the key."""
        assert self.result.get("failed"), self.result
        for word in words:
            assert word in self.result["msg"]
        assert "\n" not in self.result["msg"]
        assert "Traceback" not in json.dumps(self.result)
        assert "sk-test" not in json.dumps(self.result)
        assert {"method", "url"} <= set(self.result["error"])
        return self


def deeds(chosen: dict[str, Deed]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("deed", chosen.values(), ids=chosen)


def faults(*chosen: dict[str, Json]) -> pytest.MarkDecorator:
    every = {name: fault for one in chosen for name, fault in one.items()}
    return pytest.mark.parametrize("fault", every.values(), ids=every)


@deeds(DEEDS)
@faults(WAIT_A_MOMENT)
def test_what_was_put_off_is_sent_again(api: LocalApi, deed: Deed, fault: Json) -> None:
    assert Trial(api, deed, fault, 1).succeeded().sent >= 2


@deeds(DEEDS)
@faults(WAIT_A_MOMENT)
def test_but_not_without_end(api: LocalApi, deed: Deed, fault: Json) -> None:
    assert Trial(api, deed, fault, 99).failed(" answered ").sent == RETRIES + 1


@deeds(DEEDS)
@faults(REFUSALS)
def test_what_is_refused_is_not_sent_again(api: LocalApi, deed: Deed, fault: Json) -> None:
    trial = Trial(api, deed, fault, 99).failed(" answered ")
    assert trial.sent == 1
    assert trial.result["error"]["status"] == fault["status"]


@deeds({**READS, **DELETIONS, **UPDATES})
@faults(LOST_BEFORE, LOST_AFTER, SILENCE)
def test_what_does_no_harm_twice_is_sent_again(api: LocalApi, deed: Deed, fault: Json) -> None:
    assert Trial(api, deed, fault, 1).succeeded().sent >= 2


@deeds({**READS, **DELETIONS, **UPDATES})
@faults(LOST_BEFORE, {"silent before": SILENCE["silent before"]})
def test_no_more_often_than_told(api: LocalApi, deed: Deed, fault: Json) -> None:
    assert Trial(api, deed, fault, 99).failed().sent == RETRIES + 1


@deeds(CREATIONS)
@faults(LOST_BEFORE, NO_ANSWER)
def test_what_is_not_there_is_sent_again(api: LocalApi, deed: Deed, fault: Json) -> None:
    assert Trial(api, deed, fault, 1).succeeded().sent == 2


@deeds(CREATIONS)
@faults(LOST_AFTER)
def test_what_is_there_is_not_sent_again(api: LocalApi, deed: Deed, fault: Json) -> None:
    assert Trial(api, deed, fault, 99).succeeded().sent == 1


@deeds(CREATIONS)
def test_what_was_carried_out_in_silence_is_found(api: LocalApi, deed: Deed) -> None:
    assert Trial(api, deed, SILENCE["silent after"], 99).succeeded().sent == 1


@deeds(CREATIONS)
@faults({"silent before": SILENCE["silent before"], "504": {"status": 504}})
def test_what_may_still_be_at_work_is_not_sent_again(api: LocalApi, deed: Deed, fault: Json) -> None:
    trial = Trial(api, deed, fault, 99).failed("may have carried it out, but nothing of it was found")
    assert trial.sent == 1
    assert trial.made == 0


@deeds(CREATIONS)
@faults(LOST_BEFORE, NO_ANSWER)
def test_a_creation_that_never_comes_about(api: LocalApi, deed: Deed, fault: Json) -> None:
    trial = Trial(api, deed, fault, 99).failed("may have carried it out, but nothing of it was found")
    assert trial.sent == RETRIES + 1
    assert trial.made == 0


@deeds(HIDDEN)
@faults(LOST_BEFORE, LOST_AFTER, SILENCE, NO_ANSWER)
def test_what_cannot_be_looked_for_is_not_sent_again(api: LocalApi, deed: Deed, fault: Json) -> None:
    trial = Trial(api, deed, fault, 99).failed("may have carried it out, but a new ", "cannot be looked for")
    assert trial.sent == 1


@deeds(READS)
@faults(NO_ANSWER)
def test_a_read_that_is_answered_with_something_else(api: LocalApi, deed: Deed, fault: Json) -> None:
    trial = Trial(api, deed, fault, 99).failed()
    assert trial.sent == 1
    assert not trial.result.get("changed") or trial.result["run"]
