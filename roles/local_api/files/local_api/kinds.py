# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of API objects, said once: every list, read and delete works from these lines."""

from __future__ import annotations

import secrets
from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """One kind of API object: its ``object`` value, the prefix of its ids, and what error messages call it."""

    object: str
    prefix: str
    noun: str

    @property
    def deleted(self) -> str:
        """The ``object`` value of the answer to a DELETE (DeleteAssistantResponse and its siblings)."""
        return f"{self.object}.deleted"

    def new_id(self) -> str:
        """A new opaque id."""
        return new_id(self.prefix)


def new_id(prefix: str) -> str:
    """A new opaque id with one of the API's prefixes."""
    return prefix + secrets.token_hex(12)


ASSISTANT = Kind("assistant", "asst_", "assistant")
THREAD = Kind("thread", "thread_", "thread")
MESSAGE = Kind("thread.message", "msg_", "message")
RUN = Kind("thread.run", "run_", "run")
RUN_STEP = Kind("thread.run.step", "step_", "run step")
CHATKIT_SESSION = Kind("chatkit.session", "cksess_", "session")
CHATKIT_THREAD = Kind("chatkit.thread", "cthr_", "thread")
CHATKIT_THREAD_ITEM = Kind("chatkit.thread_item", "cthi_", "thread item")
