# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plays tasks without a playbook: ansible-core's argument validation, then the module's declaration."""

from __future__ import annotations

import importlib
import json
from typing import Any
from urllib.parse import urlsplit

import requests
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from local_server import LocalApi
from specification import (
    SPECIFICATION,
    names_what_to_drop,
    validate_answer,
    validate_request,
)

from ansible_collections.aiops.openai.plugins.module_utils.api.session import Session
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import execute

MODULES = "ansible_collections.aiops.openai.plugins.modules"
Json = dict[str, Any]


class Tasks:
    """Tasks against one server. Each request and each answer is held against the specification on its way.

    `faulty` says that the server was told to answer otherwise.
    """

    def __init__(self, server: LocalApi, *, faulty: bool = False) -> None:
        self.server = server
        self.session = Session()
        self.against: list[Exception] = []
        """What was not as the specification says; a task takes no exception for anything but a fault of its own."""

        if not faulty and SPECIFICATION.exists():
            self.session.hooks["response"].append(self._note)

    def play(self, module: str, *, check: bool = False, **arguments: Any) -> Json:
        """The task's result."""
        declaration = importlib.import_module(f"{MODULES}.openai_{module}").DECLARATION
        given = {"base_url": self.server.url, "api_key": "sk-test", "max_retries": 0, **arguments}
        validator = ArgumentSpecValidator(declaration.argument_spec(), **declaration.constraints)
        validated = validator.validate(given)
        if validated.error_messages:
            return {"failed": True, "msg": validated.errors.msg}
        result = execute(declaration, validated.validated_parameters, check_mode=check, session=self.session)
        if self.against:
            raise self.against.pop()
        return result

    def ok(self, module: str, **arguments: Any) -> Json:
        """The result of a task that must not fail."""
        result = self.play(module, **arguments)
        assert not result.get("failed"), result
        return result

    def failed(self, module: str, **arguments: Any) -> Json:
        """The result of a task that must fail."""
        result = self.play(module, **arguments)
        assert result.get("failed"), result
        return result

    def asked(self) -> list[str]:
        """Method and path of each request since the last call."""
        seen = [f"{method} {path}" for method, path in self.server.requests()]
        self.server.control("DELETE", "/requests")
        return seen

    def _note(self, response: requests.Response, **_how: Any) -> None:
        try:
            self._hold_against_specification(response)
        except Exception as error:
            self.against.append(error)

    def _hold_against_specification(self, response: requests.Response) -> None:
        request = response.request
        asked, base = urlsplit(request.url or ""), urlsplit(self.server.url)  # one server may go by two names
        path = asked._replace(scheme="", netloc="", path=asked.path.removeprefix(base.path)).geturl()
        if "event-stream" not in response.headers.get("content-type", ""):
            validate_answer(request.method or "", path, response.status_code, response.json())
        body = (
            json.loads(request.body) if isinstance(request.body, (bytes, str)) else None
        )  # no form: that is sent by now
        if body is not None and not names_what_to_drop(body):
            validate_request(request.method or "", path, body)
