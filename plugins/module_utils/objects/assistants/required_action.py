# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run waits for before it goes on: outputs of tools, or leave to call them (`required_action` of a run)."""

from __future__ import annotations

import json
from typing import Annotated, Any

from ...api.errors import InvalidTask
from ...engine.fields import Option, TaskOptions
from ...engine.plan import Json

ANSWERS = {"submit_tool_outputs": "tool_outputs", "submit_tool_approval": "tool_approvals"}
"""By what is asked for, the option that answers it, which is the field of the request too."""


class ToolOutput(TaskOptions):
    """What a tool call of a run gave."""

    tool_call_id: str
    """
    - The id of the call, from RV(run.required_action).
    """

    output: Any
    """
    - What the function has returned. A text is sent as it stands, and anything else as JSON text.
    """


class ToolApproval(TaskOptions):
    """Whether a run may call a tool of another server (`ToolApproval` of Microsoft Foundry)."""

    tool_call_id: str
    """
    - The id of the call, from RV(run.required_action).
    """

    approve: bool
    """
    - Whether the run may make the call.
    """

    headers: Annotated[dict[str, str] | None, Option(no_log=True)] = None
    """
    - Headers for the call, for example those that the other server knows its callers by. They are shown nowhere.
    """


def answer_to(run: Json, options: Json) -> Json | None:
    """The body that gives the run what it waits for, of the task's options; None where they hold no answer at all.

    Raises InvalidTask where they hold another answer than it asks for, or not one for each of its calls.
    """
    given = [option for option in ANSWERS.values() if options[option] is not None]
    if not given:
        return None
    action = run.get("required_action") or {}
    option, calls = ANSWERS.get(str(action.get("type"))), _calls(action)
    if option is None:
        raise InvalidTask(f"run {run['id']} does not say what it waits for in a way that {' or '.join(given)} answers")
    if option not in given:
        raise InvalidTask(f"run {run['id']} waits for {option}, and the task holds {' and '.join(given)}")
    answers = {one["tool_call_id"]: _as_sent(one) for one in options[option]}
    missing = [f"{call['id']} ({_name(call)})" for call in calls if call["id"] not in answers]
    if missing:
        raise InvalidTask(f"run {run['id']} asks for the {option} of all its calls, missing: {', '.join(missing)}")
    return {option: [answers[call["id"]] for call in calls]}


def as_told(answer: Json) -> Json:
    """An answer without what is secret in it, for a diff."""
    return {
        option: [{key: value for key, value in one.items() if key != "headers"} for one in given]
        for option, given in answer.items()
    }


def _calls(action: Json) -> list[Json]:
    """The calls that a run asks about, those of them that have an id to answer by."""
    asked = action.get(str(action.get("type")))
    calls = asked.get("tool_calls") if isinstance(asked, dict) else None
    listed = calls if isinstance(calls, list) else []
    return [call for call in listed if isinstance(call, dict) and isinstance(call.get("id"), str)]


def _name(call: Json) -> str:
    function = call.get("function")
    return str((function.get("name") if isinstance(function, dict) else None) or call.get("name") or call.get("type"))


def _as_sent(answer: Json) -> Json:
    """One answer as the API takes it: an output is text."""
    sent = {key: value for key, value in answer.items() if value is not None}
    output = answer.get("output", "")
    return sent if isinstance(output, str) else {**sent, "output": json.dumps(output)}
