# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plays at once, and plays that are killed, on one ledger: in a file and in a database, in process and by modules."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from local_server import LocalApi
from stage import BIN, Stage
from test_interruption import processes_of, until

PLAYS = 10
HOSTS = 50
numbers = count()

DEFAULTS = """\
- hosts: all
  gather_facts: false
  module_defaults:
    group/aiops.openai.openai:
      base_url: "{{ url }}"
      api_key: sk-one-of-many
      ledger: "{{ ledger }}"
      max_retries: 0
  tasks:
"""

THREAD = f"""{DEFAULTS}\
    - name: Have a thread
      aiops.openai.openai_thread:
        name: support
        on_lost: "{{{{ on_lost | default('fail') }}}}"
"""

ASSISTANTS = f"""{DEFAULTS}\
    - name: Have assistants
      aiops.openai.openai_assistant:
        name: Assistant {{{{ item }}}}
        model: gpt-4o
      loop: "{{{{ range(names) | list }}}}"
"""


@pytest.fixture
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new ledger of each kind."""
    if request.param == "sqlite":
        return str(tmp_path / "shared" / "ledger.sqlite")
    import psycopg

    url = request.getfixturevalue("postgres")
    name = f"plays{next(numbers)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return url.replace("/postgres?", f"/{name}?")


@pytest.fixture
def api(playbook_api: LocalApi) -> Iterator[LocalApi]:
    playbook_api.control("POST", "/reset")
    yield playbook_api
    playbook_api.control("POST", "/reset")


each_way = pytest.mark.parametrize(
    ("ledger", "in_process"),
    [("sqlite", True), ("postgres", True), ("sqlite", False)],
    ids=["sqlite, in process", "postgres, in process", "sqlite, by module"],
    indirect=["ledger"],
)


class Plays:
    """The same playbook, started several times."""

    def __init__(self, stage: Stage, playbook: str, variables: dict[str, Any]) -> None:
        self.stage = stage
        stage.prepare(playbook, {"here": variables})
        self.command = [sys.executable, str(BIN / "ansible-playbook"), "-i", "hosts.json", "playbook.yml", "-v"]

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [*self.command, *arguments],
            cwd=self.stage.folder,
            env={**self.stage.environment, "ANSIBLE_CALLBACK_RESULT_FORMAT": "json"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def at_once(self, number: int) -> list[str]:
        """What they have said, once all have ended well."""
        plays = [self.start() for _play in range(number)]
        outputs = [play.communicate(timeout=120)[0] for play in plays]
        assert [play.returncode for play in plays] == [0] * number, "\n".join(outputs)
        return outputs


def threads(api: LocalApi) -> int:
    """How many threads were made."""
    return api.requests().count(("POST", "/threads"))


@each_way
def test_plays_at_once_make_one_thread(stage: Stage, api: LocalApi, ledger: str, in_process: bool) -> None:
    variables = {"url": api.url, "ledger": ledger, "aiops_openai_in_process": in_process}
    outputs = Plays(stage, THREAD, variables).at_once(PLAYS if in_process else 3)
    ids = {found for output in outputs for found in re.findall(r'"id": "(thread_\w+)"', output)}
    assert len(ids) == 1
    assert threads(api) == 1
    assert sum("changed=1" in output for output in outputs) == 1


@pytest.mark.parametrize("ledger", ["sqlite", "postgres"], indirect=True)
def test_hosts_at_once_make_one_thread(stage: Stage, api: LocalApi, ledger: str) -> None:
    variables = {"url": api.url, "ledger": ledger}
    hosts = {f"host{number}": variables for number in range(HOSTS)}
    played = stage.play(THREAD, hosts, "--forks", str(HOSTS)).succeeded()
    made = {played.results[host, "Have a thread"]["thread"]["id"] for host in hosts}
    assert (len(made), threads(api)) == (1, 1)
    assert len(re.findall("changed=1", played.output)) == 1


@each_way
def test_plays_at_once_make_each_assistant_once(stage: Stage, api: LocalApi, ledger: str, in_process: bool) -> None:
    number = 30 if in_process else 6
    variables = {"url": api.url, "ledger": ledger, "aiops_openai_in_process": in_process, "names": number}
    Plays(stage, ASSISTANTS, variables).at_once(2)
    names = Counter(one["name"] for one in api.ok("GET", "/assistants?limit=100")["data"])
    assert names == dict.fromkeys((f"Assistant {each}" for each in range(number)), 1)


@each_way
def test_a_play_that_was_killed(stage: Stage, api: LocalApi, ledger: str, in_process: bool) -> None:
    """It is killed while it waits for the answer: no one can know whether there is a thread."""
    api.control("POST", "/faults", {"method": "POST", "path": "/threads$", "hang": "after"})
    plays = Plays(stage, THREAD, {"url": api.url, "ledger": ledger, "aiops_openai_in_process": in_process})
    killed = plays.start()
    until(lambda: threads(api) == 1, "the play has not come so far")
    for pid in processes_of(stage):
        os.kill(pid, signal.SIGKILL)
    killed.communicate()

    said, _errors = (again := plays.start()).communicate(timeout=60)
    assert again.returncode == 2
    assert "the server may hold one that cannot be listed" in said
    assert "set on_lost to recreate" in said
    assert threads(api) == 1
    said, _errors = plays.start("-e", "on_lost=recreate").communicate(timeout=60)
    assert "changed=1" in said
    assert threads(api) == 2


@pytest.mark.parametrize("ledger", ["sqlite", "postgres"], indirect=True)
def test_a_play_waits_for_another_and_not_for_its_ghost(stage: Stage, api: LocalApi, ledger: str) -> None:
    """The second waits as long as the first is alive, and knows at once when it is not."""
    api.control("POST", "/faults", {"method": "POST", "path": "/threads$", "hang": "before"})
    plays = Plays(stage, THREAD, {"url": api.url, "ledger": ledger})
    first = plays.start()
    until(lambda: threads(api) == 1, "the first play has not come so far")
    ours = set(processes_of(stage))
    second = plays.start()
    with pytest.raises(subprocess.TimeoutExpired):
        second.communicate(timeout=4)
    for pid in ours:
        os.kill(pid, signal.SIGKILL)
    first.communicate()
    said, _errors = second.communicate(timeout=30)
    assert "the server may hold one that cannot be listed" in said
    assert threads(api) == 1


def test_old_threads_are_removed(stage: Stage, api: LocalApi) -> None:
    """What the ledger knows and is old enough; a dry run removes nothing."""
    ledger = str(stage.folder / "ledger.sqlite")
    stage.play(THREAD, {"here": {"url": api.url, "ledger": ledger}}).succeeded()
    environment = {"OPENAI_BASE_URL": api.url, "OPENAI_API_KEY": "sk-one-of-many", "AIOPS_OPENAI_LEDGER": ledger}
    playbook = "- ansible.builtin.import_playbook: aiops.openai.remove_threads"

    def changes(days: float, *arguments: str) -> int:
        age = f"threads_older_than_days={days}"
        played = stage.play(playbook, {"localhost": {}}, "-e", age, *arguments, environment=environment).succeeded()
        return int(re.findall(r"changed=(\d+)", played.output)[0])

    assert changes(1) == 0
    assert changes(-1, "--check") == 1
    assert ("DELETE", "/threads") not in {(method, path[:8]) for method, path in api.requests()}
    assert changes(-1) == 1
    assert changes(-1) == 0
