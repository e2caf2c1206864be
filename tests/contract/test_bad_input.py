# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whatever a task says: it fails in one clear line that names the option, or it makes a correct call."""

from __future__ import annotations

import json
import re
import socket
import traceback

import pytest
import requests
from acting import Actions
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from bad_tasks import MENDED
from hypothesis import event, given
from hypothesis import strategies as st
from local_server import LocalApi
from strategies import (
    ANYTHING,
    CRUEL_NUMBERS,
    CRUEL_TEXTS,
    MODULES,
    SCALARS,
    TEXTS,
    WORDS,
    Json,
    arguments,
    extended_arguments,
    places,
    sensible,
    spoilt_arguments,
)
from tasks import Tasks

from ansible_collections.aiops.openai.plugins.module_utils.api.errors import InvalidTask
from ansible_collections.aiops.openai.plugins.module_utils.tasks.arguments import CONNECTION, check_values, settings
from ansible_collections.aiops.openai.plugins.plugin_utils.in_process import plain

MACHINERY = re.compile(r"pydantic|Traceback|instance of|object at 0x|<class '(?!str|int|float|bool|list|dict|NoneType)")
NO_MAPPING = "dictionary requested, could not parse JSON or key=value"
UNNAMED_BY_CORE = re.compile(  # ansible-core's words for any mapping
    f"{NO_MAPPING}|unable to evaluate string .*as dictionary"
)
SPOILT_ANSWERS = {400, 404, 409}  # what a server may say of a task that is spoilt: wrong, not there, not now


class World:
    """A server with one object of each kind, made anew once a task has changed it."""

    def __init__(self, server: LocalApi) -> None:
        self.server = server
        self.tasks = Tasks(server)
        self.beyond = Tasks(server, faulty=True)  # what is in extra_body need not be in the specification
        self.actions = Actions(base_url=server.url, api_key="sk-test", max_retries=0)
        self.ids: dict[str, str] = {}
        self.fill()

    def fill(self) -> None:
        """Make the objects, and remember their ids by the options that name them."""
        self.server.control("POST", "/reset")
        assistant, thread = self.server.assistant(name="a"), self.server.thread("Hello")
        run = self.server.ended(self.server.run(thread, assistant_id=assistant))
        path = f"/threads/{thread}"
        self.ids |= {
            "assistant_id": assistant,
            "thread_id": thread,
            "run_id": run["id"],
            "message_id": self.server.ok("GET", f"{path}/messages")["data"][0]["id"],
            "step_id": self.server.ok("GET", f"{path}/runs/{run['id']}/steps")["data"][0]["id"],
        }

    def play(self, module: str, given: Json, *, check: bool) -> Json:
        """The result of a task; its arguments are made plain as the worker process does it."""
        quick = {"wait_timeout": 2} if "wait_timeout" in MODULES[module].argument_spec() else {}
        try:
            tasks = self.beyond if given.get("extra_body") else self.tasks
            result = tasks.play(module.removeprefix("openai_"), check=check, **{**quick, **plain(given)})
        except (TypeError, OverflowError) as error:
            if not is_cores_own(error):
                raise
            return {"failed": True, "msg": NO_MAPPING}
        if result.get("changed") and not check:
            self.fill()
        return result

    def act(self, module: str, given: Json) -> Json:
        """The result of a task that the action plugin plays, after the same task in check mode."""
        quick = {"wait_timeout": 2} if "wait_timeout" in MODULES[module].argument_spec() else {}
        self.actions.play(module, {**quick, **given}, check=True)
        result = self.actions.play(module, {**quick, **given})
        if result.get("changed"):
            self.fill()
        return result


def is_cores_own(error: Exception) -> bool:
    """Whether ansible-core's validation broke down on the arguments: it does, the same way, for every module there is.

    A number where it wants a mapping with options, and one without bounds where it wants an int or a float.
    """
    return "/ansible/module_utils/" in traceback.extract_tb(error.__traceback__)[-1].filename


@pytest.fixture(scope="module")
def world(local_api_process: LocalApi) -> World:
    """One for all inputs."""
    return World(local_api_process)


def options_of(module: str) -> set[str]:
    """The names of a module's options at every depth."""
    return {place[-1] for place in places(MODULES[module].argument_spec())}


def judge(module: str, result: Json) -> str:
    """Hold a result against the promise; returns what it was."""
    if "error" not in result and result.get("failed"):
        assert UNNAMED_BY_CORE.search(result["msg"]) or named(module, result["msg"]), result["msg"]
        return "refused by ansible-core"
    assert "exception" not in result, result["exception"]
    json.dumps(result, ensure_ascii=False, allow_nan=False).encode()
    if not result.get("failed"):
        return "a correct call"
    said, status = result["msg"], result["error"].get("status")
    assert said.isprintable(), said
    assert not MACHINERY.search(said), said
    if status is None:
        assert named(module, said), said
        assert len(said) < 1000, said
        return "refused"
    assert status in SPOILT_ANSWERS, said
    return f"answered {status}"


