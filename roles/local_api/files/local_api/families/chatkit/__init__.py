# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ChatKit: sessions, threads and their items."""

from __future__ import annotations

from local_api.core.family import Family

from .routes import chatkit, told

FAMILY = Family(name="chatkit", beta="chatkit_beta=v1", routes=lambda world: (chatkit.router(world),), told=told.router)
