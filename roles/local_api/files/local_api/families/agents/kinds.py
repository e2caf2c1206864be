# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of objects of the Agents API."""

from __future__ import annotations

from local_api.core.kinds import Kind

AGENT = Kind("agent", "agent_", "agent")
