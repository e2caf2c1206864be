# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Agents API: agents, and what they work in and with."""

from __future__ import annotations

from local_api.core.family import Family

from .routes import agents

FAMILY = Family(name="agents", beta="agents=v1", routes=lambda world: (agents.router(world),))
