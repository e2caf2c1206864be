# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter aiops.openai.to_agent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError

from ansible_collections.aiops.openai.plugins.module_utils.objects.agents.from_assistant import agent_from
from ansible_collections.aiops.openai.plugins.plugin_utils.in_process import plain


def to_agent(assistant: Any) -> Any:
    """The options of an agent and what is lost, of an assistant or each in a list. Raises AnsibleFilterError."""
    if isinstance(assistant, (list, tuple)):
        return [to_agent(one) for one in assistant]
    if not isinstance(assistant, Mapping) or assistant.get("object", "assistant") != "assistant":
        wanted = "it wants an assistant as a module shows it, or the options of one, or a list of them"
        raise AnsibleFilterError(f"aiops.openai.to_agent: {wanted}")
    try:
        agent, lost = agent_from(plain(assistant))
    except (AttributeError, KeyError, TypeError, ValueError) as wrong:
        raise AnsibleFilterError(f"aiops.openai.to_agent: this is no assistant of the API: {wrong!r}") from wrong
    return {"agent": agent, "lost": lost}


class FilterModule:
    """What ansible-core loads."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The filters by their names."""
        return {"to_agent": to_agent}
