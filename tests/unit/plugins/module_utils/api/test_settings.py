# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.aiops.openai.plugins.module_utils.api.errors import InvalidTask
from ansible_collections.aiops.openai.plugins.module_utils.api.settings import Settings


@pytest.mark.parametrize(
    "base_url",
    [
        "https://api.openai.com/v1",
        "https://resource.services.ai.azure.com/api/projects/p",
        "http://127.0.0.1:8080/v1",
        "http://[::1]:8080/v1",
        "http://localhost/v1/",
    ],
)
def test_servers_that_can_be_reached(base_url):
    assert Settings(api_key="k", base_url=base_url).url("/threads") == base_url.rstrip("/") + "/threads"


@pytest.mark.parametrize(
    ("base_url", "problem"),
    [
        ("http://example.com/v1", "to example.com in clear text"),
        ("http://127.0.0.1.example.com/v1", "in clear text"),
        ("example.com/v1", "must look like"),
        ("ftp://example.com", "must look like"),
        ("https://user:password@example.com", "must not hold a user name or password"),
        ("https://example.com/v1?api-version=1", "as api_version"),
        ("https://example.com:port/", "is not a URL"),
        ("https://[::1", "is not a URL"),
    ],
)
def test_servers_that_cannot(base_url, problem):
    with pytest.raises(InvalidTask, match=rf"^base_url .*{problem}") as refusal:
        Settings(api_key="k", base_url=base_url)
    assert "password@" not in str(refusal.value)


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"api_key": ""}, "api_key is missing: .*OPENAI_API_KEY"),
        ({"api_key": "sk-1\n"}, "api_key holds characters"),
        ({"api_key": "schlüssel"}, "api_key holds characters"),
        ({"api_key": "k", "timeout": 0}, "timeout is 0"),
        ({"api_key": "k", "max_retries": -1}, "max_retries is -1"),
    ],
)
def test_settings_that_cannot_be_used(settings, problem):
    with pytest.raises(InvalidTask, match=f"^{problem}"):
        Settings(**settings)


def test_the_key_is_not_shown():
    settings = Settings(api_key="sk-secret", extra_headers={"x": "other-secret"})
    assert "secret" not in repr(settings)
    assert settings.hide("sk-secret and other-secret") == "******** and ********"
