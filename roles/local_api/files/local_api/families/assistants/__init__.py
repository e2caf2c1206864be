# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Assistants v2: assistants, threads, messages, runs and their steps."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from local_api.core.family import Family
from local_api.core.jobs import Jobs
from local_api.core.world import World

from .life import RunLife
from .routes import assistants, messages, runs, threads, told


def routes(world: World) -> Sequence[APIRouter]:
    """Runs come before threads, because /threads/runs is no thread."""
    jobs = Jobs(world.store)
    model = world.options.model
    life = RunLife(world.store, jobs, live=model is not None)
    paths = [assistants.router(world), runs.router(world, life), messages.router(world, life), threads.router(world)]
    if model is not None:
        from .live import Live  # its HTTP client takes a while to load

        paths.append(APIRouter(lifespan=Live(world.store, jobs, life, model).working))
    return paths


FAMILY = Family(name="assistants", beta="assistants=v2", routes=routes, told=told.router)
