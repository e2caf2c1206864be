# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from email.utils import formatdate
from time import time

import pytest
import requests
import urllib3

from ansible_collections.aiops.openai.plugins.module_utils.api import errors
from ansible_collections.aiops.openai.plugins.module_utils.api.client import path_of
from ansible_collections.aiops.openai.plugins.module_utils.api.families import Family
from ansible_collections.aiops.openai.plugins.module_utils.api.reading import json_in

THING = {"id": "thing_1", "object": "thing"}
REFUSED = requests.ConnectionError(
    urllib3.exceptions.MaxRetryError(None, "/", urllib3.exceptions.NewConnectionError(None, "Connection refused"))
)
RESET = requests.ConnectionError(
    urllib3.exceptions.ProtocolError("Connection aborted.", ConnectionResetError(104, "reset"))
)
READ_TIMEOUT = requests.ReadTimeout("read timed out")
CONNECT_TIMEOUT = requests.ConnectTimeout("connect timed out")
TLS = requests.exceptions.SSLError("certificate verify failed")


def error(status, message="no", **headers):
    body = {"error": {"message": message, "type": "t", "param": "p", "code": "c"}}
    return (status, body, {name.replace("_", "-"): value for name, value in headers.items()})


REPEATED = [
    *[("GET", error(status)) for status in (408, 409, 429, 500, 502, 503, 504)],
    *[("GET", failure) for failure in (REFUSED, RESET, READ_TIMEOUT, CONNECT_TIMEOUT)],
    *[("DELETE", error(status)) for status in (408, 409, 429, 500, 503)],
    *[("DELETE", failure) for failure in (REFUSED, RESET, READ_TIMEOUT)],
    ("POST", error(429)),
    ("POST", error(503, retry_after="0")),
    ("POST", error(503, retry_after_ms="1")),
    ("POST", REFUSED),
    ("POST", CONNECT_TIMEOUT),
    ("POST", error(500, x_should_retry="true")),
]
ODD_DELAYS = ["0", "-1", "nan", "inf", "-inf", "1e999", "", "1_0e", "<b>", "Tue, 99 Feb 99999 99:99:99 GMT"]
NOT_REPEATED = [
    *[("GET", error(status)) for status in (400, 401, 403, 422)],
    ("GET", TLS),
    ("GET", error(500, x_should_retry="false")),
    *[("POST", error(status)) for status in (400, 401, 403, 408, 409, 422, 500, 502, 503, 504)],
    *[("POST", failure) for failure in (RESET, READ_TIMEOUT, TLS)],
    ("POST", error(429, x_should_retry="false")),
]


def call(client, method):
    return client.post("/things", {"a": 1}) if method == "POST" else getattr(client, method.lower())("/things/1")


@pytest.mark.parametrize(("method", "trouble"), REPEATED)
def test_repeated_until_it_works(scripted, method, trouble):
    client, script, pauses = scripted(trouble, trouble, (200, THING))
    assert call(client, method).body == THING
    assert len(script.asked) == 3
    assert len(pauses) == 2


@pytest.mark.parametrize(("method", "trouble"), REPEATED)
def test_repeated_no_more_often_than_told(scripted, method, trouble):
    client, script, _pauses = scripted(*[trouble] * 9, max_retries=2)
    with pytest.raises(errors.OpenAIError):
        call(client, method)
    assert len(script.asked) == 3


@pytest.mark.parametrize(("method", "trouble"), NOT_REPEATED)
def test_never_repeated(scripted, method, trouble):
    client, script, pauses = scripted(trouble, (200, THING))
    with pytest.raises(errors.OpenAIError):
        call(client, method)
    assert len(script.asked) == 1
    assert pauses == []


