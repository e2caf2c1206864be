# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How one server is reached, and with which credentials."""

from __future__ import annotations

import ipaddress
import os
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import SplitResult, urlsplit

from .errors import InvalidTask
from .libraries import MISSING, requests
from .secrets import hide, secrets_of

DEFAULT_BASE_URL = "https://api.openai.com/v1"
HIGHEST = {"timeout": 86400, "retry_max_delay": 86400, "max_retries": 1000}
HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
CLIENTS_OWN_HEADERS = ("content-length", "transfer-encoding")
"""Headers that say where a request ends."""


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
        for option in ("api_key", "organization", "project"):
            _check_header(option, getattr(self, option) or "")
        for name, value in self.extra_headers.items():
            _check_extra_header(name, value)
        _check_base_url(self.base_url)
        if self.ca_path and self.validate_certs and not os.path.exists(self.ca_path):
            raise InvalidTask("ca_path names no file or folder that there is where the module runs")
        for option, highest in HIGHEST.items():
            self._check_range(option, highest)

    def _check_range(self, option: str, highest: int) -> None:
        value = getattr(self, option)
        if value < 0 or (option == "timeout" and not value):
            raise InvalidTask(f"{option} is {value}: it must be positive")
        if value > highest:
            raise InvalidTask(f"{option} is {value}: it must be at most {highest}")

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

    @cached_property
    def secrets(self) -> tuple[str, ...]:
        """What must not be shown of it."""
        return secrets_of(self.api_key, self.extra_headers, self.base_url)

    def hide(self, text: str) -> str:
        """`text` without the secrets: a server may repeat them."""
        return hide(text, self.secrets)


def _check_header(option: str, value: str) -> None:
    if not (value.isprintable() and value.isascii() and value == value.strip()):
        raise InvalidTask(f"{option} holds characters that no HTTP header can carry (a line break, perhaps)")


def _check_extra_header(name: str, value: str) -> None:
    if not HEADER_NAME.fullmatch(name):
        raise InvalidTask("extra_headers holds a name that no HTTP header can have")
    if name.lower() in CLIENTS_OWN_HEADERS:
        raise InvalidTask(f"extra_headers holds {name}, which the client itself sets")
    _check_header(f"extra_headers: the value of {name}", value)


def is_usable(base_url: str) -> bool:
    """Whether a server can be reached by it."""
    try:
        _check_base_url(base_url)
    except InvalidTask:
        return False
    return True


@lru_cache  # the items of a loop have the same
def _check_base_url(base_url: str) -> None:
    if not base_url.isprintable() or " " in base_url:
        raise InvalidTask("base_url holds a space, a line break or another character that no URL can hold")
    if "@" in base_url:
        raise InvalidTask("base_url must not hold a user name or password: use api_key, or extra_headers")
    parts = _parts_of(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidTask(f"base_url must look like {DEFAULT_BASE_URL}, with http or https and a host")
    if "?" in base_url or "#" in base_url:
        raise InvalidTask("base_url must end with a path: give the api-version query parameter as api_version")
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise InvalidTask(f"base_url sends the key to {parts.hostname} in clear text: use https (http is for loopback)")
    if "requests" in MISSING:
        return  # nothing is sent without it
    try:
        requests.PreparedRequest().prepare_url(base_url, None)
    except (requests.RequestException, ValueError) as error:
        raise InvalidTask("base_url is not a URL: its host is no name or address") from error


def _parts_of(base_url: str) -> SplitResult:
    """The URL's parts. What is wrong with them is told without them: a secret may be in the wrong place."""
    try:
        parts = urlsplit(base_url)
        (parts.hostname or "").encode("idna")
    except ValueError as error:
        raise InvalidTask("base_url is not a URL: its host is no name or address") from error
    try:
        port = parts.port
    except ValueError as error:
        raise InvalidTask("base_url is not a URL: its port is no number up to 65535") from error
    if port == 0:
        raise InvalidTask("base_url is not a URL: there is no port 0")
    return parts


def is_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
