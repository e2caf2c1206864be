# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run the units and the integration targets on other versions: python matrix.py [VERSION...] [TARGET...]

The versions are those of ansible-core that this Python runs, and "newest" for the newest one on each newer Python that
is found; without a version, all of them. Each has its virtual environment in .build/matrix.
"""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import processes
import tree

VERSIONS = ("2.16", "2.17", "2.18", "2.19")
NEWEST = "newest"
PYTHONS = ("3.12", "3.13", "3.14")
MATRIX = tree.ROOT / ".build" / "matrix"
NEEDED = ("-r", "tests/requirements-tests.txt")


class World(NamedTuple):
    """What the tests are to run on."""

    python: str
    core: str

    @property
    def requirement(self) -> str:
        return "ansible-core" if self.core == NEWEST else f"ansible-core=={self.core}.*"

    @property
    def venv(self) -> Path:
        return MATRIX / f"{self.core}-on-{Path(self.python).name}"


def newer_pythons() -> Iterator[str]:
    """Find Pythons newer than this one, on the path and where pyenv keeps them."""
    for version in PYTHONS:
        if tuple(map(int, version.split("."))) <= sys.version_info[:2]:
            continue
        root = os.environ.get("PYENV_ROOT", str(Path.home() / ".pyenv"))
        kept = glob.glob(f"{root}/versions/{version}.*/bin/python{version}")
        for python in filter(None, [*kept, shutil.which(f"python{version}")]):
            # What pyenv puts on the path may lead nowhere.
            if subprocess.run([python, "-c", "import venv"], capture_output=True, check=False).returncode == 0:
                yield python
                break


def worlds(versions: list[str]) -> list[World]:
    """What to run on, of all that these versions allow."""
    this = f"python{sys.version_info.major}.{sys.version_info.minor}"
    base = str(Path(sys.base_prefix, "bin", this))
    ours = [World(base, version) for version in VERSIONS if version in versions]
    return [*ours, *(World(python, NEWEST) for python in newer_pythons() if NEWEST in versions)]


def prepare(world: World) -> str:
    """Make the world's virtual environment, and return its Python."""
    python = str(world.venv / "bin" / "python")
    if not Path(python).exists():
        subprocess.run([world.python, "-m", "venv", world.venv], check=True)
    install = [python, "-m", "pip", "install", "--quiet", "--upgrade", world.requirement, *NEEDED]
    subprocess.run(install, cwd=tree.ROOT, check=True)
    return python


def passes(world: World, targets: list[str]) -> bool:
    """Whether the tests pass there."""
    python = prepare(world)
    units = [python, "-m", "pytest", "tests/unit"]
    integration = [python, "tests/tools/sandbox.py", "integration", *targets]
    env = {**os.environ, "PATH": f"{world.venv / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    return all(processes.run(command, tree.ROOT, env) == 0 for command in (units, integration))


def main(arguments: list[str]) -> int:
    """Run all, print how each went, and return the exit code."""
    versions = [each for each in arguments if each in (*VERSIONS, NEWEST)]
    targets = [each for each in arguments if each not in versions]
    results = []
    for world in worlds(versions or [*VERSIONS, NEWEST]):
        print(f"----- ansible-core {world.core} on {Path(world.python).name}", flush=True)
        results.append((world, passes(world, targets)))
    for world, passed in results:
        print(f"{'ok  ' if passed else 'FAIL'} ansible-core {world.core:<6} on {Path(world.python).name}")
    return 0 if results and all(passed for _world, passed in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
