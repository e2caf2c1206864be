#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_thread_run_info
short_description: Read runs of an OpenAI thread
version_added: "0.1.0"
description:
  - Reads one run of a thread by its id, or all of them.
  - The result is always a list. It is empty if nothing is found, unless O(find_one=true). A list of a thread that does
    not exist fails the task.
  - A run is returned as it is. The module does not wait for it to stop, and a run that failed does not fail the task.
  - One run by its id costs one read. A list costs one read for every 100 runs.
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
      - The id of the thread that the runs belong to. It must not be empty.
    type: str
    required: true
  run_id:
    description:
      - The id of the one run to read. It must not be empty.
    type: str
seealso:
  - module: aiops.openai.openai_thread_run
  - module: aiops.openai.openai_thread_message_info
"""

EXAMPLES = r"""
---
- name: Read the runs of a thread, the newest first
  aiops.openai.openai_thread_run_info:
    thread_id: thread_71c0aa5e93d2
    order: desc
  register: found

- name: Show what they have cost
  ansible.builtin.debug:
    msg: "{{ found.runs | selectattr('usage') | map(attribute='usage.total_tokens') | sum }}"

- name: Read one run
  aiops.openai.openai_thread_run_info:
    thread_id: thread_71c0aa5e93d2
    run_id: run_5ad3e8c07f16
    find_one: true
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
runs:
  description:
    - The runs that were found, in the order of the list.
    - Fields that the server shows beyond these are returned too.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The id of the run.
      returned: always
      type: str
      sample: run_5ad3e8c07f16
    object:
      description: The type of the object, which is V(thread.run).
      returned: always
      type: str
      sample: thread.run
    created_at:
      description: When the run was created, in seconds since 1970.
      returned: always
      type: int
      sample: 1764000120
    thread_id:
      description: The id of the thread that the run works on.
      returned: always
      type: str
      sample: thread_71c0aa5e93d2
    assistant_id:
      description: The id of the assistant that does the work.
      returned: always
      type: str
      sample: asst_4f8d2c91b7a0
    status:
      description:
        - V(queued), V(in_progress) or V(cancelling) while the server is at work.
        - V(requires_action) while the run waits for the output of functions, or for leave to call tools.
        - V(completed), V(failed), V(cancelled), V(expired) or V(incomplete) once it has ended.
      returned: always
      type: str
      sample: completed
    required_action:
      description: What the run waits for, or V(null).
      returned: always
      type: dict
      contains:
        type:
          description:
            - V(submit_tool_outputs), which means that functions are to be called.
            - V(submit_tool_approval), which means that the run asks for leave to call tools of another server.
          returned: always
          type: str
          sample: submit_tool_outputs
        submit_tool_outputs:
          description: The calls that the run waits for.
          returned: when the type is V(submit_tool_outputs)
          type: dict
          contains:
            tool_calls:
              description: One entry for each call.
              returned: always
              type: list
              contains:
                id:
                  description: The id of the call, which its output is handed in with.
                  returned: always
                  type: str
                  sample: call_c21f
                type:
                  description: The type of the tool, which is V(function).
                  returned: always
                  type: str
                  sample: function
                function:
                  description: The C(name) of the function, and its C(arguments) as JSON text.
                  returned: always
                  type: dict
                  sample:
                    name: get_status
                    arguments: '{"host": "web1"}'
              elements: dict
        submit_tool_approval:
          description: The calls that the run asks leave for, as C(tool_calls), each with its C(id) and C(type).
          returned: when the type is V(submit_tool_approval)
          version_added: 1.0.0
          type: dict
      sample: null
    last_error:
      description: Why the run failed, or V(null).
      returned: always
      type: dict
      contains:
        code:
          description: V(server_error), V(rate_limit_exceeded) or V(invalid_prompt).
          returned: always
          type: str
          sample: rate_limit_exceeded
        message:
          description: The same in words.
          returned: always
          type: str
          sample: You exceeded your current quota.
      sample: null
    expires_at:
      description: When the run expires unless it ends before, in seconds since 1970, or V(null).
      returned: always
      type: int
      sample: 1764000720
    started_at:
      description: When the server began to work, in seconds since 1970, or V(null).
      returned: always
      type: int
      sample: 1764000121
    cancelled_at:
      description: When the run was cancelled, in seconds since 1970, or V(null).
      returned: always
      type: int
      sample: null
    failed_at:
      description: When the run failed, in seconds since 1970, or V(null).
      returned: always
      type: int
      sample: null
    completed_at:
      description: When the run was completed, in seconds since 1970, or V(null).
      returned: always
      type: int
      sample: 1764000124
    incomplete_details:
      description: Why the run is incomplete, or V(null).
      returned: always
      type: dict
      contains:
        reason:
          description: The limit that was reached, V(max_prompt_tokens) or V(max_completion_tokens).
          returned: when the run is incomplete
          type: str
          sample: max_completion_tokens
      sample: null
    model:
      description: The model that answers.
      returned: always
      type: str
      sample: gpt-4o
    instructions:
      description: What the model is told.
      returned: always
      type: str
      sample: You write short release notes.
    tools:
      description: The tools that the model may use.
      returned: always
      type: list
      elements: dict
      sample: []
    metadata:
      description: The keys and values that are kept with the run, with C(ansible_run_key) if it was started with a key.
      returned: always
      type: dict
      sample:
        ansible_run_key: notes-2.1
    usage:
      description: What the run has cost, or V(null) while it has not ended.
      returned: always
      type: dict
      contains:
        prompt_tokens:
          description: The number of tokens that the model has read.
          returned: always
          type: int
          sample: 120
        completion_tokens:
          description: The number of tokens that the model has written.
          returned: always
          type: int
          sample: 48
        total_tokens:
          description: The sum of both.
          returned: always
          type: int
          sample: 168
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
    max_prompt_tokens:
      description: How many tokens the run may read in all, or V(null).
      returned: always
      type: int
      sample: null
    max_completion_tokens:
      description: How many tokens the run may write in all, or V(null).
      returned: always
      type: int
      sample: null
    truncation_strategy:
      description: Which messages of a long thread the model reads.
      returned: always
      type: dict
      contains:
        type:
          description: V(auto) or V(last_messages).
          returned: always
          type: str
          sample: auto
        last_messages:
          description: The number of messages, or V(null).
          returned: when the server shows it
          type: int
          sample: null
      sample:
        type: auto
        last_messages: null
    tool_choice:
      description: Which tool the model uses, which is a word or a mapping.
      returned: always
      type: raw
      sample: auto
    parallel_tool_calls:
      description: Whether the model may ask for several functions at once.
      returned: always
      type: bool
      sample: true
    response_format:
      description: The format of the answers, which is V(auto) or a mapping.
      returned: always
      type: raw
      sample: auto
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
      sample: run_id
    message:
      description: What the server says.
      returned: when the server says so
      type: str
      sample: No run was found with this id.
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
      sample: https://api.openai.com/v1/threads/thread_71c0aa5e93d2/runs
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.assistants import run
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import InfoModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = InfoModule(
    resource=run.RESOURCE,
    parents={"thread_id": "thread_id"},
    parent_options={"thread_id": {"type": "str", "required": True}},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
