# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists and their cursors: one mechanism for every kind of object."""

from __future__ import annotations

from fastapi.responses import Response

from .errors import ApiError
from .kinds import Kind
from .queries import PageQuery
from .store import Place, Store

PAGE_CHARACTERS = 8 * 1024 * 1024  # a page that is longer ends early, and says that there is more


def page(store: Store, kind: Kind, query: PageQuery, parent: str = "", label: str | None = None) -> Response:
    """One page of a list, as the API answers it: {object, data, first_id, last_id, has_more}.

    The cursors are exclusive and in list order. With ``before`` alone the page is the one that ends at the cursor,
    so it is looked up walking backwards, and ``has_more`` tells whether more lie before it.
    """
    after = _cursor(store, kind, query.after, "after", parent)
    before = _cursor(store, kind, query.before, "before", parent)
    newest_first = query.order == "desc"
    backwards = before is not None and after is None
    above, below = (before, after) if newest_first else (after, before)
    rows = store.slice(
        kind,
        parent,
        label=label,
        above=above,
        below=below,
        newest_first=newest_first != backwards,
        limit=query.limit + 1,
        characters=PAGE_CHARACTERS,
    )
    more = len(rows) > query.limit or sum(len(text) for _id, text in rows[:-1]) > PAGE_CHARACTERS
    shown = rows[:-1] if more else rows
    return _envelope(shown[::-1] if backwards else shown, has_more=more)


def _cursor(store: Store, kind: Kind, object_id: str | None, param: str, parent: str) -> Place | None:
    if object_id is None:
        return None
    place = store.place(kind, object_id, parent)
    if place is None:
        raise ApiError(
            f"Invalid '{param}': no {kind.noun} found with id '{object_id}'.", param=param, code="invalid_value"
        )
    return place


def _envelope(rows: list[tuple[str, str]], *, has_more: bool) -> Response:
    """The answer, put together from the stored texts without parsing them."""
    first, last = (f'"{rows[0][0]}"', f'"{rows[-1][0]}"') if rows else ("null", "null")
    data = ",".join(text for _position, text in rows)
    text = (
        f'{{"object":"list","data":[{data}],"first_id":{first},"last_id":{last},'
        f'"has_more":{"true" if has_more else "false"}}}'
    )
    return Response(text, media_type="application/json")
