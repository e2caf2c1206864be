# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of a task whose request goes wrong: how often it is sent, what the task says, what the server has then.

Every deed of every module meets every fault, once (is the task still done?) and without end (what does it say?).
"""

from __future__ import annotations

import json
import re
import socket
from email.utils import formatdate
from time import time

import pytest
from deeds import CREATIONS, DEEDS, DELETIONS, HIDDEN, READS, UPDATES, Deed, Json
from local_server import LocalApi
from tasks import Tasks

from ansible_collections.aiops.openai.plugins.module_utils.api import retry
from ansible_collections.aiops.openai.plugins.module_utils.engine import wait

RETRIES = 2
TIMEOUT = 0.3


def html(status: int) -> Json:
    return {"status": status, "headers": {"content-type": "text/html"}, "body": "<html>busy, sk-test-key</html>"}


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
    "no object": {"status": 200, "body": ["sk-test-key"]},
}
"""A success that is none."""

ANOTHER_OBJECT = {"status": 200, "body": {"id": "x", "object": "zebra"}}

REFUSALS = {
    "400": {"status": 400, "body": {"error": {"message": "Not like that, sk-test-key"}}},
    "401": {"status": 401, "body": {"error": {"message": "Incorrect API key provided: sk-test-key."}}},
    "403": {"status": 403},
    "422": {"status": 422, "body": "no"},
    "302": {"status": 302, "headers": {"location": "http://elsewhere.invalid/?key=sk-test-key"}},
    "429 for an hour": {"status": 429, "headers": {"retry-after": "3600"}},
    "500, not to be repeated": {"status": 500, "headers": {"x-should-retry": "false"}},
}
"""Final."""


@pytest.fixture
def api(local_api: LocalApi, monkeypatch: pytest.MonkeyPatch) -> LocalApi:
    """The server, and pauses that are short."""
    monkeypatch.setattr(retry, "FIRST_DELAY", 0.01)
    monkeypatch.setattr(wait, "FIRST_PAUSE", 0.02)
    return local_api


@pytest.fixture
def unused_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Trial:
    """One task whose requests of one sort get a fault."""

    def __init__(self, api: LocalApi, deed: Deed, fault: Json, times: int) -> None:
        self.api, self.deed, self.fault = api, deed, fault
        self.arguments = deed.arguments(api)
        self.before = self._count()
        api.control("DELETE", "/requests")
        api.control("POST", "/faults", {"method": deed.method, "path": deed.path, "times": times, **fault})
        settings = {
            "api_key": "sk-test-key",
            "max_retries": RETRIES,
            **({"timeout": TIMEOUT} if "hang" in fault else {}),
        }
        self.result = Tasks(api, faulty=True).play(deed.module, **settings, **self.arguments)
        self.requests = api.requests()
        api.control("DELETE", "/faults")
        self.made = self._count() - self.before

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

    @property
    def most(self) -> int:
        """How often it may be sent: `max_retries`, and once on a kept connection that ends without a word."""
        first = re.search(self.deed.path, self.requests[0][1]) and self.requests[0][0] == self.deed.method
        return RETRIES + 1 + ("drop" in self.fault and not first)

    def succeeded(self) -> Trial:
        """Itself, if the task was done, and what it makes is there once."""
        assert not self.result.get("failed"), self.result
        assert "sk-test-key" not in json.dumps(self.result)
        assert self.made == bool(self.deed.made)
        return self

    def failed(self, *words: str) -> Trial:
        """Itself, if the task failed and said so in one line, without the key."""
        assert self.result.get("failed"), self.result
        for word in words:
            assert word in self.result["msg"]
        assert "\n" not in self.result["msg"]
        assert "Traceback" not in json.dumps(self.result)
        assert "sk-test-key" not in json.dumps(self.result)
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
@faults({name: WAIT_A_MOMENT[name] for name in ("429", "503, Retry-After 0")})
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
    trial = Trial(api, deed, fault, 99).failed()
    assert trial.sent == trial.most


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
    assert trial.sent == trial.most
    assert trial.made == 0


@deeds({**CREATIONS, **HIDDEN})
def test_what_is_answered_with_another_object(api: LocalApi, deed: Deed) -> None:
    """What a creation has made by that has an id, so nothing is made a second time."""
    trial = Trial(api, deed, ANOTHER_OBJECT, 99).failed()
    seen = ANOTHER_OBJECT["body"] in trial.result.values()
    creates = deed.path not in ("/cancel$", "/submit_tool_outputs$") and not trial.arguments.get("stream")
    assert seen == creates
    assert trial.sent == (1 if seen else RETRIES + 1)
    assert trial.made == 0


@deeds(HIDDEN)
@faults(LOST_BEFORE, LOST_AFTER, SILENCE, NO_ANSWER)
def test_what_cannot_be_looked_for_is_not_sent_again(api: LocalApi, deed: Deed, fault: Json) -> None:
    trial = Trial(api, deed, fault, 99).failed("may have carried it out, but a new ", "cannot be looked for")
    assert trial.sent == 1


@deeds(READS)
@faults(NO_ANSWER, {"another object": ANOTHER_OBJECT})
def test_a_read_that_is_answered_with_something_else(api: LocalApi, deed: Deed, fault: Json) -> None:
    """It is asked again where nothing could be read."""
    trial = Trial(api, deed, fault, 99).failed()
    assert trial.sent == (1 if fault is ANOTHER_OBJECT else RETRIES + 1)
    assert not trial.result.get("changed") or trial.result["run"]


@deeds(DEEDS)
def test_a_server_that_is_not_there(api: LocalApi, deed: Deed, unused_port: int) -> None:
    arguments = {**deed.arguments(api), "base_url": f"http://127.0.0.1:{unused_port}/v1"}
    failure = Tasks(api).failed(deed.module, max_retries=RETRIES, **arguments)
    assert "got no answer: " in failure["msg"]
    assert "refused" in failure["msg"]
    assert "carried it out" not in failure["msg"]


@deeds(DEEDS)
def test_a_server_that_does_not_speak_tls(api: LocalApi, deed: Deed) -> None:
    arguments = {**deed.arguments(api), "base_url": api.url.replace("http:", "https:")}
    api.control("DELETE", "/requests")
    failure = Tasks(api).failed(deed.module, max_retries=RETRIES, **arguments)
    assert "got no answer: " in failure["msg"]
    assert "TLS did not come about, wrong version number (" in failure["msg"]
    assert "carried it out" not in failure["msg"]
    assert api.requests() == []


@deeds(READS)
@faults(
    {
        "more, and no cursor": {"status": 200, "body": {"object": "list", "data": [], "has_more": True}},
        "more, and always the same": {
            "status": 200,
            "body": {"object": "list", "data": [], "has_more": True, "first_id": "x", "last_id": "x"},
        },
    }
)
def test_a_list_without_end(api: LocalApi, deed: Deed, fault: Json) -> None:
    trial = Trial(api, deed, fault, 99).failed()
    assert trial.sent <= 2
