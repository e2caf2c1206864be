#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_thread_run
short_description: Run an OpenAI assistant on a thread
version_added: "0.1.0"
description:
  - Starts a run, which is an assistant at work on a thread, waits for it to stop, and returns what it wrote. Also
    changes the metadata of a run, and cancels it.
  - The thread is one that exists (O(existing_thread_id)), or is created together with the run (O(thread)).
  - A run is found again by O(run_id), else by O(run_key), which is kept in its metadata. Without either of them every
    task with O(state=present) starts a run.
  - With O(state=present) a run that is not found by its O(run_key) is started. A O(run_id) that does not exist fails
    the task. Of a run that is found only the O(metadata) can be changed, and the other fields are left alone.
  - With O(state=absent) the run is cancelled, since the API cannot delete a run. A run that has ended or is being
    cancelled is absent already, and is returned as it is. One that is not there is absent too.
  - A run has stopped when its status is V(completed), V(requires_action), V(failed), V(cancelled), V(expired) or
    V(incomplete). The last four fail the task, unless O(fail_on_status=false). A run in V(requires_action) is no
    failure. It waits for the output of functions, or for leave to call tools. RV(run.required_action) says for which,
    and O(tool_outputs) or O(tool_approvals) hands it in.
  - Starting costs one write, one read for every look at the status unless O(stream=true), and one read for every 100
    messages that the run wrote. Finding a run costs one read by O(run_id), and one read for every 100 runs of the
    thread by O(run_key).
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.assistants
  - aiops.openai.attributes
  - aiops.openai.attributes.stateful
  - aiops.openai.state.extra_body_on_creation
attributes:
  idempotent:
    description: A second run of the same task changes nothing.
    support: partial
    details:
      - With O(run_id) or O(run_key) it is idempotent. Without them every run of the task starts a run of the assistant.
