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
  - Creates or cancels a ChatKit session, which lets the browser of one end user chat with a workflow. The browser shows
    the client secret of the session to the server.
  - The API cannot show a session, so none is found again. Every task with O(state=present) creates a session and
    reports a change.
  - With O(state=absent) the session is cancelled by its O(session_id). A session that the server does not know, or that
    has expired, is absent already. One that was cancelled before is answered as one that is cancelled now, so a task
    that cancels it again reports a change again.
  - Either costs one write.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.chatkit
  - aiops.openai.attributes
  - aiops.openai.attributes.stateful
  - aiops.openai.state.extra_body_on_creation
attributes:
  idempotent:
    description: A second run of the same task changes nothing.
    support: none
    details:
      - A session cannot be found again, so every run of a task with O(state=present) creates one.
      - A session that has expired, or that the server does not know, is left alone by O(state=absent). Cancelling a
        session twice reports a change twice.
options:
  state:
    description:
      - Whether there is to be a session.
    type: str
    choices:
      present: A session is created, whatever sessions there are.
      absent: The session cannot be used. It is cancelled. The fields of the session are not used.
    default: present
  session_id:
    description:
      - The id of the session to cancel.
      - Required if O(state=absent), and refused if O(state=present).
      - An empty text is refused, since it is most likely a variable that was not filled in.
    type: str
  # BEGIN fields (made by `make docs-write`)
  user:
    description:
      - A name of yours for the end user. It must not be empty. The session can reach the objects of the same user, such
        as earlier ChatKit threads.
      - Required if O(state=present).
    type: str
  workflow:
    description:
      - The workflow that the session runs.
      - Required if O(state=present).
    type: dict
    suboptions:
      id:
        description:
          - The id of the workflow. It must not be empty.
        type: str
        required: true
      version:
        description:
          - The version of the workflow to run.
          - If it is left out, the server takes the latest one that is deployed. V(latest) is refused, since it is no
            version.
        type: str
      state_variables:
        description:
          - Variables that the workflow is started with. A value is a text, a number or a boolean.
          - At most 64, with names of at most 64 and texts of at most 10485760 characters.
        type: dict
      tracing:
        description:
          - The record that the server keeps of the workflow.
        type: dict
        suboptions:
          enabled:
            description:
              - Whether the workflow is traced.
              - If it is left out, the server takes V(true).
            type: bool
  expires_after:
    description:
      - When the session expires.
      - If it is left out, that is ten minutes after its creation.
      - The server does not show it, but the time that comes of it, which is RV(session.expires_at).
    type: dict
    suboptions:
      anchor:
        description:
          - The time that the seconds are counted from.
        type: str
        default: created_at
        choices:
          - created_at
      seconds:
        description:
          - How many seconds the session lives. From 1 to 600.
        type: int
        required: true
  rate_limits:
    description:
      - How much the session may ask of the server.
    type: dict
    suboptions:
      max_requests_per_1_minute:
        description:
          - How many requests the session may make in a minute. At least 1.
          - If it is left out, the server takes V(10).
        type: int
  chatkit_configuration:
    description:
      - Which features of ChatKit the end user gets.
    type: dict
    suboptions:
      automatic_thread_titling:
        description:
          - The titles of ChatKit threads.
        type: dict
        suboptions:
          enabled:
            description:
              - Whether the server gives threads a title.
              - If it is left out, the server takes V(true).
            type: bool
      file_upload:
        description:
          - The files that the end user may upload.
        type: dict
        suboptions:
          enabled:
            description:
              - Whether the end user may upload files.
              - If it is left out, the server takes V(false).
            type: bool
          max_file_size:
            description:
              - The largest size of a file, in megabytes. From 1 to 512.
              - If it is left out, the server takes V(512).
            type: int
          max_files:
            description:
              - How many files may be uploaded in the session. At least 1.
              - If it is left out, the server takes V(10).
            type: int
      history:
        description:
          - The earlier threads of the end user.
        type: dict
        suboptions:
          enabled:
            description:
              - Whether the end user can go back to them.
              - If it is left out, the server takes V(true).
            type: bool
          recent_threads:
            description:
              - To how many of the newest ones. At least 1.
              - If it is left out, the server sets no limit.
            type: int
  # END fields
notes:
  - RV(session.client_secret) is a secret. On a local connection, without C(become) and C(async), the task runs in the
    process of C(ansible-playbook). The display, the log and the events of the task then do not show the result, and the
    registered variable can be used as always. Everywhere else the result is shown, so put C(no_log) on the task. It
    does no harm in any case.
  - Put C(no_log) on a task that hands the secret on, too.
seealso:
  - module: aiops.openai.openai_chatkit_thread_info
  - name: OpenAI API reference, ChatKit
    description: The fields of a session in the words of the API.
    link: https://platform.openai.com/docs/api-reference/chatkit
"""

EXAMPLES = r"""
---
- name: Create a session with the defaults of the server
  aiops.openai.openai_chatkit_session:
    user: customer-4711
    workflow:
      id: wf_68df4b13b3588190a09d19288d4610ec
  register: simple_chat
  no_log: true

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

- name: Cancel the session before it expires
  aiops.openai.openai_chatkit_session:
    session_id: "{{ chat.session.id }}"
    state: absent
  no_log: true
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
session:
  description:
    - The session as the server has it after the task, or in check mode as it would have it.
    - Fields that the server shows beyond these are returned too.
    - In check mode a session that would be cancelled has the fields RV(session.id), RV(session.object) and
      RV(session.status) only.
  returned: when O(state=present), or when O(state=absent) and the server knows the session
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
      description: The secret that the browser of the end user shows to the server.
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
          description: The version of the workflow, or V(null) for the latest one that is deployed.
          returned: always
          type: str
          sample: null
        state_variables:
          description: The variables that the workflow is started with, or V(null).
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
      description: The same number as in RV(session.rate_limits).
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
      sample: session_id
    message:
      description: What the server says.
      returned: when the server says so
      type: str
      sample: No session was found with this id.
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
      sample: https://api.openai.com/v1/chatkit/sessions
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.chatkit import session
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = StateModule(
    resource=session.RESOURCE,
    constraints={"required_if": [("state", "absent", ("session_id",)), ("state", "present", ("workflow", "user"))]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
