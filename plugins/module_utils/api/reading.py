# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""JSON as it comes from outside: read once, and within bounds that everything after it can rely on."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from .sendable import DEEPEST

LONGEST_NUMBER = 308
"""Digits of a whole number: with more, it is beyond every double."""

_HALF_SURROGATES = re.compile("[\ud800-\udfff]")


def json_in(content: bytes) -> Any:
    """The value of a JSON text in UTF-8, or where its beginning tells so, in UTF-16 or UTF-32.

    Halves of surrogate pairs become U+FFFD, and what is no number or none that a double holds becomes None: what was
    created is to be known all the same. Raises ValueError on everything else, such as what is nested more than 100
    levels deep.
    """
    try:
        text = content.decode(json.detect_encoding(content))
        value = json.loads(text, parse_constant=lambda word: None, parse_float=_float, parse_int=_whole_number)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if text.count("{") + text.count("[") > DEEPEST:
        _check_depth(value)
    return _whole_text(value) if "\\u" in text else value


def _float(digits: str) -> float | None:
    number = float(digits)
    return number if math.isfinite(number) else None


def _whole_number(digits: str) -> int | None:
    return int(digits) if len(digits) <= LONGEST_NUMBER else None


def _check_depth(value: Any) -> None:
    level: list[Any] = [[value]]
    for _depth in range(DEEPEST + 1):
        level = [
            part
            for each in level
            for part in (each.values() if isinstance(each, dict) else each)
            if isinstance(part, (dict, list))
        ]
        if not level:
            return
    raise ValueError(f"it is nested more than {DEEPEST} levels deep")


def _whole_text(value: Any) -> Any:
    if isinstance(value, str):
        return _HALF_SURROGATES.sub("\ufffd", value)
    if isinstance(value, dict):
        return {_whole_text(key): _whole_text(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_whole_text(part) for part in value]
    return value
