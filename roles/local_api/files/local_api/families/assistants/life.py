# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How a run walks its statuses.

When a run is created it gets a plan (when it starts, when and how it ends), and whoever reads it or its thread later
first lets it take the steps that are due. So a run's status is a function of time, the times written are those of the
plan, nothing happens in the background, and a restart loses nothing.

A run that a model answers is the same with a plan that is open: by time alone it expires. It has a job besides, and
whoever does that says how the plan goes on once the model has answered (``settle``).
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from local_api.core.dialects import usage
from local_api.core.errors import ApiError
from local_api.core.jobs import Job, Jobs
from local_api.core.kinds import new_id
from local_api.core.store import Json, Store

from . import objects
from .kinds import MESSAGE, RUN, RUN_STEP

ACTIVE = "active"  # label of a run that locks its thread
ENDED = "ended"
CANCELLABLE = ("queued", "in_progress", "requires_action")
APPROVAL = "submit_tool_approval"
RUNS = "runs"  # what is told about them
LIVE = "live"  # the outcome of a run whose model has not answered yet
QUEUED_PART = 0.25  # of a run's seconds; cancelling takes as long


@dataclass(frozen=True)
class RunOutcome:
    """How a run is to end."""

    outcome: str = "completed"
    text: str | None = None
    tool_calls: list[dict[str, str]] | None = None


@dataclass
class Draft:
    """What the model has said so far in an answer that is not over."""

    step: Json | None = None
    text: str = ""