options:
  state:
    description:
      - Whether there is to be a run.
    type: str
    choices:
      present: The run exists. It is started if it is not found, and otherwise brought to the O(metadata) that is given.
      absent: The run has ended. It is cancelled if it has not.
    default: present
  existing_thread_id:
    description:
      - The id of the thread that the run works on. It must not be empty.
      - One of O(existing_thread_id) and O(thread) is required, and they are mutually exclusive.
      - Required by O(run_id) and O(run_key).
    type: str
    aliases:
      - thread_id
  run_id:
    description:
      - The id of the run. It must exist, unless it is to be absent.
      - An empty text is refused, since it is most likely a variable that was not filled in.
      - One of O(run_id) and O(run_key) is required if O(state=absent). They are mutually exclusive.
      - It needs O(existing_thread_id).
    type: str
  # BEGIN fields (made by `make docs-write`)
  temperature:
    description:
      - How freely the model picks its words. From 0 to 2. A low value gives much the same answer every time.
      - V(1) is what a server takes if nobody says otherwise. Some models take no other value.
    type: float
  top_p:
    description:
      - The share of the most likely words that the model picks from. From 0 to 1, where V(0.1) means the upper tenth.
      - V(1) is what a server takes if nobody says otherwise. Change this or O(temperature), not both.
    type: float
  metadata:
    description:
      - Keys and values of your own that the server keeps with the object. It does nothing with them.
      - This is the whole map. A key of the object that is not in it is removed. V({}) removes all keys, and leaving the
        option out leaves all keys alone.
      - At most 16 pairs, with keys of at most 64 and values of at most 512 characters.
      - Values are text. Numbers are sent as text. V(true) and V(null) are refused, so put quotes around words that YAML
        takes for something else.
    type: dict
  tools:
    description:
      - The tools that the model may use. At most 20.
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
          - Required if O(tools[].type=function).
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
          - Settings of the file search. They only matter if O(tools[].type=file_search).
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
  response_format:
    description:
      - The format of the answers. V(auto), or a mapping with the key C(type).
      - The type V(text) gives plain text.
      - The type V(json_object) gives valid JSON. The instructions must then ask for JSON too, else the model may write
        blanks until it runs out of tokens.
      - The type V(json_schema) gives JSON that keeps to a schema. The mapping then has the key C(json_schema), a
        mapping with C(name), and optionally C(description), C(schema) (a mapping or JSON text) and C(strict).
    type: raw
  assistant_id:
    description:
      - The id of the assistant that does the work.
      - Required when the run is created.
    type: str
  thread:
    description:
      - A new thread for the run to work on, which is created together with the run. V({}) gives an empty one.
      - With it the task creates a thread and a run at every run of the playbook.
      - Required if O(existing_thread_id) is left out.
      - Mutually exclusive with O(existing_thread_id), O(additional_messages), O(additional_instructions) and
        O(reasoning_effort).
    type: dict
    suboptions:
      metadata:
        description:
          - Keys and values of your own that the server keeps with it.
          - At most 16 pairs, with keys of at most 64 and values of at most 512 characters. Numbers are sent as text.
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
                  - Mutually exclusive with O(thread.tool_resources.file_search.vector_stores).
                type: list
                elements: str
              vector_stores:
                description:
                  - A vector store to create and attach. At most one.
                  - It only matters when the object is created. On an object that exists it is left alone, since another
                    vector store would be created at every run.
                  - Mutually exclusive with O(thread.tool_resources.file_search.vector_store_ids).
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
                            O(thread.tool_resources.file_search.vector_stores[].chunking_strategy.type=static).
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
              - At most 16 pairs, with keys of at most 64 and values of at most 512 characters. Numbers are sent as
                text.
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
                mapping with C(file_id). C(image_url) holds a mapping with C(url). Both mappings may hold C(detail),
                which is V(auto), V(low) or V(high).
              - A text and a list with that one text part are the same.
              - A number or a date is sent as text, as YAML has read it, so C(1.10) is sent as C(1.1). V(true) and
                V(false) are refused. Put quotes around what is to be sent as it stands.
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
  model:
    description:
      - The model that answers in this run, in place of the one of the assistant. It must not be empty.
    type: str
  instructions:
    description:
      - What the model is told in this run, in place of the instructions of the assistant.
    type: str
  additional_instructions:
    description:
      - What the model is told in this run after the instructions.
      - The server does not show it apart from the instructions. It only matters when the run is created.
      - Mutually exclusive with O(thread).
    type: str
  additional_messages:
    description:
      - Messages to add to the thread before the run starts, the oldest first.
      - They only matter when the run is created.
      - Mutually exclusive with O(thread).
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
  tool_resources:
    description:
      - What the tools may use in this run, in place of what the assistant has.
      - It only matters when the run is created, and only goes together with O(thread).
      - Mutually exclusive with O(existing_thread_id).
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
            type: list
            elements: str
  max_prompt_tokens:
    description:
      - How many tokens the run may read in all. At least 256.
      - A run that needs more ends as V(incomplete).
    type: int
  max_completion_tokens:
    description:
      - How many tokens the run may write in all. At least 256.
      - A run that needs more ends as V(incomplete).
    type: int
  truncation_strategy:
    description:
      - Which messages of a long thread the model reads.
    type: dict
    suboptions:
      type:
        description:
          - Who chooses the messages.
        type: str
        required: true
        choices:
          auto: The server. It leaves out messages in the middle of the thread where they are too many for the model.
          last_messages: The task, by their number.
      last_messages:
        description:
          - How many of the newest messages the model reads. At least 1.
          - Required if O(truncation_strategy.type=last_messages).
        type: int
  tool_choice:
    description:
      - Which tool the model uses.
      - V(auto) leaves it to the model, which is also what the server takes if it is left out. V(none) keeps it from
        using any. V(required) makes it use at least one.
      - A mapping names the one tool to use. Its C(type) is V(code_interpreter), V(file_search), or V(function) together
        with C(function), a mapping with the C(name) of the function.
    type: raw
  parallel_tool_calls:
    description:
      - Whether the model may ask for several functions at once.
      - If it is left out, the server takes V(true).
    type: bool
  reasoning_effort:
    description:
      - How much a reasoning model thinks before it answers. Not every model takes every value.
      - The server does not show it. It only matters when the run is created.
      - Mutually exclusive with O(thread).
    type: str
    choices:
      - none
      - minimal
      - low
      - medium
      - high
      - xhigh
      - max
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
      - The seconds to wait in all, for this run and, with O(on_active_run), for another one of the thread.
      - After that the task fails and returns the run that it waited for, as it was last read. This run is returned as
        RV(run), and the other one as RV(active_run). The run itself goes on, unless O(cancel_on_timeout=true).
      - The pause between two looks at the status is what the server asks for, else it grows from half a second to five
        seconds.
    type: float
    default: 600
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
  run_key:
    description:
      - A name of your own for this run, by which it is found again in its thread. A second task with the same key
        returns the same run and starts none.
      - With a new O(thread), the thread is found again by it too, from version 1.0.0. The O(ledger) knows that thread
        by the name C(run:KEY), which stands in the metadata of the thread under the key C(ansible_name).
      - It is kept in the metadata of the run under the key C(ansible_run_key), which counts as one of its 16 pairs. At
        most 512 characters, and with a new O(thread) 508. If several runs have it, the newest one is taken.
      - It is written when the run is started, and a later change of the O(metadata) keeps it. On a run that is found by
        it nothing else of the metadata is touched, unless the task gives O(metadata).
      - One of O(run_id) and O(run_key) is required if O(state=absent).
      - Mutually exclusive with O(run_id).
    type: str
  wait:
    description:
      - Whether to wait until the run has stopped. With O(state=absent), until the run that was cancelled has ended. A
        run that was being cancelled already is not waited for.
      - Otherwise the run is returned as it is at once, most often without messages.
      - In check mode nothing is waited for.
    type: bool
    default: true
  cancel_on_timeout:
    description:
      - Whether a run that has not stopped within O(wait_timeout) is cancelled. The task fails in either case. It does
        not wait for the end of the cancelled run.
      - It only matters with O(state=present).
    type: bool
    default: false
  stream:
    description:
      - Whether the server is asked to report on the run in a stream of events. The end of the run is then known at
        once, without looking at its status again and again.
      - If the stream breaks after it has told of the run, the module goes on by looking at the status. The result is
        the same.
      - It only matters with O(wait=true).
    type: bool
    default: false
  include:
    description:
      - Fields that the server is asked to add to its answer when the run is created. They are sent as the query
        parameter C(include[]).
      - The one value there is asks for the texts that a file search has found.
    type: list
    elements: str
    choices:
      - step_details.tool_calls[*].file_search.results[*].content
  tool_outputs:
    description:
      - What the functions have returned that a run in V(requires_action) waits for. The outputs are handed in, and the
        run goes on.
      - Every call in RV(run.required_action) must have its output, else the task fails and names those that have none.
        Outputs of other calls are left out.
      - A run in any other status is left as it is, so a second run of the task hands in nothing.
    type: list
    elements: dict
    suboptions:
      tool_call_id:
        description:
          - The id of the call, from RV(run.required_action).
        type: str
        required: true
      output:
        description:
          - What the function has returned. A text is sent as it stands, and anything else as JSON text.
        type: raw
        required: true
  tool_approvals:
    description:
      - Whether a run in V(requires_action) may make the calls that it asks leave for. Servers of Microsoft Foundry ask
        so before they call a tool of an MCP server. The answers are handed in, and the run goes on.
      - Every call in RV(run.required_action) must have its answer, else the task fails and names those that have none.
        Answers to other calls are left out.
      - A run in any other status is left as it is. One that waits for O(tool_outputs) fails the task if they are left
        out.
    version_added: 1.0.0
    type: list
    elements: dict
    suboptions:
      tool_call_id:
        description:
          - The id of the call, from RV(run.required_action).
        type: str
        required: true
      approve:
        description:
          - Whether the run may make the call.
        type: bool
        required: true
      headers:
        description:
          - Headers for the call, for example those that the other server knows its callers by. They are shown nowhere.
        type: dict
  fail_on_status:
    description:
      - Whether the task fails if the status of the run is V(failed), V(cancelled), V(expired) or V(incomplete). The run
        is returned in either case.
      - It only matters with O(state=present). A run that is found in such a status counts too.
    type: bool
    default: true
  rerun:
    description:
      - What to do where the run that O(run_key) finds has ended as V(failed), V(cancelled), V(expired) or
        V(incomplete).
    version_added: 1.0.0
    type: str
    default: never
    choices:
      never: It is the run of that key, and counts as any other that is found.
      failed: Another run of the same key is started.
  # END fields
