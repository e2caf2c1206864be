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
  - A thread is found again by O(thread_id), else by O(name), a name of your own. The API can neither list nor name
    threads, so the name is kept in a O(ledger). Without either of them every task with O(state=present) creates a
    thread.
  - With O(state=present) the thread of a O(thread_id) must exist, and that of a O(name) is created if it does not. Its
    O(metadata) and O(tool_resources) are brought to what the task gives.
  - With O(state=absent) the thread is deleted, and its messages with it. One that is not there is absent already.
  - Only what the task gives is compared and changed. An option that is left out, or is V(null), is left alone. An empty
    list or mapping clears the field.
  - Creating costs one write, and with O(name) one read before it, which asks for the list that some servers have. With
    O(thread_id) or O(name) a task that changes nothing costs one read, and a change one write more.
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
      - With O(thread_id) or O(name) it is idempotent. Without them every run creates a thread.
options:
  thread_id:
    description:
      - The id of the thread. It must exist, unless it is to be absent.
      - If it is left out, the thread is found by its O(name), else one is created.
      - An empty text is refused, since it is most likely a variable that was not filled in.
      - One of O(thread_id) and O(name) is required if O(state=absent). They are mutually exclusive.
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
  tool_resources:
    description:
      - What the tools may use beyond the messages.
      - It is compared part by part. A part that is left out is left alone. V({}) empties all parts.
    type: dict
    suboptions:
      code_interpreter:
        description:
          - What the C(code_interpreter) tool may use.
        type: dict
        suboptions:
          file_ids:
            description:
              - The ids of the files that it may read. At most 20. The order does not matter.
              - V([]) takes all files away.
            type: list
            elements: str
      file_search:
        description:
          - What the C(file_search) tool may search.
        type: dict
        suboptions:
          vector_store_ids:
            description:
              - The ids of the vector stores to search. At most one. V([]) takes it away.
              - Mutually exclusive with O(tool_resources.file_search.vector_stores).
            type: list
            elements: str
          vector_stores:
            description:
              - A vector store to create and attach. At most one.
              - It only matters when the object is created. On an object that exists it is left alone, since another
                vector store would be created at every run.
              - Mutually exclusive with O(tool_resources.file_search.vector_store_ids).
            type: list
            elements: dict
            suboptions:
              metadata:
                description:
                  - Keys and values of your own that the server keeps with it.
                  - At most 16 pairs, with keys of at most 64 and values of at most 512 characters. Numbers are sent as
                    text.
                type: dict
              file_ids:
                description:
                  - The ids of the files to put into the vector store.
                type: list
                elements: str
              chunking_strategy:
                description:
                  - How files are cut into the chunks that are searched.
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
                      - Required if O(tool_resources.file_search.vector_stores[].chunking_strategy.type=static).
                    type: dict
                    suboptions:
                      max_chunk_size_tokens:
                        description:
                          - The largest number of tokens in a chunk. From 100 to 4096.
                        type: int
                        required: true
                      chunk_overlap_tokens:
                        description:
                          - The number of tokens that a chunk has in common with the next one. At least 0, and at most
                            half of a chunk.
                        type: int
                        required: true
  messages:
    description:
      - The messages that the thread starts with, the oldest first.
      - They only matter when the thread is created. On a thread that exists they are left alone.
    type: list
    elements: dict
    suboptions:
      metadata:
        description:
          - Keys and values of your own that the server keeps with it.
          - At most 16 pairs, with keys of at most 64 and values of at most 512 characters. Numbers are sent as text.
        type: dict
      role:
        description:
          - Who is said to have written the message. It cannot be changed later.
        type: str
        required: true
        choices:
          user: The person who talks to the assistant.
          assistant: The assistant. Use it to put earlier answers into a conversation.
      content:
        description:
          - What the message says. It cannot be changed later.
          - A text, or a list of parts. A single part needs no list around it.
          - A part has a C(type), and beside it one key of that name. C(text) holds a text. C(image_file) holds a
            mapping with C(file_id). C(image_url) holds a mapping with C(url). Both mappings may hold C(detail), which
            is V(auto), V(low) or V(high).
          - A text and a list with that one text part are the same.
          - A number or a date is sent as text, as YAML has read it, so C(1.10) is sent as C(1.1). V(true) and V(false)
            are refused. Put quotes around what is to be sent as it stands.
        type: raw
        required: true
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
          - The ids of files that come with the message, for C(file_search). An older and shorter way to give
            attachments.
          - Each of them is one more attachment beside those that are given as such.
        type: list
        elements: str
  on_lost:
    description:
      - What to do where another task had begun to create the thread, and was killed or lost the answer of the server
        before it knew the id. The server may then hold a thread that it cannot list.
      - A task that is still at work is waited for, at most O(timeout) seconds.
    version_added: 1.0.0
    type: str
    default: fail
    choices:
      fail: The task fails and says so.
      recreate: The thread is given up, and another one is created. With O(state=absent) it counts as absent.
  name:
    description:
      - A name of your own for this thread, by which it is found again. A second task with the same name meets the same
        thread and creates none. At most 512 characters.
      - The API has no names of threads, and most servers cannot list them. So the O(ledger) keeps the name with the id.
        On a server that lists threads, as Microsoft Foundry does, a thread that the O(ledger) does not know is looked
        for in that list.
      - It is kept in the metadata of the thread too, under the key C(ansible_name), which counts as one of its 16
        pairs. It is written when the thread is created, and a later change of the O(metadata) keeps it.
      - One of O(thread_id) and O(name) is required if O(state=absent).
      - Mutually exclusive with O(thread_id).
    version_added: 1.0.0
    type: str
  # END fields
notes:
  - Threads whose name or id is lost can only be found again on a server that lists threads.
  - Keys of different projects may lead to different threads on one server. Say which with O(organization) and
    O(project), since a name in the O(ledger) belongs to a O(base_url), an O(organization) and a O(project), and not to
    a key.
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
# The first run of the playbook creates the thread, and all others meet it again.
- name: Have a thread
  aiops.openai.openai_thread:
    name: ticket 4711
    messages:
      - role: user
        content: What is new in version 2.1?
    metadata:
      status: open
  register: conversation

- name: Change its metadata
  aiops.openai.openai_thread:
    name: ticket 4711
    metadata:
      status: answered

- name: Create a thread in every run of the playbook
  aiops.openai.openai_thread:
    metadata:
      release: "2.1"

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

- name: Delete the thread of that name
  aiops.openai.openai_thread:
    name: ticket 4711
    state: absent

- name: Have another thread where one was being created and was lost
  aiops.openai.openai_thread:
    name: ticket 4711
    on_lost: recreate
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
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
    behaviour=thread.NameOptions,
    constraints={
        "required_if": [("state", "absent", ("thread_id", "name"), True)],
        "mutually_exclusive": [("thread_id", "name")],
    },
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
