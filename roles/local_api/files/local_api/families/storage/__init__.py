# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files, and the vector stores that they are searched in."""

from __future__ import annotations

from local_api.core.family import Family

from .routes import files, vector_stores

FAMILIES = (
    Family(name="files", beta=None, routes=lambda world: (files.router(world),)),
    Family(name="vector_stores", beta="assistants=v2", routes=lambda world: (vector_stores.router(world),)),
)
