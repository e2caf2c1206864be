# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What openai_server_info says of servers of every sort."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from local_server import LocalApi
from tasks import Tasks

MODELS = {"object": "list", "data": [{"id": "m", "object": "model"}]}
OFFERS = ["assistants", "thread_list", "chatkit", "files", "vector_stores", "agents"]


class Plain(ThreadingHTTPServer):
    """Answers each path as it is told to, and all others with 404."""

    daemon_threads = True

    def __init__(self, **answers):
        self.answers = {f"/v1/{path}": answer for path, answer in answers.items()}
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/v1"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        status, body = self.server.answers.get(self.path, (404, {"detail": "Not Found"}))
        text = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_arguments):
        """A test needs no log."""


@pytest.fixture
def plain() -> Iterator:
    """Starts such servers."""
    servers = []

    def start(**answers):
        servers.append(Plain(**answers))
        threading.Thread(target=servers[-1].serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return servers[-1]

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def seen(server, **arguments):
    return Tasks(server, faulty=True).ok("server_info", **arguments)["server"]


def offers(server):
    return {each["name"]: each["offered"] for each in server["families"]}


def test_local_api(local_api):
    server = seen(local_api)
    assert (server["reachable"], server["key_accepted"], server["base_url"]) == (True, True, local_api.url)
    assert list(offers(server)) == OFFERS
    assert {"assistants", "chatkit"} <= set(server["offered"])
    assert offers(server)["thread_list"] is False
    assert 0 < server["seconds"] <= min(each["seconds"] for each in server["families"])


def test_endpoints_that_are_gone(local_api):
    local_api.control("POST", "/settings", {"gone": ["/assistants", "/threads"]})
    server = seen(local_api)
    assert server["key_accepted"] is True
    assert (offers(server)["assistants"], offers(server)["chatkit"]) == (False, True)
    assert "does not offer this endpoint" in server["families"][0]["said"]


def test_a_wrong_key():
    server = LocalApi("--require-key", "sk-local-right")
    try:
        found = seen(server, api_key="sk-local-wrong-one")
    finally:
        server.stop()
    assert (found["reachable"], found["key_accepted"], found["offered"]) == (True, False, [])
    assert offers(found)["assistants"] is None
    assert "Incorrect API key provided" in found["families"][0]["said"]


def test_a_closed_port(local_api):
    found = seen(local_api, base_url="http://127.0.0.1:9/v1")
    assert (found["reachable"], found["key_accepted"], found["seconds"]) == (False, None, None)
    assert (found["offered"], found["families"]) == ([], [])
    assert "got no answer" in found["said"]


def test_a_server_that_knows_only_models(plain):
    found = seen(plain(models=(200, MODELS)))
    assert (found["reachable"], found["key_accepted"], found["offered"]) == (True, True, [])
    assert set(offers(found).values()) == {False}
    assert found["said"].endswith("/v1/models answered 200")


def test_what_is_no_list_is_no_offer(plain):
    """Such as an agents endpoint of something else, and a page for every path."""
    found = seen(plain(models=(200, b"<html>"), agents=(200, []), assistants=(200, {"object": "list"})))
    assert (found["reachable"], found["key_accepted"], found["offered"]) == (True, None, [])
    assert found["families"][0]["said"].endswith("answered 200, but not with a list")


@pytest.mark.parametrize(("status", "offered"), [(400, True), (403, None), (405, False), (500, None)])
def test_a_refusal_says_that_something_is_there_and_trouble_says_nothing(plain, status, offered):
    found = seen(plain(assistants=(status, {"error": {"message": "No."}})))
    assert offers(found)["assistants"] is offered
    assert found["families"][0]["status"] == status


def test_a_mistake_in_the_task_is_a_failure(local_api):
    assert "base_url must look like" in Tasks(local_api).failed("server_info", base_url="example.com")["msg"]
