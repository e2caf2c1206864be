#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_vector_store_info
short_description: Read OpenAI vector stores
version_added: 1.0.0
description:
  - Reads one vector store by its id, those with a name, or all of them.
  - The result is always a list. It is empty if nothing is found, unless O(find_one=true).
  - One vector store by its id costs one read. A list costs one read for every 100 vector stores that are looked at.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.vector_stores
  - aiops.openai.attributes
  - aiops.openai.attributes.info
  - aiops.openai.listing
  - aiops.openai.listing.backwards
options:
  vector_store_id:
    description:
      - The id of the one vector store to read. It must not be empty.
      - Mutually exclusive with O(name).
    type: str
  name:
    description:
      - Return only the vector stores with exactly this name. Upper and lower case matter.
      - The API cannot filter by a name, so the list is read and compared here.
      - Mutually exclusive with O(vector_store_id).
    type: str
seealso:
  - module: aiops.openai.openai_vector_store
"""

EXAMPLES = r"""
---
- name: Read all vector stores
  aiops.openai.openai_vector_store_info:
  register: everything

- name: Show how many files each has
  ansible.builtin.debug:
    msg: "{{ everything.vector_stores | items2dict(key_name='name', value_name='file_counts') }}"

- name: Read the one vector store of a name, and fail if there is none or several
  aiops.openai.openai_vector_store_info:
    name: Handbook
    find_one: true
  register: handbook

- name: Use its id
  ansible.builtin.debug:
    var: handbook.vector_stores[0].id
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
vector_stores:
  description:
    - The vector_stores that were found, in the order of the list.
    - Fields that the server shows beyond these are returned too.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The id of the vector store.
      returned: always
      type: str
      sample: vs_2b4f90
    object:
      description: The type of the object, which is V(vector_store).
      returned: always
      type: str
      sample: vector_store
    created_at:
      description: When the vector store was created, in seconds since 1970.
      returned: always
      type: int
      sample: 1764000000
    name:
      description: The name of the vector store. It may be empty.
      returned: always
      type: str
      sample: Handbook
    usage_bytes:
      description: How many bytes its files take.
      returned: always
      type: int
      sample: 123456
    file_counts:
      description: How many files there are, and in which status.
      returned: always
      type: dict
      contains:
        in_progress:
          description: How many files are being cut into chunks.
          returned: always
          type: int
          sample: 0
        completed:
          description: How many files can be searched.
          returned: always
          type: int
          sample: 12
        failed:
          description: How many files could not be read.
          returned: always
          type: int
          sample: 0
        cancelled:
          description: How many files were given up on the way.
          returned: always
          type: int
          sample: 0
        total:
          description: How many files there are.
          returned: always
          type: int
          sample: 12
    status:
      description: V(in_progress) while files are being cut into chunks, V(completed), or V(expired).
      returned: always
      type: str
      sample: completed
    expires_after:
      description: When it expires after it was last used, or V(null).
      returned: always
      type: dict
      sample:
        anchor: last_active_at
        days: 30
    expires_at:
      description: When it expires, in seconds since 1970, or V(null).
      returned: always
      type: int
      sample: 1766592000
    last_active_at:
      description: When it was last used, in seconds since 1970, or V(null).
      returned: always
      type: int
      sample: 1764000000
    metadata:
      description: The keys and values that are kept with the vector store.
      returned: always
      type: dict
      sample:
        team: platform
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
      sample: vector_store_id
    message:
      description: What the server says.
      returned: when the server says so
      type: str
      sample: No vector_store was found with this id.
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
      sample: https://api.openai.com/v1/vector_stores
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.vector_stores import vector_store
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import InfoModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = InfoModule(
    resource=vector_store.RESOURCE,
    matches={"name": {"type": "str"}},
    constraints={"mutually_exclusive": [("vector_store_id", "name")]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
