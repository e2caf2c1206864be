# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the server knows of a family of objects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fastapi import APIRouter

from .world import World


@dataclass(frozen=True)
class Family:
    """Objects whose paths want the same beta header. All of it lives in one folder of ``families``."""

    name: str
    beta: str | None
    """What ``OpenAI-Beta`` has to hold; None asks for nothing."""
    routes: Callable[[World], Sequence[APIRouter]]
    """Its paths under the prefix; the first that matches serves."""
    told: Callable[[World], APIRouter] = lambda world: APIRouter()
    """What it can be told under /_control."""
