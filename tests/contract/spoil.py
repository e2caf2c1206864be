# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Plays tasks against answers that are spoilt at random, and holds what they say against the promise.

    python spoil.py [--tasks 20000] [--seed 1]      many, on all processors
    python spoil.py --seed 1 --case 4711            one again, with all that was said

The promise: no exception leaves a task, its message is one line, no secret is in its result, nothing is written to an
object that nobody named, and whatever was created stands in the result where its id could be read.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from deeds import DEEDS, Deed, asking_run, busy_thread, chat, ended_run, hanging_run, in_store, new_run
from local_server import LocalApi
from spoiler import Exchange, Spoiler
from spoiling import FOREIGN, HEADER_SECRET, KEY

from ansible_collections.aiops.openai.plugins.module_utils.api import retry
from ansible_collections.aiops.openai.plugins.module_utils.engine import wait
from ansible_collections.aiops.openai.plugins.module_utils.tasks.runner import execute

Json = dict[str, Any]
AT_ONCE = 500
SLOW = 3.0
CONNECTION = {"api_key": KEY, "extra_headers": {"X-Secret": HEADER_SECRET}, "timeout": 0.5, "max_retries": 1}
QUICK = {**CONNECTION, "retry_max_delay": 0.01}
PLUGINS = re.compile(r'File "[^"]*/plugins/([^"]+)", line \d+, in (\S+)')


def store_file(api: LocalApi) -> Json:
    given = in_store(api)
    return {name: given[name] for name in ("vector_store_id", "file_id")}


def files_of_store(api: LocalApi) -> Json:
    return {"vector_store_id": in_store(api)["vector_store_id"]}


MORE = {
    "assistant removed by name": Deed(
        "assistant", "", "", lambda api: {"assistant_id": None, "name": named(api), "state": "absent"}
    ),
    "assistant changed by name": Deed(
        "assistant", "", "", lambda api: {"name": named(api), "instructions": "Be brief."}
    ),
    "assistant info by name": Deed("assistant_info", "", "", lambda api: {"name": named(api), "find_one": True}),
    "assistant info by id": Deed("assistant_info", "", "", lambda api: {"assistant_id": api.assistant(name="A")}),
    "message info of a run": Deed("thread_message_info", "", "", ended_run),
    "message when a run is at work": Deed(
        "thread_message", "", "", lambda api: {**busy_thread(api), "on_active_run": "wait"}
    ),
    "run info by id": Deed("thread_run_info", "", "", ended_run),
    "run when a run is at work": Deed("thread_run", "", "", lambda api: busy_run(api, on_active_run="cancel")),
    "run cancelled by its key": Deed(
        "thread_run", "", "", lambda api: {**new_run(api, run_key="k"), "state": "absent"}
    ),
    "run cancelled in time": Deed("thread_run", "", "", lambda api: {**hanging_run(api), "cancel_on_timeout": True}),
    "run cancelled, not waited for": Deed(
        "thread_run", "", "", lambda api: {**hanging_run(api), "state": "absent", "wait": False}
    ),
    "run that asks": Deed("thread_run", "", "", lambda api: {**asking_run(api), "tool_outputs": None}),
    "run with its thread, streamed": Deed(
        "thread_run", "", "", lambda api: {"assistant_id": api.assistant(), "thread": {}, "stream": True}
    ),
    "chatkit info": Deed(
        "chatkit_thread_info", "", "", lambda api: {"user": chat(api) and "ada", "include_items": True}
    ),
    "set of assistants": Deed("assistants", "", "", lambda api: a_set(api, parallel=1)),
    "set of assistants, pruned": Deed(
        "assistants", "", "", lambda api: a_set(api, parallel=1, prune=True, prune_metadata={"managed": "yes"})
    ),
    "set of agents": Deed("agents", "", "", lambda api: agent_set(api, parallel=1)),
    "agent info by name": Deed("agent_info", "", "", lambda api: {"name": "A", "find_one": bool(api.agent(name="A"))}),
    "vector store file info by id": Deed("vector_store_file_info", "", "", store_file),
    "vector store info by id": Deed(
        "vector_store_info", "", "", lambda api: {"vector_store_id": api.vector_store(name="V")}
    ),
    "vector store file info": Deed("vector_store_file_info", "", "", files_of_store),
    "thread by name": Deed("thread", "", "", lambda api: {"name": "talk"}),
    "thread by name, removed": Deed("thread", "", "", lambda api: {"name": "talk", "state": "absent"}),
    "run by its key, with its thread": Deed(
        "thread_run", "", "", lambda api: {"assistant_id": api.assistant(), "thread": {}, "run_key": "k"}
    ),
    "server info": Deed("server_info", "", "", lambda api: {}),
    "ledger info": Deed("ledger_info", "", "", lambda api: {}),
    "chatkit info, items": Deed("chatkit_thread_info", "", "", lambda api: {**chat(api), "include_items": True}),
}


def named(api: LocalApi) -> str:
    api.assistant(name="A")
    return "A"


