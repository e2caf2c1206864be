# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The collection keeps its own order: which room may import which, and what a new module must not forget."""

from __future__ import annotations

import ast
import importlib
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
UTILS = ROOT / "plugins" / "module_utils"
FAMILIES = sorted(path for path in (UTILS / "objects").iterdir() if path.name != "__pycache__")
GENERAL = [path for room in ("tasks", "ledgers", "engine", "api") for path in (UTILS / room).glob("*.py")]
MODULES = sorted((ROOT / "plugins" / "modules").glob("*.py"))
PREFIX = "ansible_collections.aiops.openai.plugins.module_utils."
PAGES = [page for where in ("", "docs/", "playbooks/*/", "roles/*/") for page in sorted(ROOT.glob(f"{where}*.md"))]
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)")

ACTION = '''\
# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

from ansible_collections.aiops.openai.plugins.modules.{name} import DECLARATION
from ansible_collections.aiops.openai.plugins.plugin_utils.in_process import InProcess


class ActionModule(InProcess):
    """Runs aiops.openai.{name}."""

    declaration = DECLARATION
'''

# Each room may import from itself and from those after it.
ROOMS = ["modules", "tasks", "objects", "parts", "ledgers", "engine", "api"]


def room_of(path):
    return path.relative_to(UTILS).parts[0] if UTILS in path.parents else path.parent.name


def rooms_imported(path):
    """The rooms that a file imports from, by relative or by full name."""
    above = len(path.relative_to(UTILS).parts) if UTILS in path.parents else 0
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level == above > 0:
            yield from [node.module.split(".")[0]] if node.module else [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(PREFIX):
            yield node.module.removeprefix(PREFIX).split(".")[0]


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").split(".")[0]


def texts_in(path):
    """The texts that a file's code uses, its own documentation aside."""
    tree = ast.parse(path.read_text())
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in prose]
    return {node.value for node in constants if isinstance(node.value, str)}


def resources_in(folder):
    """What the files of a family say that its objects are."""
    files = [importlib.import_module(f"{PREFIX}objects.{folder.name}.{path.stem}") for path in folder.glob("[!_]*.py")]
    return [value for each in files for value in vars(each).values() if type(value).__name__ == "Resource"]


def module_in(path):
    return importlib.import_module(f"ansible_collections.aiops.openai.plugins.modules.{path.stem}")


@pytest.mark.parametrize("path", [*UTILS.rglob("*.py"), *MODULES], ids=lambda path: f"{room_of(path)}/{path.name}")
def test_imports_run_one_way(path):
    allowed = ROOMS[ROOMS.index(room_of(path)) :]
    assert set(rooms_imported(path)) <= set(allowed)


@pytest.mark.parametrize("path", list((UTILS / "api").glob("*.py")), ids=lambda path: path.name)
def test_the_api_knows_no_ansible(path):
    assert "ansible" not in set(imports_of(path))


@pytest.mark.parametrize("path", GENERAL, ids=lambda path: f"{room_of(path)}/{path.name}")
def test_a_general_room_knows_no_object(path):
    resources = [resource for folder in FAMILIES for resource in resources_in(folder)]
    own = [(each.plural, each.kind, each.id_option, each.place.path) for each in resources]
    assert not texts_in(path) & {word for words in own for word in words}


def test_libraries_are_imported_in_one_place():
    libraries = {"requests", "pydantic", "psycopg"}
    importers = {path.name for path in (ROOT / "plugins").rglob("*.py") if libraries & set(imports_of(path))}
    assert importers == {"libraries.py"}


@pytest.mark.parametrize("folder", FAMILIES, ids=lambda path: path.name)
class TestFamily:
    def test_its_objects_live_in_it(self, folder):
        family = importlib.import_module(f"{PREFIX}objects.{folder.name}").FAMILY
        assert all(resource.place.family is family for resource in resources_in(folder))

    def test_a_server_is_asked_for_it(self, folder):
        family = importlib.import_module(f"{PREFIX}objects.{folder.name}").FAMILY
        assert family.probe in family.parts.values()
        assert family in module_in(ROOT / "plugins" / "modules" / "openai_server_info.py").DECLARATION.families


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
class TestModule:
    def test_it_is_documentation_a_declaration_and_main(self, path):
        statements = [
            node for node in ast.parse(path.read_text()).body if not isinstance(node, (ast.Import, ast.ImportFrom))
        ]
        names = [node.targets[0].id if isinstance(node, ast.Assign) else type(node).__name__ for node in statements]
        assert names == ["DOCUMENTATION", "EXAMPLES", "RETURN", "DECLARATION", "FunctionDef", "If"]

    def test_it_is_in_the_action_group(self, path):
        runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())
        assert path.stem in runtime["action_groups"]["openai"]

    def test_its_action_runs_its_declaration(self, path):
        module = module_in(path)
        action = importlib.import_module(f"ansible_collections.aiops.openai.plugins.action.{path.stem}")
        assert action.ActionModule.declaration is module.DECLARATION

    def test_its_action_is_like_every_other(self, path):
        action = ROOT / "plugins" / "action" / path.name
        assert action.read_text() == ACTION.format(name=path.stem)

    def test_it_has_an_integration_target(self, path):
        tasks = (ROOT / "tests" / "integration" / "targets" / path.stem / "tasks").glob("*.yml")
        assert f"aiops.openai.{path.stem}:" in "".join(file.read_text() for file in tasks)

    def test_it_is_in_the_list_of_the_readme(self, path):
        rows = [line for line in (ROOT / "README.md").read_text().splitlines() if line.startswith("| `openai_")]
        assert sum(f"`{path.stem}`" in row.split("|")[1] for row in rows) == 1

    def test_it_documents_what_a_failure_returns(self, path):
        assert "error" in yaml.safe_load(module_in(path).RETURN)

    def test_it_takes_the_connection_options(self, path):
        module = module_in(path)
        spec = module.DECLARATION.argument_spec()
        assert {"api_key", "base_url", "extra_headers"} <= set(spec)
        assert spec["api_key"]["no_log"] is True
        assert spec["extra_headers"]["no_log"] is True


def test_every_action_has_a_module():
    assert sorted(path.name for path in (ROOT / "plugins" / "action").glob("*.py")) == [path.name for path in MODULES]


def test_the_action_group_holds_nothing_else():
    runtime = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())
    assert sorted(runtime["action_groups"]["openai"]) == [path.stem for path in MODULES]


def test_every_object_has_a_module():
    declarations = [module_in(path).DECLARATION for path in MODULES]
    declared = [each.resource for each in declarations if hasattr(each, "resource")]
    resources = [resource for folder in FAMILIES for resource in resources_in(folder)]
    assert {resource.kind for resource in resources} == {resource.kind for resource in declared}


def headings(page):
    """The anchors that a page's headings have."""
    titles = re.findall(r"^#+ (.*)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title).strip().lower().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_links_of_a_page_lead_somewhere(page):
    for target, heading in LINK.findall(page.read_text()):
        if not target.startswith("https://"):
            linked = page.parent / target if target else page
            assert linked.exists(), target
            assert not heading or heading in headings(linked), heading


@pytest.mark.parametrize("guide", sorted((ROOT / "docs").glob("*.md")), ids=lambda path: path.stem)
def test_a_guide_is_listed_for_readers_of_the_repository_and_of_the_site(guide):
    assert f"](docs/{guide.name})" in (ROOT / "README.md").read_text()
    assert f"/docs/{guide.name}>`__" in (ROOT / "docs" / "docsite" / "rst" / "guides.rst").read_text()
