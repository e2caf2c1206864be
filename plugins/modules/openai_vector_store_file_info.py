#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_vector_store_file_info
short_description: Read the files of an OpenAI vector store
version_added: 1.0.0
description:
  - Reads one file of a vector store by its id, those in one status, or all of them. It does not read what is in them.
  - The result is always a list. It is empty if nothing is found, unless O(find_one=true).
  - One file by its id costs one read. A list costs one read for every 100 files that are looked at.
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
      - The id of the vector store.
    type: str
    required: true
  file_id:
    description:
      - The id of the one file to read. It must not be empty.
      - Mutually exclusive with O(status).
    type: str
  status:
    description:
      - Return only the files in this status. The list is read and compared here.
      - Mutually exclusive with O(file_id).
    type: str
    choices: [in_progress, completed, failed, cancelled]
seealso:
  - module: aiops.openai.openai_vector_store_file
"""

EXAMPLES = r"""
---
- name: Read the files of a vector store that could not be read
  aiops.openai.openai_vector_store_file_info:
    vector_store_id: vs_2b4f90
    status: failed
  register: failed

- name: Show why
  ansible.builtin.debug:
    msg: "{{ failed.vector_store_files | items2dict(key_name='id', value_name='last_error') }}"
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
vector_store_files:
  description:
    - The vector_store_files that were found, in the order of the list.
    - Fields that the server shows beyond these are returned too.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The id of the file.
      returned: always
      type: str
      sample: file-9c1e77
    object:
      description: The type of the object, which is V(vector_store.file).
      returned: always
      type: str
      sample: vector_store.file
    created_at:
      description: When the file was put into the vector store, in seconds since 1970.
      returned: always
      type: int
      sample: 1764000000
    vector_store_id:
      description: The id of the vector store.
      returned: always
      type: str
      sample: vs_2b4f90
    usage_bytes:
      description: How many bytes the file takes in the vector store.
      returned: always
      type: int
      sample: 23456
    status:
      description: V(in_progress) while the file is being cut into chunks, V(completed), V(failed) or V(cancelled).
      returned: always
      type: str
      sample: completed
    last_error:
      description: Why the file could not be read, as C(code) and C(message), or V(null).
      returned: always
      type: dict
      sample: null
    chunking_strategy:
      description: How the file is cut into chunks.
      returned: when the server shows it
      type: dict
      sample:
        type: static
    attributes:
      description: The keys and values that are kept with the file in this vector store.
      returned: always
      type: dict
      sample:
        chapter: 3
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
      sample: vector_store_file_id
    message:
      description: What the server says.
      returned: when the server says so
      type: str
      sample: No vector_store_file was found with this id.
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
      sample: https://api.openai.com/v1/vector_stores/vs_2b4f90/files
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.vector_stores import vector_store_file
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import InfoModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = InfoModule(
    resource=vector_store_file.RESOURCE,
    parents={"vector_store_id": "vector_store_id"},
    parent_options={"vector_store_id": {"type": "str", "required": True}},
    matches={"status": {"type": "str", "choices": ["in_progress", "completed", "failed", "cancelled"]}},
    constraints={"mutually_exclusive": [("file_id", "status")]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
