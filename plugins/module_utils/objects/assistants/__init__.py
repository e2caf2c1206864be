# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The Assistants API: assistants, and their work on threads of messages."""

from __future__ import annotations

from ...api.families import Family

FAMILY = Family(
    beta="assistants=v2",
    probe="/assistants",
    parts={"assistants": "/assistants", "thread_list": "/threads"},
    closed={"api.openai.com": "OpenAI closed its Assistants endpoints on 2026-08-26"},
)
