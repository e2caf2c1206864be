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
  - Reads one ChatKit thread by its id, those of one end user, or all of them. Such a thread is the chat of an end user
    with a workflow.
  - The result is always a list. It is empty if nothing is found, unless O(find_one=true).
  - One thread by its id costs one read. A list costs one read for every 100 threads. With O(include_items=true) each
    thread costs one read more for every 100 of its items.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.chatkit
  - aiops.openai.attributes
  - aiops.openai.attributes.info
  - aiops.openai.listing
  - aiops.openai.listing.backwards
options:
  thread_id:
    description:
      - The id of the one thread to read. It must not be empty.
      - Mutually exclusive with O(user).
    type: str
  user:
    description:
      - Return only the threads of this end user, by the name that a session was created with. See
        O(aiops.openai.openai_chatkit_session#module:user). The server filters by it.
      - Mutually exclusive with O(thread_id).
    type: str
  # BEGIN fields (made by `make docs-write`)
  include_items:
    description:
      - Whether to read what was said in each thread too. It is returned as RV(threads[].thread_items), the oldest item
        first, and never more than O(max_items) items of each thread.
    type: bool
    default: false
  # END fields
seealso:
  - module: aiops.openai.openai_chatkit_session
  - name: OpenAI API reference, ChatKit
    description: The fields of a thread and of its items in the words of the API.
    link: https://platform.openai.com/docs/api-reference/chatkit
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

- name: Read one thread with what was said
  aiops.openai.openai_chatkit_thread_info:
    thread_id: cthr_68df4b13
    include_items: true
    find_one: true
  register: chat

- name: Show what the end user has written
  ansible.builtin.debug:
    msg: "{{ item.content | map(attribute='text') | join(' ') }}"
  loop: "{{ chat.threads[0].thread_items | selectattr('type', 'eq', 'chatkit.user_message') }}"
  loop_control:
    label: "{{ item.id }}"
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
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
      description: Whether the thread takes new messages. It does if it is active.
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
          returned: when the type is V(locked) or V(closed)
          type: str
          sample: null
    user:
      description: The end user that the thread belongs to.
      returned: always
      type: str
      sample: customer-4711
    thread_items:
      description:
        - What was said and done in the thread, the oldest first.
        - The name is not C(items), which a template would take for the method of that name.
      returned: when O(include_items=true)
      type: list
      contains:
        id:
          description: The id of the item.
          returned: always
          type: str
          sample: cthi_5e1b90
        object:
          description: The type of the object, which is V(chatkit.thread_item).
          returned: always
          type: str
          sample: chatkit.thread_item
        created_at:
          description: When the item was created, in seconds since 1970.
          returned: always
          type: int
          sample: 1764000121
        thread_id:
          description: The id of the thread that the item belongs to.
          returned: always
          type: str
          sample: cthr_68df4b13
        type:
          description:
            - V(chatkit.user_message), V(chatkit.assistant_message), V(chatkit.widget), V(chatkit.client_tool_call),
              V(chatkit.task) or V(chatkit.task_group).
            - It says which other fields the item has.
          returned: always
          type: str
          sample: chatkit.user_message
        content:
          description: What was said, as a list of parts, each with its C(type) and C(text).
          returned: when the item is a message of the user or of the assistant
          type: list
          elements: dict
          sample:
            - type: input_text
              text: How do I change my address?
        attachments:
          description: The files that come with the message.
          returned: when the item is a message of the user
          type: list
          elements: dict
          sample: []
        inference_options:
          description: The C(tool_choice) and the C(model) that the user has asked for, or V(null).
          returned: when the item is a message of the user
          type: dict
          sample: null
        widget:
          description: The widget that was shown, as text.
          returned: when the item is a widget
          type: str
          sample: '{"type": "Card"}'
        status:
          description: V(in_progress) or V(completed).
          returned: when the item is a call of a tool in the browser
          type: str
          sample: completed
        call_id:
          description: The id of the call.
          returned: when the item is a call of a tool in the browser
          type: str
          sample: call_c21f
        name:
          description: The name of the tool.
          returned: when the item is a call of a tool in the browser
          type: str
          sample: open_form
        arguments:
          description: What the tool was called with, as JSON text.
          returned: when the item is a call of a tool in the browser
          type: str
          sample: '{"form": "address"}'
        output:
          description: What the tool has returned, as JSON text, or V(null) while it is at work.
          returned: when the item is a call of a tool in the browser
          type: str
          sample: '{"opened": true}'
        task_type:
          description: V(custom) or V(thought).
          returned: when the item is a task
          type: str
          sample: custom
        heading:
          description: The heading of the task, or V(null).
          returned: when the item is a task
          type: str
          sample: Looking the address up
        summary:
          description: What the task did, or V(null).
          returned: when the item is a task
          type: str
          sample: null
        tasks:
          description: The tasks of the group, each with its C(type), C(heading) and C(summary).
          returned: when the item is a group of tasks
          type: list
          elements: dict
          sample:
            - type: thought
              heading: Thinking
              summary: null
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
      sample: https://api.openai.com/v1/chatkit/threads
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.chatkit import thread
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import InfoModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = InfoModule(
    resource=thread.RESOURCE,
    filters={"user": {"type": "str"}},
    behaviour=thread.ItemOptions,
    enrich=thread.with_items,
    constraints={"mutually_exclusive": [("thread_id", "user")]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
