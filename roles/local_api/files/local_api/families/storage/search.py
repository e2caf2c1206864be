# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Searching by plain words: deterministic, and enough for a rehearsal to find something."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from local_api.core.store import Json

WORD = re.compile(r"\w+")
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda have, want: have == want,
    "ne": lambda have, want: have != want,
    "gt": lambda have, want: have > want,
    "gte": lambda have, want: have >= want,
    "lt": lambda have, want: have < want,
    "lte": lambda have, want: have <= want,
    "in": lambda have, want: have in want,
    "nin": lambda have, want: have not in want,
}


def fits(attributes: Json, condition: Json | None) -> bool:
    """Whether a file's attributes meet a filter (ComparisonFilter, CompoundFilter)."""
    if condition is None:
        return True
    if condition["type"] in ("and", "or"):
        together = all if condition["type"] == "and" else any
        return together(fits(attributes, each) for each in condition["filters"])
    if condition["key"] not in attributes:
        return condition["type"] in ("ne", "nin")
    try:
        return COMPARISONS[condition["type"]](attributes[condition["key"]], condition["value"])
    except TypeError:  # a text is neither more nor less than a number
        return False


def best_chunk(text: str, strategy: Json, queries: list[str]) -> tuple[float, str]:
    """The chunk of a text with the largest share of the words of a query, and that share."""
    wanted = [words for query in queries if (words := set(WORD.findall(query.lower())))]
    scored = ((_share(chunk, wanted), chunk) for chunk in chunks(text, strategy))
    return max(scored, key=lambda each: each[0], default=(0.0, ""))


def _share(chunk: str, wanted: list[set[str]]) -> float:
    there = set(WORD.findall(chunk.lower()))
    return max((len(words & there) / len(words) for words in wanted), default=0.0)


def chunks(text: str, strategy: Json) -> Iterator[str]:
    """A text in chunks of so many words, which overlap."""
    words, size = text.split(), strategy["static"]["max_chunk_size_tokens"]
    for start in range(0, len(words), size - strategy["static"]["chunk_overlap_tokens"]):
        yield " ".join(words[start : start + size])
