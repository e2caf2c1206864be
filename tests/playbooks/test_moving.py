# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Assistants become agents on another server: once, with a report of what is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from local_server import LocalApi
from stage import Stage

MOVE = "- import_playbook: aiops.openai.assistants_to_agents\n"
SCHEMA = {"type": "object", "properties": {"host": {"type": "string"}}}
TOOLS = [
    {"type": "function", "function": {"name": "get_status", "parameters": SCHEMA}},
    {"type": "file_search"},
    {"type": "code_interpreter"},
]


def assistant(number):
    """One of many, no two alike."""
    return {
        "name": f"Desk {number}",
        "model": "gpt-5",
        "instructions": ["Be brief.", "{{ not a template }}", "Ünïcode\n\tand tabs"][number % 3],
        "tools": TOOLS[: number % 4],
        "metadata": [{}, {"team": "a"}][number % 2],
        "description": [None, "For people."][number % 2],
        "temperature": [1, 0.2][number % 2],
        "top_p": [1, 0.5, 1][number % 3],
        "tool_resources": [{}, {"code_interpreter": {"file_ids": ["file-1"]}}][number % 2],
        "response_format": ["auto", {"type": "json_schema", "json_schema": {"name": "a", "schema": SCHEMA}}][
            number % 2
        ],
    }


@pytest.fixture
def target() -> Iterator[LocalApi]:
    """The server that is to have the agents."""
    server = LocalApi()
    yield server
    server.stop()


@pytest.fixture
def moving(tmp_path, playbook_api, target):
    """Plays the move."""
    playbook_api.control("POST", "/reset")
    stage = Stage(tmp_path, playbook_api.url)
    stage.environment |= {"OPENAI_API_KEY": "sk-local-0123456789abcdef", "ANSIBLE_LOCALHOST_WARNING": "false"}
    stage.environment |= {"ANSIBLE_INVENTORY_UNPARSED_WARNING": "false"}
    where = f"source_base_url={playbook_api.url} target_base_url={target.url} report={tmp_path}/report.yml"

    def move(*arguments):
        played = stage.play(MOVE, {}, "-e", where, *arguments).succeeded()
        return played.results["localhost", "Have an agent for each"]

    return move


def test_forty_assistants_become_agents_once(moving, playbook_api, target, tmp_path):
    for number in range(38):
        playbook_api.assistant(**assistant(number))
    nameless = [playbook_api.assistant(name=name) for name in (None, "Twice", "Twice")]

    assert len(moving("--check")["changes"]) == 38
    assert target.ok("GET", "/agents")["data"] == []

    made = moving()
    assert [change["action"] for change in made["changes"]] == ["create"] * 38
    assert not moving()["changed"]

    agents = {one["name"]: one for one in target.ok("GET", "/agents?limit=100")["data"]}
    assert sorted(agents) == sorted(f"Desk {number}" for number in range(38))
    assert agents["Desk 1"]["text"]["format"] == {"type": "json_schema", "schema": SCHEMA}
    assert agents["Desk 1"]["tools"][0]["description"] == "get_status"
    assert agents["Desk 1"]["instructions"] == "{{ not a template }}"

    report = yaml.load((tmp_path / "report.yml").read_text(), Loader)
    assert sorted(report["left"]) == sorted(nameless)
    assert set(report["lost"]["Desk 7"]) == {"description", "temperature", "top_p", "tools", "tool_resources"}
    assert [tool["type"] for tool in report["lost"]["Desk 7"]["tools"]] == ["file_search", "code_interpreter"]
    assert "Desk 0" not in report["lost"]


def test_some_of_them(moving, playbook_api, target):
    for name in ("desk a", "door"):
        playbook_api.assistant(name=name)
    assert [change["name"] for change in moving("-e", "only_names=^desk")["changes"]] == ["desk a"]


class Loader(yaml.SafeLoader):
    """Reads a file that Ansible reads."""


Loader.add_constructor("!unsafe", Loader.construct_scalar)
