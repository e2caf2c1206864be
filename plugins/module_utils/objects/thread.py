# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Threads: a conversation's messages (API path `/threads`, schema `ThreadObject`). The API cannot list them."""

from __future__ import annotations

from ..api.models import RequestModel
from ..engine.plan import Rules
from ..engine.resource import Resource
from . import message, shapes


class ThreadBody(RequestModel):
    """Schemas `CreateThreadRequest` and `ModifyThreadRequest`."""

    messages: list[message.NewMessage] | None = None
    tool_resources: shapes.ToolResources | None = None
    metadata: shapes.Metadata | None = None


RESOURCE = Resource(
    name="thread",
    plural="threads",
    kind="thread",
    path="/threads",
    listed=False,
    body=ThreadBody,
    rules=Rules(
        defaults={"tool_resources": {}, "metadata": {}},
        canonical={"tool_resources": shapes.canonical_resources},
        updatable=("tool_resources", "metadata"),
        create_only=(shapes.INLINE_VECTOR_STORES,),
        write_only=("messages",),
        parted=("tool_resources",),
    ),
    read_forms={"tool_resources": shapes.shown_resources},
)
