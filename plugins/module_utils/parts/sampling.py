# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How freely a model answers (the `temperature` and `top_p` of several schemas)."""

from __future__ import annotations

from typing import Annotated

from ..api.libraries import Field
from ..api.models import RequestModel


class Sampling(RequestModel):
    """How strictly and how freely the model answers."""

    temperature: Annotated[float, Field(ge=0, le=2)] | None = None
    """
    - How freely the model picks its words. {limit} A low value gives much the same answer every time.
    - V(1) is what a server takes if nobody says otherwise. Some models take no other value.
    """

    top_p: Annotated[float, Field(ge=0, le=1)] | None = None
    """
    - The share of the most likely words that the model picks from. {limit:,} where V(0.1) means the upper tenth.
    - V(1) is what a server takes if nobody says otherwise. Change this or O(.temperature), not both.
    """
