# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The figures. Each is measured in rounds in which the two sides take turns, so that a slow moment meets both."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from local_server import LocalApi
from names import ROWS, in_database, in_file
from plays import Cost, Player, assistant, cost_of, debug, loop, messages, thread

HERE = Path(__file__).resolve().parent
LOOP = 200
SLOW_LOOP = 40  # of what takes some tenths of a second per item: its cost per item does not depend on the length
TASKS = 20
MESSAGES = 10_000
Samples = Mapping[str, list[Cost]]


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    figure: str
    measured: str
    target: str
    met: bool


def take_turns(rounds: int, sides: Mapping[str, Callable[[], Cost]]) -> dict[str, list[Cost]]:
    """The costs of each side: A B A B, not A A B B."""
    samples: dict[str, list[Cost]] = {name: [] for name in sides}
    for number in range(1, rounds + 1):
        for name, side in sides.items():
            print(f"round {number} of {rounds}: {name}", file=sys.stderr)
            samples[name].append(side())
    return samples


def seconds(samples: Samples, side: str) -> list[float]:
    """How long each round took."""
    return [cost.seconds for cost in samples[side]]


def per_item(samples: Samples, side: str, count: int) -> list[float]:
    """Seconds per item of each round, less what the play without tasks took in the same round."""
    pairs = zip(seconds(samples, side), seconds(samples, "no task"), strict=True)
    return [(whole - start) / count for whole, start in pairs]


def ratio(above: list[float], below: list[float]) -> float:
    """The median of the rounds' ratios."""
    return median(one / other for one, other in zip(above, below, strict=True))


def milliseconds(samples: list[float]) -> str:
    """The median, to read."""
    return f"{median(samples) * 1000:.{1 if median(samples) < 0.1 else 0}f} ms"


def speed(player: Player, rounds: int) -> list[Row]:
    """All rows whose figure is a ratio of times."""
    bare = [sys.executable, str(HERE / "bare_session.py"), player.url, str(LOOP)]
    separate = range(1, TASKS + 1)
    samples = take_turns(
        rounds,
        {
            "no task": player.play,
            f"loop of {LOOP}": lambda: player.play(loop(player.assistant(), LOOP)),
            f"debug loop of {LOOP}": lambda: player.play(loop(debug(), LOOP)),
            f"{LOOP} bare GETs": lambda: cost_of(bare),
            f"uri loop of {SLOW_LOOP}": lambda: player.play(loop(player.uri(), SLOW_LOOP)),
            f"module loop of {SLOW_LOOP}": lambda: player.play(loop(player.assistant(), SLOW_LOOP), in_process=False),
            f"{TASKS} tasks": lambda: player.play(*map(player.assistant, separate)),
            f"{TASKS} uri tasks": lambda: player.play(*map(player.uri, separate)),
        },
    )
    return [_loop_to_uri(samples), _loop_to_bare(samples), _module_to_uri(samples), _tasks_to_uri(samples)]


def _loop_to_uri(samples: Samples) -> Row:
    ours, uri = per_item(samples, f"loop of {LOOP}", LOOP), per_item(samples, f"uri loop of {SLOW_LOOP}", SLOW_LOOP)
    faster = ratio(uri, ours)
    return Row(
        f"loop of {LOOP} converged assistants by id, per item (1), against a GET by `ansible.builtin.uri`",
        f"{faster:.0f} times faster ({milliseconds(ours)}, `uri` {milliseconds(uri)})",
        "50 times faster or better",
        faster >= 50,
    )


def _loop_to_bare(samples: Samples) -> Row:
    ours, start = seconds(samples, f"loop of {LOOP}"), seconds(samples, "no task")
    debugged, got = seconds(samples, f"debug loop of {LOOP}"), seconds(samples, f"{LOOP} bare GETs")
    both = [one + other for one, other in zip(debugged, got, strict=True)]
    times = ratio(ours, both)
    beyond_start = ratio(*([whole - begun for whole, begun in zip(side, start, strict=True)] for side in (ours, both)))
    return Row(
        f"the same play against a play of {LOOP} `ansible.builtin.debug` plus a `requests.Session` with the same GETs",
        f"{times:.2f} times ({median(ours):.2f} s, {median(debugged):.2f} s + {median(got):.2f} s; "
        f"less the start of a play {beyond_start:.2f} times)",
        "at most 1.5 times",
        times <= 1.5,
    )


