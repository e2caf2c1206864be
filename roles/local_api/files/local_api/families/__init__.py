# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The families of objects, one folder each. What is named here is served."""

from __future__ import annotations

from . import agents, assistants, chatkit, storage

FAMILIES = (assistants.FAMILY, chatkit.FAMILY, agents.FAMILY, *storage.FAMILIES)
