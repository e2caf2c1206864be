#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_assistants
short_description: Manage a set of OpenAI assistants
version_added: 1.0.0
description:
  - Creates and changes many assistants in one task, and removes those that are not in the set any more if told so.
  - Each assistant is found again by its exact name, and compared as M(aiops.openai.openai_assistant) does it.
  - All assistants are listed once, with one request for every 100. What differs is then written, several at a time. A
    set that is as it should be costs no more than the list.
  - If some assistants fail, all others are as they are to be, and the task fails with RV(failures). A second run of the
    task goes on from there.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.assistants
  - aiops.openai.attributes
  - aiops.openai.attributes.stateful
attributes:
  idempotent:
    description: A second run of the same task changes nothing.
    support: full
    details:
      - A field in O(assistants[].extra_body) that the server does not show is sent, and reported as a change, at every
        run.
options:
  # BEGIN fields (made by `make docs-write`)
  prune:
    description:
      - Whether to remove what is not in the set any more. Only what carries all of O(prune_metadata) is removed, so
        what others have made is safe.
    type: bool
    default: false
  prune_metadata:
    description:
      - The keys and values in the metadata of what may be removed. Give the same in the C(metadata) of each object of
        the set. From 1 to 16 pairs, with keys of at most 64 and values of at most 512 characters.
      - Required if O(prune=True).
    type: dict
  parallel:
    description:
      - How many requests may be on their way at once. From 1 to 32.
      - If the server asks one of them to wait, all of them wait.
    type: int
    default: 8
  assistants:
    description:
      - The assistants that are to exist, each with what is to be compared and changed of it.
    type: list
    elements: dict
    required: true
    suboptions:
      temperature:
        description:
          - How freely the model picks its words. From 0 to 2. A low value gives much the same answer every time.
          - V(1) is what a server takes if nobody says otherwise. Some models take no other value.
        type: float
      top_p:
        description:
          - The share of the most likely words that the model picks from. From 0 to 1, where V(0.1) means the upper
            tenth.
          - V(1) is what a server takes if nobody says otherwise. Change this or O(assistants[].temperature), not both.
        type: float
      metadata:
        description:
          - Keys and values of your own that the server keeps with the object. It does nothing with them.
          - This is the whole map. A key of the object that is not in it is removed. V({}) removes all keys, and leaving
            the option out leaves all keys alone.
          - At most 16 pairs, with keys of at most 64 and values of at most 512 characters.
          - Values are text. Numbers are sent as text. V(true) and V(null) are refused, so put quotes around words that
            YAML takes for something else.
        type: dict
      tools:
        description:
          - The tools that the model may use. At most 128.
          - This is the whole list. A tool that is not in it is taken away, and V([]) takes all of them away.
          - The order does not matter when it is compared. What the server fills in by itself does not count as a
            difference.
        type: list
        elements: dict
        suboptions:
          type:
            description:
              - What the tool is.
              - Tool types that one server adds to these are given with C(extra_body), as the field C(tools).
            type: str
            required: true
            choices:
              code_interpreter: The model writes Python code, which the server runs in a sandbox.
              file_search: The server searches the vector stores of C(tool_resources) and hands the model what it finds.
              function: The model asks the caller to call a function and to hand in what it returns.
              retrieval: The old name of V(file_search). It is sent as that, with a deprecation warning.
          function:
            description:
              - The function that the model may ask for.
              - Required if O(assistants[].tools[].type=function).
            type: dict
            suboptions:
              name:
                description:
                  - The name of the function. At most 64 letters, digits, underscores and dashes.
                type: str
                required: true
              description:
                description:
                  - What the function does. The model decides by it when and how to ask for the function.
                type: str
              parameters:
                description:
                  - The parameters of the function as a JSON Schema, as a mapping or as JSON text. Both are compared by
                    value.
                  - If it is left out, the function has no parameters.
                type: raw
              strict:
                description:
                  - Whether the model must keep to the schema exactly. The server then takes only a part of JSON Schema.
                  - If it is left out, the server takes V(false).
                type: bool
          file_search:
            description:
              - Settings of the file search. They only matter if O(assistants[].tools[].type=file_search).
            type: dict
            suboptions:
              max_num_results:
                description:
                  - How many results the search hands the model at most. From 1 to 50.
                  - If it is left out, the server takes V(20), and V(5) for C(gpt-3.5-turbo).
                type: int
              ranking_options:
                description:
                  - How results are ranked, and which are good enough.
                type: dict
                suboptions:
                  ranker:
                    description:
                      - The method of ranking.
                      - If it is left out, the server takes V(auto).
                    type: str
                    choices:
                      - auto
                      - default_2024_08_21
                  score_threshold:
                    description:
                      - The lowest score of a result that is handed to the model. From 0 to 1.
                    type: float
                    required: true
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
                  - Mutually exclusive with O(assistants[].tool_resources.file_search.vector_stores).
                type: list
                elements: str
              vector_stores:
                description:
                  - A vector store to create and attach. At most one.
                  - It only matters when the object is created. On an object that exists it is left alone, since another
                    vector store would be created at every run.
                  - Mutually exclusive with O(assistants[].tool_resources.file_search.vector_store_ids).
                type: list
                elements: dict
                suboptions:
                  metadata:
                    description:
                      - Keys and values of your own that the server keeps with it.
                      - At most 16 pairs, with keys of at most 64 and values of at most 512 characters. Numbers are sent
                        as text.
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
                          - Required if
                            O(assistants[].tool_resources.file_search.vector_stores[].chunking_strategy.type=static).
                        type: dict
                        suboptions:
                          max_chunk_size_tokens:
                            description:
                              - The largest number of tokens in a chunk. From 100 to 4096.
                            type: int
                            required: true
                          chunk_overlap_tokens:
                            description:
                              - The number of tokens that a chunk has in common with the next one. At least 0, and at
                                most half of a chunk.
                            type: int
                            required: true
      response_format:
        description:
          - The format of the answers. V(auto), or a mapping with the key C(type).
          - The type V(text) gives plain text.
          - The type V(json_object) gives valid JSON. The instructions must then ask for JSON too, else the model may
            write blanks until it runs out of tokens.
          - The type V(json_schema) gives JSON that keeps to a schema. The mapping then has the key C(json_schema), a
            mapping with C(name), and optionally C(description), C(schema) (a mapping or JSON text) and C(strict).
        type: raw
      name:
        description:
          - The name of the assistant, by which it is found again. At most 256 characters. No two of the set may have
            the same.
        type: str
        required: true
      model:
        description:
          - The model that answers, by the name that the server has for it. For Microsoft Foundry and Azure OpenAI this
            is the name of a deployment. It must not be empty.
          - Required when the assistant is created.
        type: str
      description:
        description:
          - What the assistant is for, in words for people. The model does not see it. At most 512 characters.
        type: str
      instructions:
        description:
          - What the model is told before every conversation. At most 256000 characters.
        type: str
      reasoning_effort:
        description:
          - How much a reasoning model thinks before it answers. Not every model takes every value.
          - The server does not show it. So it is sent when the assistant is created and with every update, but a change
            of it alone is not noticed.
        type: str
        choices:
          - none
          - minimal
          - low
          - medium
          - high
          - xhigh
          - max
      extra_body:
        description:
          - More fields for the request body, by their names in the API, as
            O(aiops.openai.openai_assistant#module:extra_body) takes them.
        type: dict
  # END fields
notes:
  - Two tasks at once that make the same set wait for each other where they have the same O(ledger). Without one, an
    assistant that both of them find missing is created twice, and the next run fails and lists the ids.
seealso:
  - module: aiops.openai.openai_assistant
  - module: aiops.openai.openai_assistant_info
"""

EXAMPLES = r"""
---
- name: Have these assistants, and none other of ours
  aiops.openai.openai_assistants:
    assistants:
      - name: Release notes
        model: gpt-4o
        instructions: You write short release notes from a list of changes.
        metadata:
          managed_by: site-a
      - name: Librarian
        model: gpt-4o
        tools:
          - type: file_search
        metadata:
          managed_by: site-a
    prune: true
    prune_metadata:
      managed_by: site-a
  register: ours

- name: Show what was changed
  ansible.builtin.debug:
    msg: "{{ item.action }} {{ item.name }} ({{ item.id }})"
  loop: "{{ ours.changes }}"
  loop_control:
    label: "{{ item.name }}"

- name: Make a set of the files of a folder, sixteen requests at a time
  aiops.openai.openai_assistants:
    assistants: "{{ query('ansible.builtin.file', *files) | map('from_yaml') }}"
    parallel: 16
  vars:
    files: "{{ query('ansible.builtin.fileglob', 'assistants/*.yml') }}"
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
assistants:
  description:
    - The assistants of the set in its order, as the server has them after the task.
    - Fields that the server shows beyond these are returned too.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The id of the assistant.
      returned: always
      type: str
      sample: asst_4f8d2c91b7a0
    object:
      description: The type of the object, which is V(assistant).
      returned: always
      type: str
      sample: assistant
    created_at:
      description: When the assistant was created, in seconds since 1970.
      returned: always
      type: int
      sample: 1764000000
    name:
      description: The name of the assistant, or V(null).
      returned: always
      type: str
      sample: Release notes
    description:
      description: What the assistant is for, or V(null).
      returned: always
      type: str
      sample: Writes release notes from a list of changes.
    model:
      description: The model that answers.
      returned: always
      type: str
      sample: gpt-4o
    instructions:
      description: What the model is told before every conversation, or V(null).
      returned: always
      type: str
      sample: You write short release notes.
    tools:
      description: The tools that the model may use, as the server has them.
      returned: always
      type: list
      elements: dict
      sample:
        - type: code_interpreter
    tool_resources:
      description: What the tools may use, by the type of the tool. It may be V(null).
      returned: when the server shows it
      type: dict
      sample:
        code_interpreter:
          file_ids:
            - file-9c1e77
    metadata:
      description: The keys and values that are kept with the assistant.
      returned: always
      type: dict
      sample:
        team: platform
    temperature:
      description: How freely the model picks its words.
      returned: when the server shows it
      type: float
      sample: 1.0
    top_p:
      description: The share of the most likely words that the model picks from.
      returned: when the server shows it
      type: float
      sample: 1.0
    response_format:
      description: The format of the answers, which is V(auto) or a mapping.
      returned: when the server shows it
      type: raw
      sample: auto
changes:
  description: What was changed, in the order of the set, and after that what was removed.
  returned: success, and failure once the set was begun
  type: list
  contains:
    name:
      description: The name of the object.
      returned: always
      type: str
      sample: Release notes
    id:
      description: The id of the object. In check mode it is V((known after apply\)) for one that would be created.
      returned: always
      type: str
      sample: asst_4f8d2c91b7a0
    action:
      description: What was done, which is V(create), V(update) or V(remove).
      returned: always
      type: raw
      sample: update
    before:
      description: What was changed, as it was.
      returned: always
      type: dict
      sample:
        temperature: 1.0
    after:
      description: The same as it is.
      returned: always
      type: dict
      sample:
        temperature: 0.2
  elements: dict
failures:
  description: What failed. All the others are as they are to be.
  returned: failure, if objects of the set failed
  type: list
  contains:
    name:
      description: The name of the object.
      returned: always
      type: str
      sample: Release notes
    msg:
      description: What went wrong.
      returned: always
      type: str
      sample: 'Invalid value for model: there is no such model'
    error:
      description: What is known of it, as in RV(error).
      returned: always
      type: dict
      sample:
        status: 400
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
      sample: assistant_id
    message:
      description: What the server says.
      returned: when the server says so
      type: str
      sample: No assistant was found with this id.
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
      sample: https://api.openai.com/v1/assistants
    ids:
      description: The ids of all assistants that match what the task gives.
      returned: when several match, and one is wanted
      type: list
      elements: str
      sample:
        - asst_4f8d2c91b7a0
        - asst_0a7b19c2d8f4
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.assistants import assistant
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module
from ansible_collections.aiops.openai.plugins.module_utils.tasks.set_module import SetModule

DECLARATION = SetModule(
    resource=assistant.RESOURCE,
    entries=assistant.AssistantSet,
    constraints={"required_if": [("prune", True, ("prune_metadata",))]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
