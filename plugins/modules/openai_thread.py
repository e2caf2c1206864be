#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_thread
short_description: Manage an OpenAI thread
version_added: "0.1.0"
description:
  - Creates, changes and deletes a thread, which is a conversation made of messages.
  - A thread is found again by O(thread_id) only, since the API can neither list nor name threads. Without O(thread_id)
    every task with O(state=present) creates a thread.
  - With O(state=present) and O(thread_id) the thread must exist, and its O(metadata) and O(tool_resources) are brought
    to what the task gives.
  - With O(state=absent) the thread is deleted, and its messages with it. One that is not there is absent already.
  - Only what the task gives is compared and changed. An option that is left out, or is V(null), is left alone. An empty
    list or mapping clears the field.
  - Creating costs one write. With O(thread_id) a task that changes nothing costs one read, and a change one write more.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.assistants
  - aiops.openai.attributes
  - aiops.openai.attributes.stateful
  - aiops.openai.state
  - aiops.openai.state.extra_body_on_creation
  - aiops.openai.parts.metadata
  - aiops.openai.parts.tool_resources
  - aiops.openai.parts.messages
attributes:
  idempotent:
    description: A second run of the same task changes nothing.
    support: partial
    details:
      - With O(thread_id) it is idempotent. Without it every run creates a thread.
options:
  thread_id:
    description:
      - The id of the thread. It must exist, unless it is to be absent.
      - If it is left out, a thread is created.
      - An empty text is refused, since it is most likely a variable that was not filled in.
      - Required if O(state=absent).
    type: str
notes:
  - Keep the id of a thread where the next run of the playbook finds it, for example in a file or in an inventory
    variable. Threads whose id is lost cannot be found again.
seealso:
  - module: aiops.openai.openai_thread_info
  - module: aiops.openai.openai_thread_message
  - module: aiops.openai.openai_thread_run
  - name: OpenAI API reference, threads
    description: The fields of a thread in the words of the API.
    link: https://platform.openai.com/docs/api-reference/threads
"""

EXAMPLES = r"""
---
- name: Create a thread
  aiops.openai.openai_thread:
    messages:
      - role: user
        content: What is new in version 2.1?
    metadata:
      ticket: 4711
  register: conversation

- name: Change its metadata
  aiops.openai.openai_thread:
    thread_id: "{{ conversation.thread.id }}"
    metadata:
      ticket: 4711
      status: answered

# Create a thread in the first run of the playbook, and meet it again in all others.
- name: Have the thread whose id was kept
  aiops.openai.openai_thread:
    thread_id: "{{ lookup('ansible.builtin.file', '/etc/example/thread_id', errors='ignore') | default(omit, true) }}"
    metadata:
      ticket: 4711
  register: conversation

- name: Keep its id
  ansible.builtin.copy:
    content: "{{ conversation.thread.id }}"
    dest: /etc/example/thread_id
    mode: "0600"

- name: Create a thread with a file for each tool
  aiops.openai.openai_thread:
    messages:
      - role: user
        content:
          - type: text
            text: Compare the picture with the attached report.
          - type: image_url
            image_url:
              url: https://example.com/plan.png
              detail: low
        attachments:
          - file_id: file-9c1e77
            tools:
              - type: file_search
    tool_resources:
      code_interpreter:
        file_ids:
          - file-51ab03

- name: Create a thread with a vector store of its own
  aiops.openai.openai_thread:
    tool_resources:
      file_search:
        vector_stores:
          - file_ids:
              - file-9c1e77
              - file-51ab03
            chunking_strategy:
              type: static
              static:
                max_chunk_size_tokens: 600
                chunk_overlap_tokens: 200

- name: Take the files of the code interpreter away, and leave the vector store
  aiops.openai.openai_thread:
    thread_id: thread_71c0aa5e93d2
    tool_resources:
      code_interpreter:
        file_ids: []

- name: Show whether a thread would be deleted, and delete nothing
  aiops.openai.openai_thread:
    thread_id: thread_71c0aa5e93d2
    state: absent
  check_mode: true
  diff: true

- name: Delete a thread
  aiops.openai.openai_thread:
    thread_id: thread_71c0aa5e93d2
    state: absent
"""

RETURN = r"""
---
thread:
  description:
    - The thread as the server has it after the task, or in check mode as it would have it.
    - Fields that the server shows beyond these are returned too.
  returned: when O(state=present)
  type: dict
  contains:
    id:
      description: The id of the thread.
      returned: always
      type: str
      sample: thread_71c0aa5e93d2
    object:
      description: The type of the object, which is V(thread).
      returned: always
      type: str
      sample: thread
    created_at:
      description: When the thread was created, in seconds since 1970.
      returned: always
      type: int
      sample: 1764000100
    tool_resources:
      description: What the tools may use, by the type of the tool. It may be V(null).
      returned: always
      type: dict
      sample:
        code_interpreter:
          file_ids:
            - file-9c1e77
    metadata:
      description: The keys and values that are kept with the thread.
      returned: always
      type: dict
      sample:
        ticket: "4711"
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
      sample: model
    message:
      description: What the server says.
      returned: when the server says so
      type: str
      sample: The requested model does not exist.
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
      sample: https://api.openai.com/v1/threads
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.assistants import thread
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = StateModule(
    resource=thread.RESOURCE,
    constraints={"required_if": [("state", "absent", ("thread_id",))]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
