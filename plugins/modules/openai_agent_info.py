#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_agent_info
short_description: Read OpenAI agents
version_added: 1.0.0
description:
  - Reads one agent by its id, those with a name, or all of them.
  - The result is always a list. It is empty if nothing is found, unless O(find_one=true).
  - One agent by its id costs one read. A list costs one read for every 100 agents that are looked at.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.agents
  - aiops.openai.attributes
  - aiops.openai.attributes.info
  - aiops.openai.listing
options:
  agent_id:
    description:
      - The id of the one agent to read. It must not be empty.
      - Mutually exclusive with O(name).
    type: str
  name:
    description:
      - Return only the agents with exactly this name. Upper and lower case matter.
      - The API cannot filter by a name, so the list is read and compared here.
      - Mutually exclusive with O(agent_id).
    type: str
seealso:
  - module: aiops.openai.openai_agent
"""

EXAMPLES = r"""
---
- name: Read all agents
  aiops.openai.openai_agent_info:
  register: everything

- name: Show their names
  ansible.builtin.debug:
    msg: "{{ everything.agents | map(attribute='name') }}"

- name: Read one agent by its id
  aiops.openai.openai_agent_info:
    agent_id: agent_4f8d2c91b7a0
  register: by_id

- name: Read the one agent of a name, and fail if there is none or several
  aiops.openai.openai_agent_info:
    name: Release notes
    find_one: true
  register: notes
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
agents:
  description:
    - The agents that were found, in the order of the list.
    - Fields that the server shows beyond these are returned too.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The id of the agent.
      returned: always
      type: str
      sample: agent_4f8d2c91b7a0
    object:
      description: The type of the object, which is V(agent).
      returned: always
      type: str
      sample: agent
    created_at:
      description: When the agent was created, in seconds since 1970.
      returned: always
      type: int
      sample: 1764000000
    updated_at:
      description: When the agent was last changed, in seconds since 1970.
      returned: always
      type: int
      sample: 1764000000
    name:
      description: The name of the agent, or V(null).
      returned: always
      type: str
      sample: Release notes
    model:
      description: The model that answers.
      returned: always
      type: str
      sample: gpt-5
    instructions:
      description: What the model is told before every session, or V(null).
      returned: always
      type: str
      sample: You write short release notes.
    tools:
      description: The tools that the agent may use, as the server has them.
      returned: always
      type: list
      elements: dict
      sample:
        - type: tool_search
    metadata:
      description: The keys and values that are kept with the agent.
      returned: always
      type: dict
      sample:
        team: platform
    reasoning:
      description: How the model thinks.
      returned: always
      type: dict
      sample:
        effort: low
        summary: null
    service_tier:
      description: The service tier of the requests to the model.
      returned: always
      type: str
      sample: auto
    text:
      description: How the model writes.
      returned: always
      type: dict
      sample:
        format:
          type: text
        verbosity: medium
    multi_agent:
      description: Whether the agent may have other agents work for it, and how many at once.
      returned: always
      type: dict
      sample:
        enabled: false
        max_concurrent_subagents: null
    compaction:
      description: How a context that has become too long is made shorter.
      returned: when the server shows it
      type: dict
      sample:
        async: false
    experimental:
      description: What the server offers on trial.
      returned: when the server shows it
      type: dict
      sample:
        time_awareness: false
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
      sample: agent_id
    message:
      description: What the server says.
      returned: when the server says so
      type: str
      sample: No agent was found with this id.
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
      sample: https://api.openai.com/v1/agents
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.agents import agent
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import InfoModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = InfoModule(
    resource=agent.RESOURCE,
    matches={"name": {"type": "str"}},
    constraints={"mutually_exclusive": [("agent_id", "name")]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
