#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_thread_info
short_description: Read an OpenAI thread
version_added: "0.1.0"
description:
  - Reads a thread by its id. The API cannot list threads.
  - The result is always a list. It is empty if the thread does not exist.
  - It costs one read.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.assistants
  - aiops.openai.attributes
  - aiops.openai.attributes.info
options:
  thread_id:
    description:
      - The id of the thread to read. It must not be empty.
    type: str
    required: true
seealso:
  - module: aiops.openai.openai_thread
  - module: aiops.openai.openai_thread_message_info
  - module: aiops.openai.openai_thread_run_info
"""

EXAMPLES = r"""
---
- name: Read a thread
  aiops.openai.openai_thread_info:
    thread_id: thread_71c0aa5e93d2
  register: found

- name: Show its metadata
  ansible.builtin.debug:
    var: found.threads[0].metadata
  when: found.threads | length > 0
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
threads:
  description:
    - The thread, or nothing if it does not exist.
    - Fields that the server shows beyond these are returned too.
  returned: success
  type: list
  elements: dict
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
        ticket: '4711'
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
      sample: thread_id
    message:
      description: What the server says.
      returned: when the server says so
      type: str
      sample: No thread was found with this id.
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
      sample: https://api.openai.com/v1/threads
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.assistants import thread
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import InfoModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = InfoModule(resource=thread.RESOURCE, listable=False)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
