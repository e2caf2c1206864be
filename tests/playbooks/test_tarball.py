# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What users install works on its own: the tarball, with no checkout in sight."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import job
import pytest
from recorder import Recorder
from stage import BIN, Stage

ROOT = Path(__file__).parents[2]
KEY = "sk-1nsta11ed"
PROJECT = """\
- name: Use the installed collection
  ansible.builtin.import_playbook: aiops.openai.assistant
"""


def run(*command: str | Path, environment: Mapping[str, str]) -> str:
    """What a tool says, if it succeeds."""
    done = subprocess.run(
        [sys.executable, BIN / command[0], *command[1:]],
        cwd=environment["ANSIBLE_HOME"],
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def collections(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the collection is installed from its tarball."""
    folder = tmp_path_factory.mktemp("tarball")
    copied = subprocess.run(
        [sys.executable, ROOT / "tests" / "tools" / "tree.py", folder], stdout=subprocess.PIPE, text=True, check=True
    )
    only = folder / "only"
    environment = {**Stage(folder, "").environment, "ANSIBLE_HOME": str(folder), "ANSIBLE_COLLECTIONS_PATH": str(only)}
    build = ["collection", "build", "--output-path", folder, copied.stdout.strip()]
    run("ansible-galaxy", *build, environment=environment)
    (tarball,) = folder.glob("*.tar.gz")
    run("ansible-galaxy", "collection", "install", tarball, "-p", only, "--offline", environment=environment)
    return only


@pytest.fixture
def installed(stage: Stage, collections: Path) -> Stage:
    """A stage that has the installed collection, and no other."""
    stage.environment["ANSIBLE_COLLECTIONS_PATH"] = str(collections)
    stage.environment["ANSIBLE_HOME"] = str(stage.folder)
    stage.environment["XDG_CACHE_HOME"] = str(stage.folder / "cache")
    return stage


def test_it_holds_what_users_need_and_nothing_else(collections: Path) -> None:
    folder = collections / "ansible_collections" / "aiops" / "openai"
    for path in ("requirements.txt", "meta/execution-environment.yml", "playbooks/awx/credential_type.yml"):
        assert (folder / path).is_file(), path
    for path in (".ci", ".build", ".venv", ".gitignore", "galaxy.yml"):
        assert not (folder / path).exists(), path


def test_its_documentation(installed: Stage, collections: Path) -> None:
    shown = run("ansible-doc", "-t", "module", "aiops.openai.openai_assistant", environment=installed.environment)
    assert f"({collections}/ansible_collections/aiops/openai/plugins/modules/openai_assistant.py)" in shown


def test_its_quickstart(installed: Stage) -> None:
    libraries = f"local_api_virtualenv={Path(sys.executable).parents[1]}"
    said = run("ansible-playbook", "aiops.openai.quickstart", "-e", libraries, environment=installed.environment)
    assert "Echo: And what is idempotence?" in said


def test_a_job(installed: Stage, recorder: Recorder) -> None:
    """By ansible-runner, with the credential in the environment; first as a dry run."""
    project = installed.folder / "project"
    project.mkdir()
    (project / "site.yml").write_text(PROJECT)
    credential = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": recorder.url}
    answers = {"assistant_name": "Tutor", "assistant_model": "gpt-4o"}
    for number, (arguments, written) in enumerate(((["--check", "--diff"], 0), ([], 1), ([], 1))):
        folder = installed.folder / f"job{number}"
        launched = job.run(folder, project, "site.yml", answers, credential, installed.environment, *arguments)
        launched.succeeded()
        assert launched.changes() == (number < 2)
        assert ("diff" in launched.result("Converge the assistant")) == bool(arguments)
        assert len(recorder.written()) == written
        assert KEY not in str(launched.events())
