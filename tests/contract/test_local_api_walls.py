# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""local_api against what no client should send: web pages, bodies and arguments without measure; and its end."""

from __future__ import annotations

import json
import re
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from local_server import FILES, LocalApi

ROOT = Path(__file__).resolve().parents[2]
JSON_TYPE = {"Content-Type": "application/json"}


def connection_to(server: LocalApi) -> socket.socket:
    """A connection for what no client would send."""
    host, port = server.root.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=10)


class TestWebPages:
    """A page that a browser shows on this machine cannot tell the server anything."""

    @pytest.mark.parametrize(
        ("headers", "status"),
        [
            ({}, 200),
            ({"Host": "localhost:1"}, 200),
            ({"Host": "[::1]"}, 200),
            ({"X-Forwarded-For": "127.0.0.1, ::1"}, 200),
            ({"Content-Type": "application/json; charset=utf-8"}, 200),
            ({"Content-Type": "text/plain"}, 415),
            ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
            ({"Content-Type": ""}, 415),
            ({"Host": "evil.example"}, 403),
            ({"Host": "127.0.0.1.evil.example"}, 403),
            ({"Host": "localhost.evil.example:80"}, 403),
            ({"Host": "[::1"}, 403),
            ({"Host": "user@evil.example"}, 403),
            ({"Host": "203.0.113.9"}, 403),
            ({"Origin": "https://evil.example"}, 403),
            ({"Origin": "null"}, 403),
            ({"Origin": ""}, 403),
            ({"X-Forwarded-For": "203.0.113.9"}, 403),
            ({"X-Forwarded-For": "127.0.0.1, 203.0.113.9"}, 403),
            ({"X-Forwarded-For": "garbage"}, 403),
            ({"X-Forwarded-For": "::::, \xff"}, 403),
        ],
    )
    def test_who_is_heard(self, local_api: LocalApi, headers: dict[str, str], status: int) -> None:
        url, body = f"{local_api.root}/_control/settings", b'{"gone": ["/assistants"]}'
        sent = {name: value.encode("latin-1") for name, value in {**JSON_TYPE, **headers}.items()}
        answer = local_api.session.post(url, data=body, headers=sent, timeout=10)
        assert answer.status_code == status, answer.text
        assert status == 200 or answer.json()["error"]["message"]
        assert local_api.control("GET", "/settings")["gone"] == (["/assistants"] if status == 200 else [])

    def test_its_own_origin(self, local_api: LocalApi) -> None:
        url, origin = f"{local_api.root}/_control/reset", {"Origin": local_api.root}
        assert local_api.session.post(url, headers=origin, timeout=10).status_code == 200

    @pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Content-Type": "text/plain"}])
    def test_no_body_is_no_way_round(self, local_api: LocalApi, headers: dict[str, str]) -> None:
        assistant = local_api.assistant()
        answer = local_api.session.post(f"{local_api.root}/_control/reset", headers=headers, timeout=10)
        assert answer.status_code in (403, 415)
        assert local_api.ok("GET", f"/assistants/{assistant}")


def refuse(word: str) -> None:
    """NaN and its like are no JSON."""
    raise AssertionError(word)


def post(local_api: LocalApi, path: str, body: bytes) -> tuple[int, Any]:
    """The status and the JSON that the server answers to these bytes."""
    headers = {"Authorization": "Bearer sk-test", "OpenAI-Beta": "assistants=v2,chatkit_beta=v1", **JSON_TYPE}
    answer = local_api.session.post(local_api.url + path, data=body, headers=headers, timeout=30)
    return answer.status_code, json.loads(answer.content, parse_constant=refuse)


def with_parameters(value: bytes) -> bytes:
    """An assistant whose function has parameters with a value in them."""
    function = b'{"name": "f", "parameters": {"a": ' + value + b"}}"
    return b'{"model": "m", "tools": [{"type": "function", "function": ' + function + b"}]}"


