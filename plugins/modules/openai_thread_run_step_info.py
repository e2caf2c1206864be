#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.aiops.openai.plugins.module_utils.objects import run_step
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import InfoModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = InfoModule(
    resource=run_step.RESOURCE,
    id_option="step_id",
    parents={"thread_id": "thread_id", "run_id": "run_id"},
    parent_options={"thread_id": {"type": "str", "required": True}, "run_id": {"type": "str", "required": True}},
    includes={"include": run_step.INCLUDE_OPTION},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
