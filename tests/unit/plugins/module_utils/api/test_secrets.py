# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from ansible_collections.aiops.openai.plugins.module_utils.api.secrets import hide, is_masked, secrets_of, without


def hidden(text, key="", headers=None, url=""):
    return hide(text, secrets_of(key, headers or {}, url))


def test_only_what_is_long_enough_is_a_secret():
    headers = {"X-A": "1", "Authorization": "test", "Cookie": "a=b"}
    assert secrets_of("any", headers, "https://ada:pw@host?k=12345") == ()


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("sk-12345&", {"key": "sk-12345&"}),
        ("sk-12345%26", {"key": "sk-12345&"}),
        ("sk-12345&amp;", {"key": "sk-12345&"}),
        (r"sk-\"12345", {"key": 'sk-"12345'}),
        ("s3cr3t-value", {"headers": {"X-Any": "s3cr3t-value"}}),
        ("token-123", {"headers": {"Authorization": "Bearer token-123"}}),
        ("cookie-1", {"headers": {"Cookie": "a=1; session=cookie-1"}}),
        ("password1", {"headers": {"Authorization": "Basic YWRhOnBhc3N3b3JkMQ=="}}),
        ("Tr0ub4dor/3", {"url": "http://ada:Tr0ub4dor/3@127.0.0.1:1"}),
        ("Tr0ub4dor", {"url": "http://Tr0ub4dor/3@127.0.0.1:1"}),
        ("Tr0ub4dor/3", {"url": "ada:Tr0ub4dor%2F3@127.0.0.1:x"}),
        ("Tr0ub4dor%2F3", {"url": "ada:Tr0ub4dor%2F3@127.0.0.1:x"}),
        ("planted-query", {"url": "https://host/v1?a=b&api-key=planted-query"}),
    ],
)
def test_each_form_of_a_secret_is_hidden(text, given):
    assert hidden(f"<{text}>", **given) == "<********>"


def test_the_environments_proxies_are_searched(monkeypatch):
    monkeypatch.setenv("https_proxy", "http://svc-ansible:Tr0ub4dor3@127.0.0.1:1")
    assert hidden("svc-ansible Tr0ub4dor3") == "******** ********"


@pytest.mark.parametrize("name", ["X-Region", "Accept-Language", "X-Client-Request-Id", "OpenAI-Beta", "api-version"])
def test_headers_that_hold_no_secret_are_none(name):
    assert hidden("westeurope", headers={name: "westeurope"}) == "westeurope"


def test_keys_and_numbers_too():
    secrets = ("12345678",)
    assert without(secrets, {"12345678": [{"a": "x12345678"}, 123456789, None, True]}) == {
        "********": [{"a": "x********"}, "********", None, True]
    }


@pytest.mark.parametrize("text", ["********", "a********b", "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER", "*" * 16])
def test_masked(text):
    assert is_masked(text)


@pytest.mark.parametrize("text", ["*", "*" * 7, "*" * 9, "*" * 30])
def test_not_masked(text):
    assert not is_masked(text)
