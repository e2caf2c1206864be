# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A change as people read it: which object, and line by line what becomes of it.

ansible-core's callbacks print a mapping as JSON, where a text of many lines is one line. So they are given text.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..api.sendable import one_line
from ..engine.converge import Outcome
from ..engine.resource import Resource
from ..engine.wish import Wish
from .yaml_text import as_yaml, needs_quotes

LONGEST_TITLE = 60


def shown_diff(resource: Resource, wish: Wish, outcome: Outcome) -> dict[str, Any]:
    """The `diff` of a result: both sides as text under headers that name the object, and as mappings in `fields`."""
    before_header, after_header = _headers(resource, wish, outcome)
    quoted = needs_quotes([outcome.before, outcome.after])
    return {
        "before_header": before_header,
        "after_header": after_header,
        "before": "" if outcome.action in ("create", "none") else as_yaml(outcome.before, quoted=quoted),
        "after": as_yaml(outcome.after, quoted=quoted) if outcome.after or outcome.action == "create" else "",
        "fields": {"before": outcome.before, "after": outcome.after},
    }


def _headers(resource: Resource, wish: Wish, outcome: Outcome) -> tuple[str, str]:
    """What stands above both sides. A new object's id is not in it, so a dry run says the same."""
    known = {"id": wish.object_id} if outcome.wire_object is None else outcome.wire_object
    if outcome.action == "replace":
        known = {**known, "id": None}
    old, new = (_name(resource, known, side) for side in (outcome.before, outcome.after))
    if outcome.action == "create":
        made = _name(resource, {**known, "id": None})
        old, new = f"no {made}", f"new {made}"
    elif outcome.action == "remove" and resource.life.removal == "delete":
        new = f"no {old}"
    where = "".join(f" in {parent.removesuffix('_id')} {one_line(one)}" for parent, one in wish.scope.items())
    return f"{old}{where}", f"{new}{where}"


def _name(resource: Resource, known: Mapping[str, Any], side: Mapping[str, Any] | None = None) -> str:
    """What people know an object by, such as `assistant Support (asst_4f8d2c91b7a0)`."""
    title = one_line(_at(resource.title, side or {}) or _at(resource.title, known))
    short = title if len(title) <= LONGEST_TITLE else f"{title[:LONGEST_TITLE]}..."
    object_id = known.get("id") or (side or {}).get("id")
    return " ".join(part for part in (resource.name, short, f"({one_line(object_id)})" if object_id else "") if part)


def _at(path: tuple[str, ...], fields: Any) -> str:
    """The text at a path, or nothing."""
    for key in path:
        fields = fields.get(key) if isinstance(fields, Mapping) else None
    return fields if isinstance(fields, str) else ""
