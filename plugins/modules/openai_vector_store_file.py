#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_vector_store_file
short_description: Manage a file of an OpenAI vector store
version_added: 1.0.0
description:
  - Puts a file into a vector store, changes its attributes there, and takes it out.
  - With O(state=present) the file is put into the vector store if it is not there, or if the server had given it up.
    The task waits until it can be searched, and fails if it cannot be.
  - With O(state=absent) the file is taken out of the vector store. The file itself stays. See
    M(aiops.openai.openai_file) for that. One that is not there is absent already.
  - Only what the task gives is compared and changed.
  - A task that changes nothing costs one read. A change costs one write more, and the reads of the wait.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.vector_stores
  - aiops.openai.attributes
  - aiops.openai.attributes.stateful
  - aiops.openai.state
  - aiops.openai.state.extra_body
attributes:
  idempotent:
    description: A second run of the same task changes nothing.
    support: full
    details:
      - A field in O(extra_body) that the server does not show is sent, and reported as a change, at every run.
options:
  vector_store_id:
    description:
      - The id of the vector store.
    type: str
    required: true
  # BEGIN fields (made by `make docs-write`)
  file_id:
    description:
      - The id of the file, as M(aiops.openai.openai_file) returns it. The vector store knows it by the same id.
    type: str
    required: true
  attributes:
    description:
      - Keys and values of your own that the server keeps with the file in this vector store. A search can be narrowed
        by them.
      - This is the whole map. A key of the file that is not in it is removed. V({}) removes all keys, and leaving the
        option out leaves all keys alone.
      - At most 16 pairs, with keys of at most 64 characters. Values are texts of at most 512 characters, numbers,
        V(true) or V(false).
    type: dict
  chunking_strategy:
    description:
      - How the file is cut into the chunks that are searched.
      - It only matters when the file is put into the vector store. On one that is there it is left alone.
      - If it is left out, the server takes the type V(auto).
    type: dict
    suboptions:
      type:
        description:
          - Who decides on the size of the chunks.
        type: str
        required: true
        choices:
          auto: The server. The API says it takes chunks of 800 tokens that overlap by 400.
          static: The task.
      static:
        description:
          - The size of the chunks.
          - Required if O(chunking_strategy.type=static).
        type: dict
        suboptions:
          max_chunk_size_tokens:
            description:
              - The largest number of tokens in a chunk. From 100 to 4096.
            type: int
            required: true
          chunk_overlap_tokens:
            description:
              - The number of tokens that a chunk has in common with the next one. At least 0, and at most half of a
                chunk.
            type: int
            required: true
  wait:
    description:
      - Whether to wait until the server is through with it. Otherwise it is returned as it is at once.
      - In check mode nothing is waited for, nor with O(state=absent).
    type: bool
    default: true
  wait_timeout:
    description:
      - The seconds to wait. After that the task fails and returns what it waited for as it was last read. The server
        goes on all the same.
      - The pause between two looks at the status is what the server asks for, else it grows from half a second to five
        seconds.
    type: float
    default: 600
  # END fields
seealso:
  - module: aiops.openai.openai_vector_store_file_info
  - module: aiops.openai.openai_vector_store
  - module: aiops.openai.openai_file
"""

EXAMPLES = r"""
---
- name: Have the handbook uploaded
  aiops.openai.openai_file:
    src: handbook.md
    purpose: assistants
    replace: true
  register: handbook

- name: Have a vector store
  aiops.openai.openai_vector_store:
    name: Handbook
  register: store

- name: Have the handbook in it
  aiops.openai.openai_vector_store_file:
    vector_store_id: "{{ store.vector_store.id }}"
    file_id: "{{ handbook.file.id }}"
    attributes:
      language: en
      chapter: 3

- name: Take another file out
  aiops.openai.openai_vector_store_file:
    vector_store_id: "{{ store.vector_store.id }}"
    file_id: file-51ab03
    state: absent
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
vector_store_file:
  description:
    - The vector_store_file as the server has it after the task, or in check mode as it would have it.
    - Fields that the server shows beyond these are returned too.
  returned: when O(state=present)
  type: dict
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
      sample: POST
    url:
      description: The address of the request, without its query.
      returned: when a request was made
      type: str
      sample: https://api.openai.com/v1/vector_stores/vs_2b4f90/files
    ids:
      description: The ids of all vector_store_files that match what the task gives.
      returned: when several match, and one is wanted
      type: list
      elements: str
      sample:
        - file-9c1e77
        - file-77e1c9
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.vector_stores import vector_store_file
from ansible_collections.aiops.openai.plugins.module_utils.parts.waiting import WaitOptions
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = StateModule(
    resource=vector_store_file.RESOURCE,
    parents={"vector_store_id": "vector_store_id"},
    parent_options={"vector_store_id": {"type": "str", "required": True}},
    behaviour=WaitOptions,
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
