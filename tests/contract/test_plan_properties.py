# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a plan promises of any two states of any object: applied once, it is done, and nothing else has changed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from local_server import LocalApi
from strategies import MODULES, Json, options
from tasks import Tasks

from ansible_collections.aiops.openai.plugins.module_utils.api.errors import InvalidTask
from ansible_collections.aiops.openai.plugins.module_utils.api.models import request_body
from ansible_collections.aiops.openai.plugins.module_utils.engine.plan import KNOWN_AFTER_APPLY, plan_update
from ansible_collections.aiops.openai.plugins.module_utils.engine.resource import Resource
from ansible_collections.aiops.openai.plugins.module_utils.tasks.arguments import declared
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule

sys.path.insert(0, str(Path(__file__).parents[1] / "integration" / "targets" / "setup_local_api" / "filter_plugins"))

from predictions import mispredicted

WRITERS = {
    name: declaration
    for name, declaration in MODULES.items()
    if isinstance(declaration, StateModule)
    and declaration.resource.place.readable
    and declaration.resource.rules.updatable != ()  # else there is no update to plan
}
WITH_METADATA = [name for name, declaration in WRITERS.items() if "metadata" in declaration.fields]
UNORDERED = ("tools", "attachments")


@st.composite
def bodies(draw: st.DrawFn, module: str) -> Json:
    """The fields of an object that a task may declare, within the API's limits."""
    declaration = WRITERS[module]
    given = declared(draw(options(declaration.fields, {})), declaration.fields)
    try:
        return request_body(declaration.resource.body, given)
    except InvalidTask:
        assume(False)
        raise


def shown(resource: Resource, body: Json) -> Json:
    """The fields of a body as a server shows them."""
    return {key: settled(value, body.get(key)) for key, value in resource.rules.as_shown(body).items()}


def settled(value: Any, sent: Any) -> Any:
    """What was predicted, with what was sent in place of what only the server knows."""
    if value == KNOWN_AFTER_APPLY:
        return "x" if sent is None else sent
    if isinstance(value, dict):
        said = sent if isinstance(sent, dict) else {}
        return {key: settled(part, said.get(key, {})) for key, part in value.items()}
    if isinstance(value, list):
        parts = sent if isinstance(sent, list) and len(sent) == len(value) else [None] * len(value)
        return [settled(part, one) for part, one in zip(value, parts, strict=True)]
    return value


def made(resource: Resource, body: Json) -> Json:
    """An object as a server shows it that was made from the body."""
    return {"id": "x", **resource.rules.defaults, **shown(resource, body)}


def applied(resource: Resource, current: Json, payload: Json) -> Json:
    """What a server makes of a payload: it replaces the fields given."""
    return {**current, **shown(resource, payload)}


def unordered(value: Any, key: str = "") -> Any:
    """The value with every list backwards whose order means nothing."""
    if isinstance(value, dict):
        return {name: unordered(part, name) for name, part in value.items()}
    if isinstance(value, list):
        parts = [unordered(part) for part in value]
        return parts[::-1] if key in UNORDERED or key.endswith("_ids") else parts
    return value


