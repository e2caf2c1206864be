# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs playbooks as AWX does: by ansible-runner, with the credential in the environment; what it keeps is read back."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stage import BIN

INVENTORY = {
    "all": {
        "hosts": {
            "localhost": {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
        }
    }
}


@dataclass(frozen=True)
class Job:
    """How a job went, by what ansible-runner keeps of it."""

    status: int
    output: str
    artifacts: Path

    def succeeded(self) -> Job:
        """Itself, if nothing failed."""
        assert self.status == 0, self.output
        return self

    def events(self) -> list[dict[str, Any]]:
        """All events, in their order."""
        files = self.artifacts.glob("job_events/[0-9]*.json")
        return sorted((json.loads(file.read_text()) for file in files), key=lambda event: event["counter"])

    def result(self, task: str) -> dict[str, Any]:
        """What the event of a task's end holds of its result."""
        (result,) = [
            event["event_data"]["res"]
            for event in self.events()
            if event["event"] in ("runner_on_ok", "runner_on_failed") and event["event_data"]["task"] == task
        ]
        return result

    def changes(self) -> int:
        """How many tasks changed something, by the recap."""
        return sum(self._recap()["changed"].values())

    def stats(self) -> dict[str, Any]:
        """What the playbook has set for the next job."""
        return self._recap()["artifact_data"]

    def _recap(self) -> dict[str, Any]:
        return self.events()[-1]["event_data"]


def run(
    folder: Path,
    project: Path,
    playbook: str,
    answers: Mapping[str, str],
    credential: Mapping[str, str],
    environment: Mapping[str, str],
    *arguments: str,
) -> Job:
    """Run a playbook of a project, with answers to its survey, in a new folder."""
    for name, content in {
        "inventory/hosts.json": INVENTORY,
        "env/extravars": answers,
        "env/envvars": credential,
        "env/cmdline": " ".join(arguments),
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content if isinstance(content, str) else json.dumps(content))
    done = subprocess.run(
        [sys.executable, BIN / "ansible-runner", "run", folder]
        + ["--project-dir", project, "-p", playbook, "-i", "job"],
        env={**environment, "PATH": f"{BIN}{os.pathsep}{environment['PATH']}"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=600,
        check=False,
    )
    return Job(done.returncode, done.stdout, folder / "artifacts" / "job")