@pytest.mark.parametrize(
    ("headers", "least", "most"),
    [
        ({"retry_after": "7"}, 7, 7),
        ({"retry_after_ms": "250", "retry_after": "7"}, 0.25, 0.25),
        ({"retry_after": "-5"}, 0, 0.5),
        ({"retry_after": "soon"}, 0, 0.5),
        *[({name: text}, 0, 0.5) for name in ("retry_after", "retry_after_ms") for text in ODD_DELAYS],
        ({}, 0, 0.5),
    ],
)
def test_the_pause_is_what_the_server_asks_else_a_short_one(scripted, headers, least, most):
    client, _script, pauses = scripted(error(429, **headers), (200, THING))
    client.get("/things/1")
    assert least <= pauses[0] <= most


def test_the_pause_may_be_asked_for_as_a_date(scripted):
    client, _script, pauses = scripted(error(429, retry_after=formatdate(time() + 30, usegmt=True)), (200, THING))
    client.get("/things/1")
    assert 20 < pauses[0] <= 30


def test_pauses_grow_up_to_eight_seconds(scripted, monkeypatch):
    monkeypatch.setattr("random.uniform", lambda low, high: high)
    client, _script, pauses = scripted(*[error(500)] * 7, (200, THING), max_retries=9)
    client.get("/things/1")
    assert pauses == [0.5, 1, 2, 4, 8, 8, 8]


def test_a_longer_pause_than_allowed_is_not_waited_for(scripted):
    client, _script, pauses = scripted(error(429, retry_after="3600"), retry_max_delay=60)
    with pytest.raises(errors.ApiError, match=r"asks to wait 3600 seconds, more than retry_max_delay \(60\)"):
        client.get("/things/1")
    assert pauses == []


@pytest.mark.parametrize("trouble", [RESET, READ_TIMEOUT])
def test_a_post_whose_answer_is_lost_says_that_it_may_have_been_carried_out(scripted, trouble):
    client, _script, _pauses = scripted(trouble)
    with pytest.raises(errors.ConnectionFailed, match="got no answer"):
        client.post("/things", {})


def test_an_error_carries_all_that_the_server_said(scripted):
    client, _script, _pauses = scripted(error(400, "Bad sk-secret-key", x_request_id="req_1"))
    with pytest.raises(errors.ApiError) as caught:
        client.get("/things/1", {"limit": 1})
    assert caught.value.details == {
        "status": 400,
        "type": "t",
        "code": "c",
        "param": "p",
        "message": "Bad ********",
        "request_id": "req_1",
        "method": "GET",
        "url": "https://server.example/v1/things/1",
    }
    assert str(caught.value) == "GET https://server.example/v1/things/1 answered 400: Bad ********"


@pytest.mark.parametrize("body", ["<html>busy</html>", "", "[]", '{"id": ', "\ufeff"])
def test_an_answer_that_is_no_json_object(scripted, body):
    unreadable = (200, body, {"content-type": "text/html"})
    client, script, _pauses = scripted(*[unreadable] * 3, max_retries=2)
    with pytest.raises(errors.BadAnswer, match=r"answered 200, but not with a JSON object \(text/html\)"):
        client.get("/things/1")
    assert len(script.asked) == 3
    client, script, _pauses = scripted(unreadable, (200, {"deleted": True}))
    assert client.delete("/things/1").body == {"deleted": True}
    client, script, _pauses = scripted(unreadable)
    with pytest.raises(errors.BadAnswer):
        client.post("/things")


def test_a_redirect_is_not_followed(scripted):
    client, script, _pauses = scripted((302, "", {"location": "https://elsewhere.example/"}))
    with pytest.raises(errors.ApiError, match=r"a redirect to https://elsewhere.example/, which is not followed"):
        client.get("/things/1")
    assert len(script.asked) == 1


