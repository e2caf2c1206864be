# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the pages of documentation show is true: their YAML is played, their commands are run, and what they show is
what comes of it.

A list whose first entry has `hosts` is a whole playbook. It is played, as a dry run and then really, the playbooks of a
page one after the other on one server. Any other list holds tasks, whose syntax is checked. A mapping is only parsed.
A block marked as a diff must be part of what the playbooks of its page said; there, `asst_...` is any id.

A console block holds commands behind `$ `, and lines that they print, in this order, with `...` for others. The
commands of a page are run in one shell, with the playbooks that it names at hand. A comment above a block says why it
is not run.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from local_server import LocalApi
from stage import Played, Stage

ROOT = Path(__file__).parents[2]
PATTERNS = ("*.md", "docs/*.md", "roles/*/README.md", "playbooks/**/README.md", ".github/**/*.md")
PAGES = sorted(page for pattern in PATTERNS for page in ROOT.glob(pattern))
BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(
    r"^( *)(?:<!-- not run here: (\S.*) -->\n *)?```(console|shell|bash|sh)\n(.*?)^\1```$", re.M | re.S
)
NAMED_PLAYBOOK = re.compile(r"^`(\w+\.yml)`:\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ANY_ID = re.escape("_...")
CHANGED = re.compile(r"^\S+ +: ok=\d+ +changed=\d+ ", re.MULTILINE)
KEY = "sk-local-0123456789abcdef"
SERVER = "127.0.0.1:8080"  # on the pages


def path_of(page: Path) -> str:
    """A page as pytest names it."""
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    """The code of a page in one language."""
    return [code for _indent, marked, code in BLOCK.findall(page.read_text()) if marked == language]


def is_playbook(content: Any) -> bool:
    return isinstance(content, list) and "hosts" in content[0]


def playbooks(page: Path) -> list[str]:
    return [code for code in blocks(page, "yaml") if is_playbook(yaml.safe_load(code))]


def tasks(page: Path) -> list[Any]:
    """All lists of tasks of a page."""
    contents = [yaml.safe_load(code) for code in blocks(page, "yaml")]
    return [content for content in contents if isinstance(content, list) and not is_playbook(content)]


@pytest.fixture
def page_stage(tmp_path: Path, playbook_api: LocalApi) -> Iterator[Stage]:
    """Where a page's playbooks are played: they take the connection from the environment.

    A local_api that they start finds its libraries, and is stopped.
    """
    playbook_api.control("POST", "/reset")
    stage = Stage(tmp_path, playbook_api.url)
    stage.environment |= {"OPENAI_BASE_URL": playbook_api.url, "OPENAI_API_KEY": KEY}
    stage.environment |= {"ANSIBLE_LOCALHOST_WARNING": "false", "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false"}
    own = tmp_path / "cache" / "aiops.openai" / "local_api"
    own.mkdir(parents=True)
    (own / "venv").symlink_to(Path(sys.executable).parents[1])
    stage.environment["XDG_CACHE_HOME"] = str(tmp_path / "cache")
    yield stage
    for pid in own.glob("*.pid"):
        os.kill(int(pid.read_text()), signal.SIGTERM)


def free_port() -> int:
    """A port that a local_api of the page may listen on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
    return port


def changes(played: Played) -> list[str]:
    """How many changes the recap counts, for each host."""
    return [line.rpartition("changed=")[2] for line in CHANGED.findall(played.succeeded().output)]


@pytest.mark.parametrize("page", [page for page in PAGES if playbooks(page)], ids=path_of)
def test_the_playbooks_of_a_page_do_what_it_says(page_stage, playbook_api, page):
    said = ""
    port = free_port()
    own_server = ("-e", f"local_api_port={port}")
    for shown in playbooks(page):
        playbook = shown.replace(SERVER, f"127.0.0.1:{port}")
        before = len(playbook_api.requests())
        dry = page_stage.play(playbook, {}, "--check", "--diff", *own_server)
        assert {method for method, _path in playbook_api.requests()[before:]} <= {"GET"}
        real = page_stage.play(playbook, {}, "--diff", *own_server)
        assert changes(dry) == changes(real)
        said += dry.output + real.output
    for shown in blocks(page, "diff"):
        assert re.search(re.escape(shown).replace(ANY_ID, r"_\w+"), said), shown


@pytest.mark.parametrize("page", [page for page in PAGES if tasks(page)], ids=path_of)
def test_the_tasks_of_a_page_have_the_syntax_of_tasks(page_stage, page):
    plays = [{"hosts": "localhost", "gather_facts": False, "tasks": each} for each in tasks(page)]
    page_stage.play(yaml.safe_dump(plays), {}, "--syntax-check").succeeded()


# --- commands ---


class Line(NamedTuple):
    """A command of a page, and what the page shows of its output."""

    command: str
    shown: list[str]


def lines(code: str) -> list[Line]:
    """The commands of a console block; none if it shows only what something prints."""
    found: list[Line] = []
    for line in code.splitlines():
        if line.lstrip().startswith("$ "):
            found.append(Line(line.lstrip()[2:], []))
        elif found and line.strip() not in ("", "..."):
            found[-1].shown.append(line.strip())
    return found


def consoles(page: Path) -> list[tuple[str, list[Line]]]:
    """The blocks of a page that hold commands, each with the reason why it is not run, if there is one."""
    return [
        (why, found) for _indent, why, _language, code in CONSOLE.findall(page.read_text()) if (found := lines(code))
    ]


def run_lines(page: Path) -> list[Line]:
    return [line for why, found in consoles(page) if not why for line in found]


@pytest.fixture
def shell(page_stage: Stage) -> Stage:
    """A user's shell: the collection is installed, and no connection is set."""
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "ANSIBLE_CALLBACK_PLUGINS"):
        del page_stage.environment[name]
    return page_stage


