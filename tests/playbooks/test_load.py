# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Fifty hosts at once against a server that fails one time in twenty, in every way it knows: all is done, and once."""

from __future__ import annotations

import re
from typing import Any

import pytest
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
      api_key: sk-local-0123456789abcdef
      timeout: 30
  tasks:
    - name: Have an assistant
      aiops.openai.openai_assistant:
        name: "{{ inventory_hostname }}"
        model: m
        instructions: "{{ instructions }}"
      register: assistant
      until: assistant is succeeded
      retries: 3
      delay: 1
    - name: Have a thread
      aiops.openai.openai_thread:
        thread_id: "{{ thread_id | default(omit) }}"
      register: thread
      until: thread is succeeded
      retries: 3
      delay: 1
    - name: Say something
      aiops.openai.openai_thread_message:
        thread_id: "{{ thread.thread.id }}"
        role: user
        content: "{{ item }}"
      loop: [One, Two, Three]
      register: done
      until: done is succeeded
      retries: 3
      delay: 1
    - name: Say it again
      aiops.openai.openai_thread_message:
        thread_id: "{{ thread.thread.id }}"
        role: user
        content: Four of {{ inventory_hostname }}
        match: none
      when: thread_id is undefined
      register: done
      until: done is succeeded
      retries: 3
      delay: 1
    - name: Run it
      aiops.openai.openai_thread_run:
        thread_id: "{{ thread.thread.id }}"
        assistant_id: "{{ assistant.assistant.id }}"
        run_key: only
      register: run
      until: run is succeeded
      retries: 3
      delay: 1
    - name: Run it again
      aiops.openai.openai_thread_run:
        thread_id: "{{ thread.thread.id }}"
        assistant_id: "{{ assistant.assistant.id }}"
        run_key: again
        stream: true
      register: done
      until: done is succeeded
      retries: 3
      delay: 1
"""

LIKELIHOOD = 0.05
"""How many requests fail, of all."""

SEED = 140
"""One by which each kind of fault comes at least once among so many requests."""

NOTHING_DONE = ("status_429", "status_409", "slow")
"""What leaves no doubt about a thread. A lost one could not be looked for: that its task fails is tried elsewhere."""


def tell_faults(api: LocalApi, kinds: list[str]) -> None:
    """Faults of these kinds, each as likely as the others."""
    for kind in kinds:
        clear = kind in NOTHING_DONE or kind.startswith("retry_after")
        path = "" if clear else "^(?!/threads$)"
        chance = {"times": None, "chance": LIKELIHOOD / len(kinds), "seed": SEED}
        api.control("POST", "/faults", {"kind": kind, "path": path, **chance})


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """What takes minutes is asked for: modules, and answers without end, each of which takes the whole timeout."""
    if "in_process" in metafunc.fixturenames:
        long = metafunc.config.getoption("--long")
        metafunc.parametrize(("in_process", "left_out"), [(True, ()), (False, ())] if long else [(True, ("endless",))])


def test_everything_is_done_once(
    stage: Stage, playbook_api: LocalApi, in_process: bool, left_out: tuple[str, ...]
) -> None:
    api = playbook_api
    tell_faults(api, [kind for kind in api.control("GET", "/faults")["kinds"] if kind not in left_out])
    variables: dict[str, Any] = {
        "url": api.url,
        "instructions": "Be brief.",
        "aiops_openai_in_process": in_process,
    }

    first = stage.play(PLAYBOOK, dict.fromkeys(HOSTS, variables), "--forks", "50").succeeded()
    # a pause too long, and a write that may be under way still, end a task by design: the play's own retry takes it up
    assert sum(fault["done"] for fault in api.control("GET", "/faults")["faults"]) >= len(HOSTS) // 5
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
