#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_file_info
short_description: Read OpenAI files
version_added: 1.0.0
description:
  - Reads one file by its id, those with a name or a purpose, or all of them. It does not read what is in them.
  - The result is always a list. It is empty if nothing is found, unless O(find_one=true).
  - One file by its id costs one read. A list costs one read for every 100 files that are looked at.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.files
  - aiops.openai.attributes
  - aiops.openai.attributes.info
  - aiops.openai.listing
options:
  file_id:
    description:
      - The id of the one file to read. It must not be empty.
      - Mutually exclusive with O(filename) and O(purpose).
    type: str
  filename:
    description:
      - Return only the files with exactly this name. Upper and lower case matter.
      - The API cannot filter by a name, so the list is read and compared here.
      - Mutually exclusive with O(file_id).
    type: str
  purpose:
    description:
      - Return only the files for this purpose, such as V(assistants). It must not be empty.
      - Mutually exclusive with O(file_id).
    type: str
seealso:
  - module: aiops.openai.openai_file
"""

EXAMPLES = r"""
---
- name: Read all files for assistants
  aiops.openai.openai_file_info:
    purpose: assistants
  register: files

- name: Show how large they are
  ansible.builtin.debug:
    msg: "{{ files.files | items2dict(key_name='filename', value_name='bytes') }}"

- name: Read the one file of a name, and fail if there is none or several
  aiops.openai.openai_file_info:
    filename: handbook.md
    find_one: true
  register: handbook
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
files:
  description:
    - The files that were found, in the order of the list.
    - Fields that the server shows beyond these are returned too.
  returned: success
  type: list
  elements: dict
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
      sample: GET
    url:
      description: The address of the request, without its query.
      returned: when a request was made
      type: str
      sample: https://api.openai.com/v1/files
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.files import file
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import InfoModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = InfoModule(
    resource=file.RESOURCE,
    filters={"purpose": {"type": "str"}},
    matches={"filename": {"type": "str"}},
    constraints={"mutually_exclusive": [("file_id", "filename"), ("file_id", "purpose")]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
