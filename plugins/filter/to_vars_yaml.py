# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter aiops.openai.to_vars_yaml."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.aiops.openai.plugins.module_utils.tasks.yaml_text import as_yaml
from ansible_collections.aiops.openai.plugins.plugin_utils.in_process import plain


def to_vars_yaml(value: Any) -> str:
    """A value as a vars file holds it."""
    return as_yaml(plain(value), quoted=False, untemplated=True)


class FilterModule:
    """What ansible-core loads."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The filters by their names."""
        return {"to_vars_yaml": to_vars_yaml}
