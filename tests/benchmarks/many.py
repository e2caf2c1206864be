# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Many objects on a server that is some way off: loops and sets, against as many bare requests ten at a time."""

from __future__ import annotations

import math
from statistics import median

from local_server import LocalApi
from plays import Json, Player, assistants, by_id, by_name, loop
from sampling import Bench, Row, Samples, bare, ratio, seconds

LATENCY = 150  # milliseconds
LOOP = 250
SET = 1000
AT_A_TIME = 10


def loops(bench: Bench) -> list[Row]:
    """Loops of objects that are as they should be."""
    player = bench.player(LOOP, LATENCY)
    samples = bench.take_turns(
        {
            f"{LOOP} GETs": lambda: bare(player, LOOP, at_a_time=AT_A_TIME),
            "name": lambda: player.play(loop(by_name(), LOOP)),
            "id": lambda: player.play(loop(by_id(), LOOP)),
        }
    )
    return [_against_gets(samples, f"loop of {LOOP} converged assistants by", way, LOOP, 1) for way in ("name", "id")]


def sets(bench: Bench) -> list[Row]:
    """Sets that are as they should be, and that are not there."""
    there, none = bench.player(SET, LATENCY), bench.player(0, LATENCY)
    samples = bench.take_turns(
        {
            f"{SET} GETs": lambda: bare(there, SET, at_a_time=AT_A_TIME),
            "openai_assistants": lambda: there.play(assistants(SET)),
            "bare": lambda: bare(none, SET, method="POST", at_a_time=AT_A_TIME),
            "created": lambda: none.play(assistants(SET, parallel=AT_A_TIME), changed=1),
        },
        rounds=min(bench.rounds, 2),
    )
    created, posted = seconds(samples, "created"), seconds(samples, "bare")
    times = ratio(created, posted)
    return [
        _against_gets(samples, f"{SET:,} converged assistants by", "openai_assistants", SET, 5),
        Row(
            f"{SET:,} created by `openai_assistants` with `parallel: {AT_A_TIME}`, latency {LATENCY} ms, "
            f"start included, against as many bare POSTs, {AT_A_TIME} at a time",
            f"{times:.2f} times ({_took(samples, 'created')}, bare {median(posted):.2f} s)",
            "at most 1.2 times",
            times <= 1.2,
        ),
    ]


def _against_gets(samples: Samples, what: str, way: str, count: int, target: int) -> Row:
    """What Terraform does is a GET for each object, ten at a time."""
    ours, gets = seconds(samples, way), seconds(samples, f"{count} GETs")
    faster = ratio(gets, ours)
    return Row(
        f"{what} {way}, latency {LATENCY} ms, start included, against {count:,} bare GETs, {AT_A_TIME} at a time (4)",
        f"{faster:.2f} times as fast ({_took(samples, way)}, bare {median(gets):.2f} s)",
        f"{target} times as fast or faster" if target > 1 else "faster",
        faster >= target,
    )


def _took(samples: Samples, side: str) -> str:
    """How long it took, and for how much of that it kept a processor busy: the rest is waiting."""
    whole, busy = (median(part) for part in zip(*((cost.seconds, cost.busy) for cost in samples[side]), strict=True))
    return f"{whole:.2f} s, busy for {busy:.2f} s"


def requests_sent(bench: Bench) -> list[Row]:
    """How often `local_api` is asked about assistants that are as they should be."""
    server = LocalApi()
    try:
        player = Player(bench.folder, server.url)
        player.play(assistants(SET, parallel=AT_A_TIME), changed=1)
        pages = math.ceil(SET / 100)
        return [
            _requests(server, player, f"{SET:,} converged by name in a loop", loop(by_name(), SET), pages + 1),
            _requests(server, player, f"{SET:,} converged in a set", assistants(SET), pages + 1),
        ]
    finally:
        server.stop()


def _requests(server: LocalApi, player: Player, what: str, task: Json, most: int) -> Row:
    server.control("DELETE", "/requests")
    player.play(task)
    sent = len(server.requests())
    return Row(f"requests for {what}", f"{sent}", f"at most {most}", sent <= most)
