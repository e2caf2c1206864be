#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.aiops.openai.plugins.module_utils.objects import run
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = StateModule(
    resource=run.RESOURCE,
    id_option="run_id",
    parents={"thread_id": "existing_thread_id"},
    parent_options={"existing_thread_id": {"type": "str", "aliases": ["thread_id"]}},
    fields=run.OPTIONS,
    behaviour=run.BEHAVIOUR,
    constraints={
        "required_one_of": [("thread", "existing_thread_id")],
        "required_by": {"run_id": ("existing_thread_id",), "run_key": ("existing_thread_id",)},
        "required_if": [("state", "absent", ("run_id", "run_key"), True)],
        "mutually_exclusive": [
            ("thread", "existing_thread_id"),
            ("run_id", "run_key"),
            ("thread", "additional_messages"),
            ("thread", "additional_instructions"),
            ("thread", "reasoning_effort"),
            ("existing_thread_id", "tool_resources"),
        ],
    },
)


def main():
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
