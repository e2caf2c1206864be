# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one run that may be at work on a thread: while there is one, the thread takes no messages and no runs."""

from __future__ import annotations

from typing import Annotated, Literal

from ...api.client import Answer, Client, path_of
from ...api.errors import OpenAIError
from ...api.models import WireObject, received
from ...api.pages import walk
from ...engine import write
from ...engine.fields import Shown, ShownObject, TaskOptions
from ...engine.plan import Json
from ...engine.wait import until_stopped
from ...engine.wish import Wish

RUN = "thread.run"
"""The kind of object that a run is."""

MOVING = ("queued", "in_progress", "cancelling")
"""Statuses that the server itself will end."""

ACTIVE = (*MOVING, "requires_action")

STOPPED = ("completed", "failed", "cancelled", "expired", "incomplete", "cancelling")
"""Statuses in which there is nothing left to cancel."""


class ThreadOptions(TaskOptions):
    """What a task does about a run that keeps it from the thread."""

    on_active_run: Literal["fail", "wait", "cancel"] = "fail"
    """
    - What to do if another run is at work on the thread. The server then refuses new messages and runs.
    - Only a refusal makes the module look for such a run, which costs one read. In check mode it always looks, and
      neither waits nor cancels.
    - fail: The task fails and returns the run as RV(active_run).
      wait: Wait until the run has stopped. The task fails if the run waits for the output of functions.
      cancel: Cancel the run, and wait until it has ended.
    """

    wait_timeout: float = 600
    """
    - The seconds to wait for the other run, with O(on_active_run=wait) and O(on_active_run=cancel). After that the
      task fails and returns that run as RV(active_run), as it was last read.
    """


class ThreadResults(ShownObject):
    """What a task returns that a run keeps from the thread."""

    active_run: Annotated[
        Json,
        Shown(
            {"id": "run_5ad3e8c07f16", "status": "in_progress"},
            when="failure, if O(on_active_run) does not get the run out of the way, or not within O(wait_timeout)",
        ),
    ]
    """
    - The run that is at work on the thread and keeps the task from it, as it was last read.
    - Its keys are those of RV(aiops.openai.openai_thread_run_info#module:runs).
    """


class ActiveRun(WireObject):
    """What has to be known of a run to get it out of the way."""

    status: str
    thread_id: str


class ThreadBusy(OpenAIError):
    """A run is at work on the thread, and the task does not say what to do about it."""


def make_room(client: Client, wish: Wish) -> bool:
    """Does with the thread's active run what `on_active_run` says; whether there was one.

    Raises ThreadBusy if that is to fail, or if the run waits for tool outputs that waiting will not bring.
    In check mode it waits for nothing and cancels nothing.
    """
    thread_id = wish.scope.get("thread_id")
    run = _active_run(client, thread_id) if thread_id else None
    if run is None:
        return False
    action = wish.options["on_active_run"]
    if action == "fail" or (action == "wait" and run["status"] == "requires_action"):
        raise _busy(run, action)
    if not wish.check_mode:
        if action == "cancel" and run["status"] != "cancelling":
            run = cancel(client, run)
        until_stopped(client, path_to(run), answers_about(run), run, MOVING, wish.deadline, "active_run")
    return True


def cancel(client: Client, run: Json) -> Json:
    """Cancels the run; returns it as it is cancelling, or has ended by itself."""
    return write.cancel(client, path_to(run), answers_about(run), STOPPED)


def path_to(run: Json) -> str:
    """The API path of a run."""
    return path_of("/threads/{thread_id}/runs/{id}", thread_id=run["thread_id"], id=run["id"])


def answers_about(run: Json) -> write.Check:
    """Takes the run out of answers, as long as they are about this one."""
    return lambda answer: _received(answer, run["thread_id"], run["id"])


def _received(answer: Answer, thread_id: str, run_id: str) -> Json:
    return received(answer, RUN, ActiveRun, {"thread_id": thread_id, "id": run_id})


def _active_run(client: Client, thread_id: str) -> Json | None:
    """The newest runs hold it: a thread has no two at work."""
    path = path_of("/threads/{thread_id}/runs", thread_id=thread_id)
    mine = walk(client, path, {"order": "desc"}, max_items=20, kept=lambda run: run.get("thread_id") == thread_id)
    active = next((run for run in mine if run.get("status") in ACTIVE), None)
    facts = {"url": client.settings.url(path), "method": "GET"}
    return active and received(Answer(active, {}, facts), RUN, ActiveRun, {"thread_id": thread_id})


def _busy(run: Json, action: str) -> ThreadBusy:
    thread, state = run["thread_id"], f"its run {run['id']} is {run['status']}"
    advice = "submit its tool_outputs" if action == "wait" else "set on_active_run to wait or cancel"
    busy = ThreadBusy(f"thread {thread} takes no messages and no runs while {state}: {advice}", code="active_run")
    busy.result = {"active_run": run}
    return busy
