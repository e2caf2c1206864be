# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bad input through ansible-playbook, in process and by modules: the same clear line."""

from __future__ import annotations

import json
import re
from typing import Any

from bad_tasks import MENDED
from recorder import Recorder
from stage import Stage

CONNECTION = {"base_url": "{{ url }}", "api_key": "sk-test"}
HOSTS: dict[str, dict[str, Any]] = {"in_process": {}, "by_module": {"aiops_openai_in_process": False}}


def can_be_written(arguments: Any) -> bool:
    """Whether a playbook can hold them as they are."""
    try:
        return bool(json.dumps(arguments, allow_nan=False, ensure_ascii=False).encode())
    except ValueError:
        return False


CASES = [case for case in MENDED if can_be_written(case[1])][::2]  # half a second each by modules


def test_what_once_went_wrong_is_said_the_same_both_ways(stage: Stage, recorder: Recorder) -> None:
    tasks = [
        {"name": str(number), f"aiops.openai.{module}": {**CONNECTION, **given}, "ignore_errors": True}
        for number, (module, given, _message) in enumerate(CASES)
    ]
    played = stage.play(json.dumps([{"hosts": "all", "gather_facts": False, "tasks": tasks}]), HOSTS).succeeded()
    assert recorder.exchanges == []
    for number, (_module, _given, message) in enumerate(CASES):
        ours, theirs = (played.results[host, str(number)] for host in HOSTS)
        assert ours["ending"] == theirs["ending"] == "failed"
        assert re.search(message, ours["msg"]), ours["msg"]
        assert (ours["msg"], ours["error"]) == (theirs["msg"], theirs["error"])
    assert "Traceback" not in played.output


SPELT = """\
- hosts: all
  gather_facts: false
  vars:
    light: {type: function, function: {name: light, parameters: {properties: {on: {}, null: {}, 2: {}, 1.5: {}}}}}
  tasks:
    - name: Keys that YAML reads
      aiops.openai.openai_assistant: {name: "{{ inventory_hostname }}", model: m, tools: ["{{ light }}"]}
      module_defaults:
        group/aiops.openai.openai: {base_url: "{{ url }}", api_key: sk-f0a8c3b7e2}
      check_mode: true
    - name: No mapping for one
      aiops.openai.openai_thread: {tool_resources: {file_search: 5}}
      ignore_errors: true
    - name: Text that makes keys of no text
      aiops.openai.openai_thread: {messages: ["{1: 2, None: 3, 'role': 'user', 'content': 'x'}"]}
      ignore_errors: true
"""


def test_mappings_are_read_the_same_both_ways(stage: Stage, recorder: Recorder) -> None:
    played = stage.play(SPELT, HOSTS).succeeded()
    for host in HOSTS:
        (tool,) = played.results[host, "Keys that YAML reads"]["assistant"]["tools"]
        assert sorted(tool["function"]["parameters"]["properties"]) == ["1.5", "2", "null", "true"]
        for task, option in {
            "No mapping for one": "tool_resources",
            "Text that makes keys of no text": "messages",
        }.items():
            assert played.results[host, task]["msg"].startswith(f"Invalid value for {option}: it is of another type")
