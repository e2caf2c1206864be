# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every limit through the modules that take the field: at the bound the server agrees, one over it is not asked."""

from __future__ import annotations

import pytest
from specification import digest, needs_specification
from strategies import DECLARATIONS

from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule
from ansible_collections.aiops.openai.tests.unit.plugins.module_utils.objects import test_limits as limits

MODULES = {
    "agent": ({"name": "limited", "model": "gpt-5"}, limits.AGENT),
    "assistant": ({"name": "limited", "model": "gpt-4o"}, limits.ASSISTANT),
    "thread": ({}, limits.THREAD),
    "thread_message": ({"role": "user", "content": "a"}, limits.MESSAGE),
    "thread_run": ({"thread": {"messages": [{"role": "user", "content": "a"}]}, "wait": False}, limits.RUN),
    "chatkit_session": ({"user": "u", "workflow": {"id": "wf_1"}}, limits.SESSION),
    "file": ({"content": "a", "filename": "limited.jsonl", "purpose": "user_data"}, limits.FILE),
    "vector_store_file": ({"wait": False}, limits.VECTOR_STORE_FILE),
    "vector_store": ({"name": "limited"}, limits.VECTOR_STORE),
}


def test_the_limits_of_every_module_that_writes_are_tried():
    writers = {name for name, declaration in DECLARATIONS.items() if isinstance(declaration, StateModule)}
    assert {f"openai_{name}" for name in MODULES} == writers


@pytest.mark.parametrize(
    ("module", "field", "good", "bad"),
    [
        pytest.param(module, field, good, bad, id=f"{module}-{field}-{number}")
        for module, (_needed, cases) in MODULES.items()
        for number, (field, good, bad) in enumerate(cases)
    ],
)
def test_limit(tasks, local_api, module, field, good, bad):
    needed = dict(MODULES[module][0])
    if module == "thread_message":
        needed["thread_id"] = local_api.thread()
    if module == "vector_store_file":
        needed |= {"vector_store_id": local_api.vector_store(), "file_id": local_api.file()["id"]}
    if module == "thread_run":
        needed["assistant_id"] = local_api.assistant()
    tasks.asked()
    refusal = tasks.failed(module, **{**needed, field: bad})
    assert field in refusal["msg"]
    assert tasks.asked() == []
    assert tasks.ok(module, **{**needed, field: good})["changed"]


@needs_specification
@pytest.mark.parametrize(
    ("kind", "cases"),
    [
        ("agent", limits.AGENT),
        ("assistant", limits.ASSISTANT),
        ("thread", limits.THREAD),
        ("message", limits.MESSAGE),
        ("run", limits.RUN),
        ("thread_and_run", limits.RUN),
        ("chatkit_session", limits.SESSION),
        ("file", limits.FILE),
        ("vector_store_file", limits.VECTOR_STORE_FILE),
        ("vector_store", limits.VECTOR_STORE),
    ],
)
def test_no_limit_of_the_api_is_forgotten(kind, cases):
    bounds = {"minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"}
    limited = {field for field, facts in digest()[kind]["create"].items() if bounds & set(facts)}
    assert limited <= {field for field, _good, _bad in cases}
