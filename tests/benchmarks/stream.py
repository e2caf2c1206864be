# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How late the end of a stream is known."""

from __future__ import annotations

import sys
from statistics import median

from plays import cost_of
from sampling import HERE, Bench, Row, milliseconds


def stream_end(bench: Bench) -> list[Row]:
    """How late a task knows that its run has ended."""
    runs = bench.rounds * 4
    print(f"{runs} streamed runs", file=sys.stderr)
    said = cost_of([sys.executable, str(HERE / "stream_end.py"), bench.player().url, str(runs)]).output
    late = [float(line) for line in said.splitlines()]
    row = Row(
        f"stream: from the end of a run on the server to the task's result, {runs} runs (3)",
        f"{milliseconds(late)} (at worst {max(late) * 1000:.1f} ms)",
        "under 100 ms",
        median(late) < 0.1,
    )
    return [row]
