# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every deed of every module on servers of other shapes: the path of a project, an api-version, another key header."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
import requests
from deeds import DEEDS, Deed
from local_server import PATIENCE, LocalApi, beta_of
from tasks import Tasks

VERSION = "2025-05-15-preview"


class Shape(NamedTuple):
    """How a server is started, and what tasks say to reach it."""

    arguments: tuple[str, ...]
    settings: dict[str, Any]
    headers: dict[str, str]
    wrong: dict[str, Any]
    """What to say otherwise, so that the key does not come through."""


SHAPES = {
    "Foundry project": Shape(
        ("--prefix", "/api/projects/demo", "--auth-scheme", "bearer", "--api-version", VERSION),
        {"api_version": VERSION},
        {"authorization": "Bearer sk-test"},
        {"auth_scheme": "api_key"},
    ),
    "Azure": Shape(
        ("--prefix", "/openai", "--auth-scheme", "api_key", "--api-version", VERSION),
        {"api_version": VERSION, "auth_scheme": "api_key"},
        {"api-key": "sk-test"},
        {"auth_scheme": "bearer"},
    ),
    "behind a gateway": Shape(
        ("--prefix", "/", "--auth-scheme", "api_key"),
        {"extra_headers": {"api-key": "sk-gateway", "X-Team": "42"}, "api_key": "sk-other"},
        {"api-key": "sk-gateway"},
        {"extra_headers": {}},
    ),
}


class ShapedApi(LocalApi):
    """A server of that shape, and how tests talk to it."""

    def __init__(self, shape: Shape) -> None:
        super().__init__(
            "--run-seconds", "0.04", "--require-key", list(shape.headers.values())[0].split()[-1], *shape.arguments
        )
        self.shape = shape

    def call(self, method: str, path: str, body: Any = None, **more: Any) -> requests.Response:
        """One request to the API."""
        version = self.shape.settings.get("api_version")
        return self.session.request(
            method,
            self.url + path,
            json=body,
            headers={**self.shape.headers, "OpenAI-Beta": beta_of(path)},
            params={"api-version": version} if version else {},
            timeout=PATIENCE,
            **more,
        )


@pytest.fixture(scope="module", params=SHAPES.values(), ids=SHAPES)
def server(request: pytest.FixtureRequest) -> Iterator[ShapedApi]:
    started = ShapedApi(request.param)
    yield started
    started.stop()


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_every_deed(server: ShapedApi, deed: Deed) -> None:
    server.control("POST", "/reset")
    Tasks(server).ok(deed.module, **{**deed.arguments(server), **server.shape.settings})


def test_a_wrong_header_says_so(server: ShapedApi) -> None:
    failure = Tasks(server).failed("assistant_info", **{**server.shape.settings, **server.shape.wrong})
    assert failure["error"]["status"] == 401


def test_a_missing_version_says_so() -> None:
    server = ShapedApi(SHAPES["Azure"])
    try:
        failure = Tasks(server).failed("assistant_info", auth_scheme="api_key")
    finally:
        server.stop()
    assert "api-version" in failure["msg"]
