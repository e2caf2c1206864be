# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Build the documentation as a web site, in .build/docs-site: the pages of all plugins and roles, and the guides.

The guides are docs/*.md, written to be read in the repository. Here they become pages of the site: the list of guides
then points at these, and what else they link to in the repository is linked to where it is published. A guide that is
not in the list and a link that leads nowhere are errors.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import tree
import yaml

DOCS = tree.ROOT / "docs"
SITE = tree.ROOT / ".build" / "docs-site"
PAGES = SITE / "pages"
LINK_OUT_OF_DOCS = re.compile(r"\]\(\.\./")


def plugin_pages() -> None:
    """Let antsibull-docs write the pages of plugins and roles, and the index."""
    PAGES.mkdir(parents=True, mode=0o755)
    command = ["antsibull-docs", "collection", "--use-current", "--squash-hierarchy", "--fail-on-error"]
    subprocess.run([*command, "--dest-dir", str(PAGES), "aiops.openai"], check=True)


def guides() -> None:
    """Put the guides beside the page that lists them, and let it point at them."""
    published = yaml.safe_load((tree.ROOT / "galaxy.yml").read_text())["repository"] + "/blob/main/"
    listing = PAGES / "docsite" / "guides.rst"
    for guide in DOCS.glob("*.md"):
        (listing.parent / guide.name).write_text(LINK_OUT_OF_DOCS.sub(f"]({published}", guide.read_text()))
    published_guide = re.compile(rf"<{re.escape(published)}docs/(\w+)\.md>")
    names = published_guide.findall(listing.read_text())
    text = published_guide.sub(r"<\1.html>", listing.read_text())
    listing.write_text("\n    ".join([f"{text}\n.. toctree::", ":hidden:\n", *names]) + "\n")


def main() -> int:
    """Build the site anew; returns Sphinx' exit code. A warning is an error."""
    shutil.rmtree(SITE, ignore_errors=True)
    plugin_pages()
    guides()
    command = ["sphinx-build", "--quiet", "--fail-on-warning", "--keep-going", "--builder", "html"]
    command += ["--conf-dir", str(DOCS / "docsite"), str(PAGES), str(SITE / "html")]
    code = subprocess.run(command, check=False).returncode
    if not code:
        print(f"The site is {os.path.relpath(SITE)}/html/index.html")
    return code


if __name__ == "__main__":
    sys.exit(main())
