# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of objects of the Assistants API."""

from __future__ import annotations

from local_api.core.kinds import Kind

ASSISTANT = Kind("assistant", "asst_", "assistant")
THREAD = Kind("thread", "thread_", "thread")
MESSAGE = Kind("thread.message", "msg_", "message")
RUN = Kind("thread.run", "run_", "run")
RUN_STEP = Kind("thread.run.step", "step_", "run step")
