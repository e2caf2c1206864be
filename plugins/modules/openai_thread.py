#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.aiops.openai.plugins.module_utils.objects import thread
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = StateModule(
    resource=thread.RESOURCE,
    id_option="thread_id",
    fields=thread.OPTIONS,
    constraints={"required_if": [("state", "absent", ("thread_id",))]},
)


def main():
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
