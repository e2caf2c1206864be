# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Import the tarball in .build as Galaxy does, and accept no warning: python galaxy.py VENV

The virtual environment has galaxy-importer. ansible-test is not run by it: sanity is a gate of its own.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import tree
import yaml

BUILD = tree.ROOT / ".build"
WORK = BUILD / "galaxy"
SETTINGS = {
    "GALAXY_IMPORTER_CHECK_REQUIRED_TAGS": "true",
    "GALAXY_IMPORTER_RUN_ANSIBLE_TEST": "false",
    "GALAXY_IMPORTER_RUN_FLAKE8": "true",
    "GALAXY_IMPORTER_ANSIBLE_LOCAL_TMP": str(WORK / "tmp"),
}
FINDING = re.compile(r"^(WARNING|ERROR|CRITICAL)\b")
# It asks flake8 for W503 and for W504, its opposite: a line can be broken neither before an operator nor after it.
# And it takes the documentation of filters, which stands in YAML beside them, for Python.
UNAVOIDABLE = re.compile(r": W503 line break before binary operator$|^WARNING: plugins/filter/\w+\.yml:\d+:\d+: E999 ")


def tarball() -> Path:
    """Return the tarball of this version."""
    about = yaml.safe_load((tree.ROOT / "galaxy.yml").read_text())
    return BUILD / f"{about['namespace']}-{about['name']}-{about['version']}.tar.gz"


def environment(venv: Path) -> dict[str, str]:
    """Return the environment of galaxy-importer, which is to see no collection but the one in the tarball."""
    kept = {name: value for name, value in os.environ.items() if name != "ANSIBLE_COLLECTIONS_PATH"}
    return {**kept, **SETTINGS, "PATH": f"{venv / 'bin'}{os.pathsep}{os.environ['PATH']}", "HOME": str(BUILD / "home")}


def main(venv: Path) -> int:
    """Print what galaxy-importer says, and return the exit code."""
    (WORK / "tmp").mkdir(parents=True, exist_ok=True)
    (BUILD / "home").mkdir(exist_ok=True)
    command = [str(venv / "bin" / "python"), "-m", "galaxy_importer.main", str(tarball())]
    done = subprocess.run(
        command,
        cwd=WORK,
        env=environment(venv),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    print(done.stdout, end="")
    findings = [line for line in done.stdout.splitlines() if FINDING.match(line) and not UNAVOIDABLE.search(line)]
    if findings:
        print("\n".join([f"\n{len(findings)} findings of galaxy-importer:", *findings]))
    return 1 if findings else done.returncode


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).absolute()))
