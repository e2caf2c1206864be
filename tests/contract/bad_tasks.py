# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One task for each thing that once went wrong with bad input: module, arguments, and what it is to say today."""

from __future__ import annotations

from typing import Any

from strategies import nested

MENDED: list[tuple[str, dict[str, Any], str]] = [
    ("openai_assistant", {"assistant_id": ".."}, "assistant_id is dots alone"),
    ("openai_assistant", {"assistant_id": "a\nb"}, "assistant_id is dots alone, or holds characters"),
    ("openai_assistant", {"assistant_id": "\ud800"}, "Invalid value for assistant_id: it holds half of a surrogate"),
    ("openai_assistant", {"assistant_id": "a" * 513}, "assistant_id has 513 characters"),
    ("openai_assistant", {"name": "a", "metadata": {"\ud800": ""}}, r"Invalid value for metadata \(a key\)"),
    ("openai_assistant", {"name": "a", "metadata": {"a\nb": []}}, r"Invalid value for metadata\.a b: "),
    (
        "openai_assistant",
        {"name": "a", "metadata": {"a" * 999: []}},
        r"Invalid value for metadata\.a{64} \(the key\): ",
    ),
    (
        "openai_assistant",
        {"name": "a", "temperature": "nan"},
        "Invalid value for temperature: it must be a number",
    ),
    ("openai_assistant", {"name": "a", "extra_body": {"a": [1e999]}}, r"Invalid value for extra_body\.a\[0\]: "),
    ("openai_assistant", {"name": "a", "extra_body": {"a": 10**400}}, r"Invalid value for extra_body\.a: "),
    (
        "openai_assistant",
        {"name": "a", "extra_body": {"a": nested(300)}},
        "extra_body: it is nested more than 100 levels",
    ),
    ("openai_assistant", {"name": "a", "response_format": 5}, "response_format: Input should be a valid dictionary$"),
    ("openai_assistant", {"name": "a", "response_format": {"type": "x"}}, r"response_format\.type: Input should be"),
    (
        "openai_assistant",
        {"name": "a", "response_format": '{"type": NaN}'},
        "it is text, but not JSON",
    ),
    (
        "openai_assistant",
        {"name": "a", "response_format": "{" + '"a":{' * 9**5},
        "it is text, but not JSON",
    ),
    ("openai_thread_message", {"thread_id": "t", "role": "user", "content": [{}]}, r"content\.type: Field required"),
    ("openai_thread_message_info", {"thread_id": "t", "after": "\n"}, "after is dots alone"),
    ("openai_assistant_info", {"organization": "a\nb"}, "organization holds characters that no HTTP header"),
    ("openai_assistant_info", {"project": "é"}, "project holds characters that no HTTP header"),
    ("openai_assistant_info", {"extra_headers": {"a b": "c"}}, "extra_headers holds a name that no HTTP header"),
    ("openai_assistant_info", {"extra_headers": {"a": "b\nc"}}, "extra_headers: the value of a holds characters"),
    ("openai_assistant_info", {"extra_headers": {"a": None}}, "extra_headers: the value of a is no text"),
    ("openai_assistant_info", {"extra_headers": {"Content-Length": 5}}, "extra_headers holds Content-Length, which"),
    ("openai_assistant_info", {"base_url": "https://exam\nple.com"}, "base_url holds a space, a line break"),
    ("openai_assistant_info", {"base_url": "https://a..b"}, "base_url is not a URL: "),
    ("openai_assistant_info", {"base_url": "https://*.example.com"}, "base_url is not a URL: "),
    ("openai_assistant_info", {"base_url": "https://example.com:0"}, "base_url is not a URL: there is no port 0"),
    ("openai_assistant_info", {"ca_path": "/no/such/file"}, "ca_path names no file"),
    ("openai_assistant_info", {"timeout": 1e12}, "timeout is 1000000000000.0: it must be at most 86400"),
    ("openai_assistant_info", {"max_retries": 1001}, "max_retries is 1001: it must be at most 1000"),
    ("openai_assistant", {"name": "a", "metadata": "{1: 'a'}"}, "metadata: one of its keys is no text"),
    ("openai_assistant", {"name": "a", "extra_body": "{'a': {1, 2}}"}, r"extra_body\.a: it is of the type set"),
    ("openai_assistant", {"name": "a", "metadata": {"a": True}}, r"metadata\.a: .*; put quotes around a word"),
    ("openai_assistant", {"name": "a", "metadata": {"a": {"b": 1}}}, r"metadata\.a: .*let it end in \| to_json"),
    (
        "openai_thread_message",
        {"thread_id": "t", "role": "user", "content": True},
        "content: it is no text; put quotes",
    ),
    ("openai_thread_message", {"thread_id": "t", "role": "user", "content": {"a": 1}}, r"content: .*end in \| to_json"),
    ("openai_thread_message", {"thread_id": "t", "role": "user", "content": ["a"]}, r"content: .*end in \| to_json"),
    ("openai_thread", {"metadata": {"a": "b********"}}, r"metadata\.a: it holds the mark of a hidden secret"),
]
