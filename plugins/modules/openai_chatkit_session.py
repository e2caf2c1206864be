#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.aiops.openai.plugins.module_utils.objects import chatkit
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = StateModule(
    resource=chatkit.SESSION,
    id_option="session_id",
    fields=chatkit.SESSION_OPTIONS,
    constraints={"required_if": [("state", "absent", ("session_id",)), ("state", "present", ("workflow", "user"))]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
