# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The playbooks that users copy from, played by ansible-playbook: converge, again, and as a dry run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "playbooks" / "examples").glob("*.yml"))
RECAP = re.compile(r"^(\w+) +: ok=(\d+) +changed=(\d+) +unreachable=0 +failed=0 ", re.MULTILINE)


def play(playbook, *arguments, **environment):
    """Plays it; the changes of each host, and all that was said."""
    command = [sys.executable, "-m", "ansible", "playbook", str(playbook), *arguments]
    env = {**os.environ, "ANSIBLE_NOCOLOR": "1", "ANSIBLE_LOCALHOST_WARNING": "false", **environment}
    done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return {host: int(changed) for host, _ok, changed in RECAP.findall(done.stdout)}, done.stdout


@pytest.mark.parametrize("playbook", EXAMPLES, ids=lambda path: path.stem)
class TestExample:
    def test_it_converges(self, local_api, playbook):
        local_api.control("POST", "/chatkit_threads", {"user": "x", "title": "A chat", "items": []})
        connection = {"OPENAI_BASE_URL": local_api.url, "OPENAI_API_KEY": "sk-test"}
        changed, said = play(playbook, **connection)
        assert changed["localhost"] > 0
        known_again = re.findall(r"-e (\w+=\w+)", said)
        again, _said = play(playbook, *[part for one in known_again for part in ("-e", one)], **connection)
        # a ChatKit session is created and ended each time: the API cannot show one
        assert again["localhost"] == (2 if playbook.stem == "chatkit" else 0)

    def test_its_dry_run_goes_through_and_writes_nothing(self, local_api, playbook):
        play(playbook, "--check", "--diff", OPENAI_BASE_URL=local_api.url, OPENAI_API_KEY="sk-test")
        assert {method for method, _path in local_api.requests()} <= {"GET"}


@pytest.mark.parametrize("in_process", [True, False])
def test_a_whole_quickstart_and_its_dry_run(tmp_path, in_process):
    environment = {"XDG_CACHE_HOME": str(tmp_path)}
    settings = [
        f"-e local_api_virtualenv={Path(sys.executable).parents[1]}",
        f"-e aiops_openai_in_process={in_process}",
    ]
    changed, said = play(ROOT / "playbooks" / "quickstart.yml", *settings, **environment)
    assert "Echo: And what is idempotence?" in said
    assert (changed["first_pass"], changed["second_pass"], changed["dry_run"], changed["clean_up"]) == (4, 0, 1, 2)
    assert "+instructions: You are a patient tutor. Answer at length." in said
    assert "model:" not in said.partition("--- before")[2].partition("changed: [dry_run]")[0]
    dry, _said = play(ROOT / "playbooks" / "quickstart.yml", "--check", *settings, **environment)
    assert dry["first_pass"] == 4
