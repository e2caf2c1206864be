# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How far a dry run told the truth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

UNKNOWN = "(known after apply)"


def mispredicted(real: Any, predicted: Any) -> list[str]:
    """Where `real` is not what was `predicted`, whose placeholders stand for any value but a missing one."""
    return list(_differences(real, predicted, "result"))


def _differences(real: Any, predicted: Any, where: str) -> Iterator[str]:
    if where.endswith(".tool_resources"):  # to the API, a part that holds nothing is the same as none
        real, predicted = _filled(real), _filled(predicted)
    if isinstance(real, dict) and isinstance(predicted, dict):
        for key in sorted({*real, *predicted}):
            if key not in predicted:
                yield f"{where}.{key} was not predicted"
            elif key not in real:
                yield f"{where}.{key} was predicted, and is missing"
            else:
                yield from _differences(real[key], predicted[key], f"{where}.{key}")
    elif isinstance(real, list) and isinstance(predicted, list) and len(real) == len(predicted):
        for number, (one, other) in enumerate(zip(real, predicted, strict=True)):
            yield from _differences(one, other, f"{where}[{number}]")
    elif predicted != UNKNOWN and not _fits(real, predicted):
        yield f"{where} is {real!r}, predicted was {predicted!r}"


def _fits(real: Any, predicted: Any) -> bool:
    """Whether a value is what was predicted; a placeholder in a text (that of a diff) stands for a part of it."""
    if not (isinstance(real, str) and isinstance(predicted, str)):
        return bool(real == predicted)
    return re.fullmatch(re.escape(predicted).replace(re.escape(UNKNOWN), r"\S+"), real) is not None


def _filled(resources: dict[str, Any] | None) -> dict[str, Any]:
    return {tool: part for tool, part in (resources or {}).items() if any((part or {}).values())}


class FilterModule:
    """What ansible-core loads."""

    def filters(self) -> dict[str, Any]:
        return {"mispredicted": mispredicted}
