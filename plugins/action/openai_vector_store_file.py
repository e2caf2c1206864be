# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.aiops.openai.plugins.modules.openai_vector_store_file import DECLARATION
from ansible_collections.aiops.openai.plugins.plugin_utils.in_process import InProcess


class ActionModule(InProcess):
    """Runs aiops.openai.openai_vector_store_file."""

    declaration = DECLARATION
