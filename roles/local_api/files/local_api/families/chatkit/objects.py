# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""From request to API object. Pure functions."""

from __future__ import annotations

from local_api.core.kinds import new_id
from local_api.core.store import Json

from .kinds import CHATKIT_SESSION


def session(sent: Json, created_at: int) -> Json:
    """ChatSessionResource."""
    return {
        "id": CHATKIT_SESSION.new_id(),
        "object": CHATKIT_SESSION.object,
        "expires_at": created_at + sent["expires_after"]["seconds"],
        "client_secret": new_id("ek_"),
        "workflow": sent["workflow"],
        "user": sent["user"],
        "rate_limits": sent["rate_limits"],
        "max_requests_per_1_minute": sent["rate_limits"]["max_requests_per_1_minute"],
        "status": "active",
        "chatkit_configuration": sent["chatkit_configuration"],
    }
