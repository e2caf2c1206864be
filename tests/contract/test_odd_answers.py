# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers whose answers are none, or not for long: each ends in a sentence, in time, and with what there is by then."""

from __future__ import annotations

import itertools
import json
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from odd_server import OddServer
from tasks import Tasks

from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule
from ansible_collections.aiops.openai.plugins.plugin_utils import in_process

RUN = {"id": "run_1", "object": "thread.run", "thread_id": "thread_1", "assistant_id": "a", "created_at": 1}
MOVING = {**RUN, "status": "in_progress", "metadata": {}}
DONE = {**RUN, "status": "completed", "metadata": {}}
NONE = {"object": "list", "data": [], "has_more": False}
THREAD = {"id": "thread_1", "object": "thread", "created_at": 1, "metadata": {}, "tool_resources": {}}
EVENTS = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
CHUNKED_EVENTS = EVENTS.replace(b"connection: close", b"transfer-encoding: chunked")
Handler = BaseHTTPRequestHandler


def event(name: str, data: Any) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()


def drip(handler: Handler, beginning: bytes, drop: bytes) -> None:
    """Begins an answer, and goes on without end."""
    handler.wfile.write(beginning)
    while not handler.server.ending.wait(0.02):  # type: ignore[attr-defined]
        handler.wfile.write(drop)
        handler.wfile.flush()


def run(server: OddServer, **arguments: Any) -> dict[str, Any]:
    return Tasks(server, faulty=True).play(  # type: ignore[arg-type]
        "thread_run", assistant_id="a", thread_id="thread_1", **arguments
    )


@pytest.mark.parametrize("drop", [b": still here\n\n", b"data: ", b"\n", b"x", b"chunk"])
def test_what_keeps_a_stream_alive_does_not_keep_a_task(drop: bytes) -> None:
    def handle(method: str, path: str, body: Any, handler: Handler) -> Any:
        begun = event("thread.run.created", MOVING)
        if method == "POST" and drop == b"chunk":
            return drip(handler, CHUNKED_EVENTS + b"%x\r\n%s\r\n" % (len(begun), begun), b"0")
        if method == "POST":
            return drip(handler, EVENTS + begun, drop)
        return 200, MOVING if path.endswith("run_1") else NONE

    with OddServer(handle) as server:
        began = time.monotonic()
        result = run(server, stream=True, wait_timeout=1)
        assert time.monotonic() - began < 30
    assert result["msg"] == "run_1 is still in_progress after 1 seconds (wait_timeout)"
    assert result["run"]["id"] == "run_1"


def test_a_stream_is_over_with_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def handle(method: str, path: str, body: Any, handler: Handler) -> Any:
        if method == "POST":
            return drip(handler, EVENTS + event("thread.run.completed", DONE), b": still here\n\n")
        return 200, NONE

    with OddServer(handle) as server:
        result = run(server, stream=True, wait_timeout=3600)
    assert result["run"]["status"] == "completed"


@pytest.mark.parametrize("before", [b"", event("thread.run.created", MOVING)])
@pytest.mark.parametrize("more", [{}, {"run_key": "k"}])
def test_an_error_in_a_stream_is_told_and_final(before: bytes, more: dict[str, str]) -> None:
    said = {"error": {"message": "You exceeded your current quota.", "code": "insufficient_quota", "param": None}}

    def handle(method: str, path: str, body: Any, handler: Handler) -> Any:
        return EVENTS + before + event("error", said) if method == "POST" else (200, NONE)

    with OddServer(handle) as server:
        result = run(server, stream=True, max_retries=2, **more)
    assert result["msg"].endswith("ended in an error: You exceeded your current quota.")
    assert result["error"]["code"] == "insufficient_quota"
    assert ("run" in result) == bool(before)
    assert sum(one.startswith("POST") for one in server.asked) == 1


def test_the_run_in_place_of_a_stream_is_taken() -> None:
    with OddServer(lambda method, path, body, handler: (200, DONE if method == "POST" else NONE)) as server:
        result = run(server, stream=True)
    assert result["run"] == DONE
    assert sum(one.startswith("POST") for one in server.asked) == 1


def test_a_wait_ends_in_time_though_the_server_asks_for_more() -> None:
    def handle(method: str, path: str, body: Any, handler: Handler) -> Any:
        if path.endswith("run_1"):
            return 429, {"error": {"message": "slow down"}}, {"retry-after": "50"}
        return 200, MOVING if method == "POST" else NONE

    with OddServer(handle) as server:
        began = time.monotonic()
        result = run(server, wait_timeout=1, max_retries=3)
        assert time.monotonic() - began < 30
    assert result["msg"] == "run_1 is still in_progress after 1 seconds (wait_timeout)"
    assert result["run"]["id"] == "run_1"


CHUNKED = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
LONG = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 999999\r\n\r\n"


