# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The parts that several API objects are made of."""

from __future__ import annotations

from textwrap import indent


def _under(option: str, path: str = "") -> str:
    """A fragment whose one piece of documentation is `option`; `@` in it stands for the path of options above it."""
    return "options:\n" + indent(option.replace("@", path), "  ")


_METADATA = r"""
metadata:
  description:
    - Keys and values of your own that the server keeps with the object. It does nothing with them.
    - This is the whole map. A key of the object that is not in it is removed. V({}) removes all keys, and leaving the
      option out leaves all keys alone.
    - At most 16 pairs, with keys of at most 64 and values of at most 512 characters.
    - Values are text. Numbers are sent as text. V(true) and V(null) are refused, so put quotes around words that YAML
      takes for something else.
  type: dict
"""

_METADATA_OF_A_NEW_ONE = r"""
metadata:
  description:
    - Keys and values of your own that the server keeps with it.
    - At most 16 pairs, with keys of at most 64 and values of at most 512 characters. Numbers are sent as text.
  type: dict
"""

_TOOLS = r"""
tools:
  description:
    - The tools that the model may use. At most @LIMIT@.
    - This is the whole list. A tool that is not in it is taken away, and V([]) takes all of them away.
    - The order does not matter when it is compared. What the server fills in by itself does not count as a difference.
  type: list
  elements: dict
  suboptions:
    type:
      description:
        - What the tool is.
        - Tool types that one server adds to these are given with O(extra_body), as the field C(tools).
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
            - The parameters of the function as a JSON Schema, as a mapping or as JSON text. Both are compared by value.
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
"""

_CODE_INTERPRETER_RESOURCES = r"""
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
"""

_TOOL_RESOURCES = (
    r"""
tool_resources:
  description:
    - What the tools may use beyond the messages.
    - It is compared part by part. A part that is left out is left alone. V({}) empties all parts.
  type: dict
  suboptions:
"""
    + _CODE_INTERPRETER_RESOURCES
    + r"""
    file_search:
      description:
        - What the C(file_search) tool may search.
      type: dict
      suboptions:
        vector_store_ids:
          description:
            - The ids of the vector stores to search. At most one. V([]) takes it away.
            - Mutually exclusive with O(@tool_resources.file_search.vector_stores).
          type: list
          elements: str
        vector_stores:
          description:
            - A vector store to create and attach. At most one.
            - It only matters when the object is created. On an object that exists it is left alone, since another
              vector store would be created at every run.
            - Mutually exclusive with O(@tool_resources.file_search.vector_store_ids).
          type: list
          elements: dict
          suboptions:
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
                    - Required if O(@tool_resources.file_search.vector_stores[].chunking_strategy.type=static).
                  type: dict
                  suboptions:
                    max_chunk_size_tokens:
                      description:
                        - The largest number of tokens in a chunk. From 100 to 4096.
                      type: int
                      required: true
                    chunk_overlap_tokens:
                      description:
                        - The number of tokens that a chunk has in common with the next one. At most half of a chunk.
                      type: int
                      required: true
"""
    + indent(_METADATA_OF_A_NEW_ONE, " " * 12)
)

_TOOL_RESOURCES_BY_ID = (
    r"""
tool_resources:
  description:
    - What the tools may use in this run, in place of what the assistant has.
    - It only matters when the run is created, and only goes together with O(thread).
  type: dict
  suboptions:
"""
    + _CODE_INTERPRETER_RESOURCES
    + r"""
    file_search:
      description:
        - What the C(file_search) tool may search.
      type: dict
      suboptions:
        vector_store_ids:
          description:
            - The ids of the vector stores to search. At most one.
          type: list
          elements: str
"""
)

_CONTENT = r"""
    - A text, or a list of parts. A single part needs no list around it.
    - A part has a C(type), and beside it one key of that name. C(text) holds a text. C(image_file) holds a mapping
      with C(file_id). C(image_url) holds a mapping with C(url). Both mappings may hold C(detail), which is V(auto),
      V(low) or V(high).
    - A text and a list with that one text part are the same.
"""

_ATTACHMENTS = r"""
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
"""