notes:
  - Every run costs tokens. In check mode none is started.
seealso:
  - module: aiops.openai.openai_thread_run_info
  - module: aiops.openai.openai_assistant
  - module: aiops.openai.openai_thread
  - module: aiops.openai.openai_thread_message
  - name: OpenAI API reference, runs
    description: The fields of a run in the words of the API.
    link: https://platform.openai.com/docs/api-reference/runs
"""

EXAMPLES = r"""
---
# From an assistant to its answer, in four tasks. They go through in check mode too.
- name: Have an assistant
  aiops.openai.openai_assistant:
    name: Release notes
    model: gpt-4o
    instructions: You write short release notes from a list of changes.
  register: notes

- name: Create a thread
  aiops.openai.openai_thread:
    metadata:
      release: "2.1"
  register: conversation

- name: Ask
  aiops.openai.openai_thread_message:
    thread_id: "{{ conversation.thread.id }}"
    role: user
    content: "Write the notes of version 2.1: faster start, fewer requests."
  register: question

- name: Run the assistant and wait for the answer
  aiops.openai.openai_thread_run:
    existing_thread_id: "{{ conversation.thread.id }}"
    assistant_id: "{{ notes.assistant.id }}"
  register: answer

- name: Show the answer
  ansible.builtin.debug:
    msg: "{{ answer.reply }}"

# The same with one request: the thread is created together with the run.
- name: Ask in a new thread
  aiops.openai.openai_thread_run:
    assistant_id: asst_4f8d2c91b7a0
    thread:
      messages:
        - role: user
          content: Say hello.
  register: hello

