# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""YAML for people: a reader of YAML gets back what was written, and a small change is a small difference."""

from __future__ import annotations

import difflib

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.aiops.openai.plugins.module_utils.tasks.yaml_text import ODD, WIDTH, as_yaml, needs_quotes

SIGNS = "ab \n\t:#-'\"\\.|>!%&*?[]{},\r\x85\u2028~yn0"
LETTERS = st.one_of(st.sampled_from(SIGNS), st.characters(exclude_categories=["Cs"]))
PARTS = ["Answer briefly. ", "word ", "x" * 50, "\n", " ", '"q" ', "Né. ", "\r\n", "。", "\t"]
TEXTS = st.one_of(st.text(LETTERS, max_size=60), st.lists(st.sampled_from(PARTS), max_size=60).map("".join))
NUMBERS = st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(LETTERS, max_size=60), inner, max_size=4)
    ),
    max_leaves=8,
)

SENTENCES = [f"Sentence {number} says what is to be done, and what is not." for number in range(100)]


def changed_lines(before, after):
    quoted = needs_quotes([before, after])
    texts = [as_yaml({"instructions": text}, quoted=quoted).splitlines() for text in (before, after)]
    return [line for line in difflib.unified_diff(*texts, n=0) if line[0] in "+-" and line[:3] not in ("+++", "---")]


@given(VALUES, st.booleans())
def test_it_is_read_back_as_what_it_was(value, quoted):
    mapping = {"alone": value, "listed": [value, [value]]}
    text = as_yaml(mapping, quoted=quoted or needs_quotes(mapping))
    assert yaml.safe_load(text) == mapping
    assert not ODD.search(text)


@pytest.mark.parametrize("joint", [" ", "\n", "\r\n", "\n\n  - "])
def test_a_changed_word_of_a_long_text_is_one_line(joint):
    before = joint.join(SENTENCES)
    removed, added = changed_lines(before, before.replace("Sentence 50 says", "Sentence 50 tells"))
    assert "Sentence 50 says" in removed
    assert "Sentence 50 tells" in added
    assert max(len(removed), len(added)) <= WIDTH + 10


def test_a_text_without_any_end_of_a_sentence_is_broken_at_its_words():
    before = "word " * 1000
    text = as_yaml({"instructions": before}, quoted=needs_quotes(before))
    assert max(map(len, text.splitlines())) <= WIDTH + 10
    assert yaml.safe_load(text) == {"instructions": before}


def test_an_end_of_line_that_changes_shows():
    assert changed_lines("one\ntwo", "one\ntwo\n") == ["-instructions: |-", "+instructions: |"]
    assert len(changed_lines("one\ntwo\n", "one\r\ntwo\n")) == 2


def test_it_reads_well():
    value = {"count": 1, "name": "Zoë's helper", "tools": [{"type": "function"}]}
    value["instructions"] = "Be brief.\n\nNever guess.\n"
    assert as_yaml(value, quoted=False) == (
        "count: 1\ninstructions: |\n  Be brief.\n\n  Never guess.\nname: Zoë's helper\ntools:\n  - type: function\n"
    )
