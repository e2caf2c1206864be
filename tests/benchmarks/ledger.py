# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What it costs to find a thread by its name, which the ledger keeps."""

from __future__ import annotations

from statistics import median

from plays import Json, Player, loop, thread
from postgres import postgres_server
from sampling import Bench, Row, Samples, milliseconds, per_item

LOOP = 200


def ledger(bench: Bench) -> list[Row]:
    """A thread by its name against one by its id."""
    player = bench.player()
    with postgres_server() as url:
        ledgers = {"SQLite": str(bench.folder / "ledger.sqlite"), "PostgreSQL": url}
        for where in ledgers.values():
            player.play(_named(where), changed=1)
        samples = bench.take_turns(
            {
                "no task": player.play,
                "id": lambda: player.play(loop(thread(thread_id="thread_{{ item }}"), LOOP)),
                **{name: _play(player, where) for name, where in ledgers.items()},
            }
        )
    return [_row(samples, "SQLite", 2), _row(samples, "PostgreSQL", 5)]


def _named(where: str) -> Json:
    return loop(thread(name="Thread {{ item }}", ledger=where), LOOP)


def _play(player: Player, where: str):
    return lambda: player.play(_named(where))


def _row(samples: Samples, name: str, most: int) -> Row:
    by_name, by_id = per_item(samples, name, LOOP), per_item(samples, "id", LOOP)
    more = median(one - other for one, other in zip(by_name, by_id, strict=True))
    return Row(
        f"ledger in {name}: per converged thread by name (1), against by id",
        f"{more * 1000:.2f} ms more ({milliseconds(by_name)}, by id {milliseconds(by_id)})",
        f"under {most} ms more",
        more * 1000 < most,
    )