- name: Run once, however often the playbook is run
  aiops.openai.openai_thread_run:
    existing_thread_id: thread_71c0aa5e93d2
    run_key: notes-2.1
    assistant_id: asst_4f8d2c91b7a0
    additional_instructions: Write no more than three sentences.
    max_completion_tokens: 500
    truncation_strategy:
      type: last_messages
      last_messages: 10

- name: Force the use of one function
  aiops.openai.openai_thread_run:
    existing_thread_id: thread_71c0aa5e93d2
    assistant_id: asst_4f8d2c91b7a0
    tool_choice:
      type: function
      function:
        name: get_status
  register: call

- name: Show which functions the run waits for
  ansible.builtin.debug:
    msg: "{{ call.run.required_action.submit_tool_outputs.tool_calls | map(attribute='function') }}"
  when: call.run.status == 'requires_action'

- name: Hand in what the function has returned, and wait for the answer
  aiops.openai.openai_thread_run:
    existing_thread_id: thread_71c0aa5e93d2
    run_id: "{{ call.run.id }}"
    tool_outputs:
      - tool_call_id: "{{ call.run.required_action.submit_tool_outputs.tool_calls[0].id }}"
        output:
          status: up
  when: call.run.status == 'requires_action'

- name: Run in the place of another run, see the end at once, and leave nothing running
  aiops.openai.openai_thread_run:
    existing_thread_id: thread_71c0aa5e93d2
    assistant_id: asst_4f8d2c91b7a0
    on_active_run: cancel
    stream: true
    wait_timeout: 60
    cancel_on_timeout: true

- name: Start a run and do not wait
  aiops.openai.openai_thread_run:
    existing_thread_id: thread_71c0aa5e93d2
    run_key: nightly
    assistant_id: asst_4f8d2c91b7a0
    wait: false

- name: Wait for it later, for two minutes at most, and go on if it has failed
  aiops.openai.openai_thread_run:
    existing_thread_id: thread_71c0aa5e93d2
    run_key: nightly
    assistant_id: asst_4f8d2c91b7a0
    wait_timeout: 120
    fail_on_status: false
  register: nightly

- name: Cancel a run
  aiops.openai.openai_thread_run:
    existing_thread_id: thread_71c0aa5e93d2
    run_id: run_5ad3e8c07f16
    state: absent
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
run:
  description:
    - The run as the server has it after the task, or in check mode as it would have it.
    - Fields that the server shows beyond these are returned too.
    - It is returned by a failed task too, where the run exists by then. So it is after O(wait_timeout), for a later
      task to go on with.
  returned: when O(state=present), or when O(state=absent) and there is such a run
  type: dict
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
active_run:
  description:
    - The run that is at work on the thread and keeps the task from it, as it was last read.
    - Its keys are those of RV(aiops.openai.openai_thread_run_info#module:runs).
  returned: failure, if O(on_active_run) does not get the run out of the way, or not within O(wait_timeout)
  type: dict
  sample:
    id: run_5ad3e8c07f16
    status: in_progress
messages:
  description:
    - The messages that the run wrote, the oldest first.
    - In check mode this is one predicted message where a run would be started.
  returned: when O(state=present). It is empty unless the run is completed or incomplete.
  type: list
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
  elements: dict
reply:
  description:
    - The texts of RV(messages), with an empty line between two of them.
    - In check mode this is V((known after apply\)) where a run would be started.
  returned: when O(state=present). It is empty unless the run is completed or incomplete.
  type: str
  sample: Version 2.1 is faster.
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
      description:
        - The code of the error. Of a run that ended badly its own code, else its status.
        - V(active_run) if another run is at work on the thread.
      returned: when the server says so
      type: str
      sample: rate_limit_exceeded
    param:
      description: The field of the request that the server objects to.
      returned: when the server says so
      type: str
      sample: run_id
    message:
      description: What the server says. Of a run that ended badly the reason.
      returned: when the server says so
      type: str
      sample: You exceeded your current quota.
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
      sample: https://api.openai.com/v1/threads/thread_71c0aa5e93d2/runs
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.assistants import run
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = StateModule(
    resource=run.RESOURCE,
    parents={"thread_id": "existing_thread_id"},
    parent_options={"existing_thread_id": {"type": "str", "aliases": ["thread_id"]}},
    behaviour=run.RunOptions,
    constraints={
        "required_one_of": [("thread", "existing_thread_id")],
        "required_by": {"run_id": ("existing_thread_id",)},
        "required_if": [("state", "absent", ("run_id", "run_key"), True)],
        "mutually_exclusive": [
            ("thread", "existing_thread_id"),
            ("run_id", "run_key"),
            ("thread", "additional_messages"),
            ("thread", "additional_instructions"),
            ("thread", "reasoning_effort"),
            ("existing_thread_id", "tool_resources"),
        ],
    },
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
