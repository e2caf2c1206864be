# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one place that sends a request."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import quote, urlsplit

from . import failures, retry
from .errors import ApiError, BadAnswer, EndpointGone, NotFound, OutOfTime, StreamBroken, WriteRefused
from .families import Family
from .libraries import requests, urllib3
from .pace import Pace
from .reading import json_in
from .route import proxies_to, trusted
from .sendable import one_line
from .session import Session, arriving, is_event_stream, was_outworn
from .settings import Settings
from .stream import Event, events
from .upload import Form, Source

Parameters: TypeAlias = "Mapping[str, Any] | None"


class Answer(NamedTuple):
    """A successful answer: the JSON object, the response headers, and what an error about it holds."""

    body: dict[str, Any]
    headers: Mapping[str, str]
    facts: Mapping[str, Any]


def path_of(template: str, **ids: str) -> str:
    """An API path with its ids filled in, escaped so that no id can name another path."""
    return template.format(**{name: quote(str(value), safe="") for name, value in ids.items()})


class Client:
    """Speaks to one server; every failure is an OpenAIError.

    In check mode it refuses to send anything but GET, whatever its callers do.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        check_mode: bool = False,
        session: Session | None = None,
        sleep: Callable[[float], None] = time.sleep,
        tell: Callable[[str], None] = lambda message: None,
    ) -> None:
        self.settings = settings
        self.check_mode = check_mode
        self.family: Family | None = None
        self.sleep = sleep
        self._session = session or Session()
        self._say = tell
        self._end = math.inf
        self._pace: Pace | None = None
        self._proxies = proxies_to(settings.base_url)
        self._verify = trusted(settings.ca_path) if settings.validate_certs else False

    def within(self, family: Family) -> Client:
        """The same client for the paths of one family: without one, it sends nothing."""
        inner = copy(self)
        inner.family = family
        return inner

    def side_by_side(self, parallel: int) -> Client:
        """The same client for up to that many threads at once."""
        inner = copy(self)
        inner._pace = Pace(parallel, self.settings.max_retries)
        return inner

    def for_seconds(self, seconds: float) -> Client:
        """The same client, for that many seconds from now: a pause beyond them is cut, and ends in OutOfTime."""
        inner = copy(self)
        inner._end = time.monotonic() + seconds
        return inner

    def tell(self, news: str) -> None:
        """Shows what is worth knowing while a task goes on: all of it that comes from outside leaves here."""
        self._say(one_line(self.settings.hide(news)))

    def get(self, path: str, query: Parameters = None) -> Answer:
        """GET an object or a page."""
        return self._request("GET", path, query=query)

    def post(self, path: str, body: Parameters = None, query: Parameters = None) -> Answer:
        """POST a creation, a modification or an action."""
        return self._request("POST", path, query=query, body=body)

    def upload(self, path: str, fields: Mapping[str, str], source: Source) -> Answer:
        """POST a file, with the fields of a form beside it."""
        return self._request("POST", path, form=lambda: Form(fields, source, self.tell))

    def delete(self, path: str) -> Answer:
        """DELETE an object."""
        return self._request("DELETE", path)

    def stream(
        self, path: str, body: Mapping[str, Any], query: Parameters = None, *, timeout: float
    ) -> Iterator[Event]:
        """POST an action, and yield what the server tells of it until its end.

        Raises StreamBroken once events have come and no more do for `timeout` seconds, or the connection is lost.
        """
        response, _attempt = self._accepted("POST", path, query, body, stream=True, timeout=timeout)
        with response:
            if not is_event_stream(response):
                yield Event("", _object_in(response, self.settings.hide))  # it has ignored that a stream was wanted
                return
            try:
                for event in events(self._in_time(path, response, timeout)):
                    if event.is_error:
                        raise failures.told_in_stream(response, event.data, self.settings.hide)
                    yield event
            except (requests.RequestException, ValueError) as failure:
                reason = self.settings.hide(failures.root_reason(failure))
                raise self.stream_broken(path, f"broke: {reason}") from failure

    def _in_time(self, path: str, response: requests.Response, seconds: float) -> Iterator[bytes]:
        """The stream's pieces. A comment keeps a connection alive, and not a task."""
        end = time.monotonic() + seconds
        for piece in arriving(response, seconds):
            yield piece
            if time.monotonic() > end:
                raise self.stream_broken(path, f"has not ended after {seconds:g} seconds")

    def stream_broken(self, path: str, how: str) -> StreamBroken:
        """The failure of an event stream that has ended too early."""
        url = self.settings.url(path)
        return StreamBroken(f"the event stream of POST {url} {how}", method="POST", url=url)

    def _request(
        self, method: str, path: str, *, query: Parameters = None, body: Parameters = None, **how: Any
    ) -> Answer:
        """The object that a call is answered with. What does no harm twice is asked again where none can be read."""
        attempt = 0
        while True:
            response, attempt = self._accepted(method, path, query, body, attempts=attempt, **how)
            try:
                return Answer(_object_in(response, self.settings.hide), response.headers, failures.facts_of(response))
            except BadAnswer as unreadable:
                if method == "POST" or attempt > self.settings.max_retries:
                    raise
                self.pause(attempt, str(unreadable))

    def _accepted(
        self, method: str, path: str, query: Parameters, body: Parameters, **how: Any
    ) -> tuple[requests.Response, int]:
        """The successful answer to a request, and at which attempt it came; any other is raised as what it means."""
        if self.check_mode and method != "GET":
            raise WriteRefused(f"check mode: the client refused to send {method} {path}", method=method)
        response, attempt = self._send_until_settled(method, path, query, body, **how)
        if response.status_code == 404:
            raise self._not_found(path, response)
        if not _is_success(response):
            raise failures.refused(response, self.settings.hide)
        return response, attempt

    def _send_until_settled(
        self, method: str, path: str, query: Parameters, body: Parameters, *, attempts: int = 0, **how: Any
    ) -> tuple[requests.Response, int]:
        """The last answer after as many retries as the rules allow, and the number of the attempt."""
        for attempt in range(attempts + 1, self.settings.max_retries + 2):
            last = attempt > self.settings.max_retries
            if self._pace:
                self._keep_pace(self._pace)
            try:
                response = self._send(method, path, query, body, **how)
            except (OSError, ValueError, urllib3.exceptions.HTTPError) as failure:  # requests' own are OSErrors
                error = failures.unanswered(method, self.settings.url(path), failure, self.settings.hide)
                self._check_time(str(error))
                if last or not retry.failure_is_repeatable(method, failure) or not self._may_retry():
                    raise error from failure
                self.pause(attempt, str(error))
                continue
            if response.ok and self._pace:
                self._pace.earn()
            repeatable = retry.status_is_repeatable(method, response.status_code, response.headers)
            if response.ok or last or not repeatable or not self._may_retry():
                return response, attempt
            self._put_off(attempt, response)
        raise AssertionError("the last attempt returns or raises")  # pragma: no cover

    def _send(
        self,
        method: str,
        path: str,
        query: Parameters,
        body: Parameters,
        *,
        stream: bool = False,
        timeout: float | None = None,
        form: Callable[[], Form] | None = None,
    ) -> requests.Response:
        left = max(0.1, self._end - time.monotonic())
        while True:
            sent = form() if form else None
            kind = {"Content-Type": sent.content_type} if sent else {}
            try:
                return self._session.request(
                    method,
                    self.settings.url(path),
                    params={**self.settings.query(), **(query or {})},
                    json=body,
                    data=sent,
                    headers={**self._family.headers(), **self.settings.headers(), **kind},
                    timeout=min(self.settings.timeout, timeout or self.settings.timeout, left),
                    stream=stream,
                    allow_redirects=False,
                    proxies=self._proxies,
                    verify=self._verify,
                )
            except requests.ConnectionError as failure:
                if method == "POST" or not was_outworn(failure):
                    raise

    @property
    def _family(self) -> Family:
        if self.family is None:
            raise AssertionError("a path belongs to a family: ask client.within(family)")
        return self.family

    def pause(self, attempt: int, why: str, headers: Parameters = None) -> None:
        """Waits before the next attempt, as long as an answer asks for.

        Raises WaitTooLong if that is longer than it may be, OutOfTime if it is longer than the task may take.
        """
        seconds = retry.delay(attempt, headers or {}, self.settings.retry_max_delay)
        left = self._end - time.monotonic()
        if seconds >= left:
            self.sleep(max(0.0, left))
            raise OutOfTime(f"{why}; no time is left to go on")
        self.tell(f"{why}; going on in {seconds:.1f} seconds")
        if self._pace and retry.asked_delay(headers or {}):
            self._pace.hold(seconds)
        self.sleep(seconds)

    def _may_retry(self) -> bool:
        return self._pace is None or self._pace.spend()

    def _keep_pace(self, pace: Pace) -> None:
        left = min(pace.left(), self._end - time.monotonic())
        if left > 0:
            self.sleep(left)

    def _check_time(self, why: str) -> None:
        if time.monotonic() >= self._end:
            raise OutOfTime(f"{why}; no time is left to go on")

    def _put_off(self, attempt: int, response: requests.Response) -> None:
        try:
            self.pause(attempt, f"{failures.call_of(response)} answered {response.status_code}", response.headers)
        except retry.WaitTooLong as too_long:
            error = failures.refused(response, self.settings.hide)
            error.add(str(too_long))
            raise error from too_long

    def _not_found(self, path: str, response: requests.Response) -> ApiError:
        """Tells a missing object from an endpoint that the server does not offer, by asking for the family's list."""
        probe = self._family.probe
        error = failures.refused(response, self.settings.hide)
        probed, _attempt = self._send_until_settled("GET", probe, {"limit": 1}, None)
        if probed.status_code == 404:
            return self._gone(response, error)
        if _is_success(probed) or retry.is_final_refusal(probed.status_code):
            return NotFound(str(error), **error.details)
        unclear = failures.refused(probed, self.settings.hide)
        unclear.add(f"so it cannot be told whether {failures.call_of(response)} answered 404 for want of the object")
        return unclear

    def _gone(self, response: requests.Response, error: ApiError) -> EndpointGone:
        host = urlsplit(self.settings.base_url).hostname
        why = self._family.closed.get(host or "")
        return EndpointGone(
            f"{failures.call_of(response)} answered 404, and so did GET {self._family.probe}: {host} does not offer "
            f"this endpoint{f' ({why})' if why else ''}; point base_url (with api_version and auth_scheme, where it "
            "needs them) at a server that does",
            **error.details,
        )


def _is_success(response: requests.Response) -> bool:
    return 200 <= response.status_code < 300


def _object_in(response: requests.Response, hide: failures.Hide) -> dict[str, Any]:
    """The JSON object that a successful answer holds; without a word, a deletion is done, and an update was taken."""
    if response.status_code == 204 and response.request.method != "GET":
        return {"deleted": True} if response.request.method == "DELETE" else {}
    try:
        body = json_in(response.content)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise failures.no_object(response, hide)
    return body
