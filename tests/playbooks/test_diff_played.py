# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a dry run prints tells which objects change, and what of them, on both ways of running modules."""

from __future__ import annotations

import re

import pytest

TEN = """
- hosts: all
  gather_facts: false
  module_defaults:
    group/aiops.openai.openai:
      base_url: "{{ url }}"
      api_key: sk-local-0123456789abcdef
  vars:
    texts: "{{ dict(range(10) | map('string') | zip([text] * 10)) | combine(others) }}"
  tasks:
    - name: Ten assistants
      aiops.openai.openai_assistant:
        name: "Desk {{ item.key }}"
        model: gpt-4o
        instructions: "{{ item.value }}"
      loop: "{{ texts | dict2items }}"
      loop_control:
        label: an assistant
"""
LINES = [f"Line {number}: say what is to be done, and never guess at it." for number in range(100)]
TEXT = "\n".join(LINES)
HEADER = re.compile(r"^\+\+\+ after: assistant (Desk \d) \(asst_\w+\)$", re.MULTILINE)
CHANGED = re.compile(r"^[+-](?![+-]).*$", re.MULTILINE)


@pytest.mark.parametrize("in_process", [True, False], ids=["in process", "by module"])
def test_a_dry_run_of_ten_tells_which_three_change_and_what(stage, in_process):
    changed = {number: TEXT.replace(f"Line {number}0: say", f"Line {number}0: tell") for number in "258"}
    hosts = {"here": {"text": TEXT, "others": {}, "aiops_openai_in_process": in_process}}
    stage.play(TEN, hosts).succeeded()
    hosts["here"]["others"] = changed
    said = stage.play(TEN, hosts, "--check", "--diff").succeeded().output
    assert HEADER.findall(said) == ["Desk 2", "Desk 5", "Desk 8"]
    assert CHANGED.findall(said) == [
        line
        for number in "258"
        for line in (f"-  {LINES[int(number) * 10]}", f"+  {LINES[int(number) * 10].replace('say', 'tell')}")
    ]
