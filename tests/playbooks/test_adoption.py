# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What was made by hand is exported, and played back without a change."""

from __future__ import annotations

import pytest
from stage import Stage

PLAY_BACK = """
- hosts: localhost
  gather_facts: false
  vars_files: [exported.yml]
  tasks:
    - name: Converge
      aiops.openai.openai_assistant:
        assistant_id: "{{ item.assistant_id | default(omit) }}"
        name: "{{ item.name | default(omit) }}"
        model: "{{ item.model }}"
        description: "{{ item.description | default(omit) }}"
        instructions: "{{ item.instructions | default(omit) }}"
        tools: "{{ item.tools | default(omit) }}"
        tool_resources: "{{ item.tool_resources | default(omit) }}"
        metadata: "{{ item.metadata | default(omit) }}"
        temperature: "{{ item.temperature | default(omit) }}"
        top_p: "{{ item.top_p | default(omit) }}"
        response_format: "{{ item.response_format | default(omit) }}"
        extra_body: "{{ item.extra_body | default(omit) }}"
      loop: "{{ assistants }}"
      loop_control:
        label: "{{ item.name | default(item.assistant_id) }}"
      register: converged
"""
EXPORT = "- import_playbook: aiops.openai.export\n"
SCHEMA = {
    "type": "object",
    "properties": {"host": {"type": ["string", "null"], "default": None, "enum": ["web1", None]}},
    "required": ["host"],
}
FUNCTION = {"name": "get_status", "description": "Äsk é {{ host }}", "parameters": SCHEMA, "strict": True}
FORMAT = {"type": "json_schema", "json_schema": {"name": "answer", "schema": SCHEMA, "strict": True}}
LONG = "".join(f"{number}. Say what is to be done; never guess: {{{{ it }}}} # no\n\n" for number in range(150))


def by_hand(number):
    """One of many, no two alike."""
    texts = [
        "Ünïcode 東京 🙂",
        LONG,
        "a\r\nb\x1b[1m",
        "  begins with spaces\n",
        "{{ not a template }}",
        "yes",
        "",
        "1.0",
    ]
    tools = [
        {"type": "code_interpreter"},
        {"type": "file_search", "file_search": {"max_num_results": 7}},
        {"type": "function", "function": FUNCTION},
        {"type": "function", "function": {"name": "plain"}},
    ]
    return {
        "model": "gpt-4o",
        "name": f"Desk {number}: #{number}",
        "instructions": texts[number % len(texts)],
        "description": [None, "yes", "A: b", "null"][number % 4],
        "tools": tools[: number % 5],
        "tool_resources": [{}, {"code_interpreter": {"file_ids": ["file-2", "file-1"]}}][number % 2],
        "metadata": [{}, {"team": "a", "on": "true"}, {"n": "1"}][number % 3],
        "temperature": [1, 0.1, 0][number % 3],
        "response_format": ["auto", FORMAT, {"type": "text"}][number % 3],
    }


@pytest.fixture
def page_stage(tmp_path, playbook_api):
    playbook_api.control("POST", "/reset")
    stage = Stage(tmp_path, playbook_api.url)
    stage.environment |= {"OPENAI_BASE_URL": playbook_api.url, "OPENAI_API_KEY": "sk-local-0123456789abcdef"}
    stage.environment |= {"ANSIBLE_LOCALHOST_WARNING": "false", "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false"}
    return stage


def exported(stage, *arguments):
    return stage.play(EXPORT, {}, "-e", f"dest={stage.folder}/exported.yml", *arguments).succeeded().output


def changed(stage):
    """What playing back changes."""
    played = stage.play(PLAY_BACK, {}, "--diff").succeeded()
    items = played.results["localhost", "Converge"]["results"]
    return [item["assistant"]["id"] for item in items if item["changed"]]


def test_forty_assistants_are_played_back_without_a_change(page_stage, playbook_api):
    ids = [playbook_api.assistant(**by_hand(number)) for number in range(38)]
    ids += [playbook_api.assistant(name=None), playbook_api.assistant(name="Desk 0: #0", metadata={"twice": "yes"})]
    assert "40 of 40 assistants" in exported(page_stage)
    file = (page_stage.folder / "exported.yml").read_text()
    assert "Ünïcode 東京 🙂" in file
    assert "\n      7. Say what is to be done; never guess: {{ it }} # no\n" in file
    assert file.count("assistant_id:") == 3
    assert changed(page_stage) == []
    playbook_api.ok("POST", f"/assistants/{ids[7]}", {"instructions": "Somebody was here."})
    assert changed(page_stage) == [ids[7]]
    for made in ids[1:38]:
        playbook_api.ok("DELETE", f"/assistants/{made}")
    assert len(changed(page_stage)) == 37
    assert changed(page_stage) == []


def test_some_of_them(page_stage, playbook_api):
    for name, metadata in [("desk a", {"team": "x", "n": "1"}), ("desk b", {"team": "y"}), ("door", {"team": "x"})]:
        playbook_api.assistant(name=name, metadata=metadata)
    playbook_api.assistant(name=None)
    assert "2 of 4 assistants" in exported(page_stage, "-e", "only_names=^desk")
    assert "2 of 4 assistants" in exported(page_stage, "-e", '{"only_metadata": {"team": "x"}}')
    assert "1 of 4 assistants" in exported(page_stage, "-e", '{"only_metadata": {"team": "x"}, "only_names": "^desk"}')
