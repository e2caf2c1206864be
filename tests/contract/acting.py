# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays tasks by the collection's own action plugins, as a worker process does, but without a playbook."""

from __future__ import annotations

import importlib
from typing import Any

from ansible.parsing.dataloader import DataLoader
from ansible.playbook.play_context import PlayContext
from ansible.playbook.task import Task
from ansible.plugins.connection.local import Connection
from ansible.template import Templar

ACTIONS = "ansible_collections.aiops.openai.plugins.action"
Json = dict[str, Any]


class Actions:
    """Tasks of this collection, with these connection options."""

    def __init__(self, **connection: Any) -> None:
        self.connection = connection
        self.loader, self.context = DataLoader(), PlayContext()
        self.local = Connection(self.context, None)

    def play(self, module: str, arguments: Json, *, check: bool = False) -> Json:
        """The task's result."""
        task = Task()
        task.action, task.args = f"aiops.openai.{module}", {**self.connection, **arguments}
        task.check_mode, task.diff = check, True
        action = importlib.import_module(f"{ACTIONS}.{module}").ActionModule(
            task=task,
            connection=self.local,
            play_context=self.context,
            loader=self.loader,
            templar=Templar(loader=self.loader),
            shared_loader_obj=None,
        )
        result = action.run(task_vars={})
        result.pop("invocation", None)  # what was given
        return result
