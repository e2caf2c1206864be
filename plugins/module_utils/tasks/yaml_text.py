# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Values of JSON as YAML for people: text in lines as it was written, in its own letters, and the same each time.

A text stands in one of two forms: as a block, line by line, or in quotes with a break after each sentence. The second
is for what no block can hold, and for lines that are too long to be read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

WIDTH = 120
"""The longest line that is left whole."""

NO_PLAIN_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "y", "n"))
PLAIN = re.compile(r"[^\W\d_](?:[^:#\s]|[ ](?![ #])|:(?![\s])|(?<![\s])#)*|\(known after apply\)")

# What acts on a terminal, breaks a line or cannot be printed: control and direction signs, half surrogates.
ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)
SENTENCE = re.compile(r".+?(?:[.!?。！？][\"')\]]*\s+|[。！？]|$)", re.DOTALL)
PIECE = re.compile(rf".{{1,{WIDTH}}}(?:\s+|$)|.{{1,{WIDTH}}}", re.DOTALL)


def needs_quotes(value: Any) -> bool:
    """Whether a text in `value` has lines that a block cannot hold, or that are too long to be compared by eye."""
    if isinstance(value, dict):
        return any(map(needs_quotes, value.values()))
    if isinstance(value, list):
        return any(map(needs_quotes, value))
    return isinstance(value, str) and (_longest_line(value) > WIDTH or ("\n" in value and bool(ODD.search(value))))


def as_yaml(value: Any, *, quoted: bool, untemplated: bool = False) -> str:
    """`value` as YAML, its keys in the order of the alphabet; `quoted` is the form of texts of several lines.

    With `untemplated`, what Ansible would take for a template is marked as none.
    """
    return "".join(f"{line}\n" for line in _lines(value, quoted, untemplated))


def _longest_line(text: str) -> int:
    return max(map(len, text.split("\n")))


def _lines(value: Any, quoted: bool, untemplated: bool) -> list[str]:
    if isinstance(value, dict) and value:
        return [line for key in sorted(value) for line in _entry(key, value[key], quoted, untemplated)]
    if isinstance(value, list) and value:
        return [line for part in value for line in _item(_lines(part, quoted, untemplated))]
    if isinstance(value, str):
        mark = "!unsafe " if untemplated and "{" in value else ""
        first, *others = _text(value, quoted)
        return [f"{mark}{first}", *others]
    return [_number(value) if isinstance(value, float) else json.dumps(value)]


def _entry(key: str, value: Any, quoted: bool, untemplated: bool) -> Iterator[str]:
    first, *others = _lines(value, quoted, untemplated)
    if isinstance(value, (dict, list)) and value:
        yield f"{_short(key)}:"
        yield from _indented([first, *others])
    else:
        yield f"{_short(key)}: {first}"
        yield from _indented(others)


def _item(lines: list[str]) -> Iterator[str]:
    yield f"- {lines[0]}"
    yield from _indented(lines[1:])


def _indented(lines: list[str]) -> Iterator[str]:
    return (f"  {line}" if line else "" for line in lines)


def _number(number: float) -> str:
    """A float that a reader of YAML takes for one: with a point."""
    said = json.dumps(number)
    return said if "." in said else said.replace("e", ".0e")


def _text(text: str, quoted: bool) -> list[str]:
    if "\n" not in text and (len(text) <= WIDTH or not quoted):
        return [_short(text)]
    return _in_quotes(text) if quoted or not text.strip("\n") or ODD.search(text) else _block(text)


def _short(text: str) -> str:
    """A text on one line, without quotes where it cannot be taken for anything else."""
    plain = PLAIN.fullmatch(text) and not ODD.search(text) and text[-1] not in " :\t"
    return text if plain and text.lower() not in NO_PLAIN_WORDS else f'"{_escaped(text)}"'


def _block(text: str) -> list[str]:
    bare = text.rstrip("\n")
    kept = {0: "-", 1: ""}.get(len(text) - len(bare), "+")
    indent = "2" if text[0] in " \n" else ""
    body = text.split("\n") if kept == "-" else text.split("\n")[:-1]
    return [f"|{indent}{kept}", *body]


def _in_quotes(text: str) -> list[str]:
    r"""In quotes, each line ended by a backslash, which says that the break is none of the text's: those are `\n`."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    pieces = [_escaped(piece) for line in lines for piece in _pieces(line)]
    return ['"\\', *(("\\" if piece.startswith(" ") else "") + piece + "\\" for piece in pieces), '"']


def _pieces(line: str) -> list[str]:
    if len(line) <= WIDTH:
        return [line] if line else []
    return [piece for sentence in SENTENCE.findall(line) for piece in PIECE.findall(sentence)]


def _escaped(text: str) -> str:
    return ODD.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False)[1:-1])
