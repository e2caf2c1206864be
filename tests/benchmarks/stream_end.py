# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Prints for each of some runs the seconds from its end on the server to the task's result.

python stream_end.py URL COUNT. The task is played without a playbook: ansible-core's argument validation, then the
module's declaration.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import requests
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

sys.path.append(str(Path(__file__).resolve().parents[2] / ".build" / "live"))  # this checkout, as the Makefile links it

from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import execute
from ansible_collections.aiops.openai.plugins.modules.openai_thread_run import DECLARATION


def seconds_to_know(url: str, session: requests.Session) -> float:
    """One run, streamed. The result also holds the messages of the run, so its list is read within this time."""
    given = {
        "base_url": url,
        "api_key": "sk-test-0123456789",
        "thread_id": "thread_1",
        "assistant_id": "asst_1",
        "stream": True,
    }
    validated = ArgumentSpecValidator(DECLARATION.argument_spec(), **DECLARATION.constraints).validate(given)
    result = execute(DECLARATION, validated.validated_parameters, check_mode=False, session=session)
    known_at = time.monotonic()
    assert result.get("run", {}).get("status") == "completed", result
    return known_at - float(result["run"]["metadata"]["told_at"])


def main(url: str, count: int) -> None:
    """Plays as many runs as told."""
    with requests.Session() as session:
        for _run in range(count):
            print(seconds_to_know(url, session))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
