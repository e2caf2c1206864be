#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_server_info
short_description: See what a server of OpenAI's APIs offers
version_added: "1.0.0"
description:
  - Tells whether a server can be reached, whether it takes the key, which families of endpoints it offers, and how fast
    it answers. It is the first thing to run against a new O(base_url).
  - What is missing is no failure, nor is a server that does not answer. The result says what was seen.
  - It costs one read for each family, and nothing is written.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.attributes
attributes:
  check_mode:
    description: Can run in check mode, and writes nothing while it does.
    support: full
    details:
      - The module only reads, and does so in check mode too.
  diff_mode:
    description: Returns what has changed, or in check mode what would change.
    support: N/A
    details:
      - The module changes nothing.
  idempotent:
    description: A second run of the same task changes nothing.
    support: N/A
    details:
      - The module changes nothing.
notes:
  - A server that does not answer is asked again as O(max_retries) says. Set it to V(0) for a quick look.
seealso:
  - module: aiops.openai.openai_assistant_info
"""

EXAMPLES = r"""
---
- name: Look at a server
  aiops.openai.openai_server_info:
    base_url: https://contoso.services.ai.azure.com/api/projects/operations
    api_version: "2025-05-01"
    max_retries: 0
  register: seen

- name: Show what it offers
  ansible.builtin.debug:
    msg: "{{ seen.server.families | items2dict(key_name='name', value_name='said') }}"

- name: Fail with one sentence where the play cannot work
  ansible.builtin.assert:
    that:
      - seen.server.key_accepted
      - "'assistants' in seen.server.offered"
    fail_msg: "{{ seen.server.said }}"
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
server:
  description: What was seen of the server.
  returned: success
  type: dict
  contains:
    base_url:
      description: The address that was asked.
      returned: always
      type: str
      sample: http://127.0.0.1:8080/v1
    reachable:
      description: Whether anything answered there.
      returned: always
      type: bool
      sample: true
    key_accepted:
      description: Whether the server takes the key, or V(null) where that could not be told.
      returned: always
      type: bool
      sample: true
    seconds:
      description: How long the quickest answer took, or V(null) if there was none.
      returned: always
      type: float
      sample: 0.018
    said:
      description: What the first request met, in words. That is a list of models, which not every server has.
      returned: always
      type: str
      sample: GET http://127.0.0.1:8080/v1/models answered 200
    offered:
      description: The names of all that the server offers, for conditions.
      returned: always
      type: list
      elements: str
      sample:
        - chatkit
    families:
      description: What was seen of each. It is empty if nothing answered.
      returned: always
      type: list
      contains:
        name:
          description:
            - What was looked for.
            - V(assistants), V(thread_list) (whether threads can be listed, as Microsoft Foundry can, and api.openai.com
              cannot), V(chatkit), V(files), V(vector_stores) and V(agents).
          returned: always
          type: str
          sample: chatkit
        offered:
          description: Whether the server offers it, or V(null) where that could not be told.
          returned: always
          type: bool
          sample: true
        status:
          description: The HTTP status of the answer, or V(null) if there was none.
          returned: always
          type: int
          sample: 200
        seconds:
          description: How long the answer took, with all attempts.
          returned: always
          type: float
          sample: 0.021
        said:
          description: What was seen, in words.
          returned: always
          type: str
          sample: GET http://127.0.0.1:8080/v1/chatkit/threads answered 200
      elements: dict
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
      sample: server_id
    message:
      description: What the server says.
      returned: when the server says so
      type: str
      sample: No server was found with this id.
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
      sample: https://api.openai.com/v1/models
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects import (
    agents,
    assistants,
    chatkit,
    files,
    vector_stores,
)
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module
from ansible_collections.aiops.openai.plugins.module_utils.tasks.server import ServerModule

DECLARATION = ServerModule(
    families=(assistants.FAMILY, chatkit.FAMILY, files.FAMILY, vector_stores.FAMILY, agents.FAMILY)
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
