# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The modules' options and returned values against the API's fields, and against the names Terraform users know."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from specification import CONTRACT, digest, needs_specification

from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import InfoModule, StateModule
from ansible_collections.aiops.openai.plugins.module_utils.tasks.spec import options_of

ROOT = Path(__file__).parents[2]
SEEDS = CONTRACT.parent / "seeds"
MODULES = "ansible_collections.aiops.openai.plugins.modules"

# Object of the API, the module that writes it, the modules that return it and the key they return it under.
OBJECTS = [
    (
        "agent",
        "openai_agent",
        [("openai_agent", "agent"), ("openai_agent_info", "agents")],
    ),
    ("assistant", "openai_assistant", [("openai_assistant", "assistant"), ("openai_assistant_info", "assistants")]),
    ("thread", "openai_thread", [("openai_thread", "thread"), ("openai_thread_info", "threads")]),
    (
        "message",
        "openai_thread_message",
        [("openai_thread_message", "message"), ("openai_thread_message_info", "messages")],
    ),
    ("run", "openai_thread_run", [("openai_thread_run", "run"), ("openai_thread_run_info", "runs")]),
    ("thread_and_run", "openai_thread_run", [("openai_thread_run", "run")]),
    ("run_step", None, [("openai_thread_run_step_info", "steps")]),
    ("chatkit_session", "openai_chatkit_session", [("openai_chatkit_session", "session")]),
    ("chatkit_thread", None, [("openai_chatkit_thread_info", "threads")]),
    ("file", "openai_file", [("openai_file", "file"), ("openai_file_info", "files")]),
    (
        "vector_store_file",
        "openai_vector_store_file",
        [
            ("openai_vector_store_file", "vector_store_file"),
            ("openai_vector_store_file_info", "vector_store_files"),
        ],
    ),
    (
        "vector_store",
        "openai_vector_store",
        [("openai_vector_store", "vector_store"), ("openai_vector_store_info", "vector_stores")],
    ),
]
UPLOADED = {"file"}  # it is named by src, or given as content
RENAMED = {"message", "items", "find_one_by"}  # told in docs/coming_from_terraform.md


def module(name):
    return importlib.import_module(f"{MODULES}.{name}")


def returned(name):
    return yaml.safe_load(module(name).RETURN)


def names_in(spec):
    """The names of options or returned values at every depth."""
    for name, entry in (spec or {}).items():
        yield name
        yield from names_in(entry.get("options") or entry.get("suboptions") or entry.get("contains"))


def all_names():
    for path in sorted((ROOT / "plugins" / "modules").glob("*.py")):
        yield from names_in(module(path.stem).DECLARATION.argument_spec())
        yield from names_in(returned(path.stem))


def test_every_module_is_held_against_the_api():
    looked_at = {name for _kind, writer, readers in OBJECTS for name in (writer, *(reader for reader, _key in readers))}
    modules = {path.stem for path in (ROOT / "plugins" / "modules").glob("*.py")}
    declarations = {name: module(name).DECLARATION for name in modules}
    single = {name for name, one in declarations.items() if isinstance(one, (StateModule, InfoModule))}
    assert looked_at - {None} == single


@pytest.mark.parametrize("name", ["openai_agents", "openai_assistants"])
def test_a_set_takes_what_the_module_of_one_takes(name):
    declaration = module(name).DECLARATION
    spec = declaration.argument_spec()[declaration.resource.plural]["options"]
    assert set(options_of(declaration.resource.body)) == set(spec) - {"extra_body"}


@needs_specification
@pytest.mark.parametrize(("kind", "writer", "readers"), OBJECTS, ids=[kind for kind, *_rest in OBJECTS])
def test_every_field_of_the_api_is_there(kind, writer, readers):
    fields = digest()[kind]
    if writer:
        taken = set(fields["create"]) | set(fields["update"] or {})
        assert taken - UPLOADED <= set(module(writer).DECLARATION.argument_spec())
    for reader, key in readers:
        assert set(fields["read"]) <= set(returned(reader)[key]["contains"])


@needs_specification
@pytest.mark.parametrize("seed", sorted(SEEDS.glob("00[023]*.txt")), ids=lambda path: path.name[:3])
def test_every_name_a_terraform_user_knows_is_found(seed):
    text = seed.read_text()
    names = set(re.findall(r"^ *\* `(\w+)` - ", text, re.MULTILINE))
    names |= set(
        re.findall(r"^(\w+)\??: (?:String|Int64|Float64|Bool|Dynamic|Attributes|Map|List)", text, re.MULTILINE)
    )
    assert len(names) > 5
    assert names - set(all_names()) <= RENAMED


def test_the_documentation_of_every_module_renders_without_a_warning():
    names = [f"aiops.openai.{path.stem}" for path in sorted((ROOT / "plugins" / "modules").glob("*.py"))]
    command = [sys.executable, "-m", "ansible", "doc", "--type", "module", *names]
    shown = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
    assert shown.stderr == ""
    assert [name for name in names if name not in shown.stdout] == []


def test_the_documentation_of_every_module_says_what_it_supports():
    names = [f"aiops.openai.{path.stem}" for path in sorted((ROOT / "plugins" / "modules").glob("*.py"))]
    command = [sys.executable, "-m", "ansible", "doc", "--type", "module", "--json", *names]
    shown = json.loads(subprocess.run(command, capture_output=True, text=True, timeout=600, check=True).stdout)
    attributes = {"action_group", "check_mode", "diff_mode", "idempotent", "platform"}
    assert {name: set(entry["doc"]["attributes"]) for name, entry in shown.items()} == dict.fromkeys(names, attributes)
