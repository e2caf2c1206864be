# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Measuring in rounds in which the two sides take turns, so that a slow moment meets both."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from plays import Cost, Player, cost_of

HERE = Path(__file__).resolve().parent
Samples = Mapping[str, list[Cost]]


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    figure: str
    measured: str
    target: str
    met: bool


@dataclass(frozen=True)
class Bench:
    """What the figures are measured with."""

    folder: Path
    server: str
    """The URL of the static server."""

    rounds: int
    """How often each side takes its turn."""

    def player(self, assistants: int = 0, latency: int = 0) -> Player:
        """Plays against as many assistants, with that many milliseconds for every answer."""
        return Player(self.folder, f"{self.server}/{assistants}/{latency}")

    def take_turns(self, sides: Mapping[str, Callable[[], Cost]], rounds: int | None = None) -> dict[str, list[Cost]]:
        """The costs of each side: A B A B, not A A B B."""
        samples: dict[str, list[Cost]] = {name: [] for name in sides}
        rounds = rounds or self.rounds
        for number in range(1, rounds + 1):
            for name, side in sides.items():
                print(f"round {number} of {rounds}: {name}", file=sys.stderr)
                samples[name].append(side())
        return samples


def bare(player: Player, count: int, *, method: str = "GET", at_a_time: int = 1) -> Cost:
    """As many requests without the collection, on the same server."""
    return cost_of([sys.executable, str(HERE / "bare.py"), method, player.url, str(count), str(at_a_time)])


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
