#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_thread_message
short_description: Manage a message of an OpenAI thread
version_added: "0.1.0"
description:
  - Adds, changes and deletes a message of a thread.
  - A message is found again by O(message_id), else by what it says. That is the oldest message of the thread that has
    the O(role), the O(content) and the O(attachments) that the task gives. With O(match=none) it is never found, and a
    message is added at every run.
  - With O(state=present) a message that is not found by what it says is added at the end of the thread. A
    O(message_id) that does not exist fails the task.
  - With O(state=absent) the message is deleted. One that is not there is absent already, and so is one of a thread that
    is not there. Without O(message_id) the task fails and lists the ids if several messages match.
  - The API lets only the O(metadata) of a message be changed. On a message that is named by O(message_id) the O(role),
    O(content) and O(attachments) are left alone.
  - A task that changes nothing costs one read by O(message_id), and otherwise one read for every 100 messages up to the
    one that matches. A change costs one write more. With O(match=none) adding costs one write and no read.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.assistants
  - aiops.openai.attributes
  - aiops.openai.attributes.stateful
  - aiops.openai.state
  - aiops.openai.state.extra_body_on_creation
attributes:
  idempotent:
    description: A second run of the same task changes nothing.
    support: partial
    details:
      - With O(match=none) and without O(message_id) every run adds a message. Otherwise it is idempotent.
options:
  thread_id:
    description:
      - The id of the thread that the message belongs to. It must not be empty.
    type: str
    required: true
  message_id:
    description:
      - The id of the message. It must exist, unless it is to be absent.
      - If it is left out, O(role) and O(content) are required.
      - An empty text is refused, since it is most likely a variable that was not filled in.
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
  role:
    description:
      - Who is said to have written the message. It cannot be changed later.
      - Required if O(message_id) is left out.
    type: str
    choices:
      user: The person who talks to the assistant.
      assistant: The assistant. Use it to put earlier answers into a conversation.
  content:
    description:
      - What the message says. It cannot be changed later.
      - A text, or a list of parts. A single part needs no list around it.
      - A part has a C(type), and beside it one key of that name. C(text) holds a text. C(image_file) holds a mapping
        with C(file_id). C(image_url) holds a mapping with C(url). Both mappings may hold C(detail), which is V(auto),
        V(low) or V(high).
      - A text and a list with that one text part are the same.
      - A number or a date is sent as text, as YAML has read it, so C(1.10) is sent as C(1.1). V(true) and V(false) are
        refused. Put quotes around what is to be sent as it stands.
      - Required if O(message_id) is left out.
    type: raw
  attachments:
    description:
      - The files that come with the message. The order does not matter.
    type: list
    elements: dict
    suboptions:
      file_id:
        description:
          - The id of the file.
        type: str
        required: true
      tools:
        description:
          - The tools that may use the file.
          - If it is left out, the file is for C(file_search).
        type: list
        elements: dict
        suboptions:
          type:
            description:
              - What the tool is.
            type: str
            required: true
            choices:
              - code_interpreter
              - file_search
  file_ids:
    description:
      - The ids of files that come with the message, for C(file_search). An older and shorter way to give attachments.
      - Each of them is one more attachment beside those that are given as such.
    type: list
    elements: str
  on_active_run:
    description:
      - What to do if another run is at work on the thread. The server then refuses new messages and runs.
      - Only a refusal makes the module look for such a run, which costs one read. In check mode it always looks, and
        neither waits nor cancels.
    type: str
    default: fail
    choices:
      fail: The task fails and returns the run as RV(active_run).
      wait: Wait until the run has stopped. The task fails if the run waits for the output of functions.
      cancel: Cancel the run, and wait until it has ended.
  wait_timeout:
    description:
      - The seconds to wait for the other run, with O(on_active_run=wait) and O(on_active_run=cancel). After that the
        task fails and returns that run as RV(active_run), as it was last read.
    type: float
    default: 600
  match:
    description:
      - How a message is found again where the task does not name it by O(message_id).
    type: str
    default: content
    choices:
      content: By its O(role), O(content) and O(attachments). Attachments that the task leaves out are not compared.
      none: Not at all. With O(state=present) a message is always added, and with O(state=absent) nothing is done.
  # END fields
seealso:
  - module: aiops.openai.openai_thread_message_info
  - module: aiops.openai.openai_thread
  - module: aiops.openai.openai_thread_run
  - name: OpenAI API reference, messages
    description: The fields of a message in the words of the API.
    link: https://platform.openai.com/docs/api-reference/messages
"""

EXAMPLES = r"""
---
- name: Have a question in a thread
  aiops.openai.openai_thread_message:
    thread_id: thread_71c0aa5e93d2
    role: user
    content: What is new in version 2.1?
  register: question

- name: Mark it
  aiops.openai.openai_thread_message:
    thread_id: thread_71c0aa5e93d2
    message_id: "{{ question.message.id }}"
    metadata:
      source: playbook

- name: Say the same once more, although it has been said before
  aiops.openai.openai_thread_message:
    thread_id: thread_71c0aa5e93d2
    role: user
    content: Go on.
    match: none

- name: Have a message with a picture and a file
  aiops.openai.openai_thread_message:
    thread_id: thread_71c0aa5e93d2
    role: user
    content:
      - type: text
        text: Is this the plan that the report describes?
      - type: image_file
        image_file:
          file_id: file-51ab03
    attachments:
      - file_id: file-9c1e77
        tools:
          - type: file_search

- name: Show whether a message would be added, and add nothing
  aiops.openai.openai_thread_message:
    thread_id: thread_71c0aa5e93d2
    role: user
    content: What is new in version 2.2?
  check_mode: true
  diff: true

- name: Have a message, and wait for a run that is at work on the thread
  aiops.openai.openai_thread_message:
    thread_id: thread_71c0aa5e93d2
    role: user
    content: And in version 2.3?
    on_active_run: wait
    wait_timeout: 120

- name: Delete a message
  aiops.openai.openai_thread_message:
    thread_id: thread_71c0aa5e93d2
    message_id: msg_0b6e5f1d2c84
    state: absent
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
message:
  description:
    - The message as the server has it after the task, or in check mode as it would have it.
    - Fields that the server shows beyond these are returned too.
  returned: when O(state=present)
  type: dict
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
active_run:
  description:
    - The run that is at work on the thread and keeps the task from it, as it was last read.
    - Its keys are those of RV(aiops.openai.openai_thread_run_info#module:runs).
  returned: failure, if O(on_active_run) does not get the run out of the way, or not within O(wait_timeout)
  type: dict
  sample:
    id: run_5ad3e8c07f16
    status: in_progress
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
      description: The code of the error, as the server names it. V(active_run) if a run is at work on the thread.
      returned: when the server says so
      type: str
      sample: active_run
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
      sample: POST
    url:
      description: The address of the request, without its query.
      returned: when a request was made
      type: str
      sample: https://api.openai.com/v1/threads/thread_71c0aa5e93d2/messages
    ids:
      description: The ids of all messages that match what the task gives.
      returned: when several match, and one is wanted
      type: list
      elements: str
      sample:
        - msg_0b6e5f1d2c84
        - msg_48c2d1f5e6b0
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.assistants import message
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = StateModule(
    resource=message.RESOURCE,
    parents={"thread_id": "thread_id"},
    parent_options={"thread_id": {"type": "str", "required": True}},
    behaviour=message.MessageOptions,
    constraints={"required_one_of": [("message_id", "role"), ("message_id", "content")]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
