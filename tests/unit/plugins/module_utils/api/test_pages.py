# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.aiops.openai.plugins.module_utils.api.errors import BadAnswer
from ansible_collections.aiops.openai.plugins.module_utils.api.pages import walk


def page(*ids, has_more=False, **cursors):
    return (200, {"object": "list", "data": [{"id": one} for one in ids], "has_more": has_more, **cursors})


def ids(found):
    return [one["id"] for one in found]


def test_pages_are_asked_for_one_after_the_other_and_only_when_needed(scripted):
    client, script, _pauses = scripted(page("a", "b", has_more=True, last_id="b"), page("c", last_id="c"))
    found = walk(client, "/things", {"order": "asc", "run_id": None})
    assert next(found)["id"] == "a"
    assert script.asked == ["GET /things?order=asc&limit=100"]
    assert ids(found) == ["b", "c"]
    assert script.asked[1:] == ["GET /things?order=asc&after=b&limit=100"]


def test_no_more_is_asked_for_than_wanted(scripted):
    first = page(*[f"i{n}" for n in range(100)], has_more=True)
    client, script, _pauses = scripted(first, page(*[f"j{n}" for n in range(20)], has_more=True))
    assert len(list(walk(client, "/things", max_items=120))) == 120
    assert script.asked == ["GET /things?limit=100", "GET /things?after=i99&limit=20"]


def test_before_walks_backwards_and_keeps_the_order(scripted):
    client, script, _pauses = scripted(page("c", "d", has_more=True, first_id="c"), page("a", "b"))
    assert ids(walk(client, "/things", {"before": "e"})) == ["a", "b", "c", "d"]
    assert script.asked == ["GET /things?before=e&limit=100", "GET /things?before=c&limit=100"]


@pytest.mark.parametrize(
    "answers",
    [
        [page("a", has_more=True, last_id="a"), page("b", has_more=True, last_id="a")],
        [page(has_more=True)],
    ],
)
def test_a_cursor_that_does_not_advance(scripted, answers):
    client, _script, _pauses = scripted(*answers)
    with pytest.raises(BadAnswer, match="gives no new cursor"):
        list(walk(client, "/things"))


@pytest.mark.parametrize("body", [{"object": "list"}, {"data": "none"}, {"data": [1]}])
def test_an_answer_that_is_no_page(scripted, body):
    client, _script, _pauses = scripted((200, body))
    with pytest.raises(BadAnswer, match=r"not a Page of the API: data"):
        list(walk(client, "/things"))