ENDLESS = {
    "chunks": (CHUNKED, b"1\r\n \r\n"),
    "a body": (LONG, b" "),
    "a status": (b"HTTP/1.1 200 O", b"K"),
    "a header": (b"HTTP/1.1 200 OK\r\nx-request-id: ", b"a"),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"a: b\r\n"),
    "early answers": (b"", b"HTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\n"),
    "the size of a chunk": (CHUNKED, b"0"),
    "what follows the last chunk": (CHUNKED + b"2\r\n{}\r\n0\r\n", b"a"),
}


@pytest.mark.parametrize(("beginning", "drop"), ENDLESS.values(), ids=ENDLESS)
def test_an_answer_without_end_is_not_waited_for(beginning: bytes, drop: bytes) -> None:
    with OddServer(lambda method, path, body, handler: drip(handler, beginning, drop)) as server:
        result = Tasks(server, faulty=True).failed("assistant_info", timeout=0.5)  # type: ignore[arg-type]
    assert "got no answer: " in result["msg"]


def test_what_comes_before_an_answer_is_passed_over() -> None:
    early = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </>\r\n\r\n"

    def handle(method: str, path: str, body: Any, handler: Handler) -> Any:
        handler.wfile.write(early)
        return 200, THREAD

    with OddServer(handle) as server:
        assert Tasks(server, faulty=True).ok("thread")["thread"] == THREAD  # type: ignore[arg-type]


ODD: dict[str, Any] = {
    "cut off": b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{}",
    "cut off in a chunk": CHUNKED + b"9\r\n{",
    "no chunk": CHUNKED + b"zebra\r\n",
    "not gzip": (200, "{}", {"content-encoding": "gzip"}),
    "not deflate": (200, "{}", {"content-encoding": "deflate, gzip"}),
    "no HTTP": b"SSH-2.0-OpenSSH\r\n\r\n",
    "no status": b"HTTP/1.1 twohundred OK\r\n\r\n",
    "no header": b"HTTP/1.1 200 OK\r\n\xff\xfe\x00 : \x1b[31m\r\nno colon\r\n\r\n{}",
    "many headers": b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 300 + b"\r\n{}",
    "a long header": b"HTTP/1.1 200 OK\r\na: " + b"b" * 99999 + b"\r\n\r\n{}",
    "a negative length": b"HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n{}",
    "two lengths": b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}",
    "a redirect to nowhere": (307, ""),
    "a redirect to no URL": b"HTTP/1.1 302 Found\r\nlocation: http://[\xff\x1b[31m\r\ncontent-length: 0\r\n\r\n",
    "300": (300, "", {"location": "\t"}),
    "deep": (200, "[" * 99999),
    "no mapping": (200, "[]"),
    "null": (200, "null"),
    "data null": (200, {**NONE, "data": None}),
    "data of nulls": (200, {**NONE, "data": [None]}),
    "has_more null": (200, {**NONE, "has_more": None}),
    "an id of its own": (200, {"object": "list", "data": [{"id": {"a": 1}}], "has_more": True}),
    "a status of its own": b"HTTP/1.1 799 Zebra\r\ncontent-length: 0\r\n\r\n",
    "informed": b"HTTP/1.1 103 Early\r\n\r\n",
    "nothing": None,
    "an error in UTF-16": (400, "no".encode("utf-16"), {"content-type": "text/plain; charset=zebra"}),
    "odd advice": (429, "", {"retry-after": "Tue, 99 Feb 99999 99:99:99 GMT", "retry-after-ms": "nan"}),
}


@pytest.mark.parametrize("told", ODD.values(), ids=ODD)
@pytest.mark.parametrize(
    ("module", "given"), [("assistant_info", {}), ("thread", {}), ("thread", {"thread_id": "t", "state": "absent"})]
)
def test_every_odd_answer_ends_in_a_sentence(told: Any, module: str, given: dict[str, str]) -> None:
    with OddServer(lambda method, path, body, handler: told) as server:
        result = Tasks(server, faulty=True).failed(module, timeout=2, **given)  # type: ignore[arg-type]
    assert result["msg"].isprintable()
    assert "exception" not in result, result["exception"]
    assert "url" in result["error"], result
    json.dumps(result, allow_nan=False).encode()


@pytest.mark.parametrize("end", ["closed", "reset"])
def test_a_kept_connection_that_has_ended_is_no_lost_answer(end: str) -> None:
    """The second request on a connection meets its end; sent anew, it makes the one thread that was wanted."""
    served: dict[Any, int] = {}
    made = itertools.count(1)

    def handle(method: str, path: str, body: Any, handler: Handler) -> Any:
        served[handler.client_address] = served.get(handler.client_address, 0) + 1
        if served[handler.client_address] > 1:
            if end == "reset":
                handler.connection.setsockopt(1, 13, b"\1\0\0\0\0\0\0\0")  # SO_LINGER: closing resets it
            return None
        return 200, {**THREAD, "id": f"thread_{next(made)}"}

    with OddServer(handle) as server:
        tasks = Tasks(server, faulty=True)  # type: ignore[arg-type]
        ids = [tasks.ok("thread")["thread"]["id"] for _time in range(3)]
    assert ids == ["thread_1", "thread_2", "thread_3"]
    assert max(served.values()) == 2


