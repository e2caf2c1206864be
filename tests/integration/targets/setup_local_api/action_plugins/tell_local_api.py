# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tells local_api something over its control path."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    """ansible.builtin.uri starts a Python for each word, which takes ten times as long."""

    _requires_connection = False
    _VALID_ARGS = frozenset(("url", "body", "method"))

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """Send the `body` to the `url`, and return what was answered as `json`."""
        super().run(tmp, task_vars)
        request = Request(
            self._task.args["url"],
            json.dumps(self._task.args.get("body", {})).encode(),
            {"Content-Type": "application/json"},
            method=self._task.args.get("method", "POST"),
        )
        with build_opener(ProxyHandler({})).open(request) as answer:
            return {"changed": True, "json": json.load(answer)}
