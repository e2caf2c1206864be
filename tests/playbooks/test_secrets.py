# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is hidden and what is not, on both ways of running modules, in all that comes out of Ansible."""

from __future__ import annotations

import json
import re
from typing import Any

from odd_server import OddServer
from recorder import Recorder
from stage import Stage

WAYS: dict[str, dict[str, Any]] = {"in_process": {}, "by_module": {"aiops_openai_in_process": False}}

SHORT = """\
- hosts: all
  gather_facts: false
  module_defaults:
    group/aiops.openai.openai: {base_url: "{{ url }}", api_key: "{{ key }}", extra_headers: "{{ headers }}"}
  tasks:
    - name: Declare
      aiops.openai.openai_assistant:
        name: Company {{ inventory_hostname }}
        model: gpt-4o-1
        metadata: {any: anyone, "1": "{{ 1 }}", test: attest}
      diff: true
      register: made

    - name: Write back
      aiops.openai.openai_assistant:
        assistant_id: "{{ made.assistant.id }}"
        description: "{{ made.assistant.name }}, {{ made.assistant.metadata.any }}"
      register: made

    - name: Refuse
      aiops.openai.openai_assistant: {anything: many, name: Company}
      ignore_errors: true

    - name: Refuse test
      aiops.openai.openai_assistant: {name: Company, temperature: any test}
      ignore_errors: true

    - name: Use
      ansible.builtin.assert:
        that: made.assistant.description == 'Company ' ~ inventory_hostname ~ ', anyone'

    - name: Talk
      aiops.openai.openai_thread_run:
        assistant_id: "{{ made.assistant.id }}"
        thread: {metadata: {any: anyone}, messages: [{role: user, content: Any company may attest 1 test}]}
      register: talk

    - name: List
      aiops.openai.openai_thread_message_info: {thread_id: "{{ talk.run.thread_id }}"}
      register: listed

    - name: Write down
      ansible.builtin.copy:
        content: "{{ [made, talk, listed] | to_json }}"
        dest: "{{ playbook_dir }}/{{ inventory_hostname }}.json"
        mode: "0600"
"""
NEW_EACH_TIME = re.compile(r"(asst|thread|run|msg|req)_[0-9a-f]+|\b\d{10}\b")


def written(stage: Stage, host: str) -> str:
    """What a host has kept of its results in a file."""
    kept = json.loads((stage.folder / f"{host}.json").read_text())
    for one in kept:
        one.pop("warnings", None)
    return NEW_EACH_TIME.sub("-", json.dumps(kept, sort_keys=True).replace(host, "-"))


def made(recorder: Recorder, key: str) -> list[str]:
    """What was written to the server with a key, and what it has then."""
    exchanges = [(one.method, one.path, one.body, one.answer) for one in recorder.written() if one.key == key]
    texts = (NEW_EACH_TIME.sub("-", json.dumps(one, sort_keys=True)) for one in exchanges)
    return sorted(re.sub("(in_process|by_module)_[ab]", "-", text) for text in texts)


def plain(result: Any, host: str) -> str:
    """A result but for what differs from host to host."""
    kept = {key: value for key, value in result.items() if key != "warnings"}
    text = json.dumps(kept, sort_keys=True)
    for varying in (host, str(kept.get("assistant", {}).get("id")), str(kept.get("assistant", {}).get("created_at"))):
        text = text.replace(varying, "-")
    return text


def test_a_word_as_a_key_spoils_nothing(stage: Stage, recorder: Recorder) -> None:
    """With short keys and headers all is as with long ones; only the short key is warned of."""
    short = {"key": "any", "headers": {"X-Version": "1", "X-Gateway-Token": "test", "X-Region": "a"}}
    long = {
        "key": "sk-f0a8c3b7e2",
        "headers": {"X-Version": "v-93b1d7f5", "X-Gateway-Token": "t-5c1e7a9d2b", "X-Region": "r"},
    }
    hosts = {
        f"{way}_{size}": {**own, **values} for way, own in WAYS.items() for size, values in (("a", short), ("b", long))
    }
    played = stage.play(SHORT, hosts, "-vvvv").succeeded()
    for task in ("Declare", "Write back", "Refuse", "Refuse test"):
        results = {host: played.results[host, task] for host in hosts}
        assert len({plain(result, host) for host, result in results.items()}) == 1, results
    assert made(recorder, short["key"])
    assert len({written(stage, host) for host in hosts}) == 1
    assert made(recorder, short["key"]) == made(recorder, long["key"])
    for way in WAYS:
        (warning,) = played.results[f"{way}_a", "Declare"]["warnings"]
        assert warning.startswith("api_key has fewer than 8 characters")
        assert "warnings" not in played.results[f"{way}_b", "Declare"]
    for secret in ("sk-f0a8c3b7e2", "t-5c1e7a9d2b"):
        assert secret not in played.output


