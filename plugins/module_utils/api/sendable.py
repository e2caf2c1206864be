# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a request can carry, and how what cannot be is told. Plain values only."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from .secrets import is_masked

DEEPEST = 100
LONGEST_NAME = 64
LONGEST_ID = 512


def check_sendable(value: Any, where: str) -> None:
    """Raises ValueError naming the first part of `value` that no JSON text in UTF-8 can hold, or that was masked."""
    level = [(where, value)]
    for _depth in range(DEEPEST):
        for place, part in level:
            if isinstance(part, str):
                _check_text(part, place)
            elif isinstance(part, (int, float)):
                _check_number(part, place)
            elif not (part is None or isinstance(part, (dict, list))):
                raise ValueError(f"{place}: it is of the type {type(part).__name__}, which JSON has no form for")
        level = [inner for place, part in level for inner in _parts(place, part)]
        if not level:
            return
    raise ValueError(f"{where}: it is nested more than {DEEPEST} levels deep")


def check_id(given: str) -> str:
    """`given`, if it can be an id in a path of the API. Raises ValueError saying what is wrong with it."""
    if not given:
        raise ValueError("is empty")
    if given in (".", "..") or not given.isprintable():  # dots cannot be escaped: they would name another path
        raise ValueError("is dots alone, or holds characters that cannot be printed: no id of the API does")
    if len(given) > LONGEST_ID:
        raise ValueError(f"has {len(given)} characters, and an id at most {LONGEST_ID}")
    return given


def is_id(value: Any) -> bool:
    """Whether a value can be an id in a path of the API."""
    try:
        return isinstance(value, str) and check_id(value) == value
    except ValueError:
        return False


def _parts(where: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for key, part in value.items():
            if not isinstance(key, str):
                raise ValueError(f"{where}: one of its keys is no text (type {type(key).__name__})")
            _check_text(key, f"{where} (a key)")
            yield f"{where}.{key[:LONGEST_NAME]}", part
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield f"{where}[{number}]", part


def _check_text(text: str, where: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValueError(f"{where}: it holds half of a surrogate pair, which is no text") from error
    if is_masked(text):
        raise ValueError(f"{where}: it holds the mark of a hidden secret: a masked value has been handed on")


def _check_number(number: float, where: str) -> None:
    try:
        finite = math.isfinite(number)
    except OverflowError:  # an integer beyond every float
        finite = False
    if not finite:
        raise ValueError(f"{where}: it must be a number within the range of a double")


def one_line(text: str) -> str:
    """`text` without what would break a line of a log or act on a terminal."""
    if text.isprintable():
        return text
    line = " ".join(text.split())
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in line)
