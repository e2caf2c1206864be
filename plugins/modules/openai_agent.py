#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_agent
short_description: Manage an OpenAI agent
version_added: 1.0.0
description:
  - Creates, changes and deletes an agent of the Agents API, which is a model with instructions, tools and settings.
  - An agent is found again by O(agent_id), else by its exact O(name) among all agents. The task fails and lists the ids
    if several agents have that name.
  - With O(state=present) an agent that is not found by its name is created. An O(agent_id) that does not exist fails
    the task.
  - With O(state=absent) the agent is deleted. One that is not there is absent already.
  - Only what the task gives is compared and changed. An option that is left out, or is V(null), is left alone. An empty
    text, list or mapping clears the field.
  - The server shows what it takes for settings that nobody gave. That is no difference.
  - A task that changes nothing costs one read by O(agent_id), and one read for every 100 agents by O(name). A change
    costs one write more.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.agents
  - aiops.openai.attributes
  - aiops.openai.attributes.stateful
  - aiops.openai.state
  - aiops.openai.state.extra_body
attributes:
  idempotent:
    description: A second run of the same task changes nothing.
    support: full
    details:
      - A field in O(extra_body) that the server does not show is sent, and reported as a change, at every run.
options:
  agent_id:
    description:
      - The id of the agent. It must exist, unless it is to be absent.
      - An empty text is refused, since it is most likely a variable that was not filled in.
      - One of O(agent_id) and O(name) is required.
    type: str
  # BEGIN fields (made by `make docs-write`)
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
      - The tools that the agent may use, at most one of each name.
      - This is the whole list. A tool that is not in it is taken away, and V([]) takes all of them away.
      - A tool is compared with the one of the same type and O(tools[].name) or O(tools[].server_label). What the task
        leaves out of it is left alone, and the order does not matter.
    type: list
    elements: dict
    suboptions:
      type:
        description:
          - What the tool is.
          - Tool types that are newer than this collection are given with C(extra_body), as the field C(tools).
        type: str
        required: true
        choices:
          function: The model asks the caller to call a function and to hand in what it returns.
          mcp: The tools of an MCP server.
          web_search: The model searches the web.
          tool_search: The model looks deferred functions up before it uses them.
          programmatic_tool_calling: The model calls tools from code that it writes.
          computer_use: The model uses a browser, in a session that OpenAI hosts.
          automations: The agent sets its own automations.
      name:
        description:
          - The name of the function. It must not be empty.
          - Required if O(tools[].type=function).
        type: str
      description:
        description:
          - What the function does. The model decides by it when and how to ask for the function.
          - Required if O(tools[].type=function).
        type: str
      parameters:
        description:
          - The parameters of the function as a JSON Schema, as a mapping or as JSON text. Both are compared by value.
          - Required if O(tools[].type=function).
        type: raw
      async:
        description:
          - Whether the agent goes on without waiting for what the function returns.
        type: bool
      defer_loading:
        description:
          - Whether the function is loaded only once a search for tools has found it. The server takes V(false) by
            itself.
        type: bool
      server_label:
        description:
          - The name that the MCP server has in tool calls. It must not be empty.
          - Required if O(tools[].type=mcp).
        type: str
      transport:
        description:
          - How the MCP server is reached.
          - Required if O(tools[].type=mcp).
        type: dict
        suboptions:
          type:
            description:
              - How the MCP server is reached.
            type: str
            required: true
            choices:
              http: Over HTTP.
              stdio: As a process in the environment of the session.
          server_url:
            description:
              - The URL of the MCP server.
              - Required if O(tools[].transport.type=http).
            type: str
          headers:
            description:
              - HTTP headers for the MCP server. The server shows them, so they are no place for secrets, which go into
                a credential of a vault.
            type: dict
          command:
            description:
              - The command that starts the MCP server.
              - Required if O(tools[].transport.type=stdio).
            type: str
          cwd:
            description:
              - The directory that the MCP server is started in.
              - Required if O(tools[].transport.type=stdio).
            type: str
          args:
            description:
              - The arguments of the command.
            type: list
            elements: str
          env_vars:
            description:
              - The names of the environment variables that the MCP server gets from the environment of the session.
            type: list
            elements: str
      allowed_tools:
        description:
          - The names of the tools of the MCP server that the agent may call. If it was never given, the agent may call
            all.
        type: list
        elements: str
      connection_origin:
        description:
          - Where connections to the MCP server come from.
        type: str
        choices:
          service: From the network of the service.
          environment: From the environment of the session.
      credential_id:
        description:
          - The id of the credential for the MCP server, in a vault that the session has. It need not be given where
            exactly one credential of those vaults is for the URL of the server.
        type: str
      request_metadata:
        description:
          - What is sent with each request to the MCP server.
        type: dict
      required:
        description:
          - Whether the MCP server must have started before the first turn. The server takes V(false) by itself.
        type: bool
      allowed_domains:
        description:
          - The domains that the search of the web is kept to. If it was never given, it is kept to none.
        type: list
        elements: str
      context_size:
        description:
          - How much of what was found on the web the model gets to see. The server takes V(medium) by itself.
        type: str
        choices:
          - low
          - medium
          - high
      location:
        description:
          - About where the search of the web is made from.
        type: dict
        suboptions:
          city:
            description:
              - The name of the city.
            type: str
          country:
            description:
              - The country, by its two letters of ISO 3166, such as V(DE).
            type: str
          region:
            description:
              - The name of the region or state.
            type: str
          timezone:
            description:
              - The time zone by its IANA name, such as V(Europe/Berlin).
            type: str
      mode:
        description:
          - Where the search of the web looks. The server takes V(live) by itself.
        type: str
        choices:
          disabled: Nowhere.
          cached: In what was found before.
          live: In the web.
      enabled:
        description:
          - Whether tools may be called from code of the model. The server takes V(true) by itself.
        type: bool
      include_screenshots:
        description:
          - Whether what the browser did is shown with screenshots. The server takes V(false) by itself.
        type: bool
  model:
    description:
      - The model that answers, by the name that the server has for it. It must not be empty.
      - Required when the agent is created.
    type: str
  reasoning:
    description:
      - How the model thinks. What is left out of it is left alone, and V({}) goes back to what the server takes by
        itself.
    type: dict
    suboptions:
      effort:
        description:
          - How much the model thinks before it answers. The model decides by itself. Not every model takes every value.
        type: str
        choices:
          - none
          - minimal
          - low
          - medium
          - high
          - xhigh
          - max
      summary:
        description:
          - How the model sums up what it thought. The server shows no summary by itself.
        type: str
        choices:
          - auto
          - concise
          - detailed
  service_tier:
    description:
      - The service tier of the requests to the model. The server takes V(auto) by itself.
    type: str
    choices:
      - auto
      - default
      - flex
      - priority
      - fast
      - ultrafast
  name:
    description:
      - The name of the agent.
      - Without O(agent_id) the agent is found again by it, so it should be unique, and must not be empty. Upper and
        lower case matter.
      - Together with O(agent_id) it is the name that the agent is to have.
      - Required if O(agent_id) is left out.
    type: str
  instructions:
    description:
      - What the model is told before every session, after what the server tells every agent.
    type: str
  text:
    description:
      - How the model writes. What is left out of it is left alone, and V({}) goes back to what the server takes by
        itself.
    type: dict
    suboptions:
      format:
        description:
          - The format of the answers. It is compared as a whole.
        type: dict
        suboptions:
          type:
            description:
              - The format.
            type: str
            required: true
            choices:
              text: Plain text.
              json_schema: JSON that keeps to a schema.
          schema:
            description:
              - The JSON Schema, as a mapping or as JSON text. Both are compared by value.
              - Required if O(text.format.type=json_schema).
            type: raw
      verbosity:
        description:
          - How much the model says. The server takes V(medium) by itself.
        type: str
        choices:
          - low
          - medium
          - high
  multi_agent:
    description:
      - Whether the agent may have other agents work for it. What is left out of it is left alone.
    type: dict
    suboptions:
      enabled:
        description:
          - Whether the agent may have others work for it.
        type: bool
        required: true
      max_concurrent_subagents:
        description:
          - How many of them may work at once. At least 1. The server takes V(6) by itself.
        type: int
  compaction:
    description:
      - How a context that has become too long is made shorter. What is left out of it is left alone.
    type: dict
    suboptions:
      async:
        description:
          - Whether a long context is made shorter in the background, which may take more tokens. The server takes
            V(false) by itself.
        type: bool
  experimental:
    description:
      - What the server offers on trial. What is left out of it is left alone.
    type: dict
    suboptions:
      time_awareness:
        description:
          - Whether the model is told the time every now and then. The server takes V(false) by itself.
        type: bool
  # END fields
