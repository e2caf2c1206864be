# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How one server is reached, and with which credentials."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from .errors import InvalidTask

DEFAULT_BASE_URL = "https://api.openai.com/v1"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The connection options, by the names of the modules' options; times are in seconds.

    Raises InvalidTask where they cannot be used, before anything is sent.
    """

    api_key: str = field(repr=False)
    base_url: str = DEFAULT_BASE_URL
    organization: str | None = None
    project: str | None = None
    api_version: str | None = None
    auth_scheme: str = "bearer"
    extra_headers: dict[str, str] = field(default_factory=dict, repr=False)
    timeout: float = 60
    max_retries: int = 5
    retry_max_delay: float = 60
    validate_certs: bool = True
    ca_path: str | None = None

    def __post_init__(self) -> None:
        if not self.api_key:
            raise InvalidTask("api_key is missing: set the option or the environment variable OPENAI_API_KEY")
        if not _fits_a_header(self.api_key):
            raise InvalidTask("api_key holds characters that no HTTP header can carry (a line break, perhaps)")
        _check_base_url(self.base_url)
        for option in ("timeout", "retry_max_delay", "max_retries"):
            if getattr(self, option) < 0 or (option == "timeout" and not self.timeout):
                raise InvalidTask(f"{option} is {getattr(self, option)}: it must be positive")

    def url(self, path: str) -> str:
        """The full address of an API path such as `/assistants`."""
        return self.base_url.rstrip("/") + path

    def headers(self) -> dict[str, str]:
        """The headers that every request carries, credentials included."""
        azure_style = self.auth_scheme == "api_key"
        credentials = {"api-key": self.api_key} if azure_style else {"Authorization": f"Bearer {self.api_key}"}
        named = {"OpenAI-Organization": self.organization, "OpenAI-Project": self.project}
        chosen = {name: value for name, value in named.items() if value}
        return {"Accept": "application/json", **credentials, **chosen, **self.extra_headers}

    def query(self) -> dict[str, Any]:
        """The query parameters that every request carries."""
        return {"api-version": self.api_version} if self.api_version else {}

    def hide(self, text: str) -> str:
        """`text` without the credentials, for a server that echoes them in its errors."""
        for secret in (self.api_key, *self.extra_headers.values()):
            if len(str(secret)) >= 4:
                text = text.replace(str(secret), "********")
        return text


def _fits_a_header(value: str) -> bool:
    return value.isprintable() and value.isascii() and value == value.strip()


def _check_base_url(base_url: str) -> None:
    try:
        parts = urlsplit(base_url)
        parts.port  # noqa: B018 - reading it checks it
    except ValueError as error:
        raise InvalidTask(f"base_url is not a URL: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidTask(f"base_url must look like {DEFAULT_BASE_URL}, with http or https and a host")
    if parts.username or parts.password:
        raise InvalidTask("base_url must not hold a user name or password: use api_key, or extra_headers")
    if parts.query or parts.fragment:
        raise InvalidTask("base_url must end with a path: give the api-version query parameter as api_version")
    if parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise InvalidTask(f"base_url sends the key to {parts.hostname} in clear text: use https (http is for loopback)")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