def a_set(api: LocalApi, **more: Any) -> Json:
    api.assistant(name="A", metadata={"managed": "yes"})
    api.assistant(name="old", metadata={"managed": "yes"})
    wanted = [{"name": name, "model": "m", "metadata": {"managed": "yes"}} for name in "ABC"]
    return {"assistants": wanted, **more}


def agent_set(api: LocalApi, **more: Any) -> Json:
    api.agent(name="A")
    return {"agents": [{"name": name, "model": "m"} for name in "ABC"], **more}


def busy_run(api: LocalApi, **more: Any) -> Json:
    thread = hanging_run(api)["thread_id"]
    return {"thread_id": thread, "assistant_id": api.assistant(), **more}


ALL = {**DEEDS, **MORE}


@dataclass
class Case:
    """A task, and how it went."""

    number: int
    deed: str
    arguments: Json
    check: bool
    result: Json | None = None
    trace: str = ""
    told: list[str] = field(default_factory=list)
    exchanges: list[Exchange] = field(default_factory=list)
    seconds: float = 0

    @property
    def spoilt(self) -> int:
        """How much was spoilt, to find the smallest case of many."""
        return sum(len(", ".join(exchange.given.how)) for exchange in self.exchanges)

    def problems(self) -> Iterator[str]:
        """What is against the promise, each in words that are the same for the same fault."""
        if self.trace:
            yield f"traceback at {self._place()}"
        if self.result is not None:
            yield from self._of_result(self.result)
        for line in self.told:
            if not line.isprintable():
                yield "what is told is not one line"
            if holds_secret(line):
                yield "a secret in what is told"
        yield from self._of_requests()

    def _of_result(self, result: Json) -> Iterator[str]:
        if result.get("failed"):
            said = result.get("msg")
            if not isinstance(said, str) or not said.isprintable():
                yield "the message is not one line"
        try:
            text = json.dumps(result, ensure_ascii=False, allow_nan=False)
            text.encode()
        except (ValueError, TypeError, RecursionError) as error:
            yield f"the result is no JSON: {type(error).__name__}"
        else:
            if holds_secret(text):
                yield "a secret in the result"
        kept = {name: value for name, value in result.items() if name not in ("msg", "error")}
        for exchange in self.exchanges:
            if exchange.created and exchange.created not in texts_in(kept):
                path = re.sub(r"_[0-9A-Za-z]+", "_x", exchange.path)
                yield f"created, and not in a result that {'failed' if result.get('failed') else 'is ok'}: POST {path}"

    def _of_requests(self) -> Iterator[str]:
        names = ("agent_id", "assistant_id", "file_id", "message_id", "run_id", "session_id", "vector_store_id")
        by_id = any(self.arguments.get(name) for name in names)
        for exchange in self.exchanges:
            if exchange.method == "GET":
                continue
            steps = exchange.path.partition("?")[0].split("/")[2:]
            if {"", ".", "..", "%2E%2E"} & set(steps):
                yield f"{exchange.method} of a path that no id makes"
            if by_id and FOREIGN in steps:
                yield f"{exchange.method} of an object that nobody named"
            if self.check:
                yield f"{exchange.method} in check mode"

    def _place(self) -> str:
        places = PLUGINS.findall(self.trace)
        where = ":".join(places[-1]) if places else "?"
        return f"{where}: {self.trace.strip().splitlines()[-1].partition(':')[0]}"


def holds_secret(text: str) -> bool:
    """Whether a secret is in there."""
    return KEY in text or HEADER_SECRET in text


def texts_in(value: Any) -> set[str]:
    """All texts in a value, at any depth."""
    found, left = set(), [value]
    while left:
        one = left.pop()
        if isinstance(one, str):
            found.add(one)
        elif isinstance(one, (dict, list)):
            left.extend(one.values() if isinstance(one, dict) else one)
    return found


