# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Query parameters of the lists."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from local_api.core.queries import PageQuery


class MessagesQuery(PageQuery):
    """listMessages."""

    run_id: str | None = None


Include = Literal["step_details.tool_calls[*].file_search.results[*].content"]


class RunStepsQuery(PageQuery):
    """listRunSteps."""

    include: list[Include] = Field(default=[], alias="include[]")
