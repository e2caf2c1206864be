# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import io
import json

import pytest
import requests
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

from ansible_collections.aiops.openai.plugins.module_utils.api.client import Client
from ansible_collections.aiops.openai.plugins.module_utils.api.families import Family
from ansible_collections.aiops.openai.plugins.module_utils.api.session import Session
from ansible_collections.aiops.openai.plugins.module_utils.api.settings import Settings

BASE_URL = "https://server.example/v1"


FAMILY = Family(beta="things=v1", probe="/things", closed={"closed.example": "Things were closed on 2026-08-26"})


class Script(BaseAdapter):
    """A transport for requests that answers from a list instead of a socket, and keeps what it was asked.

    An answer is an exception to raise, or `(status, body, headers)` with a body of JSON or text.
    """

    def __init__(self, answers):
        super().__init__()
        self.answers = list(answers)
        self.asked = []
        self.sent = []

    def send(self, request, **kwargs):
        self.asked.append(f"{request.method} {request.path_url.removeprefix('/v1')}")
        self.sent.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, body, *headers = answer
        text = body if isinstance(body, str) else json.dumps(body)
        raw = HTTPResponse(io.BytesIO(text.encode()), headers=dict(*headers), status=status, preload_content=False)
        return requests.adapters.HTTPAdapter().build_response(request, raw)

    def close(self):
        pass


@pytest.fixture
def scripted():
    """Makes a client that is answered as told; returns it with the transport and the list of its pauses."""

    def make(*answers, check_mode=False, family=FAMILY, **settings):
        script, pauses = Script(answers), []
        session = Session()
        session.mount("https://", script)
        chosen = Settings(**{"api_key": "sk-secret-key", "base_url": BASE_URL, **settings})
        client = Client(chosen, check_mode=check_mode, session=session, sleep=pauses.append)
        return client.within(family), script, pauses

    return make
