# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Runs any module of this collection in the worker process, where that gives the same result; else hands it over.

An ordinary module is packed, and a Python is started for it that imports everything anew. Here all of that is done:
Ansible imports an action plugin in its main process, before it forks a worker for each task and host.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

from ansible import constants as C
from ansible.errors import AnsibleActionFail, AnsibleError
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.errors import UnsupportedError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ansible_collections.aiops.openai.plugins.module_utils.api.libraries import MISSING
from ansible_collections.aiops.openai.plugins.module_utils.api.secrets import hide
from ansible_collections.aiops.openai.plugins.module_utils.api.sendable import one_line
from ansible_collections.aiops.openai.plugins.module_utils.api.session import Session
from ansible_collections.aiops.openai.plugins.module_utils.engine.listings import Listings
from ansible_collections.aiops.openai.plugins.module_utils.tasks.arguments import CONNECTION, as_shown, secrets
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import Declaration
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import execute, not_validated

SWITCH = "aiops_openai_in_process"
LISTS_SWITCH = "aiops_openai_lists_once"

display = Display()


class InProcess(ActionBase):
    """The action of all modules: each file in `plugins/action` gives it a declaration."""

    declaration: Declaration
    _supports_check_mode = True
    _supports_async = True

    def __init_subclass__(cls) -> None:
        """Builds the declaration's models while Ansible imports the action: the workers inherit them."""
        super().__init_subclass__()
        if not MISSING:
            cls.declaration.build_models()

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        """The task's result, the same on both ways."""
        result = super().run(tmp, task_vars)
        del tmp
        try:
            with self._sources():
                return {**result, **self._done(task_vars or {})}
        except AnsibleActionFail as wrong:
            return {**result, "failed": True, "msg": str(wrong)}

    def _done(self, task_vars: dict[str, Any]) -> dict[str, Any]:
        """What came of the task, whichever way it was done."""
        if not self._same_in_process(task_vars):
            self._hand_sources_over()
            wrap_async = bool(self._task.async_val) and not self._connection.has_native_async
            return self._execute_module(module_name=self._module(), task_vars=task_vars, wrap_async=wrap_async)
        with self._task_environment():
            done = self._in_process(task_vars)
        if not _tells_invocation(task_vars):
            del done["invocation"]
        return done

    @contextlib.contextmanager
    def _sources(self) -> Iterator[None]:
        """Finds the controller's files that the task names, and decrypts them for as long as it takes."""
        named = {option: self._task.args.get(option) for option in self.declaration.sources}
        wanted = {option: str(path) for option, path in named.items() if path and "://" not in str(path)}
        if not wanted or self._task.args.get("state") == "absent":
            yield
            return
        given, decrypted = self._task.args, []
        self._task.args = dict(given)
        try:
            for option, path in wanted.items():
                found, content = self._found(option, path)
                if os.path.isfile(found):
                    decrypted.append(content)
                    self._task.args.setdefault("filename", os.path.basename(found))
                self._task.args[option] = decrypted[-1] if os.path.isfile(found) else found
            yield
        finally:
            self._task.args = given
            if not self._task.async_val:
                for path in decrypted:
                    self._loader.cleanup_tmp_file(path)

    def _found(self, option: str, path: str) -> tuple[str, str]:
        """Where a file is, and where its content can be read. Raises AnsibleActionFail where there is none."""
        try:
            found = self._find_needle("files", path)
            return found, self._loader.get_real_file(found) if os.path.isfile(found) else found
        except (AnsibleError, ValueError) as wrong:
            raise AnsibleActionFail(f"Invalid value for {option}: {one_line(str(wrong))}") from wrong

    def _hand_sources_over(self) -> None:
        """Puts the controller's files where a module of another machine or user can read them."""
        if self._connection.transport in ("local", "ansible.builtin.local") and not self._connection.become:
            return
        for option in self.declaration.sources:
            path = str(self._task.args.get(option) or "")
            if os.path.isfile(path):
                if self._connection._shell.tmpdir is None:
                    self._make_tmp_path()
                there = self._connection._shell.join_path(self._connection._shell.tmpdir, "source")
                self._transfer_file(path, there)
                self._fixup_perms2((self._connection._shell.tmpdir, there))
                self._task.args[option] = there

    def _module(self) -> str:
        """The module's full name: a play with `collections` may have it without the collection's."""
        return f"aiops.openai.{self._task.action.rpartition('.')[2]}"

    def _same_in_process(self, task_vars: Mapping[str, Any]) -> bool:
        """Whether this process is where the module would run, as the same user, and with what it needs."""
        return (
            self._connection.transport in ("local", "ansible.builtin.local")
            and not self._connection.become
            and not self._task.async_val
            and not MISSING
            and self._is_on(SWITCH, task_vars)
        )

    def _is_on(self, switch: str, task_vars: Mapping[str, Any]) -> bool:
        """Whether a variable that switches something off has not done so."""
        return boolean(self._templar.template(task_vars.get(switch, True)))

    def _in_process(self, task_vars: Mapping[str, Any]) -> dict[str, Any]:
        """What AnsibleModule would do with the task's arguments, and the module with its parameters."""
        declaration, given = self.declaration, plain(self._task.args)
        validator = ArgumentSpecValidator(declaration.argument_spec(), **declaration.constraints)
        try:
            validated = validator.validate(given)
        except (AttributeError, OverflowError, TypeError, ValueError) as error:
            return _told(_refused(not_validated(declaration, given, error), given), given)
        params = validated.validated_parameters
        if validated.error_messages:
            return _told(_refused(self._refusal(validated), params), params)
        for message in declaration.deprecations(params):
            display.deprecated(message, version="2.0.0", collection_name="aiops.openai")
        connection = repr([params.get(name) for name in CONNECTION])  # no JSON: what cannot be sent is refused later
        result = execute(
            declaration,
            params,
            check_mode=self._task.check_mode,
            session=_kept_session(connection),
            tell=display.v,
            listings=self._kept_listings(connection, task_vars),
        )
        if not self._task.diff:
            result.pop("diff", None)
        if declaration.holds_secret(result):
            result["_ansible_no_log"] = True  # hides the display, and leaves the registered variable whole
        return _told(result, params)

    def _kept_listings(self, connection: str, task_vars: Mapping[str, Any]) -> Listings | None:
        """The lists of earlier items of this loop on this connection. What is tried until it succeeds is asked anew."""
        if self._task.loop is None or self._task.until or not self._is_on(LISTS_SWITCH, task_vars):
            return None
        for other in [key for key in _listings if key[0] != self._task._uuid]:
            del _listings[other]
        return _listings.setdefault((self._task._uuid, connection), Listings())

    def _refusal(self, validated: Any) -> str:
        """The first thing that is wrong with the arguments, in AnsibleModule's words."""
        message = validated.errors.msg
        if isinstance(validated.errors[0], UnsupportedError):
            return f"Unsupported parameters for ({self._module()}) module: {message}"
        return message

    @contextlib.contextmanager
    def _task_environment(self) -> Iterator[None]:
        """Makes the task's `environment` this process's own, as the module would see it."""
        environment: dict[str, Any] = {}
        self._compute_environment_string(environment)
        if not environment:
            yield
            return
        before = dict(os.environ)
        os.environ.update({name: str(value) for name, value in environment.items()})
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)


