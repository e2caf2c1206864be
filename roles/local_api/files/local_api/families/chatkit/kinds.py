# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of objects of ChatKit."""

from __future__ import annotations

from local_api.core.kinds import Kind

CHATKIT_SESSION = Kind("chatkit.session", "cksess_", "session")
CHATKIT_THREAD = Kind("chatkit.thread", "cthr_", "thread")
CHATKIT_THREAD_ITEM = Kind("chatkit.thread_item", "cthi_", "thread item")
