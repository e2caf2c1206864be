# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is a secret, and how it is taken out of what is shown.

Only what is long enough to be one is looked for: a short text occurs in what is none, and to mask it there spoils data.
"""

from __future__ import annotations

import base64
import html
import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, unquote

SHORTEST = 8
MASK = "********"
MASKED_WHOLE = "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
"""What ansible-core writes in place of a value that is a secret as a whole."""

_MASKED = re.compile(rf"(?<!\*)(?:\*{{8}})+(?!\*)|{MASKED_WHOLE}")
_OPEN_HEADER = re.compile(
    r"(.*[-_])?(accept|agent|beta|charset|encoding|language|organization|project|region|request-?id|trace|type|version)",
    re.IGNORECASE,
)
_BASIC = re.compile(r"basic\s+(\S+)$", re.IGNORECASE)
_PROXIES = tuple(f"{scheme}_proxy" for scheme in ("http", "https", "all"))


def is_masked(text: str) -> bool:
    """Whether a text is, or holds, what a secret was replaced by."""
    return _MASKED.search(text) is not None


def secrets_of(api_key: str, extra_headers: Mapping[str, str], *urls: str) -> tuple[str, ...]:
    """All that must not be shown of a connection, and of the proxies that the environment names: longest first.

    Each in every form in which a server, a library or a log may repeat it.
    """
    proxies = tuple(value for name, value in os.environ.items() if name.lower() in _PROXIES)
    return _secrets(api_key, tuple(extra_headers.items()), (*urls, *proxies))


@lru_cache  # the items of a loop have the same
def _secrets(api_key: str, headers: tuple[tuple[str, str], ...], urls: tuple[str, ...]) -> tuple[str, ...]:
    found = [api_key]
    for name, value in headers:
        if not _OPEN_HEADER.fullmatch(name):
            found += _header_secrets(value)
    for url in urls:
        found += _url_secrets(url)
    forms = {form for secret in found for form in _forms(secret.strip()) if len(secret.strip()) >= SHORTEST}
    return tuple(sorted((form for form in forms if len(form) >= SHORTEST), key=lambda form: (-len(form), form)))


def _header_secrets(value: str) -> Iterator[str]:
    """The value, the words in it (`Bearer x`, `session=x; theme=y`), and what it says in base64."""
    yield value
    if " " in value or ";" in value:
        yield from (part.partition("=")[2] or part for part in re.split(r"[;,\s]+", value))
    if basic := _BASIC.match(value):
        try:
            told = base64.b64decode(basic[1], validate=True).decode()
        except ValueError:
            return
        yield from (told, told.partition(":")[2])


def _url_secrets(url: str) -> Iterator[str]:
    """User, password, query and fragment, however badly the URL is written."""
    rest = re.sub(r"^[A-Za-z][\w+.-]*:(?=//)", "", url.strip()).removeprefix("//")
    login, at, tail = rest.rpartition("@")
    if at:
        user, _colon, password = login.partition(":")
        yield from (login, user, password)
        yield from re.split(r"[/?#\s]", login)  # where a library takes the password for the end of the host
        if len(login) >= SHORTEST:
            yield base64.b64encode(login.encode(errors="replace")).decode()
            yield base64.b64encode(unquote(login).encode(errors="replace")).decode()
    for mark in "?#":
        _before, _mark, said = tail.partition(mark)
        yield said
        yield from (part.partition("=")[2] for part in re.split(r"[&#]", said))


def _forms(secret: str) -> Iterator[str]:
    plain = unquote(secret)
    for form in (secret, plain):
        yield from (form, json.dumps(form)[1:-1], html.escape(form))
    encodable = plain.encode(errors="replace")
    yield from (quote(encodable), quote(encodable, safe=""))


def hide(text: str, secrets: Collection[str]) -> str:
    """`text` without the secrets."""
    for secret in secrets:
        if secret in text:
            text = text.replace(secret, MASK)
    return text


def without(secrets: Collection[str], value: Any) -> Any:
    """A value of JSON's types without the secrets: in texts, in the keys of mappings, in numbers."""
    if not secrets:
        return value
    if isinstance(value, str):
        return hide(value, secrets)
    if isinstance(value, Mapping):
        return {without(secrets, key): without(secrets, part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [without(secrets, part) for part in value]
    if isinstance(value, (int, float)) and any(secret in str(value) for secret in secrets):
        return MASK
    return value