def test_a_new_connection_that_ends_is_a_lost_answer() -> None:
    with OddServer(lambda method, path, body, handler: None) as server:
        result = Tasks(server, faulty=True).failed("thread", max_retries=3)  # type: ignore[arg-type]
    assert "may have carried it out" in result["msg"]
    assert server.asked == ["POST /threads"]


def test_plain_http_goes_by_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    with OddServer(lambda *_asked: (200, NONE)) as server, OddServer(lambda *_asked: (503, "proxy")) as proxy:
        for variable in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(variable, proxy.url.removesuffix("/v1"))
        for variable in ("NO_PROXY", "no_proxy"):
            monkeypatch.delenv(variable, raising=False)
        Tasks(server, faulty=True).ok("assistant_info")  # type: ignore[arg-type]
    assert proxy.asked == []


@pytest.mark.parametrize("password", ["Tr0ub4dor/3", "Tr0ub4dor#3", "Tr0ub4dor?3", "Tr0ub4dor 3", "Tr0ub4dor3"])
@pytest.mark.parametrize("place", ["127.0.0.1:1", "127.0.0.1:x", "[::1"])
@pytest.mark.parametrize("scheme", ["http://", "", "socks5h://"])
def test_a_proxys_password_is_in_no_message(
    monkeypatch: pytest.MonkeyPatch, scheme: str, password: str, place: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"{scheme}svc-ansible:{password}@{place}")
    monkeypatch.delenv("https_proxy", raising=False)
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.delenv("no_proxy", raising=False)
    with OddServer(lambda *_asked: (200, NONE)) as server:
        tasks = Tasks(server, faulty=True)  # type: ignore[arg-type]
        result = tasks.failed("assistant_info", base_url="https://127.0.0.1:1/v1", max_retries=0, timeout=2)
    assert "exception" not in result, result["exception"]
    for part in ("svc-ansible", "Tr0"):
        assert part not in json.dumps(result), result


def test_a_variable_that_names_no_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    with OddServer(lambda *_asked: (200, NONE)) as server:
        result = Tasks(server, faulty=True).failed("assistant_info")  # type: ignore[arg-type]
    assert result["msg"] == "the environment variable REQUESTS_CA_BUNDLE names no file or folder that there is"


def self_signed(path: Path) -> Path:
    """A file with a certificate that nobody has signed, and its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    yesterday = datetime.now(UTC) - timedelta(days=1)
    dated = builder.not_valid_before(yesterday).not_valid_after(yesterday + timedelta(days=3))
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(dated.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) + secret)
    return path


def test_the_http_library_s_warnings_stay_within_the_task(tmp_path: Path, recwarn: pytest.WarningsRecorder) -> None:
    """In a worker process, Ansible would take what they write on stderr for a fault."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path / "certificate.pem"))
    with OddServer(lambda *_asked: (200, NONE)) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.url = server.url.replace("http:", "https:")
        tasks = Tasks(server, faulty=True)  # type: ignore[arg-type]
        assert "certificate verify failed" in tasks.failed("assistant_info")["msg"]
        assert tasks.ok("assistant_info", validate_certs=False)["assistants"] == []
    assert [str(each.message) for each in recwarn] == []


def test_sessions_that_are_not_used_any_more_are_closed() -> None:
    """A loop in which each item has other headers has few connections open at once."""
    opened: set[Any] = set()
    closed = threading.Semaphore(0)

    def handle(method: str, path: str, body: Any, handler: Handler) -> Any:
        opened.add(handler.client_address)
        finish = handler.finish
        handler.finish = lambda: (finish(), closed.release())  # type: ignore[method-assign, return-value, func-returns-value]
        return 200, THREAD

    in_process._sessions.clear()
    with OddServer(handle) as server:
        for number in range(30):
            session = in_process._kept_session(f"sk-{number}")
            tasks = Tasks(server, faulty=True)  # type: ignore[arg-type]
            tasks.session = session
            tasks.ok("thread", api_key=f"sk-key-{number}")
        for _closed in range(30 - in_process.MOST_SESSIONS):
            assert closed.acquire(timeout=10)
    assert len(opened) == 30
    assert len(in_process._sessions) == in_process.MOST_SESSIONS


def test_a_fault_of_our_own_asks_to_be_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """What exists is in the result, and no secret in the traceback."""

    def perform(self: Any, client: Any, params: Any, listings: Any = None) -> Any:
        error = KeyError("sk-f0a8c3b7e2")
        error.result = {"run": RUN}  # type: ignore[attr-defined]
        raise error

    monkeypatch.setattr(StateModule, "perform", perform)
    with OddServer(lambda *_asked: None) as server:
        result = Tasks(server, faulty=True).failed("thread", api_key="sk-f0a8c3b7e2")  # type: ignore[arg-type]
    assert result["run"] == RUN
    assert "please report it at https://" in result["msg"]
    assert "KeyError at test_odd_answers.py:" in result["msg"]
    assert "Traceback" in result["exception"]
    assert "f0a8" not in json.dumps(result)
