#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_ledger_info
short_description: Show which names a ledger holds
version_added: "1.0.0"
description:
  - Lists the names that a O(ledger) keeps, with the ids that they lead to and their age. Threads have such names.
  - The ledger is only read, and is not made where there is none. No server is asked, so what is listed may be gone from
    it. A row goes when a task looks for its object and does not find it.
  - A ledger holds no secrets and no content, only what is returned here.
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
options:
  # BEGIN fields (made by `make docs-write`)
  kind:
    description:
      - Only rows of this kind of object, for example V(thread).
    type: str
  older_than_days:
    description:
      - Only rows that are older than so many days.
    type: float
  all_servers:
    description:
      - Whether rows of other servers are wanted too. Otherwise only those of this O(base_url), O(organization) and
        O(project) are, which is what the names of a task with the same options lead to.
    type: bool
    default: false
  # END fields
seealso:
  - module: aiops.openai.openai_thread
"""

EXAMPLES = r"""
---
- name: List the threads of this server that have names
  aiops.openai.openai_ledger_info:
    kind: thread
  register: known

- name: Show them with their ids
  ansible.builtin.debug:
    msg: "{{ known.entries | items2dict(key_name='name', value_name='id') }}"

- name: List what is older than a month
  aiops.openai.openai_ledger_info:
    older_than_days: 30
  register: old

- name: Delete those threads
  aiops.openai.openai_thread:
    name: "{{ item.name }}"
    state: absent
  loop: "{{ old.entries | selectattr('kind', 'equalto', 'thread') }}"
  loop_control:
    label: "{{ item.name }}"

- name: List what was being created when its task was killed
  aiops.openai.openai_ledger_info:
    all_servers: true
  register: all
  failed_when: all.entries | selectattr('state', 'equalto', 'reserved') | length > 0
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
entries:
  description: The rows, the oldest first.
  returned: success
  type: list
  contains:
    kind:
      description: The kind of the object, such as V(thread).
      returned: always
      type: str
    name:
      description:
        - The name of the object.
        - That of a thread which a run has brought with it is C(run:) and the key of that run.
      returned: always
      type: str
      sample: ticket 4711
    id:
      description: The id of the object, or V(null) while it is only reserved.
      returned: always
      type: str
      sample: thread_71c0aa5e93d2
    state:
      description:
        - V(known) if the id is.
        - V(reserved) while the object is being created, and after a task that was killed meanwhile.
      returned: always
      type: str
      sample: known
    created_at:
      description: When the object was created, in seconds since 1970. When the name was reserved, if that is all that
        is known.
      returned: always
      type: int
      sample: 1764000100
    age:
      description: The seconds since then.
      returned: always
      type: int
      sample: 172800
    server:
      description: The address of the server.
      returned: always
      type: str
      sample: https://api.openai.com/v1
    organization:
      description: The organization that the task named, or V(null).
      returned: always
      type: str
      sample: null
    project:
      description: The project that the task named, or V(null).
      returned: always
      type: str
      sample: null
    parents:
      description: The ids of the parents of the object, by name.
      returned: always
      type: dict
      sample: {}
    maker:
      description: The host and the process that created the object, and a random part.
      returned: always
      type: str
      sample: node1:4711:9f86d081
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

from ansible_collections.aiops.openai.plugins.module_utils.tasks.ledger_info import LedgerModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = LedgerModule()


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
