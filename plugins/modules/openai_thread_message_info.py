#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.aiops.openai.plugins.module_utils.objects import message
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import InfoModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = InfoModule(
    resource=message.RESOURCE,
    id_option="message_id",
    parents={"thread_id": "thread_id"},
    parent_options={"thread_id": {"type": "str", "required": True}},
    filters={"run_id": {"type": "str"}},
    constraints={"mutually_exclusive": [("message_id", "run_id")]},
)


def main():
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
