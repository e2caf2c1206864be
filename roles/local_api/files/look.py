# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""look.py DIRECTORY VIRTUALENV DB PORT: where things are on this machine, and what is there already."""

from __future__ import annotations

import json
import os
import subprocess
import sys

LIBRARIES = "import fastapi, httpx2, uvicorn; from pydantic import TypeAdapter"


def has_libraries(python: str) -> bool:
    """Whether an environment can run local_api."""
    try:
        return subprocess.run([python, "-c", LIBRARIES], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def noted_pid(path: str) -> int | None:
    """The process id in a pid file."""
    try:
        with open(path, encoding="ascii") as file:
            return int(file.read())
    except (OSError, ValueError):
        return None


def words_of(pid: int) -> list[str]:
    """The command line of a process; empty when it is gone."""
    try:
        with open(f"/proc/{pid}/cmdline", encoding="utf-8", errors="replace") as file:
            return file.read().split("\0")
    except FileNotFoundError:
        pass
    try:
        shown = subprocess.run(
            ["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
    except OSError:
        return []
    return shown.stdout.split()


def main(directory: str, virtualenv: str, db: str, port: str) -> None:
    """Print it as JSON."""
    cache = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    directory = os.path.realpath(os.path.expanduser(directory or os.path.join(cache, "aiops.openai", "local_api")))
    virtualenv = os.path.abspath(os.path.expanduser(virtualenv or os.path.join(directory, "venv")))
    python = os.path.join(virtualenv, "bin", "python")
    pid = noted_pid(os.path.join(directory, f"{port}.pid"))
    words = words_of(pid) if pid else []
    found = {
        "python": sys.executable,
        "directory": directory,
        "virtualenv": virtualenv,
        "virtualenv_python": python,
        "libraries": has_libraries(python),
        "db": os.path.abspath(os.path.expanduser(db)) if db else None,
        "pid": pid,
        "runs": "local_api" in words and f"--port={port}" in words,
    }
    print(json.dumps(found))


main(*sys.argv[1:])