def _module_to_uri(samples: Samples) -> Row:
    module = per_item(samples, f"module loop of {SLOW_LOOP}", SLOW_LOOP)
    uri = per_item(samples, f"uri loop of {SLOW_LOOP}", SLOW_LOOP)
    times = ratio(module, uri)
    return Row(
        "as an ordinary module (`aiops_openai_in_process: false`), per task (1), against `uri`",
        f"{times:.2f} times ({milliseconds(module)}, `uri` {milliseconds(uri)})",
        "at most 1.15 times",
        times <= 1.15,
    )


def _tasks_to_uri(samples: Samples) -> Row:
    ours, uri = seconds(samples, f"{TASKS} tasks"), seconds(samples, f"{TASKS} uri tasks")
    faster = ratio(uri, ours)
    return Row(
        f"play of {TASKS} separate tasks, start included, against `uri`",
        f"{faster:.1f} times faster ({median(ours):.2f} s, `uri` {median(uri):.2f} s)",
        "5 times faster or better",
        faster >= 5,
    )


def requests_sent(folder: Path, count: int = 10, among: int = 250) -> list[Row]:
    """How often the server is asked about assistants that are as they should be."""
    server = LocalApi()
    try:
        ids = [server.assistant(name=f"Assistant {number}") for number in range(1, among + 1)]
        player = Player(folder, server.url)
        by_id = [assistant(assistant_id=one, model="gpt-4o") for one in ids[:count]]
        by_name = loop(assistant(name="Assistant {{ item }}", model="gpt-4o"), count)
        sent = []
        for tasks in (by_id, [by_name]):
            server.control("DELETE", "/requests")
            player.play(*tasks)
            sent.append(len(server.requests()))
    finally:
        server.stop()
    pages = math.ceil(among / 100)
    return [
        Row(f"requests for {count} converged by id", f"{sent[0]}", f"{count}", sent[0] <= count),
        Row(
            f"requests for {count} converged by name among {among}",
            f"{sent[1]}",
            f"{count} times {pages} pages of 100",
            sent[1] <= count * pages,
        ),
    ]


def memory(player: Player, rounds: int) -> Row:
    """What a long list takes, in the largest process of the run."""
    many = f"{MESSAGES:,} messages"
    samples = take_turns(
        rounds,
        {
            "no task": player.play,
            "no message": lambda: player.play(messages(0)),
            many: lambda: player.play(messages(MESSAGES)),
        },
    )
    empty, none, listed = (median(cost.megabytes for cost in side) for side in samples.values())
    return Row(
        f"memory of a run that lists {many}, above a run without tasks (2)",
        f"{listed - empty:.0f} MB ({listed:.0f} MB, without tasks {empty:.0f} MB; listing none {none:.0f} MB)",
        "at most 60 MB",
        listed - empty <= 60,
    )


def names(player: Player, rounds: int) -> list[Row]:
    """What it costs more to find threads by the names that a ledger keeps than by their ids."""
    with in_database(player.url) as database:
        file = in_file(player.folder, player.url)
        samples = take_turns(
            rounds,
            {
                "no task": player.play,
                "threads by id": lambda: player.play(loop(thread(thread_id="thread_{{ item }}"), LOOP)),
                "by name, SQLite": lambda: player.play(loop(thread(name="thread {{ item }}", ledger=file), LOOP)),
                "by name, PostgreSQL": lambda: player.play(
                    loop(thread(name="thread {{ item }}", ledger=database), LOOP)
                ),
            },
        )
    return [_name_to_id(samples, "SQLite", 2), _name_to_id(samples, "PostgreSQL", 5)]


def _name_to_id(samples: Samples, where: str, most: int) -> Row:
    by_id, by_name = (per_item(samples, side, LOOP) for side in ("threads by id", f"by name, {where}"))
    more = median(one - other for one, other in zip(by_name, by_id, strict=True)) * 1000
    return Row(
        f"loop of {LOOP} converged threads by name, {ROWS:,} names in a {where} ledger, per item (1), against by id",
        f"{more:+.1f} ms ({milliseconds(by_name)}, by id {milliseconds(by_id)})",
        f"under {most} ms more",
        more < most,
    )


def stream_end(player: Player, runs: int) -> Row:
    """How late a task knows that its run has ended."""
    print(f"{runs} streamed runs", file=sys.stderr)
    said = cost_of([sys.executable, str(HERE / "stream_end.py"), player.url, str(runs)]).output
    late = [float(line) for line in said.splitlines()]
    return Row(
        f"stream: from the end of a run on the server to the task's result, {runs} runs (3)",
        f"{milliseconds(late)} (at worst {max(late) * 1000:.1f} ms)",
        "under 100 ms",
        median(late) < 0.1,
    )
