# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Walking a list page by page (schemas `List*Response`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from .client import Client
from .errors import BadAnswer
from .models import Page, read

LARGEST_PAGE = 100


def walk(
    client: Client,
    path: str,
    query: Mapping[str, Any] | None = None,
    *,
    max_items: int | None = None,
    kept: Callable[[dict[str, Any]], bool] = lambda one: True,
) -> Iterator[dict[str, Any]]:
    """Yields the objects of a list in the order asked for, fetching a page only when it is needed.

    `query` takes the API's own list parameters (`order`, `after`, `before`, filters). With `before` alone the pages
    are walked backwards from that cursor, as the API documents it, so that the objects nearest to it come.
    What is not `kept` is passed over, and does not count.
    Raises BadAnswer if a cursor does not advance.
    """
    asked = {key: value for key, value in (query or {}).items() if value is not None}
    backwards = "before" in asked and "after" not in asked
    left = max_items
    seen: set[str] = set()
    found: list[dict[str, Any]] = []
    while left is None or left > 0:
        limit = LARGEST_PAGE if left is None else min(LARGEST_PAGE, left)
        answer = client.get(path, {**asked, "limit": limit})
        page = read(Page, answer)
        wanted = [one for one in page.data if kept(one)]
        if backwards:
            found = wanted + found
        else:
            yield from wanted
        left = None if left is None else left - len(wanted)
        if not page.has_more or left == 0:
            break
        cursor = page.first if backwards else page.last
        if cursor is None or cursor in seen:
            raise BadAnswer(
                f"the list {path} says that it has more, and gives no new cursor to ask for it", **answer.facts
            )
        seen.add(cursor)
        asked["before" if backwards else "after"] = cursor
    yield from found