class RunLife:
    """The runs of a store, always up to date when looked at."""

    def __init__(self, store: Store, jobs: Jobs, live: bool) -> None:
        """With ``live``, a model answers the runs about which nothing was told."""
        self._store = store
        self._jobs = jobs
        self._usual = RunOutcome(LIVE) if live else RunOutcome()
        self._drafts: dict[str, Draft] = {}
        self._bells: WeakValueDictionary[str, asyncio.Event] = WeakValueDictionary()

    def start(self, run: Json, told: RunOutcome | None, seconds: float) -> None:
        """Keep a new run, and what is to become of it."""
        now = time.time()
        told = told or self._usual
        plan = {
            "starts": now + seconds * QUEUED_PART,
            "ends": now + seconds,
            "seconds": seconds,
            "outcome": told.outcome,
            "text": told.text,
            "tool_calls": told.tool_calls,
        }
        if told.outcome == LIVE:
            plan.update(live=True, usage=usage(0, 0))
        self._store.add(RUN, run, parent=run["thread_id"], label=ACTIVE, created_at=run["created_at"], plan=plan)
        if told.outcome == LIVE:
            self._jobs.add(run["id"], run["thread_id"])

    def catch_up(self, thread_id: str) -> None:
        """Let the thread's run take the steps that are due."""
        now = time.time()
        for run in self._store.all(RUN, thread_id, ACTIVE):
            with self._store.together():
                while step := self._due(run, now):
                    self._take(step, run)

    def active_run(self, thread_id: str) -> str | None:
        """The id of the run that locks the thread."""
        self.catch_up(thread_id)
        active = self._store.all(RUN, thread_id, ACTIVE)
        return active[0]["id"] if active else None

    def next_step_at(self, run: Json) -> float | None:
        """When the run's status changes next, if time alone changes it."""
        plan = self._store.plan(run["id"])
        outcome = plan.get("outcome")
        times = {
            "queued": run["expires_at"] if outcome == LIVE else plan.get("starts"),
            "in_progress": run["expires_at"] if outcome in (LIVE, "hang") else plan.get("ends"),
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
        with self._store.together():
            self._store.save(run)
            self._store.save_plan(run["id"], plan, ACTIVE)
            self._jobs.drop(run["id"])
        self.ring(run["id"])

    def submit(self, run: Json, sent: Json) -> None:
        """POST .../submit_tool_outputs: the run is queued again, and walks on to completed."""
        outputs = _submitted(run, sent)
        plan = self._store.plan(run["id"])
        now, seconds = time.time(), plan["seconds"]
        live = plan.get("live", False)
        plan.update(outcome=LIVE if live else "completed", starts=now + seconds * QUEUED_PART, ends=now + seconds)
        with self._store.together():
            self._end_tool_step(run, plan, outputs, int(now))
            run.update(status="queued", required_action=None)
            self._store.save(run)
            self._store.save_plan(run["id"], plan, ACTIVE)
            if live:
                self._jobs.add(run["id"], run["thread_id"])
        self.ring(run["id"])

    def begin(self, job: Job) -> Json | None:
        """The run of a job, in progress, without what an earlier try has left; None when there is nothing to answer."""
        self.catch_up(job.parent)
        run = self._store.get(RUN, job.id, job.parent)
        if run is None or run["status"] not in ("queued", "in_progress"):
            self._jobs.drop(job.id)
            return None
        with self._store.together():
            for step in self._open_steps(run, "message_creation"):
                self._store.delete(_message_id(step))
                self._store.delete(step["id"])
            run.update(status="in_progress", started_at=run["started_at"] or int(time.time()))
            self._store.save(run)
        self._drafts[run["id"]] = Draft()
        self.ring(run["id"])
        return run

    def say(self, run: Json, piece: str) -> None:
        """A piece of a run's answer. The first one opens the message; all of them are written at its end."""
        draft = self._drafts.get(run["id"])
        if draft is None or self._store.read(RUN, run["id"], run["thread_id"]) is None:
            return
        if draft.step is None:
            with self._store.together():
                draft.step = self._open_message(run, int(time.time()))
        draft.text += piece
        self.ring(run["id"])

    def settle(self, job: Job, **end: Any) -> None:
        """How a run goes on now that its model has answered: fields of its plan, and the usage of the answer.

        All of it is written together with the end of the job, or nothing when the job is not ours any more.
        """
        with self._store.together():
            run = self._store.get(RUN, job.id, job.parent)
            if not self._jobs.finish(job.id) or run is None:
                return
            plan = self._store.plan(run["id"])
            before, turn = plan["usage"], end.pop("usage")
            plan.update(end, ends=time.time(), turn=turn, usage={name: before[name] + turn[name] for name in before})
            self._store.save_plan(run["id"], plan, ACTIVE)
            self._take(self._end, run)

    def used(self, run: Json) -> Json:
        """The usage of a run that a model answers, so far."""
        counted: Json = self._store.plan(run["id"])["usage"]
        return counted

    def said(self, run_id: str) -> str:
        """What has been said so far in an answer that is not over."""
        draft = self._drafts.get(run_id)
        return draft.text if draft else ""

    def forget(self, run_id: str) -> None:
        """Nobody answers the run any more."""
        self._drafts.pop(run_id, None)

    def bell(self, run_id: str) -> asyncio.Event:
        """What is set when something has happened to a run. Taken before one looks, it misses nothing."""
        bell = self._bells.get(run_id) or asyncio.Event()
        self._bells[run_id] = bell
        return bell

    def ring(self, run_id: str) -> None:
        """Wake those who wait for something to happen to a run."""
        bell = self._bells.pop(run_id, None)
        if bell is not None:
            bell.set()

    def _take(self, step: Any, run: Json) -> None:
        """Let a run take a step."""
        step(run, self._store.plan(run["id"]))
        self._store.save(run)
        self.ring(run["id"])

    def _due(self, run: Json, now: float) -> Any:
        """The step the run has to take now, if any."""
        when = self.next_step_at(run)
        if when is None or when > now:
            return None
        waits_for_model = self._store.plan(run["id"])["outcome"] == LIVE
        return {
            "queued": self._expire if waits_for_model else self._begin,
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
            LIVE: self._expire,
        }[plan["outcome"]](run, plan)

    def _complete(self, run: Json, plan: Json) -> None:
        at = int(plan["ends"])
        reply = self._reply(run, plan)
        self._close(run, plan, "completed", reply, completed_at=at)
        self._speak(run, plan, reply, status="completed", completed_at=at)

    def _stop_short(self, run: Json, plan: Json) -> None:
        reply = self._reply(run, plan)
        reason = plan.get("reason", "max_completion_tokens")
        self._close(run, plan, "incomplete", reply, incomplete_details={"reason": reason})
        if reply or not plan.get("live"):
            self._speak(run, plan, reply, **_incomplete("max_tokens", int(plan["ends"])))

    def _fail(self, run: Json, plan: Json) -> None:
        at = int(plan["ends"])
        error = {"code": plan.get("code", "server_error"), "message": plan["text"] or "Sorry, something went wrong."}
        self._drop_steps(run, "failed", at, plan.get("why", "run_failed"), last_error=error)
        self._close(run, plan, "failed", failed_at=at, last_error=error)

    def _expire(self, run: Json, plan: Json) -> None:
        self._drop_steps(run, "expired", int(run["expires_at"] or plan["ends"]), "run_expired")
        self._close(run, plan, "expired")

    def _cancelled(self, run: Json, plan: Json) -> None:
        at = int(plan["cancels"])
        self._drop_steps(run, "cancelled", at, "run_cancelled")
        self._close(run, plan, "cancelled", cancelled_at=at)

    def _ask(self, run: Json, plan: Json) -> None:
        """The run needs the outputs of its tool calls; the step that holds them stays in progress until then."""
        if plan.get("live") and plan["text"]:
            self._speak(run, plan, plan["text"], status="completed", completed_at=int(plan["ends"]))
        calls = plan.get("calls") or [
            {"id": new_id("call_"), "type": "function", "function": each} for each in _calls(run, plan)
        ]
        run.update(
            status="requires_action",
            required_action={"type": "submit_tool_outputs", "submit_tool_outputs": {"tool_calls": calls}},
        )
        made = [{**call, "function": {**call["function"], "output": None}} for call in calls]
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
        counted = plan.get("usage") or self._usage(run, reply)
        run.update(status=status, expires_at=None, required_action=None, usage=counted, **fields)
        self._store.save_plan(run["id"], plan, ENDED)
        self._jobs.drop(run["id"])
        self.forget(run["id"])

    def _speak(self, run: Json, plan: Json, reply: str, **fields: Any) -> None:
        """The assistant's message, and the step that made it; both are there already when a model has spoken."""
        at = int(plan["ends"])
        step = next(iter(self._open_steps(run, "message_creation")), None) or self._open_message(run, at)
        self._write(step, reply, **fields)
        step.update(status="completed", completed_at=at, usage=plan.get("turn") or run["usage"])
        self._store.save(step)

    def _open_message(self, run: Json, at: int) -> Json:
        """A message that is about to be spoken; the step that makes it."""
        said = objects.message({"role": "assistant", "content": []}, run["thread_id"], at)
        said.update(assistant_id=run["assistant_id"], run_id=run["id"], status="in_progress", completed_at=None)
        self._store.add(MESSAGE, said, parent=run["thread_id"], label=run["id"], created_at=at)
        details = {"type": "message_creation", "message_creation": {"message_id": said["id"]}}
        return self._add_step(run, details, "in_progress", at)

    def _write(self, step: Json, text: str, **fields: Any) -> None:
        """What a message says in the end, unless it was deleted meanwhile."""
        message = self._store.get(MESSAGE, _message_id(step), step["thread_id"])
        if message is not None:
            message.update(content=objects.content(text), **fields)
            self._store.save(message)

    def _add_step(self, run: Json, details: Json, status: str, at: int) -> Json:
        step = objects.run_step(run, details, status, at)
        self._store.add(RUN_STEP, step, parent=run["id"], created_at=at)
        return step

    def _open_steps(self, run: Json, kind: str | None = None) -> list[Json]:
        steps = self._store.all(RUN_STEP, run["id"])
        return [step for step in steps if step["status"] == "in_progress" and kind in (None, step["type"])]

    def _end_tool_step(self, run: Json, plan: Json, outputs: dict[str, str | None], at: int) -> None:
        for step in self._open_steps(run, "tool_calls"):
            for call in step["step_details"]["tool_calls"]:
                call.get("function", call)["output"] = outputs[call["id"]]
            step.update(status="completed", completed_at=at, usage=plan.get("turn") or self._usage(run, ""))
            self._store.save(step)

    def _drop_steps(self, run: Json, status: str, at: int, why: str, **fields: Any) -> None:
        """Steps that do not come to their end; what was said until then is kept."""
        for step in self._open_steps(run):
            if step["type"] == "message_creation":
                self._write(step, self.said(run["id"]), **_incomplete(why, at))
            step.update({"status": status, f"{status}_at": at, **fields})
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
        return usage(prompt, completion)


def _message_id(step: Json) -> str:
    """The message that a step makes."""
    made: str = step["step_details"]["message_creation"]["message_id"]
    return made


def _incomplete(why: str, at: int) -> Json:
    """The fields of a message that was not said to its end."""
    return {"status": "incomplete", "incomplete_at": at, "completed_at": None, "incomplete_details": {"reason": why}}


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
