# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measure the figures that the collection promises, and print them as a table: python tests/benchmarks [FIGURE ...]

Nothing depends on the figures, the exit code neither: another machine is another measure.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path += [str(HERE.parent / "contract"), str(HERE.parent / "tools")]  # local_server, postgres

from ledger import ledger  # noqa: E402
from many import loops, requests_sent, sets  # noqa: E402
from memory import memory  # noqa: E402
from plays import by_id  # noqa: E402
from sampling import Bench, Row  # noqa: E402
from speed import speed  # noqa: E402
from stream import stream_end  # noqa: E402

FIGURES = {
    "speed": speed,
    "loops": loops,
    "sets": sets,
    "requests": requests_sent,
    "memory": memory,
    "stream": stream_end,
    "ledger": ledger,
}
TITLE = "# Benchmarks"
NOTES = """\
{rounds} rounds in which the two sides take turns, on one machine in one go. A ratio is the median of its rounds,
so it is not quite the quotient of the times beside it, which are medians of their own. The server of all rows but the
requests is a small asyncio server with kept-alive connections, so that the server is not what is measured; the requests
are counted by `local_api`. `make bench` measures anew, and `make bench ARGS=--write` writes this page.

1. The time of the play less that of a play without tasks, divided by the number of items. What the collection needs to
   be imported is in it.
2. The largest resident size of any process of the run, Ansible's own included.
3. Measured in Python, without a playbook around. The result holds what the run wrote, so reading the list of messages
   is in it.
4. A GET for each object, ten at a time, is how Terraform looks at what there is. Two rounds of the sets, since most of
   their time is the latency.

{machine}.
"""


@contextlib.contextmanager
def static_server() -> Iterator[str]:
    """The URL of a server in a process of its own."""
    process = subprocess.Popen([sys.executable, str(HERE / "static_server.py")], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait(5)
        process.stdout.close()


def leave_own_configuration_out(folder: Path) -> None:
    """Has Ansible take its defaults, whatever the user has set."""
    for name in [name for name in os.environ if name.startswith("ANSIBLE_") and name != "ANSIBLE_COLLECTIONS_PATH"]:
        del os.environ[name]
    configuration = folder / "ansible.cfg"
    configuration.touch()
    os.environ.update(ANSIBLE_CONFIG=str(configuration), NO_PROXY="127.0.0.1")
    os.environ.update(ANSIBLE_HOME=str(folder / "ansible"), ANSIBLE_REMOTE_TMP=str(folder / "remote"))
    os.environ["AIOPS_OPENAI_LEDGER"] = str(folder / "own-ledger.sqlite")


def measure(folder: Path, names: list[str], rounds: int) -> list[Row]:
    """The rows of the figures of these names."""
    leave_own_configuration_out(folder)
    with static_server() as url:
        bench = Bench(folder, url, rounds)
        bench.player().play(by_id(1))  # what is compiled on first use is compiled
        return [row for name in names for row in FIGURES[name](bench)]


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    cells = [("figure", "measured", "target", "met"), ("---",) * 4]
    cells += [(row.figure, row.measured, row.target, "yes" if row.met else "no") for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


def machine() -> str:
    """What it was measured with."""
    libraries = ", ".join(f"{name} {version(name)}" for name in ("ansible-core", "requests", "pydantic"))
    system = f"{platform.system()} on {platform.machine()} with {os.cpu_count()} processors"
    return f"Measured with {libraries}, Python {platform.python_version()}, {system}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=...", description="Measure the collection's speed.")
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=f"of {', '.join(FIGURES)} (default: all)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each side takes its turn")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    given = parser.parse_args()
    unknown = set(given.figures) - set(FIGURES)
    if unknown or (given.write and given.figures):
        parser.error(f"there is no figure {', '.join(unknown)}" if unknown else "--write takes all figures")
    with tempfile.TemporaryDirectory() as folder:
        printed = table(measure(Path(folder), given.figures or list(FIGURES), given.rounds))
    notes = NOTES.format(rounds=given.rounds, machine=machine())
    print(f"\n{printed}\n\n{notes}")
    if given.write:
        (ROOT / "docs" / "benchmarks.md").write_text(f"{TITLE}\n\n{printed}\n\n{notes}", encoding="utf-8")


if __name__ == "__main__":
    main()
