# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What becomes of each field of an assistant, and what is lost."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.aiops.openai.plugins.filter.to_agent import to_agent
from ansible_collections.aiops.openai.plugins.module_utils.api.models import request_body
from ansible_collections.aiops.openai.plugins.module_utils.objects.agents.agent import AgentBody

SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}}
EMPTY = {"type": "object", "properties": {}}


def called(name, description, parameters):
    return {"type": "function", "name": name, "description": description, "parameters": parameters}


@pytest.mark.parametrize(
    ("assistant", "agent", "lost"),
    [
        ({"name": "a", "model": "m", "instructions": "i"}, {"name": "a", "model": "m", "instructions": "i"}, {}),
        ({"metadata": {"k": "v"}}, {"metadata": {"k": "v"}}, {}),
        ({"name": None, "instructions": "", "metadata": {}, "tools": None}, {}, {}),
        ({"reasoning_effort": "high"}, {"reasoning": {"effort": "high"}}, {}),
        ({"temperature": 1.0, "top_p": 1, "tool_resources": {"code_interpreter": {"file_ids": []}}}, {}, {}),
        ({"temperature": 0, "top_p": 0.5}, {}, {"temperature": 0, "top_p": 0.5}),
        ({"description": "d"}, {}, {"description": "d"}),
        (
            {"tool_resources": {"file_search": {"vector_store_ids": ["vs_1"]}}},
            {},
            {"tool_resources": {"file_search": {"vector_store_ids": ["vs_1"]}}},
        ),
        (
            {"tools": [{"type": "function", "function": {"name": "f", "description": "d", "parameters": SCHEMA}}]},
            {"tools": [called("f", "d", SCHEMA)]},
            {},
        ),
        (
            {"tools": [{"type": "function", "function": {"name": "f", "parameters": '{"type": "object"}'}}]},
            {"tools": [called("f", "f", {"type": "object"})]},
            {},
        ),
        (
            {"tools": [{"type": "function", "function": {"name": "f", "strict": True}}, {"type": "file_search"}]},
            {"tools": [called("f", "f", EMPTY)]},
            {"tools": [{"type": "file_search"}, {"type": "function", "function": {"name": "f", "strict": True}}]},
        ),
        ({"response_format": "auto"}, {}, {}),
        ({"response_format": {"type": "text"}}, {}, {}),
        ({"response_format": {"type": "json_object"}}, {}, {"response_format": {"type": "json_object"}}),
        (
            {
                "response_format": {
                    "type": "json_schema",
                    "json_schema": {"name": "n", "schema": SCHEMA, "strict": True},
                }
            },
            {"text": {"format": {"type": "json_schema", "schema": SCHEMA}}},
            {"response_format": {"json_schema": {"strict": True}}},
        ),
        ({"extra_body": {"tools": [{"type": "bing"}]}}, {}, {"extra_body": {"tools": [{"type": "bing"}]}}),
    ],
)
def test_field(assistant, agent, lost):
    assert to_agent(assistant) == {"agent": agent, "lost": lost}
    assert request_body(AgentBody, agent) == agent


def test_a_list_keeps_its_order():
    assert [one["agent"]["name"] for one in to_agent([{"name": "b"}, {"name": "a"}])] == ["b", "a"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("a", "wants an assistant"),
        ({"object": "thread"}, "wants an assistant"),
        ({"tools": [7]}, "no assistant of the API"),
        ({"tools": [{"type": "function"}]}, "no assistant of the API"),
        ({"response_format": "yaml"}, "no assistant of the API"),
        ({"response_format": 7}, "no assistant of the API"),
    ],
)
def test_what_is_no_assistant_is_refused_in_one_sentence(given, said):
    with pytest.raises(AnsibleFilterError, match=said):
        to_agent(given)
