# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The role converse answers the function calls of a run until there are no more."""

from __future__ import annotations

import json

import pytest

CONVERSE = """
- hosts: all
  gather_facts: false
  module_defaults:
    group/aiops.openai.openai:
      base_url: "{{ url }}"
      api_key: sk-local-0123456789abcdef
  vars:
    statuses:
      web1: { status: up, load: 0.4 }
  tasks:
    - name: Read the run
      aiops.openai.openai_thread_run_info:
        thread_id: "{{ thread }}"
        run_id: "{{ run }}"
      register: found

    - name: Answer the functions that the run calls, until it is done
      ansible.builtin.include_role:
        name: aiops.openai.converse
      vars:
        converse_asked: { run: "{{ found.runs[0] }}" }
        converse_output_of_get_status: "{{ statuses[converse_arguments.host] }}"
        converse_functions:
          read-log: "{{ playbook_dir }}/read_log.yml"

    - name: Show the answer
      ansible.builtin.debug:
        msg: "Answer: {{ converse_answer.reply }}"
"""
READ_LOG = """
- name: Give its end
  ansible.builtin.set_fact:
    converse_output: "the end of {{ converse_arguments.host }}"
"""
CALLS = [{"name": "get_status", "arguments": '{"host": "web1"}'}, {"name": "read-log", "arguments": '{"host": "web1"}'}]


@pytest.fixture
def asked(stage, recorder, playbook_api):
    """Plays it for a run that calls these functions; what was handed in."""
    stage.file("read_log.yml", READ_LOG)

    def play(calls, *arguments, times=0):
        told = {"outcome": "requires_action", "text": "All is well.", "tool_calls": calls}
        playbook_api.control("POST", "/next_run", told)
        run = playbook_api.until(playbook_api.run(playbook_api.thread("How is web1?")), "requires_action")
        if times:
            fault = {"method": "POST", "path": "/submit_tool_outputs", "times": times, "status": 200, "body": run}
            playbook_api.control("POST", "/faults", fault)
        played = stage.play(CONVERSE, {"here": {"thread": run["thread_id"], "run": run["id"]}}, *arguments)
        written = [one.body for one in recorder.written() if one.path.endswith("/submit_tool_outputs")]
        bodies = [json.loads(body) if isinstance(body, (str, bytes)) else body for body in written]
        return played, [[each["output"] for each in body["tool_outputs"]] for body in bodies]

    return play


def test_every_call_is_answered_in_one_round(asked):
    played, outputs = asked(CALLS)
    assert "Answer: All is well." in played.succeeded().output
    assert [[json.loads(first), second] for first, second in outputs] == [
        [{"status": "up", "load": 0.4}, "the end of web1"]
    ]


def test_it_goes_on_while_the_run_asks(asked):
    played, outputs = asked(CALLS[1:], times=2)
    assert "Answer: All is well." in played.succeeded().output
    assert outputs == [["the end of web1"]] * 3


def test_it_does_not_go_on_for_ever(asked):
    played, outputs = asked(CALLS[1:], "-e", "converse_rounds=2", times=3)
    assert "asks for functions again after 2 rounds" in played.output
    assert len(outputs) == 2


def test_a_dry_run_calls_the_functions_and_hands_nothing_in(asked):
    played, outputs = asked(CALLS, "--check")
    assert "Answer: (known after apply)" in played.succeeded().output
    assert outputs == []


def test_an_unknown_function_is_named(asked):
    played, outputs = asked([{"name": "reboot", "arguments": "{}"}])
    assert played.status
    assert "There is no output for the function reboot" in played.output
    assert outputs == []
