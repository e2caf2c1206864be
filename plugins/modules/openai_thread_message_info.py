#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_thread_message_info
short_description: Read messages of an OpenAI thread
version_added: "0.1.0"
description:
  - Reads one message of a thread by its id, those that a run wrote, or all of them.
  - The result is always a list. It is empty if nothing is found, unless O(find_one=true). A list of a thread that does
    not exist fails the task.
  - One message by its id costs one read. A list costs one read for every 100 messages.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.assistants
  - aiops.openai.attributes
  - aiops.openai.attributes.info
  - aiops.openai.listing
  - aiops.openai.listing.backwards
options:
  thread_id:
    description:
      - The id of the thread that the messages belong to. It must not be empty.
    type: str
    required: true
  message_id:
    description:
      - The id of the one message to read. It must not be empty.
      - Mutually exclusive with O(run_id).
    type: str
  run_id:
    description:
      - Return only the messages that this run wrote. The server filters by it.
      - Mutually exclusive with O(message_id).
    type: str
seealso:
  - module: aiops.openai.openai_thread_message
  - module: aiops.openai.openai_thread_run
"""

EXAMPLES = r"""
---
- name: Read a conversation from its beginning
  aiops.openai.openai_thread_message_info:
    thread_id: thread_71c0aa5e93d2
    order: asc
  register: conversation

- name: Show who wrote what
  ansible.builtin.debug:
    msg: "{{ item.role }}: {{ item.content | map(attribute='text.value', default='') | join(' ') }}"
  loop: "{{ conversation.messages }}"
  loop_control:
    label: "{{ item.id }}"

- name: Read what a run wrote
  aiops.openai.openai_thread_message_info:
    thread_id: thread_71c0aa5e93d2
    run_id: run_5ad3e8c07f16
  register: written

- name: Read the messages that came after another
  aiops.openai.openai_thread_message_info:
    thread_id: thread_71c0aa5e93d2
    order: asc
    after: msg_0b6e5f1d2c84

- name: Read one message
  aiops.openai.openai_thread_message_info:
    thread_id: thread_71c0aa5e93d2
    message_id: msg_0b6e5f1d2c84
    find_one: true
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
messages:
  description:
    - The messages that were found, in the order of the list.
    - Fields that the server shows beyond these are returned too.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The id of the message.
      returned: always
      type: str
      sample: msg_0b6e5f1d2c84
    object:
      description: The type of the object, which is V(thread.message).
      returned: always
      type: str
      sample: thread.message
    created_at:
      description: When the message was created, in seconds since 1970.
      returned: always
      type: int
      sample: 1764000110
    thread_id:
      description: The id of the thread that the message belongs to.
      returned: always
      type: str
      sample: thread_71c0aa5e93d2
    status:
      description: V(completed), V(in_progress) while a run is writing it, or V(incomplete).
      returned: always
      type: str
      sample: completed
    incomplete_details:
      description: Why the message is incomplete, or V(null).
      returned: always
      type: dict
      contains:
        reason:
          description: V(content_filter), V(max_tokens), V(run_cancelled), V(run_expired) or V(run_failed).
          returned: when the message is incomplete
          type: str
          sample: max_tokens
      sample: null
    completed_at:
      description: When the message was completed, in seconds since 1970, or V(null).
      returned: always
      type: int
      sample: 1764000110
    incomplete_at:
      description: When the message was given up as incomplete, in seconds since 1970, or V(null).
      returned: always
      type: int
      sample: null
    role:
      description: Who wrote the message, V(user) or V(assistant).
      returned: always
      type: str
      sample: assistant
    content:
      description: What the message says, as a list of parts.
      returned: always
      type: list
      contains:
        type:
          description: V(text), V(image_file), V(image_url) or V(refusal). The part has one key of that name beside it.
          returned: always
          type: str
          sample: text
        text:
          description: The text.
          returned: when the part is a text
          type: dict
          contains:
            value:
              description: The words of the text.
              returned: always
              type: str
              sample: Version 2.1 is faster.
            annotations:
              description: The files that the text cites or that were made for it, with their place in the text.
              returned: always
              type: list
              contains:
                type:
                  description: V(file_citation) or V(file_path).
                  returned: always
                  type: str
                  sample: file_citation
                text:
                  description: The part of the text that stands for the file.
                  returned: always
                  type: str
                  sample: '[source]'
                file_citation:
                  description: The cited file, as C(file_id).
                  returned: when the type is V(file_citation)
                  type: dict
                  sample:
                    file_id: file-9c1e77
                file_path:
                  description: The file that was made, as C(file_id).
                  returned: when the type is V(file_path)
                  type: dict
                  sample:
                    file_id: file-51ab03
                start_index:
                  description: Where the annotated part of the text begins.
                  returned: always
                  type: int
                  sample: 17
                end_index:
                  description: Where it ends.
                  returned: always
                  type: int
                  sample: 29
              elements: dict
        image_file:
          description: An uploaded image.
          returned: when the part is an uploaded image
          type: dict
          contains:
            file_id:
              description: The id of the file.
              returned: always
              type: str
              sample: file-9c1e77
            detail:
              description: How closely the model looks at it, V(auto), V(low) or V(high).
              returned: when the server shows it
              type: str
              sample: auto
        image_url:
          description: An image on the web.
          returned: when the part is an image on the web
          type: dict
          contains:
            url:
              description: The address of the image.
              returned: always
              type: str
              sample: https://example.com/plan.png
            detail:
              description: How closely the model looks at it, V(auto), V(low) or V(high).
              returned: when the server shows it
              type: str
              sample: auto
        refusal:
          description: The words in which the model refused to answer.
          returned: when the part is a refusal
          type: str
          sample: I cannot help with that.
      elements: dict
    assistant_id:
      description: The id of the assistant that wrote the message, or V(null).
      returned: always
      type: str
      sample: asst_4f8d2c91b7a0
    run_id:
      description: The id of the run that wrote the message, or V(null).
      returned: always
      type: str
      sample: run_5ad3e8c07f16
    attachments:
      description: The files that come with the message. It may be V(null).
      returned: always
      type: list
      contains:
        file_id:
          description: The id of the file.
          returned: always
          type: str
          sample: file-9c1e77
        tools:
          description: The tools that may use the file, each with its C(type).
          returned: always
          type: list
          elements: dict
          sample:
            - type: file_search
      elements: dict
    metadata:
      description: The keys and values that are kept with the message.
      returned: always
      type: dict
      sample: {}
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
      sample: message_id
    message:
      description: What the server says.
      returned: when the server says so
      type: str
      sample: No message was found with this id.
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
      sample: https://api.openai.com/v1/threads/thread_71c0aa5e93d2/messages
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.assistants import message
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import InfoModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = InfoModule(
    resource=message.RESOURCE,
    parents={"thread_id": "thread_id"},
    parent_options={"thread_id": {"type": "str", "required": True}},
    filters={"run_id": {"type": "str"}},
    constraints={"mutually_exclusive": [("message_id", "run_id")]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