class TestBodies:
    """Whatever a body holds, the answer is JSON of the API's shape, and lists stay readable."""

    @pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999"])
    @pytest.mark.parametrize(
        ("path", "body", "param"),
        [
            (
                "/assistants",
                {"tools": [{"type": "function", "function": {"name": "f", "parameters": {"a": [1, {"b": "HERE"}]}}}]},
                "tools[0].function.parameters.a[1].b",
            ),
            (
                "/assistants",
                {"response_format": {"type": "json_schema", "json_schema": {"name": "n", "schema": {"a": "HERE"}}}},
                "response_format.json_schema.schema.a",
            ),
            ("/assistants", {"temperature": "HERE"}, "temperature"),
            (
                "/chatkit/sessions",
                {"user": "u", "workflow": {"id": "w", "state_variables": {"a": "HERE"}}},
                "workflow.state_variables.a",
            ),
        ],
    )
    def test_numbers_that_json_has_no_words_for(
        self, local_api: LocalApi, path: str, body: dict[str, Any], param: str, number: str
    ) -> None:
        sent = {"model": "m", **body} if path == "/assistants" else body
        status, answer = post(local_api, path, json.dumps(sent).replace('"HERE"', number).encode())
        assert (status, answer["error"]["param"]) == (400, param)
        assert "finite number" in answer["error"]["message"]
        assert local_api.ok("GET", "/assistants")["data"] == []

    @pytest.mark.parametrize(
        "value",
        [
            b'"\\ud800"',
            b'"\\udc00\\ud800"',
            b'"\xff"',
            b'"\xed\xa0\x80"',
            b"[" * 100_000,
            b"[" * 1000 + b"]" * 1000,
            b'{"a":' * 1000 + b"1" + b"}" * 1000,
            b"1" * 5000,
            b"-" + b"1" * 100_000,
            b"nul",
            b"1,",
        ],
        ids=range(11),
    )
    def test_what_cannot_be_read(self, local_api: LocalApi, value: bytes) -> None:
        for body in (value, with_parameters(value)):
            status, answer = post(local_api, "/assistants", body)
            assert (status, answer["error"]["type"]) == (400, "invalid_request_error")
        assert local_api.ok("GET", "/assistants")["data"] == []

    @pytest.mark.parametrize("value", [b"[" * 150 + b"]" * 150, b"1" * 4000, b"1e308", b'"\\ud83d\\ude00 \\u0000"'])
    def test_what_is_odd_but_json_is_kept(self, local_api: LocalApi, value: bytes) -> None:
        status, made = post(local_api, "/assistants", with_parameters(value))
        assert status == 200
        assert local_api.ok("GET", "/assistants")["data"] == [made]
        assert made["tools"][0]["function"]["parameters"]["a"] == json.loads(value)

    def test_a_body_that_is_too_large(self, local_api: LocalApi) -> None:
        status, answer = post(local_api, "/assistants", b'{"model": "' + b"m" * (65 * 1024 * 1024) + b'"}')
        assert (status, answer["error"]["type"]) == (413, "invalid_request_error")

    def test_a_length_that_is_only_told(self, local_api: LocalApi) -> None:
        with connection_to(local_api) as connection:
            connection.sendall(
                b"POST /v1/assistants HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer k\r\nOpenAI-Beta: assistants=v2\r\n"
                b"Content-Length: 99999999999999\r\n\r\n"
            )
            assert connection.recv(12) == b"HTTP/1.1 413"


def test_a_page_has_a_measure(local_api: LocalApi) -> None:
    made = [local_api.assistant(instructions="x" * 250_000) for _number in range(40)]
    first = local_api.ok("GET", "/assistants?order=asc&limit=100")
    rest = local_api.ok("GET", f"/assistants?order=asc&limit=100&after={first['last_id']}")
    assert first["has_more"]
    assert not rest["has_more"]
    assert [each["id"] for page in (first, rest) for each in page["data"]] == made