def test_missing_is_told_apart_from_gone(scripted):
    client, script, _pauses = scripted(error(404, "No such thing"), (200, {"data": []}))
    with pytest.raises(errors.NotFound, match="No such thing"):
        client.get("/things/a")
    assert script.asked == ["GET /things/a", "GET /things?limit=1"]

    client, script, _pauses = scripted(error(404), error(404))
    with pytest.raises(errors.EndpointGone, match=r"server.example does not offer this endpoint; point base_url"):
        client.get("/things/a")


@pytest.mark.parametrize("status", [400, 401, 403, 405, 422])
def test_a_probe_that_is_refused_tells_that_the_endpoint_is_there(scripted, status):
    client, _script, _pauses = scripted(error(404, "No such thing"), error(status))
    with pytest.raises(errors.NotFound, match="No such thing"):
        client.get("/things/a")


@pytest.mark.parametrize("probed", [error(502), error(500), error(429), error(408), error(409), (302, {})])
def test_a_probe_that_tells_nothing_fails(scripted, probed):
    client, _script, _pauses = scripted(error(404), probed, max_retries=0)
    with pytest.raises(errors.ApiError, match="cannot be told whether GET .* answered 404 for want of") as caught:
        client.get("/things/a")
    assert not isinstance(caught.value, (errors.NotFound, errors.EndpointGone))


def test_a_family_that_a_host_has_closed_says_since_when(scripted):
    client, _script, _pauses = scripted(error(404), error(404), base_url="https://closed.example/v1")
    with pytest.raises(errors.EndpointGone, match="Things were closed on 2026-08-26"):
        client.delete("/things/t")


def test_a_path_belongs_to_a_family(scripted):
    client, script, _pauses = scripted((200, THING), family=None)
    with pytest.raises(AssertionError, match="family"):
        client.get("/things/t")
    assert script.asked == []


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_in_check_mode_no_write_leaves(scripted, method):
    client, script, _pauses = scripted((200, THING), check_mode=True)
    with pytest.raises(errors.WriteRefused):
        call(client, method)
    assert script.asked == []


def test_what_every_request_carries(scripted):
    client, script, _pauses = scripted(
        (200, THING),
        (200, THING),
        organization="org",
        project="proj",
        api_version="2025-05-15",
        extra_headers={"x-more": "1"},
    )
    client.get("/threads/t", {"limit": 5})
    client.within(Family(probe="/others")).get("/others/t")
    first, second = script.sent
    assert first.url == "https://server.example/v1/threads/t?api-version=2025-05-15&limit=5"
    assert first.headers["Authorization"] == "Bearer sk-secret-key"
    assert first.headers["OpenAI-Beta"] == "things=v1"
    assert "OpenAI-Beta" not in second.headers
    sent = {name: first.headers[name] for name in ("OpenAI-Organization", "OpenAI-Project", "x-more")}
    assert sent == {"OpenAI-Organization": "org", "OpenAI-Project": "proj", "x-more": "1"}


def test_the_api_key_scheme(scripted):
    client, script, _pauses = scripted((200, THING), auth_scheme="api_key")
    client.get("/threads/t")
    assert script.sent[0].headers["api-key"] == "sk-secret-key"
    assert "Authorization" not in script.sent[0].headers


