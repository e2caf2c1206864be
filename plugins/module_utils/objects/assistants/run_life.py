# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The life of a run: started, waited for, answered when it asks, read when it has ended, cancelled."""

from __future__ import annotations

from ...api.client import Answer, Client
from ...api.errors import OpenAIError, StreamBroken, carrying
from ...engine.find import listed
from ...engine.life import Life
from ...engine.plan import KNOWN_AFTER_APPLY, Json
from ...engine.wait import WaitTimeout, until_stopped
from ...engine.wish import Wish
from ...engine.write import send_until_settled
from . import message
from .active_run import MOVING, RUN, STOPPED, answers_about, cancel, make_room, path_to
from .required_action import answer_to, as_told

FAILED = ("failed", "cancelled", "expired", "incomplete")

SET_ON_THE_WAY = (
    "status",
    "required_action",
    "last_error",
    "incomplete_details",
    "completed_at",
    "cancelled_at",
    "failed_at",
    "expires_at",
    "usage",
)
"""The fields that change while a run is at work."""


class RunFailed(OpenAIError):
    """A run came to an end that is none of its purposes."""


class RunLife(Life):
    """A run works by itself, asks for what it needs, and ends; it is cancelled, and stays."""

    removal = "cancel"
    moving = MOVING
    ended = STOPPED
    set_by_end = ("cancelled_at", "expires_at", "required_action", "usage")
    predicted_results = {"messages": [message.PREDICTED_REPLY], "reply": KNOWN_AFTER_APPLY}

    def create(self, client: Client, path: str, payload: Json, wish: Wish) -> Answer:
        """Starts the run; with `stream` it is at its stop already, as the server's events tell of it."""
        query = {"include[]": wish.options["include"]} if wish.options["include"] else None
        if _streams(wish):
            return _last_told(client, path, payload, query, wish)
        return client.post(path, payload, query)

    def starts_anew(self, found: Json, wish: Wish) -> bool:
        """Whether a run that was found by its key has failed, and the task wants another one then."""
        return wish.object_id is None and wish.options["rerun"] == "failed" and found["status"] in FAILED

    def make_room(self, client: Client, wish: Wish) -> bool:
        """Does with the thread's active run what `on_active_run` says."""
        return make_room(client, wish)

    def follow_up(self, client: Client, wire_object: Json, wish: Wish) -> Json:
        """Brings the run to its stop as the task says, and adds what it wrote.

        Raises RunFailed, WaitTimeout or InvalidTask, each carrying the run.
        """
        run = _stopped(client, wire_object, wish)
        with carrying(run=run):
            answer = answer_to(run, wish.options) if run["status"] == "requires_action" else None
        if answer is None:
            return _written(client, run, wish)
        change = {"changed": True, "diff": {"before": {key: [] for key in answer}, "after": as_told(answer)}}
        if wish.check_mode:
            by_then = {**run, **dict.fromkeys(SET_ON_THE_WAY, KNOWN_AFTER_APPLY)}
            return {"run": by_then, **change, **self.predicted_results}
        run = _submit(client, run, answer, wish)
        with carrying(run=run, **change):
            return {**_written(client, _stopped(client, run, wish), wish), **change}


def _streams(wish: Wish) -> bool:
    return bool(wish.options["stream"] and wish.options["wait"])


def _last_told(client: Client, path: str, payload: Json, query: Json | None, wish: Wish) -> Answer:
    """The run as the events of a stream last told of it: stopped, unless the stream broke or time ran out."""
    run: Json | None = None
    timeout = max(1.0, wish.deadline.left)
    try:
        for event in client.stream(path, {**payload, "stream": True}, query, timeout=timeout):
            if event.data.get("object") == RUN:
                run = event.data
            if wish.deadline.left <= 0 or (run and run.get("status") not in MOVING):
                break
    except OpenAIError as failure:
        if run is None or not isinstance(failure, StreamBroken):
            failure.result = {"changed": True, "run": run} if run else {}
            raise
    if run is None:
        raise client.stream_broken(path, "ended without telling of a run")
    return Answer(run, {}, {"method": "POST", "url": client.settings.url(path)})


def _stopped(client: Client, run: Json, wish: Wish) -> Json:
    """The run at its stop, or as it is where the task does not wait."""
    if wish.check_mode or not wish.options["wait"]:
        return run
    try:
        return until_stopped(client, path_to(run), answers_about(run), run, MOVING, wish.deadline, "run")
    except WaitTimeout as timeout:
        if wish.options["cancel_on_timeout"]:
            reached = cancel(client, run)
            timeout.result = {"changed": True, "run": reached}
            cancelled = reached["status"] in ("cancelling", "cancelled")
            timeout.add(f"{'so it was cancelled' if cancelled else 'cancelling it came too late'} (cancel_on_timeout)")
        raise


def _submit(client: Client, run: Json, answer: Json, wish: Wish) -> Json:
    """Hands the answer in; returns the run as it goes on."""
    path, checked = f"{path_to(run)}/submit_tool_outputs", answers_about(run)

    def send() -> Json:
        return checked(_last_told(client, path, answer, None, wish) if _streams(wish) else client.post(path, answer))

    def look() -> Json | None:
        seen = checked(client.get(path_to(run)))
        return None if seen["status"] == "requires_action" else seen

    return send_until_settled(client, send, look)


def _written(client: Client, run: Json, wish: Wish) -> Json:
    """The run with what it wrote. Raises RunFailed if it came to no good end."""
    if run["status"] in FAILED and wish.options["fail_on_status"]:
        raise _failure(run, wish)
    messages = []
    if run["status"] in ("completed", "incomplete"):
        scope, filters = {"thread_id": run["thread_id"]}, {"run_id": run["id"]}
        with carrying(run=run):
            messages = list(listed(client, message.RESOURCE, scope, {"order": "asc"}, filters))
    return {"run": run, "messages": messages, "reply": reply_of(messages)}


def reply_of(messages: list[Json]) -> str:
    """What some messages say in words, those of a refusal included, an empty line between two parts."""
    parts = [part for one in messages for part in one.get("content") or () if isinstance(part, dict)]
    return "\n\n".join(words for words in map(_words, parts) if words)


def _words(part: Json) -> str:
    said = part.get("text") if part.get("type") == "text" else part.get("refusal")
    words = said.get("value") if isinstance(said, dict) else said
    return words if isinstance(words, str) else ""


def _failure(run: Json, wish: Wish) -> RunFailed:
    error = _said(run, "last_error")
    reason = error.get("message") or _said(run, "incomplete_details").get("reason")
    code = error.get("code")
    because = ": " + " - ".join(str(part) for part in (code, reason) if part) if code or reason else ""
    again = "; its run_key finds it again, unless rerun is failed" if wish.options["run_key"] else ""
    said = f"run {run['id']} ended {run['status']}{because}{again}"
    failure = RunFailed(said, code=code or run["status"], message=reason)
    failure.result = {"run": run}
    return failure


def _said(run: Json, field: str) -> Json:
    """What a field of the run says, where it is one that says something."""
    found = run.get(field)
    return found if isinstance(found, dict) else {}
