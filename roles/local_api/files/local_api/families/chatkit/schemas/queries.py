# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Query parameters of the lists."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from local_api.core.queries import PageQuery


class ChatkitPageQuery(PageQuery):
    """The ChatKit lists also take a limit of 0."""

    limit: Annotated[int, Field(ge=0, le=100)] = 20


class ChatkitThreadsQuery(ChatkitPageQuery):
    """ListThreadsMethod."""

    user: Annotated[str, Field(min_length=1, max_length=512)] | None = None