class World:
    """A local_api whose runs end at once, and the spoiler in front of it."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.api = LocalApi("--run-seconds", "0")
        self.folder = TemporaryDirectory(prefix="spoil-")

    def play(self, number: int) -> Case:
        """Plays one case: all of it follows from the seed and the number."""
        chance = Random(f"{self.seed} {number}")
        deed = chance.choice(sorted(ALL))
        rate = chance.choice([0.15, 0.4, 1])
        self.api.control("POST", "/reset")
        given = {name: value for name, value in ALL[deed].arguments(self.api).items() if value is not None}
        case = Case(number, deed, given, check=chance.random() < 0.1)
        self.spoiler.begin(f"{self.seed} {number}", rate)
        started = time.monotonic()
        self._perform(case, ALL[deed].module)
        case.seconds = time.monotonic() - started
        case.exchanges = self.spoiler.exchanges
        return case

    def _perform(self, case: Case, module: str) -> None:
        declaration = importlib.import_module(
            f"ansible_collections.aiops.openai.plugins.modules.openai_{module}"
        ).DECLARATION
        spec = declaration.argument_spec()
        ledger = Path(self.folder.name) / f"{case.number}.sqlite"
        quick = {**QUICK, "wait_timeout": 0.3, "base_url": self.spoiler.url, "ledger": str(ledger)}
        quick = {name: value for name, value in quick.items() if name in spec}
        validated = ArgumentSpecValidator(spec, **declaration.constraints).validate({**quick, **case.arguments})
        assert not validated.error_messages, validated.error_messages
        try:
            result = execute(declaration, validated.validated_parameters, check_mode=case.check, tell=case.told.append)
            case.trace = result.get("exception", "")
            case.result = remove_values(result, validated._no_log_values)
        except Exception:
            case.trace = traceback.format_exc()

    def __enter__(self) -> World:
        self.spoiler = Spoiler(self.api.root).__enter__()
        return self

    def __exit__(self, *how: Any) -> None:
        self.spoiler.__exit__(*how)
        self.api.stop()
        self.folder.cleanup()


@contextlib.contextmanager
def hurried() -> Iterator[None]:
    """Pauses that are none."""
    before = retry.FIRST_DELAY, wait.FIRST_PAUSE
    retry.FIRST_DELAY, wait.FIRST_PAUSE = 0.0, 0.01
    try:
        yield
    finally:
        retry.FIRST_DELAY, wait.FIRST_PAUSE = before


@dataclass
class Summary:
    """What became of many cases."""

    outcomes: Counter[str] = field(default_factory=Counter)
    problems: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """The cases of each, by how much of them was spoilt."""

    slow: list[int] = field(default_factory=list)

    def add(self, case: Case) -> None:
        """Count one."""
        self.outcomes["failed" if case.result is None or case.result.get("failed") else "ok"] += 1
        self.outcomes["answers spoilt"] += sum(bool(exchange.given.how) for exchange in case.exchanges)
        self.outcomes["answers"] += len(case.exchanges)
        for problem in sorted(set(case.problems())):
            self.problems.setdefault(problem, []).append((case.spoilt, case.number))
        if case.seconds > SLOW:
            self.slow.append(case.number)

    def join(self, other: Summary) -> None:
        """Count those of another one."""
        self.outcomes += other.outcomes
        self.slow += other.slow
        for problem, cases in other.problems.items():
            self.problems.setdefault(problem, []).extend(cases)

    def __str__(self) -> str:
        lines = [", ".join(f"{count} {what}" for what, count in self.outcomes.items())]
        for problem, cases in sorted(self.problems.items(), key=lambda one: (one[0].split()[0], -len(one[1]))):
            smallest = ", ".join(str(number) for _spoilt, number in sorted(cases)[:4])
            lines.append(f"{len(cases):6} {problem}; cases {smallest}")
        if self.slow:
            lines.append(
                f"{len(self.slow):6} took longer than {SLOW:g} s (no fault by itself); cases {sorted(self.slow)[:8]}"
            )
        return "\n".join(lines)


def play(seed: int, numbers: Iterable[int]) -> Summary:
    """Plays cases, one after the other."""
    summary = Summary()
    with hurried(), World(seed) as world:
        for number in numbers:
            summary.add(world.play(number))
    return summary


def show(seed: int, number: int) -> bool:
    """Plays one case and prints all of it; whether it kept the promise."""
    with hurried(), World(seed) as world:
        case = world.play(number)
    print(f"case {number} of seed {seed}: {case.deed}{' in check mode' if case.check else ''}")
    print(f"arguments: {json.dumps(case.arguments)}")
    for exchange in case.exchanges:
        print(f"\n{exchange.method} {exchange.path}  {exchange.sent[:400].decode()}")
        print(f"  {'not passed on' if exchange.right is None else f'done: {exchange.right.status}'}", end="")
        print(f", spoilt: {'; '.join(exchange.given.how) or 'not at all'}")
        print(f"  {exchange.given.status} {ascii(exchange.given.headers)} {ascii(exchange.given.body)[:1500]}")
    print("".join(f"\ntold: {ascii(line)}" for line in case.told))
    print(f"\n{case.trace}\nresult: {ascii(case.result)[:4000]}\n{case.seconds:.1f} s")
    problems = sorted(set(case.problems()))
    print("\n".join(f"PROBLEM: {problem}" for problem in problems))
    return not problems


def main() -> int:
    """Plays what the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tasks", type=int, default=20_000, help="how many to play")
    parser.add_argument("--seed", type=int, default=1, help="what chance begins with")
    parser.add_argument("--case", type=int, help="play this one alone, and show what was said")
    given = parser.parse_args()
    if given.case is not None:
        return 0 if show(given.seed, given.case) else 1
    total, done = Summary(), 0
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        slices = [range(first, min(first + AT_ONCE, given.tasks)) for first in range(0, given.tasks, AT_ONCE)]
        for future in as_completed([pool.submit(play, given.seed, numbers) for numbers in slices]):
            total.join(future.result())
            done += 1
            if sys.stdout.isatty():
                print(f"\r{done * 100 // len(slices):3} %, {len(total.problems)} sorts of problems", end="", flush=True)
    print(f"\n{given.tasks} tasks, seed {given.seed}: {total}")
    if total.problems:
        print(f'Show one of them: make spoil ARGS="--seed {given.seed} --case NUMBER"')
    return 1 if total.problems else 0


if __name__ == "__main__":
    sys.exit(main())
