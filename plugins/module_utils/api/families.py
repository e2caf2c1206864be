# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Families: endpoints that a server offers, or closes, together, and that want the same of every request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Family:
    """One family. Each folder in `objects/` holds one, in its `__init__.py`."""

    probe: str
    """A list that answers anything but 404 while the family is offered."""

    beta: str | None = None
    """What the header `OpenAI-Beta` says; None where no header is wanted."""

    backwards: bool = True
    """Whether its lists can be read from an object backwards too, with the parameter `before`."""

    parts: Mapping[str, str] = field(default_factory=dict)
    """What a server may offer of it apart, by name: the list that shows whether it does."""

    closed: Mapping[str, str] = field(default_factory=dict)
    """By host, why the family is not to be had there any more."""

    def headers(self) -> dict[str, str]:
        """The headers that each of its requests carries."""
        return {"OpenAI-Beta": self.beta} if self.beta else {}
