# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes the result of each task of this collection to a file, as a line of JSON."""

from __future__ import annotations

import json
import time
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: results
type: aggregate
short_description: Writes the results of this collection's tasks to a file
description: One line of JSON for each host and task; the items of a loop are in its C(results).
options:
  path:
    description: The file, which is added to.
    type: str
    required: true
    env:
      - name: AIOPS_OPENAI_RESULTS
    ini:
      - section: callback_results
        key: path
"""


class CallbackModule(CallbackBase):
    """Sees what every callback plugin sees: results without what is hidden from the display."""

    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "results"
    CALLBACK_NEEDS_ENABLED = False  # ansible-test says itself which ones are enabled; it is enough to be found

    def v2_runner_on_ok(self, result: Any) -> None:
        self._write("ok", result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        self._write("failed", result)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._write("skipped", result)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._write("unreachable", result)

    def _write(self, ending: str, result: Any) -> None:
        task = result._task
        if not str(task.resolved_action or task.action).startswith("aiops.openai."):
            return
        line = {
            "path": task.get_path(),
            "task": task.get_name(),
            "host": result._host.get_name(),
            "ending": ending,
            "at": time.time(),
            "result": result._result,
        }
        with open(self.get_option("path"), "a", encoding="utf-8") as file:
            file.write(json.dumps(line, default=str, sort_keys=True) + "\n")
