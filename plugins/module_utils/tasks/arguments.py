# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options that modules share, and how options become what the engine takes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from ansible.module_utils.common.parameters import env_fallback

from .. import ledgers
from ..api.errors import InvalidTask
from ..api.secrets import MASKED_WHOLE, SHORTEST, secrets_of, without
from ..api.sendable import check_sendable
from ..api.settings import DEFAULT_BASE_URL, Settings, is_usable
from ..engine.ledger import DryRun, Ledger, LedgerError, NoLedger


def _from_environment(variable: str, **spec: Any) -> dict[str, Any]:
    return {"fallback": (env_fallback, [variable]), **spec}


CONNECTION: dict[str, Any] = {
    "api_key": _from_environment("OPENAI_API_KEY", type="str", no_log=True),
    "base_url": _from_environment("OPENAI_BASE_URL", type="str", default=DEFAULT_BASE_URL),
    "organization": _from_environment("OPENAI_ORG_ID", type="str"),
    "project": _from_environment("OPENAI_PROJECT_ID", type="str"),
    "api_version": _from_environment("OPENAI_API_VERSION", type="str"),
    "auth_scheme": _from_environment("OPENAI_AUTH_SCHEME", type="str", choices=["bearer", "api_key"], default="bearer"),
    "extra_headers": {"type": "dict", "no_log": True},
    "timeout": {"type": "float", "default": 60},
    "max_retries": {"type": "int", "default": 5},
    "retry_max_delay": {"type": "float", "default": 60},
    "validate_certs": {"type": "bool", "default": True},
    "ca_path": {"type": "path"},
    "ledger": _from_environment("AIOPS_OPENAI_LEDGER", type="str", default=ledgers.DEFAULT),
}
"""How the server is reached, and what is known of it (documentation fragment `auth`)."""

STATE: dict[str, Any] = {
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "extra_body": {"type": "dict"},
}

LISTING: dict[str, Any] = {
    "before": {"type": "str"},
    "after": {"type": "str"},
    "order": {"type": "str", "choices": ["asc", "desc"]},
    "max_items": {"type": "int", "default": 1000},
    "find_one": {"type": "bool", "default": False},
}
"""What every list takes (documentation fragment `listing`)."""


def secrets(params: Mapping[str, Any]) -> tuple[str, ...]:
    """What must not be shown of a task's options, whatever they hold: they need not be valid."""
    given = params.get("extra_headers")
    headers = given if isinstance(given, Mapping) else {"": given}
    texts = {str(name): _text(value) for name, value in headers.items()}
    passwords = {f"ledger {each}": each for each in ledgers.passwords(_text(params.get("ledger")))}
    return secrets_of(_text(params.get("api_key")), {**texts, **passwords}, _text(params.get("base_url")))


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def warnings_about(params: Mapping[str, Any]) -> list[str]:
    """What a user should know of options that are valid."""
    if 0 < len(_text(params.get("api_key"))) < SHORTEST:
        return [
            f"api_key has fewer than {SHORTEST} characters: so short a text is taken for no secret, and is not hidden "
            "where a result holds it"
        ]
    return []


def as_shown(params: Mapping[str, Any]) -> dict[str, Any]:
    """The options as a result may tell of them: the credentials by their place, whatever their length."""
    hidden = dict(params)
    if hidden.get("api_key") is not None:
        hidden["api_key"] = MASKED_WHOLE
    given = hidden.get("extra_headers")
    if given is not None:
        hidden["extra_headers"] = dict.fromkeys(given, MASKED_WHOLE) if isinstance(given, Mapping) else MASKED_WHOLE
    if hidden.get("base_url") is not None and not is_usable(_text(hidden["base_url"])):
        hidden["base_url"] = MASKED_WHOLE  # it may hold one, in the wrong place
    return without(secrets(params), hidden)


def ledger(params: Mapping[str, Any], *, check_mode: bool, needed: bool) -> Ledger:
    """The ledger that the task chooses. Raises OpenAIError where it cannot be used.

    One that is not `needed` may be none, unless the task has chosen it. In check mode it is only read.
    """
    where = params.get("ledger") or ledgers.DEFAULT
    try:
        opened = ledgers.opened(where, read_only=check_mode, timeout=params["timeout"])
    except LedgerError:
        if needed or where != ledgers.DEFAULT:
            raise
        return NoLedger()
    return DryRun(opened) if check_mode else opened


def forgets(params: Mapping[str, Any]) -> bool:
    """Whether the ledger is a file in a container of AWX, which goes away with the job."""
    return "AWX_HOST" in os.environ and (params.get("ledger") or ledgers.DEFAULT) == ledgers.DEFAULT


def check_values(params: Mapping[str, Any]) -> None:
    """Raises InvalidTask naming the first option whose value no request can carry."""
    try:
        for option, value in params.items():
            check_sendable(value, option)
    except ValueError as error:
        raise InvalidTask(f"Invalid value for {error}") from error


def settings(params: Mapping[str, Any]) -> Settings:
    """The connection that the task's options describe. Raises InvalidTask where they cannot be used."""
    names = (each.name for each in fields(Settings))
    chosen = {name: params[name] for name in names if params.get(name) is not None}
    headers = {str(name): _header(name, value) for name, value in chosen.pop("extra_headers", {}).items()}
    return Settings(**{"api_key": "", **chosen, "extra_headers": headers})


def _header(name: str, value: Any) -> str:
    if value is None or isinstance(value, (list, dict)):
        raise InvalidTask(f"extra_headers: the value of {name} is no text")
    return str(value)


def declared(params: Mapping[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    """The values of `options` (an argument spec) that the task gives; null counts as left out, at every depth.

    A mapping of free keys is taken as it stands: null means something in a JSON Schema.
    """
    return {name: _declared_value(params[name], spec) for name, spec in options.items() if params.get(name) is not None}


def _declared_value(value: Any, spec: Mapping[str, Any]) -> Any:
    if "options" not in spec:
        return value
    if isinstance(value, list):
        return [declared(one, spec["options"]) for one in value]
    return declared(value, spec["options"])


def with_extra_body(body: dict[str, Any], params: Mapping[str, Any]) -> dict[str, Any]:
    """The body with the task's `extra_body` in it. Raises InvalidTask on a field that an option has set already."""
    extra = params.get("extra_body") or {}
    twice = sorted(set(extra) & set(body))
    if twice:
        raise InvalidTask(f"extra_body sets {', '.join(twice)}, and so does the option of that name: give it once")
    return {**body, **extra}