@pytest.mark.parametrize("module", WRITERS)
class TestPlan:
    @given(data=st.data())
    def test_applied_once_it_is_done(self, module: str, data: st.DataObject) -> None:
        resource = WRITERS[module].resource
        current, wanted = made(resource, data.draw(bodies(module))), data.draw(bodies(module))
        plan = plan_update(current, wanted, resource.rules)
        after = applied(resource, current, plan.payload)
        assert plan_update(after, wanted, resource.rules).action == "none"

    @given(data=st.data())
    def test_it_touches_nothing_undeclared(self, module: str, data: st.DataObject) -> None:
        resource = WRITERS[module].resource
        current, wanted = made(resource, data.draw(bodies(module))), data.draw(bodies(module))
        plan = plan_update(current, wanted, resource.rules)
        assert set(plan.payload) <= set(wanted)
        assert set(plan.before) | set(plan.after) <= set(plan.payload)
        assert plan.changed == bool(plan.payload)
        rules = resource.rules
        for key in ({*rules.laid_over, *rules.settings} - {"tools"}) & set(plan.payload):
            undeclared = {
                part: value
                for part, value in (current[key] or {}).items()
                if value is not None and part not in wanted[key]
            }
            assert not wanted[key] or undeclared.items() <= plan.payload[key].items()

    @given(data=st.data())
    def test_what_was_declared_is_there(self, module: str, data: st.DataObject) -> None:
        resource, body = WRITERS[module].resource, data.draw(bodies(module))
        assert plan_update(made(resource, body), body, resource.rules).action == "none"

    @given(data=st.data())
    def test_order_means_nothing_where_it_means_nothing(self, module: str, data: st.DataObject) -> None:
        resource, body = WRITERS[module].resource, data.draw(bodies(module))
        assert plan_update(made(resource, body), unordered(body), resource.rules).action == "none"


NEEDED = {
    "assistant": {"model": "gpt-4o", "name": "a"},
    "thread": {},
    "thread_message": {"role": "user", "content": "Hello"},
}


@pytest.mark.parametrize("module", NEEDED)
class TestServer:
    """The same of a real server, through whole tasks."""

    @given(data=st.data())
    def test_a_dry_run_foresees_a_creation(self, server: LocalApi, module: str, data: st.DataObject) -> None:
        tasks = Tasks(server)
        task = {**parents(server, module), **NEEDED[module], **data.draw(fields(module))}
        foreseen = tasks.play(module, check=True, **task)
        assume(not foreseen.get("failed"))
        assert mispredicted(tasks.ok(module, **task), foreseen) == []

    @given(data=st.data(), way=st.sampled_from(["replace", "merge"]))
    def test_an_update_is_foreseen_and_done_once(
        self, server: LocalApi, module: str, data: st.DataObject, way: str
    ) -> None:
        tasks = Tasks(server)
        server.control("POST", "/settings", {"metadata_update": way})
        where = parents(server, module)
        before = tasks.play(module, **where, **{**NEEDED[module], **data.draw(fields(module))})
        assume(not before.get("failed"))
        resource = WRITERS[f"openai_{module}"].resource
        wanted = {**where, f"{resource.name}_id": before[resource.name]["id"], **data.draw(fields(module))}
        foreseen = tasks.play(module, check=True, **wanted)
        assume(not foreseen.get("failed"))
        after = tasks.ok(module, **wanted)
        assert mispredicted(after, foreseen) == []
        assert after["changed"] == bool(differing(before[resource.name], after[resource.name]))
        for again in (wanted, unordered(wanted)):
            assert not tasks.ok(module, **again)["changed"]


@pytest.fixture(scope="module")
def server(local_api_process: LocalApi) -> LocalApi:
    """One for all objects."""
    local_api_process.control("POST", "/reset")
    return local_api_process


def parents(server: LocalApi, module: str) -> Json:
    """The objects that one of the module's lives in."""
    return {name: server.thread() for name in WRITERS[f"openai_{module}"].parent_options}


def fields(module: str) -> st.SearchStrategy[Json]:
    """Fields of an object, as tasks declare them."""
    return options(WRITERS[f"openai_{module}"].fields, {})


def differing(one: Json, other: Json) -> set[str]:
    """The fields that are not the same."""
    return {key for key in one if one[key] != other[key]}


@pytest.mark.parametrize("module", WITH_METADATA)
@given(data=st.data())
def test_it_leaves_the_metadata_that_is_kept(module: str, data: st.DataObject) -> None:
    rules = WRITERS[module].resource.rules
    current, wanted = made(WRITERS[module].resource, data.draw(bodies(module))), data.draw(bodies(module))
    kept = dict.fromkeys(rules.kept_metadata, "x")
    current["metadata"] = {**current["metadata"], **kept}
    plan = plan_update(current, wanted, rules)
    assert kept.items() <= plan.payload.get("metadata", kept).items()