_FILE_IDS = r"""
file_ids:
  description:
    - The ids of files that come with the message, for C(file_search). An older and shorter way to give attachments.
    - Each of them is one more attachment beside those that are given as such.
  type: list
  elements: str
"""

_NEW_MESSAGE = (
    r"""
role:
  description:
    - Who is said to have written the message.
  type: str
  required: true
  choices:
    user: The person who talks to the assistant.
    assistant: The assistant. Use it to put earlier answers into a conversation.
content:
  description:
"""
    + _CONTENT
    + r"""
  type: raw
  required: true
"""
    + _ATTACHMENTS
    + _FILE_IDS
    + _METADATA_OF_A_NEW_ONE
)

_MESSAGES = r"""
messages:
  description:
    - The messages that the thread starts with, the oldest first.
    - They only matter when the thread is created. On a thread that exists they are left alone.
  type: list
  elements: dict
  suboptions:
""" + indent(_NEW_MESSAGE, "    ")

_RESPONSE_FORMAT = r"""
response_format:
  description:
    - The format of the answers. V(auto), or a mapping with the key C(type).
    - The type V(text) gives plain text.
    - The type V(json_object) gives valid JSON. The instructions must then ask for JSON too, else the model may write
      blanks until it runs out of tokens.
    - The type V(json_schema) gives JSON that keeps to a schema. The mapping then has the key C(json_schema), a mapping
      with C(name), and optionally C(description), C(schema) (a mapping or JSON text) and C(strict).
  type: raw
"""


class ModuleDocFragment:
    """One variant for each part.

    They are annotated because yamllint of ansible-test takes every plain assignment here for a text as it stands.
    """

    METADATA: str = _under(_METADATA)
    ASSISTANT_TOOLS: str = _under(_TOOLS.replace("@LIMIT@", "128"))
    RUN_TOOLS: str = _under(_TOOLS.replace("@LIMIT@", "20"))
    TOOL_RESOURCES: str = _under(_TOOL_RESOURCES)
    RUN_TOOL_RESOURCES: str = _under(_TOOL_RESOURCES_BY_ID)
    RESPONSE_FORMAT: str = _under(_RESPONSE_FORMAT)
    ATTACHMENTS: str = _under(_ATTACHMENTS + _FILE_IDS)
    MESSAGES: str = _under(_MESSAGES)

    # What a message that is managed by itself says.
    CONTENT: str = _under(
        r"""
content:
  description:
    - What the message says. It cannot be changed later.
    - Required if O(message_id) is left out.
"""
        + _CONTENT
        + "  type: raw\n"
    )
    ADDITIONAL_MESSAGES: str = _under(
        r"""
additional_messages:
  description:
    - Messages to add to the thread before the run starts, the oldest first.
    - They only matter when the run is created. They are mutually exclusive with O(thread).
  type: list
  elements: dict
  suboptions:
"""
        + indent(_NEW_MESSAGE, "    ")
    )

    # The thread that is created together with a run.
    THREAD: str = _under(
        r"""
thread:
  description:
    - A new thread for the run to work on, which is created together with the run. V({}) gives an empty one.
    - One of O(thread) and O(existing_thread_id) is required, and they are mutually exclusive.
    - With it the task creates a thread and a run at every run of the playbook.
  type: dict
  suboptions:
"""
        + indent(_MESSAGES + _TOOL_RESOURCES + _METADATA_OF_A_NEW_ONE, "    "),
        path="thread.",
    )

    # What to do about the run that keeps others from the thread.
    ON_ACTIVE_RUN = r"""
options:
  on_active_run:
    description:
      - What to do if another run is at work on the thread. The server then refuses new messages and runs.
      - Only a refusal makes the module look for such a run, which costs one read. In check mode it always looks, and
        neither waits nor cancels.
    type: str
    choices:
      fail: The task fails and returns the run as RV(active_run).
      wait: Wait until the run has stopped. The task fails if the run waits for the output of functions.
      cancel: Cancel the run, and wait until it has ended.
    default: fail
"""

    # How strictly and how freely the model answers.
    SAMPLING = r"""
options:
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
"""
