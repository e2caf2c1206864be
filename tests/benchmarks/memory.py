# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What long lists take of memory."""

from __future__ import annotations

from statistics import median

from plays import assistants, debug, messages
from sampling import Bench, Row, Samples

MANY = 10_000


def memory(bench: Bench) -> list[Row]:
    """What a long list takes, in the largest process of the run."""
    player = bench.player(MANY)
    listed, converged = f"list of {MANY:,} messages", f"set of {MANY:,} converged assistants"
    samples = bench.take_turns(
        {
            "no task": player.play,
            "no message": lambda: player.play(messages(0)),
            listed: lambda: player.play(messages(MANY)),
            "the same entries in a debug": lambda: player.play(debug(assistants(MANY))),
            converged: lambda: player.play(assistants(MANY)),
        }
    )
    return [_above(samples, listed, "no message", 60), _above(samples, converged, "the same entries in a debug", 150)]


def _above(samples: Samples, what: str, without: str, most: int) -> Row:
    used, none, empty = (median(cost.megabytes for cost in samples[side]) for side in (what, without, "no task"))
    return Row(
        f"memory of a {what}, above a run without tasks (2)",
        f"{used - empty:.0f} MB ({used:.0f} MB, without tasks {empty:.0f} MB; {without} {none:.0f} MB)",
        f"at most {most} MB",
        used - empty <= most,
    )
