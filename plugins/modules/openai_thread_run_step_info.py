#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_thread_run_step_info
short_description: Read the steps of an OpenAI run
version_added: "0.1.0"
description:
  - Reads one step of a run by its id, or all of them. In a step the run wrote a message or called tools.
  - The result is always a list. It is empty if nothing is found, unless O(find_one=true). A list of a run that does not
    exist fails the task.
  - One step by its id costs one read. A list costs one read for every 100 steps.
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
      - The id of the thread that the run works on. It must not be empty.
    type: str
    required: true
  run_id:
    description:
      - The id of the run that the steps belong to. It must not be empty.
    type: str
    required: true
  step_id:
    description:
      - The id of the one step to read. It must not be empty.
    type: str
  # BEGIN fields (made by `make docs-write`)
  include:
    description:
      - Fields that the server is asked to add to its answer. They are sent as the query parameter C(include[]).
      - The one value there is asks for the texts that a file search has found.
    type: list
    elements: str
    choices:
      - step_details.tool_calls[*].file_search.results[*].content
  # END fields
seealso:
  - module: aiops.openai.openai_thread_run
  - module: aiops.openai.openai_thread_run_info
  - name: OpenAI API reference, run steps
    description: The fields of a step in the words of the API.
    link: https://platform.openai.com/docs/api-reference/run-steps
"""

EXAMPLES = r"""
---
- name: Read what a run did, in its order
  aiops.openai.openai_thread_run_step_info:
    thread_id: thread_71c0aa5e93d2
    run_id: run_5ad3e8c07f16
    order: asc
  register: found

- name: Show which functions it called
  ansible.builtin.debug:
    msg: "{{ found.steps | map(attribute='step_details.tool_calls', default=[]) | flatten
          | selectattr('type', 'equalto', 'function') | map(attribute='function.name') }}"

