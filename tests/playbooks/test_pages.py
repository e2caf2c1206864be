# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the pages of documentation show is true: their YAML is played, and their diffs are those that come of it.

A list whose first entry has `hosts` is a whole playbook. It is played, as a dry run and then really, the playbooks of a
page one after the other on one server. Any other list holds tasks, whose syntax is checked. A mapping is only parsed.
A block marked as a diff must be part of what the playbooks of its page have said; there, `asst_...` is any id.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from local_server import LocalApi
from stage import Played, Stage

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANY_ID = re.escape("_...")
CHANGED = re.compile(r"^\S+ +: ok=\d+ +changed=\d+ ", re.MULTILINE)


def blocks(page: Path, language: str) -> list[str]:
    """The code of a page in one language."""
    return [code for marked, code in BLOCK.findall(page.read_text()) if marked == language]


def is_playbook(content: Any) -> bool:
    return isinstance(content, list) and "hosts" in content[0]


def playbooks(page: Path) -> list[str]:
    return [code for code in blocks(page, "yaml") if is_playbook(yaml.safe_load(code))]


def tasks(page: Path) -> list[Any]:
    """All lists of tasks of a page."""
    contents = [yaml.safe_load(code) for code in blocks(page, "yaml")]
    return [content for content in contents if isinstance(content, list) and not is_playbook(content)]


@pytest.fixture
def page_stage(tmp_path: Path, playbook_api: LocalApi) -> Stage:
    """Where a page's playbooks are played: they take the connection from the environment."""
    playbook_api.control("POST", "/reset")
    stage = Stage(tmp_path, playbook_api.url)
    stage.environment |= {"OPENAI_BASE_URL": playbook_api.url, "OPENAI_API_KEY": "sk-test"}
    stage.environment |= {"ANSIBLE_LOCALHOST_WARNING": "false", "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false"}
    return stage


def changes(played: Played) -> list[str]:
    """How many changes the recap counts, for each host."""
    return [line.rpartition("changed=")[2] for line in CHANGED.findall(played.succeeded().output)]


@pytest.mark.parametrize("page", [page for page in PAGES if playbooks(page)], ids=lambda page: page.name)
def test_the_playbooks_of_a_page_do_what_it_says(page_stage, playbook_api, page):
    said = ""
    for playbook in playbooks(page):
        before = len(playbook_api.requests())
        dry = page_stage.play(playbook, {}, "--check", "--diff")
        assert {method for method, _path in playbook_api.requests()[before:]} <= {"GET"}
        real = page_stage.play(playbook, {}, "--diff")
        assert changes(dry) == changes(real)
        said += dry.output + real.output
    for shown in blocks(page, "diff"):
        assert re.search(re.escape(shown).replace(ANY_ID, r"_\w+"), said), shown


@pytest.mark.parametrize("page", [page for page in PAGES if tasks(page)], ids=lambda page: page.name)
def test_the_tasks_of_a_page_have_the_syntax_of_tasks(page_stage, page):
    plays = [{"hosts": "localhost", "gather_facts": False, "tasks": each} for each in tasks(page)]
    page_stage.play(yaml.safe_dump(plays), {}, "--syntax-check").succeeded()
