#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_assistants
short_description: Manage a set of OpenAI assistants
version_added: 1.0.0
description:
  - Creates and changes many assistants in one task, and removes those that are not in the set any more if told so.
  - Each assistant is found again by its exact name, and compared as M(aiops.openai.openai_assistant) does it.
  - All assistants are listed once, with one request for every 100. What differs is then written, several at a time. A
    set that is as it should be costs no more than the list.
  - If some assistants fail, all others are as they are to be, and the task fails with RV(failures). A second run of the
    task goes on from there.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.assistants
  - aiops.openai.attributes
  - aiops.openai.attributes.stateful
attributes:
  idempotent:
    description: A second run of the same task changes nothing.
    support: full
    details:
      - A field in O(assistants[].extra_body) that the server does not show is sent, and reported as a change, at every
        run.
options:
  # BEGIN fields (made by `make docs-write`)
  # END fields
notes:
  - Two tasks at once that make the same set wait for each other where they have the same O(ledger). Without one, an
    assistant that both of them find missing is created twice, and the next run fails and lists the ids.
seealso:
  - module: aiops.openai.openai_assistant
  - module: aiops.openai.openai_assistant_info
"""

EXAMPLES = r"""
---
- name: Have these assistants, and none other of ours
  aiops.openai.openai_assistants:
    assistants:
      - name: Release notes
        model: gpt-4o
        instructions: You write short release notes from a list of changes.
        metadata:
          managed_by: site-a
      - name: Librarian
        model: gpt-4o
        tools:
          - type: file_search
        metadata:
          managed_by: site-a
    prune: true
    prune_metadata:
      managed_by: site-a
  register: ours

- name: Show what was changed
  ansible.builtin.debug:
    msg: "{{ item.action }} {{ item.name }} ({{ item.id }})"
  loop: "{{ ours.changes }}"
  loop_control:
    label: "{{ item.name }}"

- name: Make a set of the files of a folder, sixteen requests at a time
  aiops.openai.openai_assistants:
    assistants: "{{ query('ansible.builtin.file', *files) | map('from_yaml') }}"
    parallel: 16
  vars:
    files: "{{ query('ansible.builtin.fileglob', 'assistants/*.yml') }}"
"""

RETURN = r"""
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.assistants import assistant
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module
from ansible_collections.aiops.openai.plugins.module_utils.tasks.set_module import SetModule

DECLARATION = SetModule(
    resource=assistant.RESOURCE,
    entries=assistant.AssistantSet,
    constraints={"required_if": [("prune", True, ("prune_metadata",))]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