def test_a_netrc_does_not_replace_the_key(scripted, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine server.example login other password other\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    client, script, _pauses = scripted((200, THING))
    client.get("/threads/t")
    assert script.sent[0].headers["Authorization"] == "Bearer sk-secret-key"


def test_an_id_cannot_name_another_path():
    assert path_of("/threads/{thread_id}", thread_id="../assistants?x=#y") == "/threads/..%2Fassistants%3Fx%3D%23y"


@pytest.mark.parametrize("past", [formatdate(0, usegmt=True), formatdate(time() - 9, usegmt=True), "0"])
def test_a_pause_of_nothing_is_the_usual_one(scripted, monkeypatch, past):
    monkeypatch.setattr("random.uniform", lambda low, high: high)
    client, _script, pauses = scripted(*[error(429, retry_after=past)] * 3, (200, THING))
    client.get("/things/1")
    assert pauses == [0.5, 1, 2]


def test_a_pause_ends_with_the_time_that_a_task_may_take(scripted):
    client, script, pauses = scripted(error(429, retry_after="30"), (200, THING))
    with pytest.raises(errors.OutOfTime):
        client.for_seconds(2).get("/things/1")
    assert len(script.asked) == 1
    assert pauses[0] <= 2


def test_what_is_told_is_one_line_without_secrets(scripted):
    client, _script, _pauses = scripted()
    told = []
    client._say = told.append
    client.tell("run_\x1b[31m\r\nok: sk-secret-key")
    assert told == [r"run_\x1b[31m ok: ********"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"error": {"message": "Not so"}}, "Not so"),
        ({"error": "Not so"}, "Not so"),
        ({"error": {"code": 7, "innererror": {}, "message": None, "detail": "Not so"}}, "Not so"),
        ({"message": "Not so"}, "Not so"),
        ({"detail": "Not so"}, "Not so"),
        ({"detail": [{"loc": ["body", "name"], "msg": "Not so"}]}, "Not so"),
        ({"title": "Not so", "status": 400}, "Not so"),
        ({"errors": [{"message": "Not"}, {"message": "so"}]}, "Not; so"),
        (["Not so"], "Not so"),
        ('"Not so"', "Not so"),
        ("Not so", "Not so"),
        ("<html><head><title>Not\n so</title></head><body>hm</body>", "Not\n so"),
        ("<p>Not so</p>", "Not so"),
        ({"error": None}, "no explanation"),
        ({"error": {"message": {"a": [1]}}}, "no explanation"),
        ("", "no explanation"),
        ("[" * 100000, r"\[\[\["),
    ],
)
def test_an_error_body_of_any_shape_is_read(scripted, body, said):
    client, _script, _pauses = scripted((400, body))
    with pytest.raises(errors.ApiError, match=f"answered 400: ? ?{said}") as caught:
        client.get("/things/1")
    assert len(str(caught.value)) < 2000


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100000,
        '{"a":' * 101 + "1" + "}" * 101,
        "null",
        "1",
    ],
)
def test_what_no_code_could_use_is_no_answer(scripted, body):
    client, _script, _pauses = scripted((200, body), max_retries=0)
    with pytest.raises(errors.BadAnswer, match="but not with a JSON object"):
        client.get("/things/1")


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999", "-1e999", "9" * 400, "9" * 5000])
def test_what_is_no_number_of_a_double_is_null(scripted, number):
    client, _script, _pauses = scripted((200, f'{{"id": "a", "n": [{number}, 1.5, 2]}}'))
    assert client.get("/things/1").body == {"id": "a", "n": [None, 1.5, 2]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_json_in_any_encoding_of_unicode_is_read(encoding):
    assert json_in('{"a": "é\\ud800"}'.encode(encoding)) == {"a": "é\ufffd"}


def test_halves_of_surrogate_pairs_are_replaced(scripted):
    client, _script, _pauses = scripted((200, r'{"\udc00": ["a\ud800b", "\ud83d\ude00"]}'))
    assert client.get("/things/1").body == {"\ufffd": ["a\ufffdb", "\U0001f600"]}


def test_no_content_is_a_deletion_that_is_done_or_an_update_that_was_taken(scripted):
    client, script, _pauses = scripted((204, ""), (204, ""))
    assert client.delete("/things/1").body == {"deleted": True}
    assert client.post("/things/1", {}).body == {}
    assert len(script.asked) == 2


@pytest.mark.parametrize("location", ["", "http://[", "\x1b[31m", "http://\xff", "//" + "a" * 5000])
def test_a_redirect_to_anywhere(scripted, location):
    client, _script, _pauses = scripted((302, "", {"location": location}))
    with pytest.raises(errors.ApiError, match="a redirect to .*, which is not followed"):
        client.get("/things/1")
