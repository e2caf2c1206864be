#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_assistant_info
short_description: Read OpenAI assistants
version_added: "0.1.0"
description:
  - Reads one assistant by its id, those with a name, or all of them.
  - The result is always a list. It is empty if nothing is found, unless O(find_one=true).
  - One assistant by its id costs one read. A list costs one read for every 100 assistants that are looked at.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.assistants
  - aiops.openai.attributes
  - aiops.openai.attributes.info
  - aiops.openai.listing
  - aiops.openai.listing.backwards
options:
  assistant_id:
    description:
      - The id of the one assistant to read. It must not be empty.
      - Mutually exclusive with O(name).
    type: str
  name:
    description:
      - Return only the assistants with exactly this name. Upper and lower case matter.
      - The API cannot filter by a name, so the list is read and compared here.
      - Mutually exclusive with O(assistant_id).
    type: str
seealso:
  - module: aiops.openai.openai_assistant
"""

EXAMPLES = r"""
---
- name: Read all assistants
  aiops.openai.openai_assistant_info:
  register: everything

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ everything.assistants | map(attribute='name') }}"

- name: Read one assistant by its id
  aiops.openai.openai_assistant_info:
    assistant_id: asst_4f8d2c91b7a0
  register: by_id

- name: Read the one assistant of a name, and fail if there is none or several
  aiops.openai.openai_assistant_info:
    name: Release notes
    find_one: true
  register: notes

- name: Use its id
  ansible.builtin.debug:
    var: notes.assistants[0].id

- name: Read the ten newest assistants
  aiops.openai.openai_assistant_info:
    order: desc
    max_items: 10
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
assistants:
  description:
    - The assistants that were found, in the order of the list.
    - Fields that the server shows beyond these are returned too.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The id of the assistant.
      returned: always
      type: str
      sample: asst_4f8d2c91b7a0
    object:
      description: The type of the object, which is V(assistant).
      returned: always
      type: str
      sample: assistant
    created_at:
      description: When the assistant was created, in seconds since 1970.
      returned: always
      type: int
      sample: 1764000000
    name:
      description: The name of the assistant, or V(null).
      returned: always
      type: str
      sample: Release notes
    description:
      description: What the assistant is for, or V(null).
      returned: always
      type: str
      sample: Writes release notes from a list of changes.
    model:
      description: The model that answers.
      returned: always
      type: str
      sample: gpt-4o
    instructions:
      description: What the model is told before every conversation, or V(null).
      returned: always
      type: str
      sample: You write short release notes.
    tools:
      description: The tools that the model may use, as the server has them.
      returned: always
      type: list
      elements: dict
      sample:
        - type: code_interpreter
    tool_resources:
      description: What the tools may use, by the type of the tool. It may be V(null).
      returned: when the server shows it
      type: dict
      sample:
        code_interpreter:
          file_ids:
            - file-9c1e77
    metadata:
      description: The keys and values that are kept with the assistant.
      returned: always
      type: dict
      sample:
        team: platform
    temperature:
      description: How freely the model picks its words.
      returned: when the server shows it
      type: float
      sample: 1.0
    top_p:
      description: The share of the most likely words that the model picks from.
      returned: when the server shows it
      type: float
      sample: 1.0
    response_format:
      description: The format of the answers, which is V(auto) or a mapping.
      returned: when the server shows it
      type: raw
      sample: auto
error:
  description:
    - What is known of the failure, for the playbook to decide by. Keys that are not known are left out, and it is empty
      where a mistake in the task was found before any request.
  returned: failure
  type: dict
  contains:
    status:
      description: The HTTP status of the answer.
      returned: when the server answered with an error
      type: int
      sample: 404
    type:
      description: The type of the error, as the server names it.
      returned: when the server says so
      type: str
      sample: invalid_request_error
    code:
      description: The code of the error, as the server names it.
      returned: when the server says so
      type: str
      sample: rate_limit_exceeded
    param:
      description: The field of the request that the server objects to.
      returned: when the server says so
      type: str
      sample: assistant_id
    message:
      description: What the server says.
      returned: when the server says so
      type: str
      sample: No assistant was found with this id.
    request_id:
      description: The id of the request, which the support of the server asks for.
      returned: when the server gives one
      type: str
      sample: req_8f2e61
    method:
      description: The HTTP method of the request.
      returned: when a request was made
      type: str
      sample: GET
    url:
      description: The address of the request, without its query.
      returned: when a request was made
      type: str
      sample: https://api.openai.com/v1/assistants
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.assistants import assistant
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import InfoModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = InfoModule(
    resource=assistant.RESOURCE,
    matches={"name": {"type": "str"}},
    constraints={"mutually_exclusive": [("assistant_id", "name")]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
