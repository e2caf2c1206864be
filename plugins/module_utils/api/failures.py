# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What went wrong with a call: in words, and as the facts that a failure's `error` holds.

`hide` takes credentials out of a text that the server, or a library, has had its hands on.
"""

from __future__ import annotations

import json
import re
import ssl
from collections.abc import Callable
from typing import Any, TypeAlias

from . import retry
from .errors import ApiError, BadAnswer, ConnectionFailed
from .libraries import requests

Hide: TypeAlias = Callable[[str], str]

ERROR_FIELDS = ("type", "code", "param", "message")


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
    if response.is_redirect:
        said = f"a redirect to {hide(response.headers.get('location', ''))}, which is not followed"
    error = ApiError(f"{call_of(response)} answered {response.status_code}: {said}", **told, **facts_of(response))
    error.maybe_done = retry.maybe_done(response.status_code, response.headers)
    error.overdue = response.status_code == retry.GATEWAY_TIMEOUT
    return error


def _told(response: requests.Response, hide: Hide) -> dict[str, str | None]:
    """What the server itself says of an error."""
    try:
        error = json.loads(response.content)["error"]
    except (requests.RequestException, ValueError, KeyError, TypeError):
        error = {}
    said = error if isinstance(error, dict) else {"message": error}
    return {field: hide(str(said[field])) if said.get(field) is not None else None for field in ERROR_FIELDS}


def no_object(response: requests.Response) -> BadAnswer:
    """A success that holds no JSON object."""
    kind = response.headers.get("content-type", "of no stated type")
    wrong = f"{call_of(response)} answered {response.status_code}, but not with a JSON object ({kind})"
    return BadAnswer(wrong, **facts_of(response))


def unanswered(method: str, url: str, failure: Exception, hide: Hide) -> ConnectionFailed:
    """A request that got no answer, or only the beginning of one."""
    error = ConnectionFailed(f"{method} {url} got no answer: {hide(root_reason(failure))}", method=method, url=url)
    error.maybe_done = not retry.never_sent(failure)
    error.overdue = error.maybe_done and isinstance(failure, requests.Timeout)
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
    return str(reason).rpartition(": ")[2] or type(reason).__name__


def _without_query(response: requests.Response) -> str:
    return (response.request.url or "").partition("?")[0]
