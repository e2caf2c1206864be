# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Run ansible-test on copies of this checkout: python sandbox.py {sanity,integration} [ARGUMENT...].

With `--live` as the first argument of integration, a model answers the runs: a server that says what the targets tell.

The integration tests run twice, side by side: in process and by modules, each against one server for all targets.
Each task must return the same both ways, and each request and each answer must be one that the API's specification
knows.

Everything it writes stays in .build: the copies in .build/COMMAND, the virtual environments and caches of the sanity
tests in .build/home.
"""

from __future__ import annotations

import ast
import contextlib
import fcntl
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path

import compare
import processes
import tree
import wire
from tap import Tap

sys.path.insert(0, str(tree.ROOT / "tests" / "contract"))

from live_control import Control
from local_server import LocalApi
from model_server import ModelServer

BUILD = tree.ROOT / ".build"
HOME = BUILD / "home"
RESULTS = "results.jsonl"
PYTHON_VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"

# ansible-test would fetch the script that installs pip into its virtual environments from a site of its own.
# It takes this one instead when it lies in its cache; it does the same with a wheel from the package index.
GET_PIP = """\
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "{wheel}"))

from pip._internal.cli.main import main

arguments = [argument for argument in sys.argv[1:] if argument not in ("--no-setuptools", "--no-wheel")]
sys.exit(main(["install", "--find-links", here, *arguments]))
"""


def pip_version() -> str:
    """Return the version of pip the installed ansible-test asks for."""
    spec = importlib.util.find_spec("ansible_test")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("ansible-test is not installed for this Python.")
    source = Path(spec.submodule_search_locations[0], "_internal", "python_requirements.py").read_text()
    match = re.search(r"\bpip='([0-9.]+)'", source)
    if not match:
        raise SystemExit("ansible-test no longer says which pip it wants: see pip_version() in tests/tools.")
    return match[1]


def prepare_pip() -> None:
    """Put the script that installs pip where ansible-test looks for it."""
    version = pip_version()
    cache = HOME / ".ansible" / "test" / "cache"
    script = cache / f"get_pip_{version.replace('.', '_')}.py"
    if not script.exists():
        cache.mkdir(parents=True, exist_ok=True)
        download = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*download, "--no-deps", "--dest", str(cache), f"pip=={version}"], check=True)
        (wheel,) = cache.glob(f"pip-{version}-*.whl")
        script.write_text(GET_PIP.format(wheel=wheel.name))


def keep_pip_settings() -> None:
    """Write pip's settings (an index of your own, say) into the new home.

    ansible-test passes on neither your home nor your environment variables.
    """
    command = [sys.executable, "-m", "pip", "config", "list"]
    listing = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    settings = RawConfigParser()
    for line in listing.splitlines():
        key, value = line.split("=", 1)
        section, option = key.rsplit(".", 1)
        section = "global" if section == ":env:" else section
        if not settings.has_section(section):
            settings.add_section(section)
        settings.set(section, option, ast.literal_eval(value))
    path = HOME / ".config" / "pip" / "pip.conf"
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        settings.write(file)


@contextlib.contextmanager
def alone(command: str) -> Iterator[None]:
    """Let a second call in the same checkout wait for the first."""
    BUILD.mkdir(exist_ok=True)
    with open(BUILD / f"{command}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def tools() -> Iterator[Path]:
    """Give the folder this Python and ansible-test are in, by a name that can stand in a script's first line."""
    folder = Path(sys.executable).parent
    if " " not in str(folder):
        yield folder
    else:
        with tempfile.TemporaryDirectory() as temporary:
            alias = Path(temporary, "venv")
            alias.symlink_to(folder.parent)
            yield alias / folder.name


def environment(folder: Path, work: Path, collection: Path, home: Path) -> dict[str, str]:
    """Return the environment of ansible-test."""
    home.mkdir(parents=True, exist_ok=True)
    return dict(
        os.environ,
        HOME=str(home),
        PATH=f"{folder}{os.pathsep}{os.environ['PATH']}",
        ANSIBLE_COLLECTIONS_PATH=str(work),
        # Else it looks for .git upwards, finds this checkout's, and sees no files, for git ignores .build.
        ANSIBLE_TEST_CONTENT_ROOT=str(collection),
    )


