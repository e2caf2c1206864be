# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.aiops.openai.plugins.module_utils.parts import content, response_format, tool_resources, tools

CODE = {"type": "code_interpreter"}
WEATHER = {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([CODE, WEATHER], [WEATHER, CODE]),
        ([{"type": "file_search"}], [{"type": "file_search", "file_search": {}}]),
        (
            [{"type": "file_search"}],
            [
                {
                    "type": "file_search",
                    "file_search": {
                        "max_num_results": 20,
                        "ranking_options": {"ranker": "default_2024_08_21", "score_threshold": 0.0},
                    },
                }
            ],
        ),
        (
            [{"type": "function", "function": {"name": "f"}}],
            [{"type": "function", "function": {"name": "f", "strict": False, "description": None, "parameters": {}}}],
        ),
    ],
)
def test_tools_that_mean_the_same(one, other):
    assert tools.canonical_tools(one) == tools.canonical_tools(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([CODE, WEATHER], [CODE]),
        ([WEATHER], [{"type": "function", "function": {"name": "weather", "parameters": {"type": "string"}}}]),
        ([WEATHER], [{"type": "function", "function": {**WEATHER["function"], "strict": True}}]),
        ([{"type": "file_search"}], [{"type": "file_search", "file_search": {"max_num_results": 7}}]),
        (
            [{"type": "file_search", "file_search": {"ranking_options": {"score_threshold": 0.5}}}],
            [{"type": "file_search", "file_search": {"ranking_options": {"score_threshold": 0.0}}}],
        ),
    ],
)
def test_tools_that_differ(one, other):
    assert tools.canonical_tools(one) != tools.canonical_tools(other)


def test_tools_of_types_this_collection_does_not_know_are_compared_by_value():
    bing = {"type": "bing_grounding", "bing_grounding": {"connections": [{"id": "a"}]}}
    other = {"type": "bing_grounding", "bing_grounding": {"connections": [{"id": "b"}]}}
    assert tools.canonical_tools([bing, other]) == tools.canonical_tools([other, bing])
    assert tools.canonical_tools([bing]) != tools.canonical_tools([other])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({}, {"code_interpreter": {"file_ids": []}}),
        ({}, {"file_search": None}),
        ({"code_interpreter": {"file_ids": ["a", "b"]}}, {"code_interpreter": {"file_ids": ["b", "a"]}}),
    ],
)
def test_tool_resources_that_mean_the_same(one, other):
    assert tool_resources.canonical_resources(one) == tool_resources.canonical_resources(other)


def test_response_formats():
    schema = {"type": "json_schema", "json_schema": {"name": "n", "schema": {"type": "object"}}}
    filled = {"type": "json_schema", "json_schema": {**schema["json_schema"], "strict": False, "description": None}}
    assert response_format.canonical_format(schema) == response_format.canonical_format(filled)
    assert response_format.canonical_format("auto") == "auto"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("hello", [{"type": "text", "text": {"value": "hello", "annotations": []}}]),
        (
            [{"type": "text", "text": "hello"}],
            [{"type": "text", "text": {"value": "hello", "annotations": [{"x": 1}]}}],
        ),
        (
            [{"type": "image_url", "image_url": {"url": "https://example.com/a.png"}}],
            [{"type": "image_url", "image_url": {"url": "https://example.com/a.png", "detail": "auto"}}],
        ),
    ],
)
def test_content_written_and_read_is_the_same(written, read):
    assert content.canonical_content(written) == content.canonical_content(read)


def test_content_is_predicted_as_it_will_be_read():
    assert content.read_content("hello") == [{"type": "text", "text": {"value": "hello", "annotations": []}}]


def test_the_order_of_content_matters_and_that_of_attachments_does_not():
    parts = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    assert content.canonical_content(parts) != content.canonical_content(parts[::-1])
    files = [{"file_id": "a", "tools": [{"type": "file_search"}]}, {"file_id": "b", "tools": []}]
    assert content.canonical_attachments(files) == content.canonical_attachments(files[::-1])