seealso:
  - module: aiops.openai.openai_agent_info
  - module: aiops.openai.openai_agents
  - module: aiops.openai.openai_assistant
"""

EXAMPLES = r"""
---
- name: Have an agent
  aiops.openai.openai_agent:
    name: Release notes
    model: gpt-5
    instructions: You write short release notes from a list of changes.
    reasoning:
      effort: low
    metadata:
      team: platform
  register: notes

- name: Show its id
  ansible.builtin.debug:
    var: notes.agent.id

- name: Show what a change would do, and write nothing
  aiops.openai.openai_agent:
    name: Release notes
    instructions: You write release notes in three sentences.
  check_mode: true
  diff: true

- name: Have an agent with tools
  aiops.openai.openai_agent:
    name: Operations
    model: gpt-5
    instructions: You answer questions about our servers.
    tools:
      - type: function
        name: get_status
        description: Get the status of a server.
        parameters:
          type: object
          properties:
            host:
              type: string
          required:
            - host
      - type: mcp
        server_label: tickets
        transport:
          type: http
          server_url: https://mcp.example.com/tickets
        credential_id: cred_2b4f90
        allowed_tools:
          - find_ticket
      - type: web_search
        allowed_domains:
          - docs.example.com

- name: Have an agent that answers in JSON
  aiops.openai.openai_agent:
    name: Triage
    model: gpt-5
    instructions: You sort tickets.
    text:
      format:
        type: json_schema
        schema:
          type: object
          properties:
            severity:
              type: string
              enum:
                - low
                - high
          required:
            - severity

- name: Give an agent another name, and take its tools and metadata away
  aiops.openai.openai_agent:
    agent_id: agent_4f8d2c91b7a0
    name: Release notes (old)
    tools: []
    metadata: {}

- name: Delete an agent
  aiops.openai.openai_agent:
    name: Release notes (old)
    state: absent
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
agent:
  description:
    - The agent as the server has it after the task, or in check mode as it would have it.
    - Fields that the server shows beyond these are returned too.
  returned: when O(state=present)
  type: dict
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
      sample: POST
    url:
      description: The address of the request, without its query.
      returned: when a request was made
      type: str
      sample: https://api.openai.com/v1/agents
    ids:
      description: The ids of all agents that match what the task gives.
      returned: when several match, and one is wanted
      type: list
      elements: str
      sample:
        - agent_4f8d2c91b7a0
        - agent_0a7b19c2d8f4
"""

from ansible_collections.aiops.openai.plugins.module_utils.objects.agents import agent
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module

DECLARATION = StateModule(
    resource=agent.RESOURCE,
    constraints={"required_one_of": [("agent_id", "name")]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