def ansible_test(
    folder: Path, work: Path, home: Path, command: str, *arguments: str, log: Path | None = None
) -> processes.Command:
    """Return the call of ansible-test for the copy in a folder."""
    collection = tree.collection(work)
    words = [str(folder / "python"), str(folder / "ansible-test"), command, "--local", "--python", PYTHON_VERSION]
    return processes.Command([*words, *arguments], collection, environment(folder, work, collection, home), log)


def sanity(folder: Path, *arguments: str) -> int:
    """Run ansible-test sanity."""
    prepare_pip()
    keep_pip_settings()
    work = BUILD / "sanity"
    tree.copy(work)
    return processes.run_all([ansible_test(folder, work, HOME, "sanity", *arguments)])[0]


@contextlib.contextmanager
def server(live: bool) -> Iterator[tuple[str, Tap]]:
    """The control paths of a local_api whose runs take a tenth of a second, and the tap in front of it."""
    with contextlib.ExitStack() as stack:
        model = stack.enter_context(ModelServer()) if live else None
        local_api = LocalApi("--run-seconds", "0.1", *(["--model-url", model.url, "--parallel", "16"] if model else []))
        stack.callback(local_api.stop)
        root = stack.enter_context(Control(local_api.root, model)).root if model else local_api.root
        yield f"{root}/_control", stack.enter_context(Tap(local_api.port))


def prepare_mode(work: Path, in_process: bool, control: str, tap: Tap) -> None:
    """Make the copy whose targets run in process, or by modules, against a server, and write their results down."""
    results = work / RESULTS
    results.unlink(missing_ok=True)
    tests = tree.copy(work) / "tests"
    settings = RawConfigParser()
    # Ansible takes a percent sign in its configuration for the start of a name.
    settings["defaults"] = {"callback_plugins": str(tests / "tools" / "callback").replace("%", "%%")}
    settings["connection"] = {"pipelining": "true"}  # a third faster by modules
    settings["callback_results"] = {"path": str(results).replace("%", "%%")}
    with open(tests / "integration" / "integration.cfg", "w") as file:
        settings.write(file)
    variables = {
        "aiops_openai_in_process": in_process,
        "local_api_given": {"url": f"http://127.0.0.1:{tap.port}/v1", "control": control},
    }
    (tests / "integration" / "integration_config.yml").write_text(json.dumps(variables))


def integration(folder: Path, *arguments: str) -> int:
    """Run ansible-test integration in process and by modules, side by side.

    Compares the results of all tasks, and holds all that went over the wire against the API's specification.
    """
    live = arguments[:1] == ("--live",)
    targets = arguments[live:]
    in_process, by_module = (BUILD / "integration" / mode for mode in ("in_process", "by_module"))
    log = by_module / "log"
    with server(live) as (our_control, our_tap), server(live) as (their_control, their_tap):
        prepare_mode(in_process, True, our_control, our_tap)
        prepare_mode(by_module, False, their_control, their_tap)
        codes = processes.run_all(
            [
                # A home each: they make the same files there, and would get in each other's way.
                ansible_test(folder, in_process, in_process / "home", "integration", *targets),
                ansible_test(folder, by_module, by_module / "home", "integration", *targets, log=log),
            ]
        )
    if codes[1]:
        print(f"----- by modules:\n{log.read_text(errors='replace').rstrip()}\n-----", flush=True)
    return max(
        *codes,
        wire.check(our_tap.exchanges(), in_process / RESULTS, "in process"),
        wire.check(their_tap.exchanges(), by_module / RESULTS, "by modules"),
        0 if any(codes) else compare.main(in_process / RESULTS, by_module / RESULTS),
    )


def main(command: str, *arguments: str) -> int:
    with alone(command), tools() as folder:
        return {"sanity": sanity, "integration": integration}[command](folder, *arguments)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