def _refused(message: str, params: Mapping[str, Any]) -> dict[str, Any]:
    return {"failed": True, "msg": hide(message, secrets(params))}


def _told(result: dict[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    """The result as AnsibleModule gives it out."""
    return {"changed": False, **result, "invocation": {"module_args": as_shown(params)}}


def _tells_invocation(task_vars: Mapping[str, Any]) -> bool:
    """Whether results are to hold the arguments: since ansible-core 2.21 only if it is told so."""
    try:
        return C.config.get_config_value("INJECT_INVOCATION", variables=task_vars)
    except AnsibleError:
        return True  # an older one does not know the setting


MOST_SESSIONS = 8
_sessions: dict[str, Session] = {}


def _kept_session(connection: str) -> Session:
    """The HTTP session of earlier items of a loop, if all of the connection is the same. The last few are kept."""
    _sessions[connection] = _sessions.pop(connection) if connection in _sessions else Session()
    while len(_sessions) > MOST_SESSIONS:
        _sessions.pop(next(iter(_sessions))).close()
    return _sessions[connection]


_listings: dict[tuple[str, str], Listings] = {}


def plain(value: Any) -> Any:
    """Task arguments as a module receives them: JSON's own types, without Ansible's marks on them."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return {_key(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(part) for part in value]
    for base in (int, float):
        if isinstance(value, base):
            return base(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return str(value)


def _key(key: Any) -> str:
    """A mapping's key as JSON spells it: YAML makes a truth value of `on`, and none of `null`."""
    if key is None or isinstance(key, (bool, int, float)):
        return json.dumps(key)
    return str(key)
