# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One task and a loop on a server that answers at once: against `uri`, and against requests alone."""

from __future__ import annotations

from statistics import median

from plays import by_id, debug, loop
from sampling import Bench, Row, Samples, bare, milliseconds, per_item, ratio, seconds

LOOP = 200
SLOW_LOOP = 10  # of what takes some tenths of a second per item: its cost per item does not depend on the length
TASKS = 20


def speed(bench: Bench) -> list[Row]:
    """All rows whose figure is a ratio of times."""
    player = bench.player()
    separate = range(1, TASKS + 1)
    samples = bench.take_turns(
        {
            "no task": player.play,
            f"loop of {LOOP}": lambda: player.play(loop(by_id(), LOOP)),
            f"debug loop of {LOOP}": lambda: player.play(loop(debug(), LOOP)),
            f"{LOOP} bare GETs": lambda: bare(player, LOOP),
            f"uri loop of {SLOW_LOOP}": lambda: player.play(loop(player.uri(), SLOW_LOOP)),
            f"module loop of {SLOW_LOOP}": lambda: player.play(loop(by_id(), SLOW_LOOP), in_process=False),
            f"{TASKS} tasks": lambda: player.play(*map(by_id, separate)),
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
        "at most 1.25 times",
        times <= 1.25,
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
