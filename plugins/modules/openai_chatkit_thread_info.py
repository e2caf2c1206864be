#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.aiops.openai.plugins.module_utils.objects import chatkit
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import InfoModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = InfoModule(
    resource=chatkit.THREAD,
    id_option="thread_id",
    filters={"user": {"type": "str"}},
    behaviour={"include_items": {"type": "bool", "default": False}},
    enrich=chatkit.with_items,
    constraints={"mutually_exclusive": [("thread_id", "user")]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
