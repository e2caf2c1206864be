#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_chatkit_session
short_description: Create or cancel a ChatKit session
version_added: "0.1.0"
description:
  - Creates a ChatKit session, or cancels one. The client secret of a session lets the browser of one end user chat with
    a workflow.
  - The API cannot show a session. So O(state=present) always creates a new one, and each run of the task reports a
    change.
  - O(state=absent) cancels a session by its id. A session that does not exist or that has expired is left as it is. The
    server answers for a session that was cancelled before as it does for one that it cancels now, so cancelling twice
    reports a change twice.
  - Either costs one write and no read.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.attributes
  - aiops.openai.attributes.state
  - aiops.openai.state
  - aiops.openai.state.extra_body_on_creation
attributes:
  idempotent:
    description: A second run of the same task changes nothing.
    support: none
    details:
      - A session cannot be found again.
options:
  session_id:
    description:
      - The id of the session to cancel. It is needed for O(state=absent), and refused for O(state=present).
    type: str
  user:
    description:
      - A text of yours that names the end user. The session sees the threads of this user only.
      - It is needed for O(state=present), and must not be empty.
    type: str
  workflow:
    description:
      - The workflow that the session runs. It is needed for O(state=present).
    type: dict
    suboptions:
      id:
        description:
          - The id of the workflow.
        type: str
        required: true
      version:
        description:
          - The version of the workflow to run. If it is left out, the server runs the latest one that is deployed.
          - V(latest) is refused, since the server knows no version of that name. Leave the option out instead.
        type: str
      state_variables:
        description:
          - Variables that the workflow gets. Their values are texts, numbers or booleans.
          - There are at most 64, and a name has at most 64 characters.
        type: dict
      tracing:
        description:
          - Whether the workflow is traced.
        type: dict
        suboptions:
          enabled:
            description:
              - V(false) turns tracing off. The server traces if this is left out.
            type: bool
  expires_after:
    description:
      - When the session expires. If it is left out, that is ten minutes after its creation.
    type: dict
    suboptions:
      anchor:
        description:
          - The point of time that the seconds are counted from.
        type: str
        choices:
          - created_at
        default: created_at
      seconds:
        description:
          - How many seconds the session lives, from 1 to 600.
        type: int
        required: true
  rate_limits:
    description:
      - How much the session may ask of the server.
    type: dict
    suboptions:
      max_requests_per_1_minute:
        description:
          - How many requests it may make in a minute, at least 1. The server allows 10 if this is left out.
        type: int
  chatkit_configuration:
    description:
      - Which features of ChatKit the end user gets.
    type: dict
    suboptions:
      automatic_thread_titling:
        description:
          - Whether threads are given a title.
        type: dict
        suboptions:
          enabled:
            description:
              - V(false) turns titles off. The server makes them if this is left out.
            type: bool
      file_upload:
        description:
          - Whether, and what, the end user may upload.
        type: dict
        suboptions:
          enabled:
            description:
              - V(true) allows uploads. The server refuses them if this is left out.
            type: bool
          max_file_size:
            description:
              - The size of the largest file, in megabytes, from 1 to 512. The server takes 512 if this is left out.
            type: int
          max_files:
            description:
              - How many files may be uploaded, at least 1. The server takes 10 if this is left out.
            type: int
      history:
        description:
          - Whether the end user sees earlier threads.
        type: dict
        suboptions:
          enabled:
            description:
              - V(false) hides them. The server shows them if this is left out.
            type: bool
          recent_threads:
            description:
              - How many of the latest threads are shown, at least 1. The server shows all if this is left out.
            type: int
notes:
  - RV(session.client_secret) is a credential. Where the task runs in the process of Ansible itself, its result is
    hidden from the display, and the registered variable is whole. Elsewhere, put C(no_log=true) on the task.
  - Hosted workflows are being wound down. Look at the deprecations page of OpenAI before you build on them.
seealso:
  - module: aiops.openai.openai_chatkit_thread_info
"""

EXAMPLES = r"""
---
- name: Let an end user chat for five minutes
  aiops.openai.openai_chatkit_session:
    user: customer-4711
    workflow:
      id: wf_68df4b13b3588190a09d19288d4610ec
      state_variables:
        plan: gold
        trial: false
    expires_after:
      seconds: 300
    rate_limits:
      max_requests_per_1_minute: 5
    chatkit_configuration:
      file_upload:
        enabled: true
        max_files: 3
      history:
        recent_threads: 10
  register: chat
  no_log: true

- name: Hand the secret to the web application
  ansible.builtin.uri:
    url: https://app.example.com/internal/chat
    method: POST
    body_format: json
    body:
      client_secret: "{{ chat.session.client_secret }}"
  no_log: true

- name: End the session before its time
  aiops.openai.openai_chatkit_session:
    session_id: "{{ chat.session.id }}"
    state: absent
  no_log: true
"""

RETURN = r"""
---
session:
  description:
    - The session as it is after the task, or as it would be in check mode.
    - Fields that the server shows beyond these are returned too.
  returned: if there is one
  type: dict
  contains:
    id:
      description: The id of the session.
      returned: always
      type: str
      sample: cksess_68df4b13
    object:
      description: The type of the object, which is V(chatkit.session).
      returned: always
      type: str
      sample: chatkit.session
    status:
      description: V(active), V(expired) or V(cancelled).
      returned: always
      type: str
      sample: active
    client_secret:
      description: The credential that the browser of the end user needs. Keep it secret.
      returned: always
      type: str
      sample: VALUE_OF_THE_SECRET
    expires_at:
      description: When the session expires, in seconds since 1970.
      returned: always
      type: int
      sample: 1764000420
    user:
      description: The end user that the session is for.
      returned: always
      type: str
      sample: customer-4711
    workflow:
      description: The workflow that the session runs.
      returned: always
      type: dict
      contains:
        id:
          description: The id of the workflow.
          returned: always
          type: str
          sample: wf_68df4b13b3588190a09d19288d4610ec
        version:
          description: The version that is run, or V(null) for the latest one that is deployed.
          returned: always
          type: str
          sample: null
        state_variables:
          description: The variables that the workflow gets, or V(null).
          returned: always
          type: dict
          sample:
            plan: gold
        tracing:
          description: Whether the workflow is traced, as C(enabled).
          returned: always
          type: dict
          sample:
            enabled: true
    rate_limits:
      description: How much the session may ask of the server, as C(max_requests_per_1_minute).
      returned: always
      type: dict
      sample:
        max_requests_per_1_minute: 5
    max_requests_per_1_minute:
      description: The same number once more.
      returned: always
      type: int
      sample: 5
    chatkit_configuration:
      description: The features of ChatKit that the end user gets, with the defaults of the server filled in.
      returned: always
      type: dict
      sample:
        automatic_thread_titling:
          enabled: true
        file_upload:
          enabled: true
          max_file_size: 512
          max_files: 3
        history:
          enabled: true
          recent_threads: 10
error:
  description:
    - What is known of a failure. It is empty where nothing was asked of the server.
  returned: failure
  type: dict
  sample:
    status: 400
    type: invalid_request_error
    param: workflow.id
    message: No workflow found with id 'wf_x'.
    request_id: req_8d21
    method: POST
    url: https://api.openai.com/v1/chatkit/sessions
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects import chatkit
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = StateModule(
    resource=chatkit.SESSION,
    id_option="session_id",
    fields=chatkit.SESSION_OPTIONS,
    constraints={"required_if": [("state", "absent", ("session_id",)), ("state", "present", ("workflow", "user"))]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
