#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.aiops.openai.plugins.module_utils.objects import assistant
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = StateModule(
    resource=assistant.RESOURCE,
    id_option="assistant_id",
    fields=assistant.OPTIONS,
    constraints={"required_one_of": [("assistant_id", "name")]},
)


def main():
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
