# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Vector stores: files cut into chunks, to be searched in."""

from __future__ import annotations

from ...api.families import Family

FAMILY = Family(beta="assistants=v2", probe="/vector_stores", parts={"vector_stores": "/vector_stores"})