@pytest.mark.parametrize("page", [page for page in PAGES if run_lines(page)], ids=path_of)
def test_the_commands_of_a_page_do_what_it_shows(shell: Stage, playbook_api: LocalApi, page: Path) -> None:
    commands = run_lines(page)
    starts = any("aiops.openai.local_api" in line.command for line in commands)
    port = free_port() if starts else int(playbook_api.root.rpartition(":")[2])
    server = f"127.0.0.1:{port}"
    hosts = {
        "localhost": {
            "local_api_port": port,
            "ansible_connection": "local",
            "ansible_python_interpreter": sys.executable,
        }
    }
    shell.environment["ANSIBLE_INVENTORY"] = str(shell.file("hosts.json", {"all": {"hosts": hosts}}))
    for name, playbook in NAMED_PLAYBOOK.findall(page.read_text()):
        shell.file(name, playbook)
    mark = "--- the next command ---"
    script = "".join(f"echo '{mark}'\n{line.command}\n" for line in commands).replace(SERVER, server)
    done = subprocess.run(
        ["bash", "-e", str(shell.file("commands.sh", script))],
        cwd=shell.folder,
        env=shell.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    for line, said in zip(commands, done.stdout.replace(server, SERVER).split(mark)[1:], strict=True):
        printed = iter([each.strip() for each in said.splitlines()])
        for shown in line.shown:
            assert shown in printed, f"{line.command} does not print {shown!r}, or not there:\n{said}"


@pytest.mark.parametrize("page", [page for page in PAGES if consoles(page)], ids=path_of)
def test_a_page_marks_its_commands_as_such(page: Path) -> None:
    """Any other block that holds a command would be read by nobody."""
    for _indent, language, code in BLOCK.findall(page.read_text()):
        if language not in ("console", "shell", "bash", "sh"):
            assert not re.search(r"^\s*(\$ |ansible-|export |pip )", code, re.MULTILINE), code
