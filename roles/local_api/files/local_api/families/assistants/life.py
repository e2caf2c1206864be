# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a run walks its statuses.

Nothing happens in the background. When a run is created it gets a plan (when it starts, when and how it ends), and
whoever reads it or its thread later first lets it take the steps that are due. So a run's status is a function of
time, the times written are those of the plan, and a restart loses nothing.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from local_api.core.errors import ApiError
from local_api.core.kinds import new_id
from local_api.core.store import Json, Store

from . import objects
from .kinds import MESSAGE, RUN, RUN_STEP

ACTIVE = "active"  # label of a run that locks its thread
ENDED = "ended"
CANCELLABLE = ("queued", "in_progress", "requires_action")
APPROVAL = "submit_tool_approval"
RUNS = "runs"  # what is told about them
QUEUED_PART = 0.25  # of a run's seconds; cancelling takes as long


@dataclass(frozen=True)
class RunOutcome:
    """How a run is to end."""

    outcome: str = "completed"
    text: str | None = None
    tool_calls: list[dict[str, str]] | None = None


class RunLife:
    """The runs of a store, always up to date when looked at."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def start(self, run: Json, told: RunOutcome, seconds: float) -> None:
        """Keep a new run, and what is to become of it."""
        now = time.time()
        plan = {
            "starts": now + seconds * QUEUED_PART,
            "ends": now + seconds,
            "seconds": seconds,
            "outcome": told.outcome,
            "text": told.text,
            "tool_calls": told.tool_calls,
        }
        self._store.add(RUN, run, parent=run["thread_id"], label=ACTIVE, created_at=run["created_at"], plan=plan)

    def catch_up(self, thread_id: str) -> None:
        """Let the thread's run take the steps that are due."""
        now = time.time()
        for run in self._store.all(RUN, thread_id, ACTIVE):
            with self._store.together():
                while step := self._due(run, now):
                    step(run, self._store.plan(run["id"]))
                    self._store.save(run)

    def active_run(self, thread_id: str) -> str | None:
        """The id of the run that locks the thread."""
        self.catch_up(thread_id)
        active = self._store.all(RUN, thread_id, ACTIVE)
        return active[0]["id"] if active else None

    def next_step_at(self, run: Json) -> float | None:
        """When the run's status changes next, if time alone changes it."""
        plan = self._store.plan(run["id"])
        times = {
            "queued": plan.get("starts"),
            "in_progress": run["expires_at"] if plan.get("outcome") == "hang" else plan.get("ends"),
            "requires_action": run["expires_at"],
            "cancelling": plan.get("cancels"),
        }
        return times.get(run["status"])

    def cancel(self, run: Json) -> None:
        """POST .../cancel: the run is cancelling, and cancelled a little later."""
        if run["status"] not in CANCELLABLE:
            raise ApiError(f"Cannot cancel run with status '{run['status']}'.")
        plan = self._store.plan(run["id"])
        plan["cancels"] = time.time() + plan["seconds"] * QUEUED_PART
        run.update(status="cancelling", required_action=None)
        self._store.save(run)
        self._store.save_plan(run["id"], plan, ACTIVE)

    def submit(self, run: Json, sent: Json) -> None:
        """POST .../submit_tool_outputs: the run is queued again, and walks on to completed."""
        outputs = _submitted(run, sent)
        plan = self._store.plan(run["id"])
        now, seconds = time.time(), plan["seconds"]
        plan.update(outcome="completed", starts=now + seconds * QUEUED_PART, ends=now + seconds)
        with self._store.together():
            self._end_tool_step(run, outputs, int(now))
            run.update(status="queued", required_action=None)
            self._store.save(run)
            self._store.save_plan(run["id"], plan, ACTIVE)

    def _due(self, run: Json, now: float) -> Any:
        """The step the run has to take now, if any."""
        when = self.next_step_at(run)
        if when is None or when > now:
            return None
        return {
            "queued": self._begin,
            "in_progress": self._end,
            "requires_action": self._expire,
            "cancelling": self._cancelled,
        }[run["status"]]

    def _begin(self, run: Json, plan: Json) -> None:
        run.update(status="in_progress", started_at=run["started_at"] or int(plan["starts"]))

    def _end(self, run: Json, plan: Json) -> None:
        {
            "completed": self._complete,
            "incomplete": self._stop_short,
            "failed": self._fail,
            "expired": self._expire,
            "requires_action": self._ask,
            "requires_approval": self._ask_approval,
            "hang": self._expire,
        }[plan["outcome"]](run, plan)

    def _complete(self, run: Json, plan: Json) -> None:
        at = int(plan["ends"])
        self._close(run, plan, "completed", self._reply(run, plan), completed_at=at)
        self._speak(run, plan, status="completed", completed_at=at)

    def _stop_short(self, run: Json, plan: Json) -> None:
        at = int(plan["ends"])
        self._close(
            run, plan, "incomplete", self._reply(run, plan), incomplete_details={"reason": "max_completion_tokens"}
        )
        self._speak(
            run,
            plan,
            status="incomplete",
            incomplete_at=at,
            completed_at=None,
            incomplete_details={"reason": "max_tokens"},
        )

    def _fail(self, run: Json, plan: Json) -> None:
        error = {"code": "server_error", "message": plan["text"] or "Sorry, something went wrong."}
        self._close(run, plan, "failed", failed_at=int(plan["ends"]), last_error=error)

    def _expire(self, run: Json, plan: Json) -> None:
        self._drop_tool_step(run, "expired", int(run["expires_at"] or plan["ends"]))
        self._close(run, plan, "expired")

    def _cancelled(self, run: Json, plan: Json) -> None:
        at = int(plan["cancels"])
        self._drop_tool_step(run, "cancelled", at)
        self._close(run, plan, "cancelled", cancelled_at=at)

    def _ask(self, run: Json, plan: Json) -> None:
        """The run needs the outputs of its tool calls; the step that holds them stays in progress until then."""
        functions = _calls(run, plan)
        calls = [{"id": new_id("call_"), "type": "function", "function": each} for each in functions]
        run.update(
            status="requires_action",
            required_action={"type": "submit_tool_outputs", "submit_tool_outputs": {"tool_calls": calls}},
        )
        made = [
            {**call, "function": {**function, "output": None}} for call, function in zip(calls, functions, strict=True)
        ]
        self._add_step(run, {"type": "tool_calls", "tool_calls": made}, "in_progress", int(plan["ends"]))

    def _ask_approval(self, run: Json, plan: Json) -> None:
        """Foundry's way of asking whether the tools of an MCP server may be called."""
        told = plan["tool_calls"] or [{"name": "look_up", "arguments": "{}"}]
        calls = [{"id": new_id("call_"), "type": "mcp", "server_label": "server", **each} for each in told]
        asked = {"type": APPROVAL, APPROVAL: {"tool_calls": calls}}
        run.update(status="requires_action", required_action=asked)
        made = [{**call, "output": None} for call in calls]
        self._add_step(run, {"type": "tool_calls", "tool_calls": made}, "in_progress", int(plan["ends"]))

    def _close(self, run: Json, plan: Json, status: str, reply: str = "", **fields: Any) -> None:
        """The run has ended, and its thread is free."""
        run.update(status=status, expires_at=None, required_action=None, usage=self._usage(run, reply), **fields)
        self._store.save_plan(run["id"], plan, ENDED)

    def _speak(self, run: Json, plan: Json, **fields: Any) -> None:
        """The assistant's message, and the step that made it."""
        at = int(plan["ends"])
        said = objects.message({"role": "assistant", "content": self._reply(run, plan)}, run["thread_id"], at)
        said.update(assistant_id=run["assistant_id"], run_id=run["id"], **fields)
        self._store.add(MESSAGE, said, parent=run["thread_id"], label=run["id"], created_at=at)
        details = {"type": "message_creation", "message_creation": {"message_id": said["id"]}}
        self._add_step(run, details, "completed", at)

    def _add_step(self, run: Json, details: Json, status: str, at: int) -> None:
        self._store.add(RUN_STEP, objects.run_step(run, details, status, at), parent=run["id"], created_at=at)

    def _open_tool_steps(self, run: Json) -> list[Json]:
        return [step for step in self._store.all(RUN_STEP, run["id"]) if step["status"] == "in_progress"]

    def _end_tool_step(self, run: Json, outputs: dict[str, str | None], at: int) -> None:
        for step in self._open_tool_steps(run):
            for call in step["step_details"]["tool_calls"]:
                call.get("function", call)["output"] = outputs[call["id"]]
            step.update(status="completed", completed_at=at, usage=self._usage(run, ""))
            self._store.save(step)

    def _drop_tool_step(self, run: Json, status: str, at: int) -> None:
        for step in self._open_tool_steps(run):
            step.update({"status": status, f"{status}_at": at})
            self._store.save(step)

    def _reply(self, run: Json, plan: Json) -> str:
        """The told text, or an echo of what the user said last."""
        if plan["text"] is not None:
            return str(plan["text"])
        said = [each for each in self._store.all(MESSAGE, run["thread_id"]) if each["role"] == "user"]
        return f"Echo: {objects.text_of(said[-1]) if said else ''}"

    def _usage(self, run: Json, reply: str) -> Json:
        """RunCompletionUsage; a token is a word, so that counts are the same everywhere."""
        messages = self._store.all(MESSAGE, run["thread_id"])
        asked = [run["instructions"], *(objects.text_of(each) for each in messages)]
        prompt = sum(len(text.split()) for text in asked)
        completion = len(reply.split())
        return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _submitted(run: Json, sent: Json) -> dict[str, str | None]:
    """The output of each tool call the run has asked for; a call that was not approved has none."""
    if run["status"] != "requires_action":
        raise ApiError(f'Runs in status "{run["status"]}" do not accept tool outputs.')
    action = run["required_action"]
    wanted = "tool_approvals" if action["type"] == APPROVAL else "tool_outputs"
    if wanted not in sent:
        raise ApiError(f"Missing required parameter: '{wanted}'.", param=wanted, code="missing_required_parameter")
    asked = [call["id"] for call in action[action["type"]]["tool_calls"]]
    given = [each["tool_call_id"] for each in sent[wanted]]
    if sorted(given) != sorted(asked):
        raise ApiError(f"Expected {wanted.replace('_', ' ')} for call_ids {asked}, got {given}", param=wanted)
    return {
        each["tool_call_id"]: each.get("output", "") if each.get("approve", True) else None for each in sent[wanted]
    }


def _calls(run: Json, plan: Json) -> list[dict[str, str]]:
    """The told tool calls, or one of each function the run has, or one of a function nobody declared."""
    if plan["tool_calls"]:
        return list(plan["tool_calls"])
    names = [tool["function"]["name"] for tool in run["tools"] if tool["type"] == "function"]
    return [{"name": name, "arguments": json.dumps({})} for name in names or ["look_up"]]
