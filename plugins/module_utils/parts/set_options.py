# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a task says of a set of objects beside the objects themselves."""

from __future__ import annotations

from typing import Annotated

from ..api.libraries import Field
from ..api.models import RequestModel
from .metadata import Metadata


class SetOptions(RequestModel):
    """What else to do with a set."""

    prune: bool = False
    """
    - Whether to remove what is not in the set any more. Only what carries all of O(prune_metadata) is removed, so what
      others have made is safe.
    """

    prune_metadata: Annotated[Metadata, Field(min_length=1)] | None = None
    """
    - The keys and values in the metadata of what may be removed. Give the same in the C(metadata) of each object of the
      set. {limit}
    """

    parallel: Annotated[int, Field(ge=1, le=32)] = 8
    """
    - How many requests may be on their way at once. {limit}
    - If the server asks one of them to wait, all of them wait.
    """
