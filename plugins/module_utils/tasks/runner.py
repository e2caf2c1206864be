# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a module's declaration, and turns whatever ends it into Ansible's own results."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.module_utils.basic import AnsibleModule, missing_required_lib

from ..api.client import Client
from ..api.errors import OpenAIError
from ..api.libraries import MISSING, requests
from ..api.sendable import one_line
from .arguments import check_values, secrets, settings
from .declaration import Declaration


def run_module(declaration: Declaration) -> None:
    """The whole of a module's `main()`: validates the task, does it, and exits."""
    module = AnsibleModule(declaration.argument_spec(), supports_check_mode=True, **declaration.constraints)
    module.no_log_values.update(secrets(module.params))
    for message in declaration.deprecations(module.params):
        module.deprecate(message, version="2.0.0", collection_name="aiops.openai")
    result = execute(declaration, module.params, check_mode=module.check_mode)
    if result.get("failed"):
        module.fail_json(**result)
    if not module._diff:  # AnsibleModule has no public name for it
        result.pop("diff", None)
    module.exit_json(**result)


def execute(
    declaration: Declaration,
    params: Mapping[str, Any],
    *,
    check_mode: bool,
    session: requests.Session | None = None,
    tell: Callable[[str], None] = lambda message: None,
) -> dict[str, Any]:
    """The result of a task whose options are already validated; a failure is a result with `failed`.

    `session` is for callers that keep the connection for further tasks, `tell` for those that can show progress.
    """
    for library, traceback in MISSING.items():
        return {"failed": True, "msg": missing_required_lib(library), "exception": traceback}
    try:
        check_values(params)
        client = Client(settings(params), check_mode=check_mode, session=session, tell=tell)
        return declaration.perform(client, params)
    except OpenAIError as error:
        return failure(error)


def failure(error: OpenAIError) -> dict[str, Any]:
    """What a task fails with: one sentence, the facts, and what exists already."""
    facts = {name: value for name, value in error.details.items() if value is not None}
    return {**error.result, "failed": True, "msg": one_line(str(error)), "error": facts}
