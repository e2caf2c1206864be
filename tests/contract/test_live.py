# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs of local_api that a model answers, by way of a server that misbehaves when it is told to."""

from __future__ import annotations

import contextlib
import json
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from local_server import PATIENCE, LocalApi
from model_server import CHAT, RESPONSES, ModelServer, Says

FUNCTION = {
    "type": "function",
    "function": {"name": "get_weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}},
}
CALL = {"id": "call_1", "name": "get_weather", "arguments": '{"city": "Paris"}'}
KEY = "sk-upstream-0123456789abcdef"


@pytest.fixture(scope="module", params=["chat", "responses"])
def pair(request: pytest.FixtureRequest) -> Iterator[tuple[LocalApi, ModelServer]]:
    """A model's server and a local_api before it, asking in either protocol."""
    with ModelServer() as model, pytest.MonkeyPatch.context() as patch:
        patch.setenv("UPSTREAM_KEY", KEY)
        api = ["--model-api", request.param, "--model-key-env", "UPSTREAM_KEY", "--parallel", "3"]
        server = LocalApi("--model-url", model.url, "--run-seconds", "0.04", *api)
        yield server, model
        _code, output, errors = server.stop()
        assert output + errors == ""


@pytest.fixture
def api(pair: tuple[LocalApi, ModelServer]) -> LocalApi:
    """The local_api, with nothing in it."""
    pair[0].control("POST", "/reset")
    return pair[0]


@pytest.fixture
def model(pair: tuple[LocalApi, ModelServer], api: LocalApi) -> ModelServer:
    """The model's server, which was told and asked nothing yet."""
    model = pair[1]
    model.told.clear()
    model.asked.clear()
    model.gone.clear()
    return model


def said(server: LocalApi, run: dict[str, Any]) -> list[dict[str, Any]]:
    """The messages of a run."""
    return server.ok("GET", f"/threads/{run['thread_id']}/messages?run_id={run['id']}&order=asc")["data"]


def text_of(message: dict[str, Any]) -> str:
    """What a message says."""
    return "".join(part["text"]["value"] for part in message["content"])


def steps_of(server: LocalApi, run: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps of a run."""
    return server.ok("GET", f"/threads/{run['thread_id']}/runs/{run['id']}/steps?order=asc")["data"]


def events_of(answer: Any) -> Iterator[tuple[str, Any]]:
    """The events of a stream, as they come."""
    name = ""
    for line in answer.iter_lines(chunk_size=1, decode_unicode=True):
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            yield name, json.loads(line[6:]) if line != "data: [DONE]" else None


def streamed(server: LocalApi, thread: str, **fields: Any) -> Any:
    """The answer to a request for a run as a stream."""
    body = {"assistant_id": server.assistant(), "stream": True, **fields}
    return server.call("POST", f"/threads/{thread}/runs", body, stream=True)


class TestQuestion:
    """What the model is asked."""

    def test_the_conversation(self, api: LocalApi, model: ModelServer) -> None:
        image = {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}
        picture = {"role": "user", "content": [{"type": "text", "text": "And this?"}, image]}
        thread = api.thread("What is new?")
        run = api.run(
            thread,
            instructions="Be brief.",
            additional_instructions="Be kind.",
            additional_messages=[{"role": "assistant", "content": "Nothing."}, picture],
            temperature=0.2,
            top_p=0.5,
            max_completion_tokens=300,
            tools=[FUNCTION],
            tool_choice="required",
            parallel_tool_calls=False,
            response_format={"type": "json_schema", "json_schema": {"name": "n", "schema": {"type": "object"}}},
        )
        assert api.ended(run)["status"] == "completed"
        (asked,) = model.asked
        spoken = asked.get("messages") or asked["input"]
        assert [message["role"] for message in spoken] == ["system", "user", "assistant", "user"]
        assert spoken[0]["content"] == "Be brief.\nBe kind."
        assert "https://example.com/a.png" in json.dumps(spoken[3])
        assert (asked["temperature"], asked["top_p"], asked["stream"]) == (0.2, 0.5, True)
        assert (asked["tool_choice"], asked["parallel_tool_calls"]) == ("required", False)
        assert asked.get("max_tokens") or asked["max_output_tokens"] == 300
        assert "json_schema" in json.dumps(asked.get("response_format") or asked["text"])
        assert "get_weather" in json.dumps(asked["tools"])
        assert model.keys[-1] == f"Bearer {KEY}"

    def test_what_is_not_said_is_left_to_the_model(self, api: LocalApi, model: ModelServer) -> None:
        api.ended(api.run(api.thread("What is new?")))
        assert not {"temperature", "top_p", "tools", "tool_choice", "response_format", "text"} & model.asked[0].keys()

    @pytest.mark.parametrize(
        ("fields", "left"),
        [
            ({"truncation_strategy": {"type": "last_messages", "last_messages": 2}}, ["two " * 500, "three"]),
            ({"max_prompt_tokens": 256}, ["three"]),
            ({"max_prompt_tokens": 520}, ["two " * 500, "three"]),
            ({}, ["one " * 500, "two " * 500, "three"]),
        ],
    )
    def test_only_so_much_of_it(
        self, api: LocalApi, model: ModelServer, fields: dict[str, Any], left: list[str]
    ) -> None:
        run = api.run(api.thread("one " * 500, "two " * 500, "three"), **fields)
        assert api.ended(run)["status"] == "completed"
        asked = model.asked[0].get("messages") or model.asked[0]["input"]
        assert [each["content"] for each in asked] == left

    def test_nothing_fits(self, api: LocalApi, model: ModelServer) -> None:
        run = api.ended(api.run(api.thread("one " * 500), max_prompt_tokens=256))
        assert (run["status"], run["incomplete_details"]) == ("incomplete", {"reason": "max_prompt_tokens"})
        assert (said(api, run), model.asked) == ([], [])

    @pytest.mark.parametrize("tool", ["code_interpreter", "file_search"])
    def test_tools_that_nobody_can_carry_out(self, api: LocalApi, model: ModelServer, tool: str) -> None:
        run = api.ended(api.run(api.thread("Compute."), tools=[{"type": tool}]))
        assert (run["status"], run["last_error"]["code"]) == ("failed", "invalid_prompt")
        assert f"The tool {tool} is not offered" in run["last_error"]["message"]
        assert model.asked == []
        again = api.run(run["thread_id"], tools=[{"type": tool}], tool_choice="none")
        assert api.ended(again)["status"] == "completed"

    def test_an_image_that_is_a_file(self, api: LocalApi, model: ModelServer) -> None:
        content = [{"type": "image_file", "image_file": {"file_id": "file-1"}}]
        thread = api.ok("POST", "/threads", {"messages": [{"role": "user", "content": content}]})["id"]
        assert "image_url" in api.ended(api.run(thread))["last_error"]["message"]


class TestAnswer:
    """What comes of the model's answer."""

    @pytest.mark.parametrize("whole", [False, True])
    def test_text(self, api: LocalApi, model: ModelServer, whole: bool) -> None:
        model.tell(Says("It  is\nfine.", whole=whole))
        run = api.ended(api.run(api.thread("How is it?")))
        assert (run["status"], run["usage"]["completion_tokens"]) == ("completed", 3)
        (message,) = said(api, run)
        assert (text_of(message), message["status"], message["role"]) == ("It  is\nfine.", "completed", "assistant")
        assert message["completed_at"]
        (step,) = steps_of(api, run)
        assert step["step_details"]["message_creation"]["message_id"] == message["id"]
        assert (step["status"], step["usage"]) == ("completed", run["usage"])

    def test_usage_that_nobody_has_counted(self, api: LocalApi, model: ModelServer) -> None:
        if "chat" in json.dumps(api.control("GET", "/health")["options"]["model"]):
            model.tell(Says("twelve signs", usage=False))
            assert api.ended(api.run(api.thread("one two")))["usage"] == {
                "prompt_tokens": 2,
                "completion_tokens": 3,
                "total_tokens": 5,
            }

    def test_cut_off_by_its_limit(self, api: LocalApi, model: ModelServer) -> None:
        model.tell(Says("It is", finish="length"))
        run = api.ended(api.run(api.thread("How is it?")))
        assert (run["status"], run["incomplete_details"]) == ("incomplete", {"reason": "max_completion_tokens"})
        (message,) = said(api, run)
        assert (text_of(message), message["incomplete_details"]) == ("It is", {"reason": "max_tokens"})

    def test_filtered(self, api: LocalApi, model: ModelServer) -> None:
        model.tell(Says("It is", finish="content_filter"))
        run = api.ended(api.run(api.thread("How is it?")))
        assert (run["status"], run["last_error"]["code"]) == ("failed", "invalid_prompt")
        (message,) = said(api, run)
        assert (text_of(message), message["incomplete_details"]) == ("It is", {"reason": "content_filter"})

    @pytest.mark.parametrize("whole", [False, True])
    def test_functions_called_and_answered(self, api: LocalApi, model: ModelServer, whole: bool) -> None:
        second = {**CALL, "id": "call_2", "arguments": '{"city": "Rome"}'}
        model.tell(Says("Let me see.", calls=[CALL, second], whole=whole), Says("Sun."))
        run = api.until(api.run(api.thread("How is it?"), tools=[FUNCTION]), "requires_action", "failed")
        calls = run["required_action"]["submit_tool_outputs"]["tool_calls"]
        assert [call["id"] for call in calls] == ["call_1", "call_2"]
        assert calls[1]["function"] == {"name": "get_weather", "arguments": '{"city": "Rome"}'}
        outputs = [{"tool_call_id": call["id"], "output": f"sun {call['id']}"} for call in calls]
        path = f"/threads/{run['thread_id']}/runs/{run['id']}/submit_tool_outputs"
        run = api.ended(api.ok("POST", path, {"tool_outputs": outputs}))
        assert run["status"] == "completed"
        assert [text_of(message) for message in said(api, run)] == ["Let me see.", "Sun."]
        assert [step["type"] for step in steps_of(api, run)] == ["message_creation", "tool_calls", "message_creation"]
        assert run["usage"]["prompt_tokens"] == 20
        later = json.dumps(model.asked[1])
        assert all(text in later for text in ("Let me see.", "call_1", "call_2", "sun call_1", "sun call_2"))

    def test_a_call_without_an_id_gets_one(self, api: LocalApi, model: ModelServer) -> None:
        model.tell(Says("", calls=[{**CALL, "id": None}, {**CALL, "id": ""}]))
        run = api.until(api.run(api.thread("How is it?"), tools=[FUNCTION]), "requires_action", "failed")
        ids = {call["id"] for call in run["required_action"]["submit_tool_outputs"]["tool_calls"]}
        assert len(ids) == 2
        assert all(ids)

    @pytest.mark.parametrize("name", ["", "rm_rf"])
    def test_a_function_that_nobody_has(self, api: LocalApi, model: ModelServer, name: str) -> None:
        model.tell(Says("", calls=[{**CALL, "name": name}]))
        run = api.ended(api.run(api.thread("How is it?"), tools=[FUNCTION]))
        assert (run["status"], run["last_error"]["code"]) == ("failed", "server_error")
        assert "The model called" in run["last_error"]["message"]

    def test_what_was_told_comes_first(self, api: LocalApi, model: ModelServer) -> None:
        api.control("POST", "/next_run", {"text": "As told."})
        assert text_of(said(api, api.ended(api.run(api.thread("How is it?"))))[0]) == "As told."
        assert model.asked == []


class TestTrouble:
    """What comes of a server that does not answer as it should."""

    @pytest.mark.parametrize(
        ("says", "code", "words"),
        [
            (Says(status=500, body='{"error": {"message": "Out of order"}}'), "server_error", "500: Out of order"),
            (
                Says(status=400, body='{"error": {"message": "Too long", "code": "context_length_exceeded"}}'),
                "invalid_prompt",
                "400: Too long (context_length_exceeded)",
            ),
            (Says(status=401, body=json.dumps({"error": {"message": f"Wrong key {KEY}"}})), "server_error", "********"),
            (Says(status=404, body='{"detail": "no such model"}'), "server_error", "404: no such model"),
            (Says(status=502, body="<html>\nBad Gateway</html>"), "server_error", "502: <html> Bad Gateway"),
            (Says(status=429, headers={"Retry-After": "86400"}, body="{}"), "rate_limit_exceeded", "429"),
            (Says(status=302, headers={"Location": "http://127.0.0.1:9/"}), "server_error", "302"),
            (Says("It is fine.", pieces=2), "server_error", "broke off"),
            (Says(body="{", whole=True), "server_error", "no JSON object"),
            (Says(body="[]", whole=True), "server_error", "no JSON object"),
            (Says(body='{"error": {"message": "Overloaded"}}'), "server_error", "Overloaded"),
            (Says(body="nonsense"), "server_error", "no JSON object"),
        ],
        ids=range(12),
    )
    def test_a_run_that_fails(self, api: LocalApi, model: ModelServer, says: Says, code: str, words: str) -> None:
        model.tell(says)
        run = api.ended(api.run(api.thread("How is it?")))
        assert (run["status"], run["last_error"]["code"]) == ("failed", code)
        assert words in run["last_error"]["message"]
        assert KEY not in run["last_error"]["message"]
        assert api.ended(api.run(run["thread_id"]))["status"] == "completed"  # its thread is free

    @pytest.mark.parametrize(
        "shape",
        [
            "{}",
            "null",
            '{"choices": 1}',
            '{"choices": [{"delta": []}]}',
            '{"choices": [{"delta": {"tool_calls": [1]}}]}',
        ]
        + ['{"type": []}', '{"type": "response.completed"}', '{"type": "response.output_item.done", "item": 1}'],
    )
    def test_whatever_comes_the_run_ends(self, api: LocalApi, model: ModelServer, shape: str) -> None:
        model.tell(Says(body=shape))
        assert api.ended(api.run(api.thread("How is it?")))["status"] in ("failed", "completed")

    @pytest.mark.parametrize("pause", ["0", "-1", "soon", "Wed, 21 Oct 2015 07:28:00 GMT"])
    def test_a_busy_server_is_asked_again(self, api: LocalApi, model: ModelServer, pause: str) -> None:
        model.tell(Says(status=429, headers={"Retry-After": pause}), Says("Now."))
        run = api.ended(api.run(api.thread("How is it?")))
        assert (run["status"], text_of(said(api, run)[0])) == ("completed", "Now.")
        assert len(model.asked) == 2

    def test_what_was_said_before_the_cut_is_kept(self, api: LocalApi, model: ModelServer) -> None:
        model.tell(Says("It is fine.", pieces=2))
        run = api.ended(api.run(api.thread("How is it?")))
        (message,) = said(api, run)
        assert (text_of(message), message["incomplete_details"]) == ("It is", {"reason": "run_failed"})
        assert [(step["status"], step["last_error"]) for step in steps_of(api, run)] == [("failed", run["last_error"])]


class TestMeanwhile:
    """While the model speaks."""

    def test_words_arrive_while_the_model_still_speaks(self, api: LocalApi, model: ModelServer) -> None:
        heard = threading.Event()
        in_time = []
        model.tell(Says("One two three.", midway=lambda: in_time.append(heard.wait(PATIENCE))))
        names, text = [], ""
        with streamed(api, api.thread("Count.")) as answer:
            for name, data in events_of(answer):
                names.append(name)
                if name == "thread.message.delta":
                    heard.set()
                    text += data["delta"]["content"][0]["text"]["value"]
        assert in_time == [True]
        assert text == "One two three."
        short = [name for name, before in zip(names, ["", *names], strict=False) if name != before]
        assert short == [
            "thread.run.created",
            "thread.run.queued",
            "thread.run.in_progress",
            "thread.run.step.created",
            "thread.run.step.in_progress",
            "thread.message.created",
            "thread.message.in_progress",
            "thread.message.delta",
            "thread.message.completed",
            "thread.run.step.completed",
            "thread.run.completed",
            "done",
        ]

    def test_the_thread_is_locked_and_cancelling_hangs_up(self, api: LocalApi, model: ModelServer) -> None:
        speaking = threading.Event()
        model.tell(Says("On and on", endless=True, midway=speaking.set))
        thread = api.thread("How is it?")
        run = api.run(thread)
        assert speaking.wait(PATIENCE)
        assert "active" in api.error("POST", f"/threads/{thread}/runs", {"assistant_id": api.assistant()})["message"]
        assert "active" in api.error("POST", f"/threads/{thread}/messages", {"role": "user", "content": "x"})["message"]
        api.ok("POST", f"/threads/{thread}/runs/{run['id']}/cancel")
        run = api.ended(run)
        assert run["status"] == "cancelled"
        assert model.gone.wait(PATIENCE)
        for message in said(api, run):
            assert text_of(message).startswith("On")
            assert message["incomplete_details"] == {"reason": "run_cancelled"}

    @pytest.mark.parametrize("way", ["/reset", "thread"])
    def test_what_is_deleted_is_not_answered(self, api: LocalApi, model: ModelServer, way: str) -> None:
        speaking = threading.Event()
        model.tell(Says("On and on", endless=True, midway=speaking.set))
        thread = api.thread("How is it?")
        api.run(thread)
        assert speaking.wait(PATIENCE)
        api.control("POST", way) if way == "/reset" else api.ok("DELETE", f"/threads/{thread}")
        assert model.gone.wait(PATIENCE)
        assert api.ended(api.run(api.thread("And now?")))["status"] == "completed"

    def test_a_stream_that_is_left_does_not_stop_the_run(self, api: LocalApi, model: ModelServer) -> None:
        left = threading.Event()
        model.tell(Says("One two.", midway=lambda: left.wait(PATIENCE)))
        thread = api.thread("Count.")
        with streamed(api, thread) as answer:
            next(data for name, data in events_of(answer) if name == "thread.message.delta")
        left.set()
        run = api.ok("GET", f"/threads/{thread}/runs")["data"][0]
        assert api.ended(run)["status"] == "completed"
        assert text_of(said(api, run)[0]) == "One two."

    def test_more_runs_than_are_answered_at_once(self, api: LocalApi, model: ModelServer) -> None:
        runs = [api.run(api.thread(f"Number {number}")) for number in range(12)]
        ended = [api.ended(run) for run in runs]
        assert [text_of(said(api, run)[0]) for run in ended] == [f"Echo: Number {number}" for number in range(12)]


def test_a_model_that_does_not_end(tmp_path: Any) -> None:
    """The run expires, the model is hung up on, and what it has said is kept. Ten minutes are made to pass at once."""
    speaking = threading.Event()
    with ModelServer() as model:
        server = LocalApi("--db", str(tmp_path / "db"), "--model-url", model.url)
        model.usual = Says("On and on", endless=True, midway=speaking.set)
        thread = server.thread("How is it?")
        with streamed(server, thread) as answer:
            events = events_of(answer)
            next(data for name, data in events if name == "thread.message.delta")
            run = server.ok("GET", f"/threads/{thread}/runs")["data"][0]
            with contextlib.closing(sqlite3.connect(tmp_path / "db")) as db:
                past = "UPDATE objects SET body = json_set(body, '$.expires_at', 1) WHERE id = ?"
                db.execute(past, (run["id"],))
                db.commit()
            assert [name for name, _data in events][-2:] == ["thread.run.expired", "done"]
        assert model.gone.wait(PATIENCE)
        run = server.ended(run)
        assert run["status"] == "expired"
        (message,) = said(server, run)
        assert text_of(message).startswith("On")
        assert message["incomplete_details"] == {"reason": "run_expired"}
        assert [step["status"] for step in steps_of(server, run)] == ["expired"]
        server.stop()


@pytest.mark.parametrize(("paths", "body"), [((CHAT,), "messages"), ((RESPONSES,), "input")])
def test_the_protocol_is_found_out(paths: tuple[str, ...], body: str) -> None:
    with ModelServer(paths) as model:
        server = LocalApi("--model-url", model.url, "--model", "small")
        for _turn in range(2):
            assert server.ended(server.run(server.thread("Hello")))["status"] == "completed"
        server.stop()
    assert [(asked["model"], body in asked) for asked in model.asked] == [("small", True)] * 2


def test_a_server_that_is_not_there() -> None:
    server = LocalApi("--model-url", "http://127.0.0.1:9/v1")
    run = server.ended(server.run(server.thread("Hello")))
    server.stop()
    assert (run["status"], run["last_error"]["code"]) == ("failed", "server_error")
    assert "http://127.0.0.1:9/v1 gave no answer" in run["last_error"]["message"]


def test_killed_in_the_middle_of_its_answers(tmp_path: Any) -> None:
    """Every run ends once, with one message, however often the server was killed meanwhile."""
    arguments = ["--db", str(tmp_path / "db"), "--parallel", "4"]
    released = threading.Event()
    with ModelServer() as model:
        model.usual = Says(midway=lambda: released.wait(PATIENCE))
        arguments += ["--model-url", model.url]
        runs: list[dict[str, Any]] = []
        for _time in range(2):
            asked = len(model.asked)
            model.tell(Says(), Says(), Says())  # the others are in the middle of their answers when it is killed
            server = LocalApi(*arguments)
            runs = runs or [server.run(server.thread(f"Number {number}")) for number in range(12)]
            end = time.monotonic() + PATIENCE
            while len(model.asked) < asked + 4:
                assert time.monotonic() < end
                time.sleep(0.005)
            server.stop(signal.SIGKILL)
        server = LocalApi(*arguments)
        released.set()
        for number, run in enumerate(runs):
            ended = server.ended(run)
            assert ended["status"] == "completed"
            assert [text_of(message) for message in said(server, ended)] == [f"Echo: Number {number}"]
            assert len(steps_of(server, ended)) == 1
        server.stop()
