#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_vector_store
short_description: Manage an OpenAI vector store
version_added: 1.0.0
description:
  - Creates, changes and deletes a vector store, which holds files for the C(file_search) tool to search in.
  - A vector store is found again by O(vector_store_id), else by its exact O(name) among all vector stores. The task
    fails and lists the ids if several vector stores have that name.
  - With O(state=present) a vector store that is not found by its name is created. An O(vector_store_id) that does not
    exist fails the task.
  - With O(state=absent) the vector store is deleted. Its files stay. One that is not there is absent already.
  - Only what the task gives is compared and changed. An option that is left out, or is V(null), is left alone. An empty
    mapping clears the field.
  - A task that changes nothing costs one read by O(vector_store_id), and one read for every 100 vector stores by
    O(name). A change costs one write more, and the reads of the wait.
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
      - The id of the vector store. It must exist, unless it is to be absent.
      - An empty text is refused, since it is most likely a variable that was not filled in.
      - One of O(vector_store_id) and O(name) is required.
    type: str
  # BEGIN fields (made by `make docs-write`)
  metadata:
    description:
      - Keys and values of your own that the server keeps with the object. It does nothing with them.
      - This is the whole map. A key of the object that is not in it is removed. V({}) removes all keys, and leaving the
        option out leaves all keys alone.
      - At most 16 pairs, with keys of at most 64 and values of at most 512 characters.
      - Values are text. Numbers are sent as text. V(true) and V(null) are refused, so put quotes around words that YAML
        takes for something else.
    type: dict
  name:
    description:
      - The name of the vector store.
      - Without O(vector_store_id) the vector store is found again by it, so it should be unique, and must not be empty.
        Upper and lower case matter.
      - Together with O(vector_store_id) it is the name that the vector store is to have.
      - Required if O(vector_store_id) is left out.
    type: str
  description:
    description:
      - What the vector store is for. The server does not show it.
      - It only matters when the vector store is created. On one that exists it is left alone.
    type: str
  file_ids:
    description:
      - The ids of the files that the vector store starts with. At most 500.
      - They only matter when the vector store is created. On one that exists they are left alone. See
        M(aiops.openai.openai_vector_store_file) for that.
    type: list
    elements: str
  chunking_strategy:
    description:
      - How the files of O(file_ids) are cut into the chunks that are searched. It is of no use without them.
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
  expires_after:
    description:
      - When the vector store expires, after it was last used. An expired one cannot be searched any more.
      - V({}) takes the expiry away.
    type: dict
    suboptions:
      days:
        description:
          - The number of days. From 1 to 365. Without it, the vector store does not expire.
        type: int
      anchor:
        description:
          - The time from which they count, which is when the vector store was last used.
        type: str
        default: last_active_at
        choices:
          - last_active_at
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
  - module: aiops.openai.openai_vector_store_info
  - module: aiops.openai.openai_assistant
  - name: OpenAI API reference, vector stores
    description: The fields of a vector store in the words of the API.
    link: https://platform.openai.com/docs/api-reference/vector-stores
"""

EXAMPLES = r"""
---
- name: Have a vector store
  aiops.openai.openai_vector_store:
    name: Handbook
    expires_after:
      days: 30
    metadata:
      team: platform
  register: handbook

- name: Have an assistant that searches it
  aiops.openai.openai_assistant:
    name: Operations
    model: gpt-4o
    tools:
      - type: file_search
    tool_resources:
      file_search:
        vector_store_ids:
          - "{{ handbook.vector_store.id }}"

- name: Have a vector store that begins with two files
  aiops.openai.openai_vector_store:
    name: Contracts
    file_ids:
      - file-9c1e77
      - file-51ab03
    chunking_strategy:
      type: static
      static:
        max_chunk_size_tokens: 1200
        chunk_overlap_tokens: 300

- name: Let a vector store expire no more
  aiops.openai.openai_vector_store:
    name: Handbook
    expires_after: {}

- name: Delete a vector store
  aiops.openai.openai_vector_store:
    name: Handbook
    state: absent
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
vector_store:
  description:
    - The vector_store as the server has it after the task, or in check mode as it would have it.
    - Fields that the server shows beyond these are returned too.
  returned: when O(state=present)
  type: dict
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
      sample: POST
    url:
      description: The address of the request, without its query.
      returned: when a request was made
      type: str
      sample: https://api.openai.com/v1/vector_stores
    ids:
      description: The ids of all vector_stores that match what the task gives.
      returned: when several match, and one is wanted
      type: list
      elements: str
      sample:
        - vs_2b4f90
        - vs_09f4b2
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.vector_stores import vector_store
from ansible_collections.aiops.openai.plugins.module_utils.parts.waiting import WaitOptions
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = StateModule(
    resource=vector_store.RESOURCE,
    behaviour=WaitOptions,
    constraints={"required_one_of": [("vector_store_id", "name")]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
