# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the documentation as a web site, in .build/docs-site: README, guides, and the pages of all plugins and roles.

README and guides are written to be read in the repository. Here they become pages of the site: what they link to is
linked to its page, if it has one, and else to where it is published. A link that leads nowhere is an error.
"""

from __future__ import annotations

import os
import re
import runpy
import shutil
import subprocess
import sys
from pathlib import Path

import tree
import yaml

DOCS = tree.ROOT / "docs"
SITE = tree.ROOT / ".build" / "docs-site"
PAGES = SITE / "pages"
REPOSITORY = yaml.safe_load((tree.ROOT / "galaxy.yml").read_text())["repository"]
PUBLISHED = f"{REPOSITORY}/blob/main/"
LINK = re.compile(r"\]\((?!https:|#)([^)#]+)")
GUIDE = re.compile(rf"`([^`<]+) <{re.escape(PUBLISHED)}([\w/]+\.md)>`__")
VARIABLE = re.compile(r"E\((\w+)\)")

LANDING = """
```{{toctree}}
:caption: Guides
:hidden:

{guides}
```

```{{toctree}}
:caption: Modules
:hidden:

{modules}
```

```{{toctree}}
:caption: More
:hidden:

Role local_api <local_api_role>
Role converse <converse_role>
Filter to_options <to_options_filter>
Filter to_vars_yaml <to_vars_yaml_filter>
Filter to_agent <to_agent_filter>
Environment variables <environment_variables>
Changes <changes>
```
"""

VARIABLES = f"""\
:github_url: {REPOSITORY}/edit/main/plugins/doc_fragments/auth.py

.. _list_of_collection_env_vars:

Environment variables
=====================

Every module takes its connection from these, where its options leave it out. They are read where the module runs: set
them for ``ansible-playbook`` itself, or by the ``environment`` of a play or a task.
"""

WAY = """
.. envvar:: HTTPS_PROXY
.. envvar:: ALL_PROXY
.. envvar:: NO_PROXY

    The proxy on the way to the server, and the hosts that are reached without one.
"""


def plugin_pages() -> None:
    """Let antsibull-docs write the pages of plugins and roles."""
    PAGES.mkdir(parents=True, mode=0o755)
    command = ["antsibull-docs", "collection", "--use-current", "--squash-hierarchy", "--fail-on-error"]
    subprocess.run([*command, "--dest-dir", str(PAGES), "aiops.openai"], check=True)
    for page in PAGES.glob("*_module.rst"):
        page.write_text(page.read_text().replace(":ansenvvar:`", ":ansenvvarref:`"))


def environment_variables() -> None:
    """List the variables that the options of modules name; antsibull-docs lists only those of other plugins."""
    fragment = runpy.run_path(str(tree.ROOT / "plugins" / "doc_fragments" / "auth.py"))["ModuleDocFragment"]
    text = VARIABLES
    for name, option in yaml.safe_load(fragment.DOCUMENTATION)["options"].items():
        for variable in VARIABLE.findall(" ".join(option["description"])):
            text += f"\n.. envvar:: {variable}\n\n    For the option ``{name}``: {markup(option['description'][0])}\n"
    (PAGES / "environment_variables.rst").write_text(text + WAY)


def markup(text: str) -> str:
    """A sentence of an option's description, without Ansible's own markup."""
    return re.sub(r"\b[COVE]\(([^)]*)\)", r"``\1``", text)


def page(source: Path, target: Path, sites: dict[Path, Path]) -> None:
    """Make a page of the site, whose links lead to other pages of it where there are such."""

    def linked(found: re.Match[str]) -> str:
        path = Path(os.path.normpath(source.parent / found[1]))
        if path in sites:
            return "](" + os.path.relpath(sites[path], target.parent)
        return "](" + PUBLISHED + str(path.relative_to(tree.ROOT))

    edit = f"---\ngithub_url: {REPOSITORY}/edit/main/{source.relative_to(tree.ROOT)}\n---\n\n"
    target.write_text(edit + LINK.sub(linked, source.read_text()))


def guides() -> None:
    """Make pages of the README and the guides, and let the list of guides point at these."""
    listing = PAGES / "docsite" / "guides.rst"
    listed = {tree.ROOT / path: title for title, path in GUIDE.findall(listing.read_text())}
    readme, landing = tree.ROOT / "README.md", PAGES / "index.md"
    sites = {
        guide: listing.parent / f"{guide.parent.name if guide.stem == 'README' else guide.stem}.md" for guide in listed
    }
    for guide, target in sites.items():
        page(guide, target, {**sites, readme: landing})
    listing.unlink()

    (PAGES / "index.rst").unlink()
    shutil.copy(tree.ROOT / "CHANGELOG.rst", PAGES / "changes.rst")
    page(readme, landing, sites)
    modules = sorted(path.name.removesuffix("_module.rst") for path in PAGES.glob("*_module.rst"))
    text = landing.read_text()
    for module in modules:
        text = text.replace(f"`{module}`", f"[`{module}`]({module}_module.rst)")
    landing.write_text(
        text
        + LANDING.format(
            guides="\n".join(f"{title} <docsite/{sites[guide].stem}>" for guide, title in listed.items()),
            modules="\n".join(f"{module} <{module}_module>" for module in modules),
        )
    )


def main() -> int:
    """Build the site anew; returns Sphinx' exit code. A warning is an error."""
    shutil.rmtree(SITE, ignore_errors=True)
    plugin_pages()
    environment_variables()
    guides()
    command = ["sphinx-build", "--quiet", "--fail-on-warning", "--keep-going", "--builder", "html"]
    command += ["--conf-dir", str(DOCS / "docsite"), str(PAGES), str(SITE / "html")]
    code = subprocess.run(command, check=False).returncode
    if not code:
        print(f"The site is {os.path.relpath(SITE)}/html/index.html")
    return code


if __name__ == "__main__":
    sys.exit(main())
