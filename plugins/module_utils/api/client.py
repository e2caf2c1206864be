# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one place that sends a request."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import quote, urlsplit

from . import failures, retry
from .errors import ApiError, EndpointGone, NotFound, StreamBroken, WriteRefused
from .families import Family
from .libraries import requests
from .settings import Settings
from .stream import Event, events

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
        session: requests.Session | None = None,
        sleep: Callable[[float], None] = time.sleep,
        tell: Callable[[str], None] = lambda message: None,
    ) -> None:
        self.settings = settings
        self.check_mode = check_mode
        self.family: Family | None = None
        self._session = session or requests.Session()
        self.sleep = sleep
        self.tell = tell
        """Takes what is worth knowing while a task goes on."""

    def within(self, family: Family) -> Client:
        """The same client for the paths of one family: without one, it sends nothing."""
        inner = copy(self)
        inner.family = family
        return inner

    def get(self, path: str, query: Parameters = None) -> Answer:
        """GET an object or a page."""
        return self._request("GET", path, query=query)

    def post(self, path: str, body: Parameters = None, query: Parameters = None) -> Answer:
        """POST a creation, a modification or an action."""
        return self._request("POST", path, query=query, body=body)

    def delete(self, path: str) -> Answer:
        """DELETE an object."""
        return self._request("DELETE", path)

    def stream(
        self, path: str, body: Mapping[str, Any], query: Parameters = None, *, timeout: float
    ) -> Iterator[Event]:
        """POST an action, and yield what the server tells of it until its end.

        Raises StreamBroken once events have come and no more do for `timeout` seconds, or the connection is lost.
        """
        with self._accepted("POST", path, query, body, stream=True, timeout=timeout) as response:
            try:
                yield from events(response.iter_lines(chunk_size=None))
            except requests.RequestException as failure:
                reason = self.settings.hide(failures.root_reason(failure))
                raise self.stream_broken(path, f"broke: {reason}") from failure

    def stream_broken(self, path: str, how: str) -> StreamBroken:
        """The failure of an event stream that has ended too early."""
        url = self.settings.url(path)
        return StreamBroken(f"the event stream of POST {url} {how}", method="POST", url=url)

    def _request(self, method: str, path: str, *, query: Parameters = None, body: Parameters = None) -> Answer:
        response = self._accepted(method, path, query, body)
        return Answer(_object_in(response), response.headers, failures.facts_of(response))

    def _accepted(self, method: str, path: str, query: Parameters, body: Parameters, **how: Any) -> requests.Response:
        """The successful answer to a request; any other is raised as what it means."""
        if self.check_mode and method != "GET":
            raise WriteRefused(f"check mode: the client refused to send {method} {path}", method=method)
        response = self._send_until_settled(method, path, query, body, **how)
        if response.status_code == 404:
            raise self._not_found(path, response)
        if not _is_success(response):
            raise failures.refused(response, self.settings.hide)
        return response

    def _send_until_settled(
        self, method: str, path: str, query: Parameters, body: Parameters, **how: Any
    ) -> requests.Response:
        """The last answer after as many retries as the rules allow."""
        for attempt in range(1, self.settings.max_retries + 2):
            last = attempt > self.settings.max_retries
            try:
                response = self._send(method, path, query, body, **how)
            except requests.RequestException as failure:
                error = failures.unanswered(method, self.settings.url(path), failure, self.settings.hide)
                if last or not retry.failure_is_repeatable(method, failure):
                    raise error from failure
                self.pause(attempt, str(error))
                continue
            if response.ok or last or not retry.status_is_repeatable(method, response.status_code, response.headers):
                return response
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
    ) -> requests.Response:
        return self._session.request(
            method,
            self.settings.url(path),
            params={**self.settings.query(), **(query or {})},
            json=body,
            headers={**self._family.headers(), **self.settings.headers()},
            auth=_no_netrc,
            timeout=min(self.settings.timeout, timeout or self.settings.timeout),
            stream=stream,
            allow_redirects=False,
            verify=(self.settings.ca_path or True) if self.settings.validate_certs else False,
        )

    @property
    def _family(self) -> Family:
        if self.family is None:
            raise AssertionError("a path belongs to a family: ask client.within(family)")
        return self.family

    def pause(self, attempt: int, why: str, headers: Parameters = None) -> None:
        """Waits before the next attempt, as long as an answer asks for. Raises WaitTooLong if that is too long."""
        seconds = retry.delay(attempt, headers or {}, self.settings.retry_max_delay)
        self.tell(f"{why}; going on in {seconds:.1f} seconds")
        self.sleep(seconds)

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
        probed = self._send_until_settled("GET", probe, {"limit": 1}, None)
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


def _object_in(response: requests.Response) -> dict[str, Any]:
    """The JSON object that a successful answer holds."""
    try:
        body = json.loads(response.content)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise failures.no_object(response)
    return body


def _no_netrc(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Says that authentication is settled: else requests would replace it with what a ~/.netrc holds for the host."""
    return request
