# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run steps: what a run did, step by step (API path `.../runs/{run_id}/steps`, schema `RunStepObject`). Only read."""

from __future__ import annotations

from typing import Literal

from ..engine.resource import Resource
from .options import TaskOptions


class StepOptions(TaskOptions):
    """What is added to what the server shows."""

    include: list[Literal["step_details.tool_calls[*].file_search.results[*].content"]] | None = None
    """The one field that the API adds on request (query parameter `include[]`)."""


RESOURCE = Resource(
    name="step",
    plural="steps",
    kind="thread.run.step",
    path="/threads/{thread_id}/runs/{run_id}/steps",
    server_fields=(
        "id",
        "created_at",
        "assistant_id",
        "type",
        "status",
        "step_details",
        "last_error",
        "expired_at",
        "cancelled_at",
        "failed_at",
        "completed_at",
        "metadata",
        "usage",
    ),
)
