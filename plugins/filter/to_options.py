# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The filter aiops.openai.to_options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.errors import AnsibleFilterError
from ansible.module_utils.basic import missing_required_lib

from ansible_collections.aiops.openai.plugins.module_utils.api.libraries import MISSING
from ansible_collections.aiops.openai.plugins.module_utils.engine.resource import Resource
from ansible_collections.aiops.openai.plugins.module_utils.tasks.adoption import is_found_again, options_for
from ansible_collections.aiops.openai.plugins.plugin_utils.in_process import plain
from ansible_collections.aiops.openai.plugins.plugin_utils.kinds import resources


def to_options(shown: Any, with_id: bool = False) -> Any:
    """The options that make an object, or those of each in a list. Raises AnsibleFilterError where there are none."""
    for library in MISSING:
        raise AnsibleFilterError(f"aiops.openai.to_options: {missing_required_lib(library)}")
    if not isinstance(shown, (list, tuple)):
        return options_for(_kind(shown), plain(shown), with_id=with_id)
    listed = [(_kind(one), plain(one)) for one in shown]
    all_of_them = [one for _resource, one in listed]
    return [
        options_for(resource, one, with_id=with_id or not is_found_again(resource, one, all_of_them))
        for resource, one in listed
    ]


def _kind(shown: Any) -> Resource:
    if not isinstance(shown, Mapping) or not isinstance(shown.get("object"), str):
        wanted = "it wants an object as a module of this collection shows it, or a list of them"
        raise AnsibleFilterError(f"aiops.openai.to_options: {wanted}")
    resource = resources().get(shown["object"])
    if resource is None or resource.body is None:
        raise AnsibleFilterError(f"aiops.openai.to_options: no module makes an object of the type {shown['object']!r}")
    return resource


class FilterModule:
    """What ansible-core loads."""

    def filters(self) -> dict[str, Callable[..., Any]]:
        """The filters by their names."""
        return {"to_options": to_options}
