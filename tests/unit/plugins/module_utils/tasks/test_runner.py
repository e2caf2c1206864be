# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

LOGGED = """
import sys
from ansible.module_utils import basic
from ansible_collections.aiops.openai.plugins.module_utils.tasks import runner
from ansible_collections.aiops.openai.plugins.modules.openai_assistant_info import DECLARATION

basic._ANSIBLE_ARGS, basic._ANSIBLE_PROFILE = sys.argv[1].encode(), "legacy"
runner.Module.log = lambda self, msg, log_args=None: print(msg, log_args)
print(runner._module(DECLARATION).params["base_url"])
"""


@pytest.mark.parametrize(
    "url", ["https://ada:PLANTEDport", "https://PLANTED-user@h/v1", "https://h/v1?key=PLANTED-query"]
)
def test_the_log_hides_what_a_result_hides(url):
    given = {"ANSIBLE_MODULE_ARGS": {"base_url": url, "api_key": "sk-PLANTED", "extra_headers": {"a": "PLANTED-b"}}}
    command = [sys.executable, "-c", LOGGED, json.dumps(given)]
    found = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    told = subprocess.run(command, env=found, capture_output=True, text=True, check=False).stdout
    logged, _newline, kept = told.strip().rpartition("\n")
    assert "Invoked with" in logged
    assert "PLANTED" not in logged
    assert kept == url