@pytest.fixture
def limited() -> Iterator[LocalApi]:
    """A server that may have 80 files."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (80, before[1]))
    try:
        server = LocalApi()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    yield server
    server.stop()


def test_connections_have_a_measure(limited: LocalApi) -> None:
    held = [connection_to(limited) for _number in range(40)]
    statuses = set()
    for connection in held:
        connection.sendall(b"GET /_control/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        statuses.add(connection.recv(12))
    for connection in held:
        connection.close()
    assert b"HTTP/1.1 503" in statuses
    assert limited.process.poll() is None


REFUSED = (
    (["--port", "99999"], "0 to 65535"),
    (["--port=-1"], "0 to 65535"),
    (["--port", "\u0663"], "0 to 65535"),
    (["--port", "9" * 5000], "0 to 65535"),
    (["--run-seconds", "nan"], "is no duration"),
    (["--run-seconds=-1"], "is no duration"),
    (["--latency-ms", "inf"], "is no duration"),
    (["--prefix", "/{x}"], "is no beginning of a path"),
    (["--prefix", "/_control"], "is no beginning of a path"),
    (["--require-key", "a\nb"], "printable ASCII"),
    (["--host", "a" * 70], "cannot listen on"),
    (["--host", "no-such-host.invalid"], "cannot listen on"),
    (["--db", "/nonexistent/x.db"], "cannot keep objects"),
    (["--auth-scheme", "basic"], "invalid choice"),
    (["--model-url", "ftp://127.0.0.1/v1"], "is no URL such as"),
    (["--model-url", "http://"], "is no URL such as"),
    (["--model-url", "http://127.0.0.1:99999/v1"], "is no URL such as"),
    (["--model-url", "http://me:secret@127.0.0.1/v1"], "by --model-key-env"),
    (["--model-url", "http://127.0.0.1/v1?key=secret"], "by --model-key-env"),
    (["--model-url", "http://127.0.0.1/v1", "--host", "0.0.0.0"], "needs --require-key"),
    (["--model-url", "http://127.0.0.1/v1", "--model-key-env", "UNSET"], "which the environment does not hold"),
    (["--model-url", "http://127.0.0.1/v1", "--model-api", "soap"], "invalid choice"),
    (["--model", "m"], "need --model-url"),
    (["--parallel", "0"], "from 1 to 9999"),
)
START_EACH = """\
import contextlib, io, json, sys
from local_api.__main__ import main
for words in json.loads(sys.argv[1]):
    sys.argv = ["local_api", "--port=0", *words]
    with contextlib.redirect_stderr(io.StringIO()) as said, contextlib.suppress(SystemExit):
        try:
            main()
        except SystemExit as end:
            said.write(str(end.code))
            raise
    print(json.dumps(said.getvalue()))
"""


def test_arguments_that_cannot_be_meant() -> None:
    """All in one process, whose imports take the longest."""
    words = [sys.executable, "-c", START_EACH, json.dumps([arguments for arguments, _why in REFUSED])]
    environment = {"PYTHONPATH": str(FILES), "PYTHONUTF8": "1"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    for line, (arguments, why) in zip(done.stdout.splitlines(), REFUSED, strict=True):
        assert why in json.loads(line), arguments


class TestStop:
    """The role's state ``stopped`` says what is."""

    def test_a_suspended_server_is_ended_and_another_program_is_left_alone(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as unused:
            port = unused.getsockname()[1]
        server = LocalApi(f"--port={port}")  # it is known again by its command line
        (tmp_path / f"{server.port}.pid").write_text(str(server.process.pid))
        server.process.send_signal(signal.SIGSTOP)
        with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
            (tmp_path / "9.pid").write_text(str(other.pid))
            try:
                said = self.play(tmp_path, {"suspended": server.port, "gone": server.port, "other": 9})
                changed = dict(re.findall(r"^(\w+) .*changed=(\d) ", said, re.MULTILINE))
                assert changed == {"suspended": "1", "gone": "0", "other": "0"}
                assert server.process.wait(timeout=10) is not None
                assert other.poll() is None
            finally:
                server.process.kill()
                other.kill()

    def test_a_server_that_does_not_listen_to_sigterm(self, tmp_path: Path) -> None:
        deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); signal.pause()"
        stop = tmp_path / "stop.py"
        stop.write_text((FILES / "stop.py").read_text().replace("PATIENCE = 5", "PATIENCE = 1"))
        with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"up\n"
            assert (
                subprocess.run([sys.executable, str(stop), str(process.pid)], timeout=60, check=False).returncode == 0
            )
            assert process.wait(timeout=10) == -signal.SIGKILL

    def play(self, directory: Path, ports: dict[str, int]) -> str:
        """A play of the role for each host, one after the other; what was said."""
        playbook = directory / "stop.yml"
        role = str(ROOT / "roles" / "local_api")
        settings = {"local_api_state": "stopped", "local_api_directory": str(directory)}
        plays = [
            {"hosts": host, "gather_facts": False, "roles": [{"role": role, **settings, "local_api_port": port}]}
            for host, port in ports.items()
        ]
        playbook.write_text(json.dumps(plays))
        python = f"ansible_python_interpreter={sys.executable}"
        words = [sys.executable, "-m", "ansible", "playbook", str(playbook), "-c", "local", "-e", python]
        words += ["-i", f"{','.join(ports)},"]
        done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout
