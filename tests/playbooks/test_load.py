# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fifty hosts at once against a server that fails every twentieth time: all is done, and nothing twice."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from local_server import LocalApi
from stage import Stage

HOSTS = [f"host{number:02}" for number in range(50)]

PLAYBOOK = """\
- hosts: all
  gather_facts: false
  strategy: free
  module_defaults:
    group/aiops.openai.openai:
      base_url: "{{ url }}"
      api_key: sk-load
  tasks:
    - name: Have an assistant
      aiops.openai.openai_assistant:
        name: "{{ inventory_hostname }}"
        model: m
        instructions: "{{ instructions }}"
      register: assistant
    - name: Have a thread
      aiops.openai.openai_thread:
        thread_id: "{{ thread_id | default(omit) }}"
      register: thread
    - name: Say something
      aiops.openai.openai_thread_message:
        thread_id: "{{ thread.thread.id }}"
        role: user
        content: "{{ item }}"
      loop: [One, Two, Three]
    - name: Say it again
      aiops.openai.openai_thread_message:
        thread_id: "{{ thread.thread.id }}"
        role: user
        content: Four of {{ inventory_hostname }}
        match: none
      when: thread_id is undefined
    - name: Run it
      aiops.openai.openai_thread_run:
        thread_id: "{{ thread.thread.id }}"
        assistant_id: "{{ assistant.assistant.id }}"
        run_key: only
      register: run
    - name: Run it again
      aiops.openai.openai_thread_run:
        thread_id: "{{ thread.thread.id }}"
        assistant_id: "{{ assistant.assistant.id }}"
        stream: true
      when: thread_id is undefined
"""

FAULTS: list[dict[str, Any]] = [
    {"status": 429, "headers": {"retry-after-ms": 20}},
    # A lost thread could not be looked for: that such a task fails is tried elsewhere.
    {"path": "^(?!/threads$)", "status": 500},
    {"path": "^(?!/threads$)", "drop": "before"},
    {"path": "^(?!/threads$)", "drop": "after"},
]


def test_everything_is_done_once(stage: Stage, playbook_api: LocalApi) -> None:
    api = playbook_api
    for fault in FAULTS:
        api.control("POST", "/faults", {"path": "", "every": 80, "times": 10_000, **fault})
    variables: dict[str, Any] = {"url": api.url, "instructions": "Be brief."}

    first = stage.play(PLAYBOOK, dict.fromkeys(HOSTS, variables), "--forks", "50").succeeded()
    answers = Counter(one["status"] for one in api.control("GET", "/requests")["requests"])
    print(dict(answers))
    assert min(answers[status] for status in (429, 500, None)) >= 5
    threads = {host: first.results[host, "Have a thread"]["thread"]["id"] for host in HOSTS}
    assert len(set(threads.values())) == len(HOSTS)

    again = {host: {**variables, "thread_id": threads[host]} for host in HOSTS}
    converged = stage.play(PLAYBOOK, again, "--forks", "50").succeeded()
    assert set(re.findall(r"changed=(\d+)", converged.output)) == {"0"}

    api.control("DELETE", "/faults")
    assistants = api.ok("GET", "/assistants?limit=100")
    assert sorted(one["name"] for one in assistants["data"]) == HOSTS
    for host, thread in threads.items():
        assert said(api, thread) == ["One", "Two", "Three", f"Four of {host}"], host
        assert len(api.ok("GET", f"/threads/{thread}/runs")["data"]) == 2, host


def said(api: LocalApi, thread: str) -> list[str]:
    """What users have said, the oldest first."""
    messages = api.ok("GET", f"/threads/{thread}/messages?order=asc")["data"]
    return [one["content"][0]["text"]["value"] for one in messages if one["role"] == "user"]
