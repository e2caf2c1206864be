# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Compare what the same playbooks returned in process and by modules: python compare.py IN_PROCESS BY_MODULE

Both are files that the callback plugin in `callback` has written. What every run makes anew is left aside: times,
ports, folders; ids are numbered in the order they appear in, so that the same id must stand in the same places.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

MOST = 20  # differences that are shown
TARGETS = "tests/integration/targets/"
ID = re.compile(r"\b([a-z]+)[_-](?=[0-9A-Za-z]*[0-9])[0-9A-Za-z]{16,}\b")
CHANGING = (
    (re.compile(r"\b127\.0\.0\.1:\d+"), "127.0.0.1:<port>"),
    (re.compile(r"\b\d+(\.\d+)? (s|seconds)\b"), "<duration>"),
    (re.compile(r"\b(\w+_at): \d{10}\b"), r"\1: <time>"),
    (re.compile(r"\b[\w.-]+:\d+:[0-9a-f]{8}\b"), "<maker>"),
    (re.compile(r"/\S*/tests/(output|integration)/"), "<folder>/"),
)


class Line(NamedTuple):
    """The result of a task for a host."""

    where: str
    ending: str
    result: Any


class Names:
    """Makes values of a run comparable with those of another."""

    def __init__(self) -> None:
        self._ids: dict[str, str] = {}

    def plain(self, value: Any, key: str = "") -> Any:
        """The value with names in place of what changes from run to run."""
        if isinstance(value, dict):
            return {self._text(name): self.plain(part, name) for name, part in value.items()}
        if isinstance(value, list):
            return [self.plain(part, key) for part in value]
        if isinstance(value, int) and (key.endswith("_at") or key == "age"):
            return "<time>"
        if isinstance(value, (int, float)) and key == "seconds":
            return "<duration>"
        return self._text(value) if isinstance(value, str) else value

    def _text(self, text: str) -> str:
        for pattern, name in CHANGING:
            text = pattern.sub(name, text)
        return ID.sub(self._id, text)

    def _id(self, match: re.Match[str]) -> str:
        return self._ids.setdefault(match[0], f"<{match[1]} {len(self._ids) + 1}>")


def lines(path: Path) -> list[Line]:
    """All results in a file, in their order."""
    names = Names()
    found = []
    for each in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        where = f"{each['path'].rpartition(TARGETS)[2]} ({each['task'].rpartition(' : ')[2]}) on {each['host']}"
        found.append(Line(where, each["ending"], names.plain(each["result"])))
    return found


def differences(one: Any, other: Any, at: str = "") -> Iterator[str]:
    """What is not the same, each with the keys that lead to it."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            where = f"{at}.{key}".lstrip(".")
            if key not in one or key not in other:
                yield f"{where} is {'only by module' if key not in one else 'only in process'}"
            else:
                yield from differences(one[key], other[key], where)
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (part, counterpart) in enumerate(zip(one, other, strict=True)):
            yield from differences(part, counterpart, f"{at}[{number}]")
    elif type(one) is not type(other) or one != other:
        yield f"{at}: {json.dumps(one)} in process, {json.dumps(other)} by module"


def compare(in_process: list[Line], by_module: list[Line]) -> Iterator[str]:
    """What is not the same in the results; ends where the runs went different ways."""
    for one, other in zip_longest(in_process, by_module):
        if one is None or other is None or one.where != other.where:
            went, came = ("nothing" if line is None else line.where for line in (one, other))
            yield f"{went} in process, {came} by module: the runs went different ways"
            return
        for difference in differences(one._asdict(), other._asdict()):
            yield f"{one.where}: {difference}"


def main(in_process: Path, by_module: Path) -> int:
    """Print what is not the same, and return the exit code."""
    if not in_process.exists() and not by_module.exists():
        return 0  # nothing was played, only listed
    ours, theirs = lines(in_process), lines(by_module)
    found = list(compare(ours, theirs))
    for difference in found[:MOST]:
        print(difference)
    if found:
        print(f"{len(found)} differences between results in process and by modules.")
        return 1
    print(f"{len(ours)} results of tasks are the same in process and by modules.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
