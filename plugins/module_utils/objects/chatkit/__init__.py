# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""ChatKit: chats in a browser, with an agent behind them."""

from __future__ import annotations

from ...api.families import Family

FAMILY = Family(beta="chatkit_beta=v1", probe="/chatkit/threads", parts={"chatkit": "/chatkit/threads"})