- name: Read one step, with the texts that its file search has found
  aiops.openai.openai_thread_run_step_info:
    thread_id: thread_71c0aa5e93d2
    run_id: run_5ad3e8c07f16
    step_id: step_9be1d44f
    include:
      - step_details.tool_calls[*].file_search.results[*].content
    find_one: true
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
steps:
  description:
    - The steps that were found, in the order of the list.
    - Fields that the server shows beyond these are returned too.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The id of the step.
      returned: always
      type: str
      sample: step_9be1d44f
    object:
      description: The type of the object, which is V(thread.run.step).
      returned: always
      type: str
      sample: thread.run.step
    created_at:
      description: When the step was created, in seconds since 1970.
      returned: always
      type: int
      sample: 1764000121
    assistant_id:
      description: The id of the assistant that did the work.
      returned: always
      type: str
      sample: asst_4f8d2c91b7a0
    thread_id:
      description: The id of the thread that the run works on.
      returned: always
      type: str
      sample: thread_71c0aa5e93d2
    run_id:
      description: The id of the run that the step belongs to.
      returned: always
      type: str
      sample: run_5ad3e8c07f16
    type:
      description: V(message_creation) where the run wrote a message, V(tool_calls) where it called tools.
      returned: always
      type: str
      sample: tool_calls
    status:
      description: V(in_progress), V(cancelled), V(failed), V(completed) or V(expired).
      returned: always
      type: str
      sample: completed
    step_details:
      description: What the step did.
      returned: always
      type: dict
      contains:
        type:
          description: The same as the RV(steps[].type) of the step.
          returned: always
          type: str
          sample: tool_calls
        message_creation:
          description: The message that the run wrote.
          returned: when the type is V(message_creation)
          type: dict
          contains:
            message_id:
              description: The id of the message.
              returned: always
              type: str
              sample: msg_0b6e5f1d2c84
        tool_calls:
          description: The calls of tools.
          returned: when the type is V(tool_calls)
          type: list
          contains:
            id:
              description: The id of the call.
              returned: always
              type: str
              sample: call_c21f
            type:
              description: V(code_interpreter), V(file_search) or V(function).
              returned: always
              type: str
              sample: function
            code_interpreter:
              description: The code that was run, and what came of it.
              returned: when the type is V(code_interpreter)
              type: dict
              contains:
                input:
                  description: The code.
                  returned: always
                  type: str
                  sample: print(6 * 7)
                outputs:
                  description: What the code has put out.
                  returned: always
                  type: list
                  contains:
                    type:
                      description: V(logs) or V(image).
                      returned: always
                      type: str
                      sample: logs
                    logs:
                      description: The text.
                      returned: when the type is V(logs)
                      type: str
                      sample: '42'
                    image:
                      description: The image, as the id of its file.
                      returned: when the type is V(image)
                      type: dict
                      contains:
                        file_id:
                          description: The id of the file.
                          returned: always
                          type: str
                          sample: file-9c1e77
                  elements: dict
            file_search:
              description: The search, and what it has found. It may be empty.
              returned: when the type is V(file_search)
              type: dict
              contains:
                ranking_options:
                  description: How the results were ranked, as C(ranker) and C(score_threshold).
                  returned: when the server shows it
                  type: dict
                  sample:
                    ranker: default_2024_08_21
                    score_threshold: 0.0
                results:
                  description: What was found.
                  returned: when the server shows it
                  type: list
                  contains:
                    file_id:
                      description: The id of the file that it was found in.
                      returned: always
                      type: str
                      sample: file-9c1e77
                    file_name:
                      description: The name of that file.
                      returned: always
                      type: str
                      sample: changes.md
                    score:
                      description: How well it fits, from 0 to 1.
                      returned: always
                      type: float
                      sample: 0.82
                    content:
                      description: The texts that were found, each with its C(type) and C(text).
                      returned: when O(include) asks for it
                      type: list
                      elements: dict
                      sample:
                        - type: text
                          text: Version 2.1 makes fewer requests.
                  elements: dict
            function:
              description: The function that the run asked for.
              returned: when the type is V(function)
              type: dict
              contains:
                name:
                  description: The name of the function.
                  returned: always
                  type: str
                  sample: get_status
                arguments:
                  description: Its arguments, as JSON text.
                  returned: always
                  type: str
                  sample: '{"host": "web1"}'
                output:
                  description: The output that was handed in, or V(null) while the run waits for it.
                  returned: always
                  type: str
                  sample: up
          elements: dict
    last_error:
      description: Why the step failed, or V(null).
      returned: always
      type: dict
      contains:
        code:
          description: V(server_error) or V(rate_limit_exceeded).
          returned: always
          type: str
          sample: server_error
        message:
          description: The same in words.
          returned: always
          type: str
          sample: The server had an error.
      sample: null
    expired_at:
      description: When the step expired, in seconds since 1970, or V(null).
      returned: always
      type: int
      sample: null
    cancelled_at:
      description: When the step was cancelled, in seconds since 1970, or V(null).
      returned: always
      type: int
      sample: null
    failed_at:
      description: When the step failed, in seconds since 1970, or V(null).
      returned: always
      type: int
      sample: null
    completed_at:
      description: When the step was completed, in seconds since 1970, or V(null).
      returned: always
      type: int
      sample: 1764000123
    metadata:
      description: The keys and values that are kept with the step. It may be V(null).
      returned: always
      type: dict
      sample: {}
    usage:
      description: What the step has cost, or V(null) while it is in progress.
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
          sample: 24
        total_tokens:
          description: The sum of both.
          returned: always
          type: int
          sample: 144
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
      sample: step_id
    message:
      description: What the server says.
      returned: when the server says so
      type: str
      sample: No step was found with this id.
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
      sample: https://api.openai.com/v1/threads/thread_71c0aa5e93d2/runs/run_5ad3e8c07f16/steps
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.assistants import run_step
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import InfoModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = InfoModule(
    resource=run_step.RESOURCE,
    parents={"thread_id": "thread_id", "run_id": "run_id"},
    parent_options={"thread_id": {"type": "str", "required": True}, "run_id": {"type": "str", "required": True}},
    includes=run_step.StepOptions,
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