def named(module: str, message: str) -> set[str]:
    """The options that a message names."""
    return options_of(module) & set(re.findall(r"\w+", message))


@pytest.mark.parametrize("module", MODULES)
class TestEveryModule:
    @given(data=st.data())
    def test_one_spoilt_argument(self, world: World, module: str, data: st.DataObject) -> None:
        _place, spoilt = data.draw(spoilt_arguments(module, world.ids))
        event(judge(module, world.play(module, spoilt, check=data.draw(st.booleans()))))

    @given(data=st.data())
    def test_sensible_arguments(self, world: World, module: str, data: st.DataObject) -> None:
        event(
            judge(module, world.play(module, data.draw(arguments(module, world.ids)), check=data.draw(st.booleans())))
        )

    @given(data=st.data())
    def test_anything(self, world: World, module: str, data: st.DataObject) -> None:
        spec = MODULES[module].argument_spec()
        spoilt = data.draw(st.dictionaries(st.sampled_from(sorted(spec)), ANYTHING, max_size=8))
        event(judge(module, world.play(module, spoilt, check=data.draw(st.booleans()))))


@pytest.mark.parametrize("module", MODULES)
class TestInProcess:
    """What a worker process makes of it, whatever ansible-core's validation thinks of it."""

    @given(data=st.data())
    def test_one_spoilt_argument(self, world: World, module: str, data: st.DataObject) -> None:
        event(judge(module, world.act(module, data.draw(spoilt_arguments(module, world.ids))[1])))

    @given(data=st.data())
    def test_anything_beside_the_options(self, world: World, module: str, data: st.DataObject) -> None:
        event(judge(module, world.act(module, data.draw(extended_arguments(module, world.ids)))))


URLS = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["http", "https", "", "HTTPS", "file"]),
    st.sampled_from(
        ["localhost", "127.0.0.1", "[::1]", "[::1", "example.com", "a..b", "*", "x" * 64, "é.example", "@", ""]
    )
    | st.text(max_size=8),
    st.sampled_from(["", ":0", ":80", ":65536", ":x", ":-1", ":\u0663"]),
    st.sampled_from(["", "/", "/v1", "/v1?a=b", "/v1#a", "/v 1", "/v1\n", "/%zz", "/é", "/../.."])
    | st.text(max_size=8),
)
CONNECTIONS = {
    **{
        name: sensible(spec) | st.sampled_from(CRUEL_TEXTS + CRUEL_NUMBERS)
        for name, spec in CONNECTION.items()
        if name != "api_key"
    },
    "base_url": URLS,
    "extra_headers": st.dictionaries(st.text(min_size=1, max_size=8) | WORDS, SCALARS | WORDS, max_size=2),
}


class TestConnection:
    @given(given=st.fixed_dictionaries({"api_key": WORDS | TEXTS}, optional=CONNECTIONS))
    def test_it_is_refused_by_name_or_makes_a_request(self, given: Json) -> None:
        try:
            validated = ArgumentSpecValidator(CONNECTION).validate(plain(given))
        except OverflowError as error:
            if not is_cores_own(error):
                raise
            return
        if validated.error_messages:
            assert set(CONNECTION) & set(re.findall(r"\w+", validated.errors.msg))
            return
        params = validated.validated_parameters
        try:
            check_values(params)
            chosen = settings(params)
        except InvalidTask as refusal:
            refused = str(refusal)
        else:
            refused = ""
        event("refused" if refused else "a request")
        if refused:
            assert re.match(rf"(Invalid value for )?({'|'.join(CONNECTION)})\b", refused)
            return
        request = requests.Request("GET", chosen.url("/assistants"), chosen.headers(), params=chosen.query()).prepare()
        assert request.url.isascii()
        for name, value in request.headers.items():
            assert f"{name}: {value}".isascii()
            assert f"{name}: {value}".isprintable()
        socket.socket().settimeout(chosen.timeout)


@pytest.mark.parametrize(("module", "given", "message"), MENDED, ids=[message for *_task, message in MENDED])
def test_what_once_went_wrong(tasks: Tasks, module: str, given: Json, message: str) -> None:
    result = tasks.failed(module.removeprefix("openai_"), **given)
    judge(module, result)
    assert re.search(message, result["msg"]), result["msg"]
    assert tasks.asked() == []