MASKED = "it holds the mark of a hidden secret: a masked value has been handed on"
KEY = "sk-7d1f&3a9/b+c"
LOGIN, PASSWORD = "svc-ansible-5f", "Tr0ub4dor+3"

ECHO = """\
- hosts: all
  gather_facts: false
  module_defaults:
    group/aiops.openai.openai: {base_url: "{{ url }}", api_key: KEY, max_retries: 1}
  tasks:
    - name: Read what holds the key
      aiops.openai.openai_assistant_info: {assistant_id: asst_1}

    - name: Lose
      aiops.openai.openai_assistant: {name: n, model: m}
      ignore_errors: true

    - name: Wait
      aiops.openai.openai_thread_run: {thread_id: thread_1, run_id: run_1, wait_timeout: 0}
      ignore_errors: true

    - name: Name a user
      aiops.openai.openai_assistant_info: {base_url: "https://PLANTED-user@127.0.0.1/v1"}
      ignore_errors: true

    - name: Name a short user
      aiops.openai.openai_assistant_info: {base_url: "https://ada-77@127.0.0.1/v1"}
      ignore_errors: true

    - name: Ask in the address
      aiops.openai.openai_assistant_info: {base_url: "https://127.0.0.1/v1?api-key=PLANTED-query"}
      ignore_errors: true

    - name: Take a password for a port
      aiops.openai.openai_assistant_info: {base_url: "https://ada:PLANTEDport"}
      ignore_errors: true

    - name: Hand on what was hidden
      aiops.openai.openai_assistant:
        name: n
        model: m
        tools: [{type: function, function: {name: f, description: "a ******** b"}}]
      ignore_errors: true

    - name: Hand on an id that was hidden
      aiops.openai.openai_assistant: {assistant_id: "asst_********", state: absent}
      ignore_errors: true

    - name: Hand on what was hidden as a whole
      aiops.openai.openai_thread: {metadata: {a: VALUE_SPECIFIED_IN_NO_LOG_PARAMETER}}
      ignore_errors: true

    - name: Rule a line
      aiops.openai.openai_assistant: {assistant_id: asst_1, instructions: "******************"}
      check_mode: true
""".replace("KEY", json.dumps(KEY))


def echo(method: str, path: str, body: Any, handler: Any) -> Any:
    """Says the key wherever it can."""
    key = handler.headers["Authorization"]
    run = {
        "id": "run_1\x1b[31m",
        "object": "thread.run",
        "thread_id": "thread_1",
        "status": "queued",
        "assistant_id": key,
    }
    if path.endswith("/run_1"):
        return 200, {**run, "id": "run_1"}
    if method == "POST":
        return 200, "no json", {"content-type": f"{key}\x1b[31m"}
    thing = {
        "id": "asst_1",
        "object": "assistant",
        "metadata": {key: key},
        "x": [{key.removeprefix("Bearer "): {"deep": [key]}}],
    }
    return 200, thing if path.endswith("/asst_1") else {"object": "list", "data": [], "has_more": False}


def test_what_a_server_repeats_is_hidden(stage: Stage) -> None:
    with OddServer(echo) as server:
        stage.variables["url"] = server.url
        played = stage.play(ECHO, WAYS, "-vvvv").succeeded()
    for secret in (KEY, "PLANTED", "ada-77", "\x1b"):
        assert secret not in played.output, secret
        assert secret not in json.dumps(dict(played.results.items()).__repr__())
    assert "in 0." in played.output  # a pause was told of
    for way in WAYS:
        found = played.results[way, "Read what holds the key"]["assistants"][0]
        assert found["metadata"] == {"Bearer ********": "Bearer ********"}
        for task, option in {
            "Hand on what was hidden": "tools[0].function.description",
            "Hand on an id that was hidden": "assistant_id",
            "Hand on what was hidden as a whole": "metadata.a",
        }.items():
            said = played.results[way, task]["msg"]
            assert said == f"Invalid value for {option}: {MASKED}"
        for task in ("Name a user", "Ask in the address", "Take a password for a port"):
            assert played.results[way, task]["msg"].startswith("base_url "), played.results[way, task]
    assert not [one for one in server.asked if "*" in one or "DELETE" in one]
