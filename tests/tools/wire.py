# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hold what went over the wire in the integration targets against the API's specification."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from jsonschema import ValidationError
from tap import Exchange

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "contract"))

import specification

PREFIX = "/v1"
MOST = 20  # violations that are shown
TOLD = "x-local-api"
"""The header of an answer that the server was told to give: it is not the server's own, and so is not judged.

A broken-off answer is none either: the tap has no whole one.
"""


def check_request(exchange: Exchange, path: str) -> None:
    """Raise unless the specification accepts the request."""
    body = specification.body_in(exchange.body)
    if body is not None and not specification.names_what_to_drop(body):
        specification.validate_request(exchange.method, path, body)


def check_answer(exchange: Exchange, path: str) -> None:
    """Raise unless the specification has such an answer, or each event of it."""
    if TOLD in exchange.headers:
        return
    if "event-stream" in exchange.headers.get("content-type", ""):
        for name, data in specification.events(exchange.answer.decode()):
            specification.validate_event(name, data)
    else:
        specification.validate_answer(exchange.method, path, exchange.status, json.loads(exchange.answer))


def violations(exchange: Exchange) -> Iterator[str]:
    """What an exchange has against the specification."""
    path = exchange.path.removeprefix(PREFIX)
    for side, check in (("request", check_request), ("answer", check_answer)):
        try:
            check(exchange, path)
        except ValidationError as error:
            yield f"{side}: {error.json_path}: {error.message[:500]}"
        except (LookupError, ValueError) as error:
            yield f"{side}: {error}"


def task_of(exchange: Exchange, results: Path) -> str:
    """The task that was at work: the first whose result came after the answer."""
    for line in results.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["at"] >= exchange.at:
            return f"{record['path'].rpartition('/targets/')[2]} ({record['task'].rpartition(' : ')[2]})"
    return "after the last task"


def check(exchanges: Sequence[Exchange], results: Path, mode: str) -> int:
    """Print what does not hold, and return the exit code."""
    if not specification.SPECIFICATION.exists():
        print("The specification does not lie beside this checkout (shared/contract): the wire was not checked.")
        return 0
    found = [(exchange, said) for exchange in exchanges for said in violations(exchange)]
    for exchange, said in found[:MOST]:
        print(f"{exchange.method} {exchange.path} -> {exchange.status}, {mode}, {task_of(exchange, results)}: {said}")
    if found:
        print(f"{len(found)} violations of the API's specification {mode}.")
        return 1
    told = sum(TOLD in exchange.headers for exchange in exchanges)
    print(f"{len(exchanges)} requests and {len(exchanges) - told} answers {mode} are as the API's specification says.")
    return 0
