#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_file
short_description: Manage an OpenAI file
version_added: 1.0.0
description:
  - Uploads and deletes a file, for assistants, vector stores and other objects to refer to.
  - A file is found again by O(file_id), else by its name and its O(purpose). If several have both, the newest one is
    meant.
  - With O(state=present) a file that is not found by its name and purpose is uploaded. An O(file_id) that does not
    exist fails the task.
  - The API cannot change a file, and does not tell what is in it. So the O(ledger) keeps the checksum of what was
    uploaded. A file that the O(ledger) does not know is compared by its size alone. See O(replace) for what is done
    where the content is another.
  - With O(state=absent) the file is deleted, which takes it out of all vector stores too. One that is not there is
    absent already.
  - A task that changes nothing costs one read by O(file_id). By the name it costs one read for every 100 files until
    the newest that fits.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.files
  - aiops.openai.attributes
  - aiops.openai.attributes.stateful
  - aiops.openai.state
  - aiops.openai.state.extra_body_on_creation
attributes:
  idempotent:
    description: A second run of the same task changes nothing.
    support: full
options:
  file_id:
    description:
      - The id of the file. It must exist, unless it is to be absent.
      - An empty text is refused, since it is most likely a variable that was not filled in.
    type: str
  # BEGIN fields (made by `make docs-write`)
  purpose:
    description:
      - What the file is for.
      - Together with the name of the file it is what the file is found by without O(file_id).
    type: str
    choices:
      assistants: For assistants and for vector stores.
      batch: For the Batch API. The name of the file must end in C(.jsonl).
      fine-tune: For fine-tuning. The name of the file must end in C(.jsonl).
      vision: For images that are looked at.
      user_data: For anything else.
      evals: For data sets of evaluations.
  expires_after:
    description:
      - When the file expires after it was uploaded. The server then deletes it.
      - It only matters when the file is uploaded. On a file that exists it is left alone.
    type: dict
    suboptions:
      seconds:
        description:
          - The number of seconds. From 3600 to 2592000. That is an hour to 30 days.
        type: int
        required: true
      anchor:
        description:
          - The time from which they count, which is when the file was uploaded.
        type: str
        default: created_at
        choices:
          - created_at
  src:
    description:
      - The file to upload, on the controller. A relative path is looked for as M(ansible.builtin.copy) does it, in the
        folder C(files) of the role or beside the playbook.
      - A file that is encrypted with Ansible Vault is decrypted first.
      - It must not be empty, and must have at most 536870912 bytes (512 MiB). It is read as it is sent, so its size
        costs no memory.
      - Mutually exclusive with O(content).
    type: str
  content:
    description:
      - The text to upload, in place of a file. It needs O(filename).
      - Mutually exclusive with O(src).
      - It needs O(filename).
    type: str
  filename:
    description:
      - The name of the file on the server. If it is left out, it is the name of O(src) without its folder. It must not
        hold a slash or a quotation mark.
    type: str
  replace:
    description:
      - What to do where the server has a file of that name and purpose, and its content is another. The API cannot
        change a file.
      - If it is V(true), the new content is uploaded, and after that the old file is deleted. The new one has another
        id, so hand RV(file.id) on to what refers to it.
      - If it is V(false), the task fails.
    type: bool
    default: false
  # END fields
seealso:
  - module: aiops.openai.openai_file_info
  - module: aiops.openai.openai_vector_store
  - module: aiops.openai.openai_assistant
  - name: OpenAI API reference, files
    description: The fields of a file in the words of the API.
    link: https://platform.openai.com/docs/api-reference/files
"""

EXAMPLES = r"""
---
- name: Have the handbook uploaded, and again whenever it has changed
  aiops.openai.openai_file:
    src: handbook.md
    purpose: assistants
    replace: true
  register: handbook

- name: Have a vector store that begins with it
  aiops.openai.openai_vector_store:
    name: Handbook
    file_ids:
      - "{{ handbook.file.id }}"

- name: Have a text uploaded for a day
  aiops.openai.openai_file:
    content: "{{ inventory | to_nice_json }}"
    filename: inventory.json
    purpose: user_data
    expires_after:
      seconds: 86400

- name: Delete a file
  aiops.openai.openai_file:
    filename: handbook.md
    purpose: assistants
    state: absent
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
file:
  description:
    - The file as the server has it after the task, or in check mode as it would have it.
    - Fields that the server shows beyond these are returned too.
  returned: when O(state=present)
  type: dict
  contains:
    id:
      description: The id of the file.
      returned: always
      type: str
      sample: file-9c1e77
    object:
      description: The type of the object, which is V(file).
      returned: always
      type: str
      sample: file
    created_at:
      description: When the file was uploaded, in seconds since 1970.
      returned: always
      type: int
      sample: 1764000000
    filename:
      description: The name of the file.
      returned: always
      type: str
      sample: handbook.md
    bytes:
      description: How many bytes the file has.
      returned: always
      type: int
      sample: 23456
    purpose:
      description: What the file is for.
      returned: always
      type: str
      sample: assistants
    status:
      description: V(uploaded), V(processed) or V(error). The API no longer makes use of it.
      returned: always
      type: str
      sample: processed
    status_details:
      description: Why a file was not accepted.
      returned: when the server shows it, and in check mode never
      type: str
      sample: null
    expires_at:
      description: When the file expires, in seconds since 1970.
      returned: when the file expires
      type: int
      sample: 1766592000
    checksum:
      description:
        - The SHA-256 of the content, in hexadecimal digits, where the O(ledger) knows it. The server does not tell it.
        - Without it, the content is taken for the same if it has the same number of bytes.
      returned: when known
      type: str
      sample: 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
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
      sample: file_id
    message:
      description: What the server says.
      returned: when the server says so
      type: str
      sample: No file was found with this id.
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
      sample: https://api.openai.com/v1/files
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.files import file
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = StateModule(
    resource=file.RESOURCE,
    behaviour=file.FileOptions,
    sources=("src",),
    constraints=file.FileOptions.constraints,
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
