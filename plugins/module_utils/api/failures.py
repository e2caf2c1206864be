# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What went wrong with a call: in words, and as the facts that a failure's `error` holds.

`hide` takes credentials out of a text that the server, or a library, has had its hands on.
"""

from __future__ import annotations

import html
import json
import re
import ssl
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from . import retry
from .errors import ApiError, BadAnswer, ConnectionFailed
from .libraries import requests
from .reading import json_in
from .session import was_outworn

Hide: TypeAlias = Callable[[str], str]

ERROR_FIELDS = ("type", "code", "param", "message")
WORDS = ("message", "error", "detail", "error_description", "title", "errors", "msg", "reason")
LONGEST_TEXT = 1000
PAGE = 10000


def call_of(response: requests.Response) -> str:
    """The call that was answered, such as `GET https://api.openai.com/v1/assistants`."""
    return f"{response.request.method} {_without_query(response)}"


def facts_of(response: requests.Response) -> dict[str, Any]:
    """What is known of an answer without reading it."""
    return {
        "status": response.status_code,
        "request_id": response.headers.get("x-request-id"),
        "method": response.request.method,
        "url": _without_query(response),
    }


def refused(response: requests.Response, hide: Hide) -> ApiError:
    """An answer with an error status, or a redirect (schema `ErrorResponse`)."""
    told = _told(response, hide)
    said = told["message"] or "no explanation"
    if 300 <= response.status_code < 400:
        where = hide(response.headers.get("location", ""))[:LONGEST_TEXT]
        said = f"a redirect to {where or 'nowhere'}, which is not followed"
    error = ApiError(f"{call_of(response)} answered {response.status_code}: {said}", **told, **facts_of(response))
    error.maybe_done = retry.maybe_done(response.status_code, response.headers)
    error.overdue = response.status_code == retry.GATEWAY_TIMEOUT
    return error


def told_in_stream(response: requests.Response, event: Mapping[str, Any], hide: Hide) -> ApiError:
    """An error that a stream of events tells of: final, whatever it is."""
    told = _fields(event, hide)
    said = told["message"] or told["code"] or "no explanation"
    return ApiError(f"the event stream of {call_of(response)} ended in an error: {said}", **told, **facts_of(response))


def _told(response: requests.Response, hide: Hide) -> dict[str, str | None]:
    """What the server itself says of an error."""
    try:
        content = response.content
    except requests.RequestException:
        content = b""
    try:
        body = json_in(content)
    except ValueError:
        body = _said_in_page(content.decode(errors="replace"))
    return _fields(body, hide)


def _fields(body: Any, hide: Hide) -> dict[str, str | None]:
    """The fields of an error body of any shape: under `error`, at the top, or no more than a text."""
    error = body.get("error") if isinstance(body, Mapping) else None
    where = error if isinstance(error, Mapping) else body if isinstance(body, Mapping) else {}
    found = {name: where.get(name) for name in ERROR_FIELDS} | {"message": _words(body)}
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in found.items()}
    return {name: hide(texts[name])[:LONGEST_TEXT] if found[name] else None for name in ERROR_FIELDS}


def _words(value: Any, depth: int = 4) -> str:
    """The first words in an error body, looked for under the names that servers give them."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, Mapping) and depth:
        return next((words for name in WORDS if (words := _words(value.get(name), depth - 1))), "")
    if isinstance(value, list) and depth:
        return "; ".join(filter(None, (_words(each, depth - 1) for each in value[:3])))
    return ""


def _said_in_page(text: str) -> str:
    """A text in itself; of HTML its title, else its words."""
    if "<" not in text:
        return text
    title = re.search(r"<title[^>]*>(.*?)</title", text[:PAGE], re.IGNORECASE | re.DOTALL)
    return html.unescape(title[1] if title else re.sub(r"<[^>]*>", " ", text[:PAGE]))


def no_object(response: requests.Response, hide: Hide) -> BadAnswer:
    """A success that holds no JSON object."""
    kind = response.headers.get("content-type", "of no stated type")[:LONGEST_TEXT]
    wrong = f"{call_of(response)} answered {response.status_code}, but not with a JSON object ({hide(kind)})"
    return BadAnswer(wrong, **facts_of(response))


def unanswered(method: str, url: str, failure: Exception, hide: Hide) -> ConnectionFailed:
    """A request that got no answer, or only the beginning of one."""
    error = ConnectionFailed(f"{method} {url} got no answer: {hide(root_reason(failure))}", method=method, url=url)
    error.maybe_done = not retry.never_sent(failure)
    error.overdue = error.maybe_done and isinstance(failure, requests.Timeout)
    error.outworn = was_outworn(failure)
    return error


def root_reason(failure: Exception) -> str:
    """The innermost explanation of an exception of requests, without the pool and the address around it."""
    reason: Any = failure
    while True:
        inner = getattr(reason, "reason", None) or next((a for a in reason.args if isinstance(a, Exception)), None)
        if not isinstance(inner, Exception) or inner is reason:
            break
        reason = inner
    if isinstance(reason, ssl.SSLError):
        plain = re.sub(r"^\[[^]]*\] | \(_ssl\.c:\d+\)$", "", str(reason))
        return f"TLS did not come about, {plain} (ca_path names the certificates to trust)"
    return str(reason).rpartition(": ")[2][:LONGEST_TEXT] or type(reason).__name__


def _without_query(response: requests.Response) -> str:
    return (response.request.url or "").partition("?")[0]
