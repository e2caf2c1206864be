# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The one place that sends a request."""

from __future__ import annotations

import json
import re
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple, TypeAlias
from urllib.parse import quote, urlsplit

from . import retry
from .errors import ApiError, BadAnswer, ConnectionFailed, EndpointGone, NotFound, StreamBroken, WriteRefused
from .libraries import requests
from .settings import Settings
from .stream import Event, events

Parameters: TypeAlias = "Mapping[str, Any] | None"

ASSISTANTS_CLOSED = "OpenAI closed its Assistants endpoints on 2026-08-26"


@dataclass(frozen=True)
class Family:
    """Endpoints that a server offers or closes together."""

    beta: str
    probe: str
    """A list that answers anything but 404 while the family is offered."""


ASSISTANTS = Family(beta="assistants=v2", probe="/assistants")
CHATKIT = Family(beta="chatkit_beta=v1", probe="/chatkit/threads")


def family_of(path: str) -> Family:
    """The family that an API path belongs to."""
    return CHATKIT if path.startswith("/chatkit/") else ASSISTANTS


class Answer(NamedTuple):
    """A successful answer: the JSON object, the response headers, and what an error about it holds."""

    body: dict[str, Any]
    headers: Mapping[str, str]
    facts: Mapping[str, Any]

    @property
    def served_at(self) -> float:
        """When it was given, in seconds since 1970 by the server's clock; by ours if it does not say."""
        try:
            return parsedate_to_datetime(self.headers["date"]).timestamp()
        except (KeyError, ValueError):
            return time.time()


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
        self._session = session or requests.Session()
        self.sleep = sleep
        self.tell = tell
        """Takes what is worth knowing while a task goes on."""

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
                reason = self.settings.hide(_root_reason(failure))
                raise self.stream_broken(path, f"broke: {reason}") from failure

    def stream_broken(self, path: str, how: str) -> StreamBroken:
        """The failure of an event stream that has ended too early."""
        url = self.settings.url(path)
        return StreamBroken(f"the event stream of POST {url} {how}", method="POST", url=url)

    def _request(self, method: str, path: str, *, query: Parameters = None, body: Parameters = None) -> Answer:
        response = self._accepted(method, path, query, body)
        return Answer(self._object_in(response), response.headers, _facts_of_call(response))

    def _accepted(self, method: str, path: str, query: Parameters, body: Parameters, **how: Any) -> requests.Response:
        """The successful answer to a request; any other is raised as what it means."""
        if self.check_mode and method != "GET":
            raise WriteRefused(f"check mode: the client refused to send {method} {path}", method=method)
        response = self._send_until_settled(method, path, query, body, **how)
        if response.status_code == 404:
            raise self._not_found(path, response)
        if not response.ok or response.is_redirect:
            raise self._api_error(response)
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
                if last or not retry.failure_is_repeatable(method, failure):
                    raise self._connection_failed(method, path, failure) from failure
                self.sleep(retry.delay(attempt, {}, self.settings.retry_max_delay))
                continue
            if response.ok or last or not retry.status_is_repeatable(method, response.status_code, response.headers):
                return response
            self._pause(attempt, response)
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
            headers={"OpenAI-Beta": family_of(path).beta, **self.settings.headers()},
            auth=_no_netrc,
            timeout=min(self.settings.timeout, timeout or self.settings.timeout),
            stream=stream,
            allow_redirects=False,
            verify=(self.settings.ca_path or True) if self.settings.validate_certs else False,
        )

    def pause(self, attempt: int, why: str) -> None:
        """Waits before attempt number `attempt` + 1, as long as between two requests."""
        seconds = retry.delay(attempt, {}, self.settings.retry_max_delay)
        self.tell(f"{why}; going on in {seconds:.1f} seconds")
        self.sleep(seconds)

    def _pause(self, attempt: int, response: requests.Response) -> None:
        try:
            seconds = retry.delay(attempt, response.headers, self.settings.retry_max_delay)
        except retry.WaitTooLong as too_long:
            error = self._api_error(response)
            error.add(str(too_long))
            raise error from too_long
        self.tell(f"{self._call(response)} answered {response.status_code}, asking again in {seconds:.1f} seconds")
        self.sleep(seconds)

    def _object_in(self, response: requests.Response) -> dict[str, Any]:
        try:
            body = json.loads(response.content)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            kind = response.headers.get("content-type", "of no stated type")
            raise BadAnswer(
                f"{self._call(response)} answered {response.status_code}, but not with a JSON object ({kind})",
                **_facts_of_call(response),
            )
        return body

    def _not_found(self, path: str, response: requests.Response) -> ApiError:
        """Tells a missing object from an endpoint that the server does not offer, by asking for the family's list."""
        family = family_of(path)
        probed = self._send_until_settled("GET", family.probe, {"limit": 1}, None)
        if probed.status_code != 404:
            return NotFound(*self._api_error(response).args, **self._facts(response))
        host = urlsplit(self.settings.base_url).hostname
        closed = f" ({ASSISTANTS_CLOSED})" if host == "api.openai.com" and family is ASSISTANTS else ""
        return EndpointGone(
            f"{self._call(response)} answered 404, and so did GET {family.probe}: {host} does not offer this endpoint"
            f"{closed}; point base_url (with api_version and auth_scheme, where it needs them) at a server that does",
            **self._facts(response),
        )

    def _api_error(self, response: requests.Response) -> ApiError:
        facts = self._facts(response)
        said = facts["message"] or (
            f"a redirect to {self.settings.hide(response.headers.get('location', ''))}, which is not followed"
            if response.is_redirect
            else "no explanation"
        )
        error = ApiError(f"{self._call(response)} answered {response.status_code}: {said}", **facts)
        error.maybe_done = retry.maybe_done(response.status_code, response.headers)
        error.overdue = response.status_code == retry.GATEWAY_TIMEOUT
        return error

    def _connection_failed(self, method: str, path: str, failure: Exception) -> ConnectionFailed:
        url = self.settings.url(path)
        reason = self.settings.hide(_root_reason(failure))
        error = ConnectionFailed(f"{method} {url} got no answer: {reason}", method=method, url=url)
        error.maybe_done = not retry.never_sent(failure)
        error.overdue = error.maybe_done and isinstance(failure, requests.Timeout)
        return error

    def _call(self, response: requests.Response) -> str:
        return f"{response.request.method} {_without_query(response)}"

    def _facts(self, response: requests.Response) -> dict[str, Any]:
        """What a failure's `error` holds (schema `Error`, with the call and its request id)."""
        try:
            error = json.loads(response.content)["error"]
            said = error if isinstance(error, dict) else {"message": str(error)}
        except (ValueError, KeyError, TypeError):
            said = {}
        told = {key: self.settings.hide(str(said[key])) if said.get(key) is not None else None for key in _ERROR_FIELDS}
        return {**told, **_facts_of_call(response)}


_ERROR_FIELDS = ("type", "code", "param", "message")


def _no_netrc(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Says that authentication is settled: else requests would replace it with what a ~/.netrc holds for the host."""
    return request


def _facts_of_call(response: requests.Response) -> dict[str, Any]:
    return {
        "status": response.status_code,
        "request_id": response.headers.get("x-request-id"),
        "method": response.request.method,
        "url": _without_query(response),
    }


def _without_query(response: requests.Response) -> str:
    return (response.request.url or "").partition("?")[0]


def _root_reason(failure: Exception) -> str:
    """The innermost explanation of a requests exception, without the pool and the address around it."""
    reason: Any = failure
    while True:
        inner = getattr(reason, "reason", None) or next((a for a in reason.args if isinstance(a, Exception)), None)
        if not isinstance(inner, Exception) or inner is reason:
            break
        reason = inner
    if isinstance(reason, ssl.SSLError):
        plain = re.sub(r"^\[[^]]*\] | \(_ssl\.c:\d+\)$", "", str(reason))
        return f"TLS did not come about, {plain} (ca_path names the certificates to trust)"
    return str(reason).rpartition(": ")[2] or type(reason).__name__
