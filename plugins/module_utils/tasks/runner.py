# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs a module's declaration, and turns whatever ends it into Ansible's own results."""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any, NoReturn

from ansible.module_utils.basic import AnsibleModule, missing_required_lib
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ..api.client import Client
from ..api.errors import OpenAIError, result_of
from ..api.libraries import MISSING, MissingLibrary
from ..api.secrets import without
from ..api.sendable import one_line
from ..api.session import Session
from ..engine.listings import Listings
from .arguments import as_shown, check_values, secrets, settings, warnings_about
from .declaration import Declaration

ISSUES = "https://github.com/aiops-collections/aiops.openai/issues"


class Module(AnsibleModule):
    """An AnsibleModule that hides what this collection takes for a secret, and nothing else.

    ansible-core masks each occurrence of each value of a `no_log` option, down to a single sign.
    """

    _secrets: set[str] | None = None

    @property
    def no_log_values(self) -> set[str]:
        """The secrets of the options, as they are by now."""
        return set(secrets(self.params)) if self._secrets is None else self._secrets

    @no_log_values.setter
    def no_log_values(self, values: set[str]) -> None:
        pass

    def _log_invocation(self) -> None:
        """Logs of the options what a result tells of them: ansible-core finds a password only where a URL has it."""
        params, self.params = self.params, as_shown(self.params)
        super()._log_invocation()
        self.params = params

    def exit_json(self, **result: Any) -> NoReturn:
        """Ends the module; what it says of its own options is hidden by their names."""
        self._secrets, self.params = self.no_log_values, as_shown(self.params)
        super().exit_json(**result)

    def fail_json(self, msg: str, **result: Any) -> NoReturn:
        """The same for a failure."""
        self._secrets, self.params = self.no_log_values, as_shown(self.params)
        super().fail_json(msg, **result)


def run_module(declaration: Declaration) -> None:
    """The whole of a module's `main()`: validates the task, does it, and exits."""
    module = _module(declaration)
    for message in declaration.deprecations(module.params):
        module.deprecate(message, version="2.0.0", collection_name="aiops.openai")
    result = execute(declaration, module.params, check_mode=module.check_mode)
    for message in result.pop("warnings", ()):
        module.warn(message)
    if result.get("failed"):
        module.fail_json(**result)
    if not module._diff:  # AnsibleModule has no public name for it
        result.pop("diff", None)
    module.exit_json(**result)


def _module(declaration: Declaration) -> AnsibleModule:
    spec = declaration.argument_spec()
    try:
        return Module(spec, supports_check_mode=True, **declaration.constraints)
    except (AttributeError, OverflowError, TypeError, ValueError) as error:
        bare = Module({name: {**one, "type": "raw"} for name, one in _unchecked(spec).items()})
        bare.fail_json(not_validated(declaration, bare.params, error))


def _unchecked(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {name: {key: one[key] for key in ("no_log", "fallback") if key in one} for name, one in spec.items()}


def not_validated(declaration: Declaration, given: Mapping[str, Any], error: Exception) -> str:
    """What to say where ansible-core's own validation breaks down on a value that is far from its option's type."""
    for name, spec in declaration.argument_spec().items():
        try:
            ArgumentSpecValidator({name: {**spec, "required": False}}).validate({name: given.get(name)})
        except (AttributeError, OverflowError, TypeError, ValueError):
            return f"Invalid value for {name}: it is of another type than the option's, or a number beyond all bounds"
    return f"The options cannot be read: {type(error).__name__}"


def execute(
    declaration: Declaration,
    params: Mapping[str, Any],
    *,
    check_mode: bool,
    session: Session | None = None,
    tell: Callable[[str], None] = lambda message: None,
    listings: Listings | None = None,
) -> dict[str, Any]:
    """The result of a task whose options are already validated; a failure is a result with `failed`.

    No secret of the options is in it. `session` is for callers that keep the connection for further tasks, `listings`
    for the items of a loop, `tell` for callers that can show progress.
    """
    for library, attempt in MISSING.items():
        return {"failed": True, "msg": missing_required_lib(library), "exception": attempt}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a library's: in a worker process, Ansible takes them for a fault
        result = _result(declaration, params, listings, check_mode=check_mode, session=session, tell=tell)
    said = [*result.pop("warnings", []), *warnings_about(params)]
    return without(secrets(params), {**result, **({"warnings": said} if said else {})})


def _result(
    declaration: Declaration, params: Mapping[str, Any], listings: Listings | None, **how: Any
) -> dict[str, Any]:
    try:
        check_values(params)
        return declaration.perform(Client(settings(params), **how), params, listings)
    except MissingLibrary as error:
        return {"failed": True, "msg": missing_required_lib(error.library), "exception": error.attempt}
    except OpenAIError as error:
        return failure(error)
    except Exception as error:
        return fault(error)


def failure(error: OpenAIError) -> dict[str, Any]:
    """What a task fails with: one sentence, the facts, and what exists already."""
    facts = {name: value for name, value in error.details.items() if value is not None}
    return {**error.result, "failed": True, "msg": one_line(str(error)), "error": facts}


def fault(error: Exception) -> dict[str, Any]:
    """What a task fails with where this collection is at fault: the place, no value, and what exists already."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__} at {PurePath(at.filename).name}:{at.lineno}"
    said = f"This is a fault of the collection aiops.openai, please report it at {ISSUES}: {place}"
    return {**result_of(error), "failed": True, "msg": said, "error": {}, "exception": traceback.format_exc()}
