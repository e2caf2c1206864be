# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Copy the files of this checkout into DEST/ansible_collections/aiops/openai.

ansible-test wants a real directory of that name, and a build must not pick up what lies around in a checkout.
The files are those git would commit; without git (an exported tree), all but what the tools leave behind.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LEFTOVER_NAMES = {".git", ".mypy_cache", ".pytest_cache", ".ruff_cache", "__pycache__"}
LEFTOVER_PATHS = {".ansible", ".build", ".venv", "collections", "tests/output"}
LEFTOVER_SUFFIXES = (".pyc", ".tar.gz")


def files() -> list[str]:
    """Return the paths, relative to the checkout, of the files that belong to the collection."""
    if (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        try:
            listing = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
        except (OSError, subprocess.CalledProcessError):
            pass  # git is missing, or does not trust this checkout
        else:
            # A file that was removed, and whose removal is not staged yet, is still listed.
            return [path for path in os.fsdecode(listing).split("\0") if path and os.path.lexists(ROOT / path)]
    return list(_walk())


def _walk() -> Iterator[str]:
    for folder, subfolders, names in os.walk(ROOT):
        relative = Path(folder).relative_to(ROOT)
        subfolders[:] = [
            name
            for name in subfolders
            if name not in LEFTOVER_NAMES and (relative / name).as_posix() not in LEFTOVER_PATHS
        ]
        for name in names:
            if name not in LEFTOVER_NAMES and not name.endswith(LEFTOVER_SUFFIXES):
                yield (relative / name).as_posix()


def collection(destination: Path) -> Path:
    """Return the collection's folder below the destination."""
    return destination / "ansible_collections" / "aiops" / "openai"


def copy(destination: Path) -> Path:
    """Make a fresh copy below the destination, and return the collection's folder there."""
    folder = collection(destination)
    shutil.rmtree(folder, ignore_errors=True)
    for path in files():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / path, target, follow_symlinks=False)
    return folder


if __name__ == "__main__":
    print(copy(Path(sys.argv[1]).resolve()))
