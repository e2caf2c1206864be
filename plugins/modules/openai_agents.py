#!/usr/bin/python
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

DOCUMENTATION = r"""
---
module: openai_agents
short_description: Manage a set of OpenAI agents
version_added: 1.0.0
description:
  - Creates and changes many agents in one task, and removes those that are not in the set any more if told so.
  - Each agent is found again by its exact name, and compared as M(aiops.openai.openai_agent) does it.
  - All agents are listed once, with one request for every 100. What differs is then written, several at a time. A set
    that is as it should be costs no more than the list.
  - If some agents fail, all others are as they are to be, and the task fails with RV(failures). A second run of the
    task goes on from there.
author:
  - aiops.openai contributors (@aiops-collections)
extends_documentation_fragment:
  - aiops.openai.auth
  - aiops.openai.auth.agents
  - aiops.openai.attributes
  - aiops.openai.attributes.stateful
attributes:
  idempotent:
    description: A second run of the same task changes nothing.
    support: full
    details:
      - A field in O(agents[].extra_body) that the server does not show is sent, and reported as a change, at every run.
options:
  # BEGIN fields (made by `make docs-write`)
  prune:
    description:
      - Whether to remove what is not in the set any more. Only what carries all of O(prune_metadata) is removed, so
        what others have made is safe.
    type: bool
    default: false
  prune_metadata:
    description:
      - The keys and values in the metadata of what may be removed. Give the same in the C(metadata) of each object of
        the set. From 1 to 16 pairs, with keys of at most 64 and values of at most 512 characters.
      - Required if O(prune=True).
    type: dict
  parallel:
    description:
      - How many requests may be on their way at once. From 1 to 32.
      - If the server asks one of them to wait, all of them wait.
    type: int
    default: 8
  agents:
    description:
      - The agents that are to exist, each with what is to be compared and changed of it.
    type: list
    elements: dict
    required: true
    suboptions:
      metadata:
        description:
          - Keys and values of your own that the server keeps with the object. It does nothing with them.
          - This is the whole map. A key of the object that is not in it is removed. V({}) removes all keys, and leaving
            the option out leaves all keys alone.
          - At most 16 pairs, with keys of at most 64 and values of at most 512 characters.
          - Values are text. Numbers are sent as text. V(true) and V(null) are refused, so put quotes around words that
            YAML takes for something else.
        type: dict
      tools:
        description:
          - The tools that the agent may use, at most one of each name.
          - This is the whole list. A tool that is not in it is taken away, and V([]) takes all of them away.
          - A tool is compared with the one of the same type and O(agents[].tools[].name) or
            O(agents[].tools[].server_label). What the task leaves out of it is left alone, and the order does not
            matter.
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
              - Required if O(agents[].tools[].type=function).
            type: str
          description:
            description:
              - What the function does. The model decides by it when and how to ask for the function.
              - Required if O(agents[].tools[].type=function).
            type: str
          parameters:
            description:
              - The parameters of the function as a JSON Schema, as a mapping or as JSON text. Both are compared by
                value.
              - Required if O(agents[].tools[].type=function).
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
              - Required if O(agents[].tools[].type=mcp).
            type: str
          transport:
            description:
              - How the MCP server is reached.
              - Required if O(agents[].tools[].type=mcp).
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
                  - Required if O(agents[].tools[].transport.type=http).
                type: str
              headers:
                description:
                  - HTTP headers for the MCP server. The server shows them, so they are no place for secrets, which go
                    into a credential of a vault.
                type: dict
              command:
                description:
                  - The command that starts the MCP server.
                  - Required if O(agents[].tools[].transport.type=stdio).
                type: str
              cwd:
                description:
                  - The directory that the MCP server is started in.
                  - Required if O(agents[].tools[].transport.type=stdio).
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
              - The names of the tools of the MCP server that the agent may call. If it was never given, the agent may
                call all.
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
              - How much the model thinks before it answers. The model decides by itself. Not every model takes every
                value.
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
          - The name of the agent, by which it is found again. No two of the set may have the same.
        type: str
        required: true
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
                  - Required if O(agents[].text.format.type=json_schema).
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
      extra_body:
        description:
          - More fields for the request body, by their names in the API, as
            O(aiops.openai.openai_agent#module:extra_body) takes them.
        type: dict
  # END fields
notes:
  - Two tasks at once that make the same set wait for each other where they have the same O(ledger). Without one, an
    agent that both of them find missing is created twice, and the next run fails and lists the ids.
seealso:
  - module: aiops.openai.openai_agent
  - module: aiops.openai.openai_agent_info
"""

EXAMPLES = r"""
---
- name: Have these agents, and none other of ours
  aiops.openai.openai_agents:
    agents:
      - name: Release notes
        model: gpt-5
        instructions: You write short release notes from a list of changes.
        metadata:
          managed_by: site-a
      - name: Librarian
        model: gpt-5
        tools:
          - type: web_search
        metadata:
          managed_by: site-a
    prune: true
    prune_metadata:
      managed_by: site-a
"""

RETURN = r"""
---
# Made by `make docs-write` from the classes of what is returned.
agents:
  description:
    - The agents of the set in its order, as the server has them after the task.
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
changes:
  description: What was changed, in the order of the set, and after that what was removed.
  returned: success, and failure once the set was begun
  type: list
  contains:
    name:
      description: The name of the object.
      returned: always
      type: str
      sample: Release notes
    id:
      description: The id of the object. In check mode it is V((known after apply\)) for one that would be created.
      returned: always
      type: str
      sample: asst_4f8d2c91b7a0
    action:
      description: What was done, which is V(create), V(update) or V(remove).
      returned: always
      type: raw
      sample: update
    before:
      description: What was changed, as it was.
      returned: always
      type: dict
      sample:
        temperature: 1.0
    after:
      description: The same as it is.
      returned: always
      type: dict
      sample:
        temperature: 0.2
  elements: dict
failures:
  description: What failed. All the others are as they are to be.
  returned: failure, if objects of the set failed
  type: list
  contains:
    name:
      description: The name of the object.
      returned: always
      type: str
      sample: Release notes
    msg:
      description: What went wrong.
      returned: always
      type: str
      sample: 'Invalid value for model: there is no such model'
    error:
      description: What is known of it, as in RV(error).
      returned: always
      type: dict
      sample:
        status: 400
  elements: dict
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
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import run_module
from ansible_collections.aiops.openai.plugins.module_utils.tasks.set_module import SetModule

DECLARATION = SetModule(
    resource=agent.RESOURCE,
    entries=agent.AgentSet,
    constraints={"required_if": [("prune", True, ("prune_metadata",))]},
)


def main() -> None:
    run_module(DECLARATION)


if __name__ == "__main__":
    main()
