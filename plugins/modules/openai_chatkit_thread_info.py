#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_chatkit_thread_info
short_description: Read ChatKit threads
version_added: "0.1.0"
description:
  - Reads one ChatKit thread by its id, or all of them, or those of one end user.
  - The result is always a list. It is empty if nothing is found, unless O(find_one=true).
  - One thread by its id costs one read. A list costs one read for every 100 threads. With O(include_items=true) each
    thread costs one read more for every 100 of its items.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.attributes
  - aiops.openai.attributes.info
  - aiops.openai.listing
options:
  thread_id:
    description:
      - The id of the one thread to read.
    type: str
  user:
    description:
      - Only the threads of this end user are listed. It is the text that was given as
        O(aiops.openai.openai_chatkit_session#module:user).
    type: str
  include_items:
    description:
      - Whether the items of each thread are read too. They are returned as RV(threads[].thread_items), the oldest
        first.
      - Of each thread at most O(max_items) items are read.
    type: bool
    default: false
seealso:
  - module: aiops.openai.openai_chatkit_session
"""

EXAMPLES = r"""
---
- name: Read the threads of an end user, the newest first
  aiops.openai.openai_chatkit_thread_info:
    user: customer-4711
    order: desc
    max_items: 20
  register: found

- name: Show their titles
  ansible.builtin.debug:
    msg: "{{ found.threads | map(attribute='title') }}"

- name: Read one thread with all that was said
  aiops.openai.openai_chatkit_thread_info:
    thread_id: cthr_68df4b13
    include_items: true
    find_one: true
"""

RETURN = r"""
---
threads:
  description:
    - The threads that were found, in the order of the list.
    - Fields that the server shows beyond these are returned too.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The id of the thread.
      returned: always
      type: str
      sample: cthr_68df4b13
    object:
      description: The type of the object, which is V(chatkit.thread).
      returned: always
      type: str
      sample: chatkit.thread
    created_at:
      description: When the thread was created, in seconds since 1970.
      returned: always
      type: int
      sample: 1764000120
    title:
      description: The title of the thread, or V(null).
      returned: always
      type: str
      sample: Changing an address
    status:
      description: Whether the thread takes new messages.
      returned: always
      type: dict
      contains:
        type:
          description: V(active), V(locked) or V(closed).
          returned: always
          type: str
          sample: active
        reason:
          description: Why the thread was locked or closed, or V(null).
          returned: for the types V(locked) and V(closed)
          type: str
          sample: null
    user:
      description: The end user that the thread belongs to.
      returned: always
      type: str
      sample: customer-4711
    thread_items:
      description: What was said in the thread, the oldest first. Each item has a C(type) that says what else it holds.
      returned: if O(include_items=true)
      type: list
      elements: dict
      sample:
        - id: cthi_1
          object: chatkit.thread_item
          type: chatkit.user_message
          created_at: 1764000121
          thread_id: cthr_68df4b13
          content:
            - type: input_text
              text: How do I change my address?
          attachments: []
          inference_options: null
error:
  description:
    - What is known of a failure. It is empty where nothing was asked of the server.
  returned: failure
  type: dict
  sample:
    status: 401
    type: invalid_request_error
    code: invalid_api_key
    message: Incorrect API key provided.
    request_id: req_8d21
    method: GET
    url: https://api.openai.com/v1/chatkit/threads
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects import chatkit
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import InfoModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = InfoModule(
    resource=chatkit.THREAD,
    id_option="thread_id",
    filters={"user": {"type": "str"}},
    behaviour={"include_items": {"type": "bool", "default": False}},
    enrich=chatkit.with_items,
    constraints={"mutually_exclusive": [("thread_id", "user")]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
