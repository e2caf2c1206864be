# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Metadata: keys and values of the user's own (schema `Metadata`)."""

from __future__ import annotations

from typing import Annotated

from ..api.libraries import Field
from ..api.models import RequestModel

Metadata = Annotated[
    dict[Annotated[str, Field(max_length=64)], Annotated[str, Field(max_length=512)]], Field(max_length=16)
]


class NewWithMetadata(RequestModel):
    """What is given metadata once, when it is made together with another object."""

    metadata: Metadata | None = None
    """
    - Keys and values of your own that the server keeps with it.
    - {limit} Numbers are sent as text.
    """


class WithMetadata(RequestModel):
    """What can be given metadata."""

    metadata: Metadata | None = None
    """
    - Keys and values of your own that the server keeps with the object. It does nothing with them.
    - This is the whole map. A key of the object that is not in it is removed. V({}) removes all keys, and leaving the
      option out leaves all keys alone.
    - {limit}
    - Values are text. Numbers are sent as text. V(true) and V(null) are refused, so put quotes around words that YAML
      takes for something else.
    """
