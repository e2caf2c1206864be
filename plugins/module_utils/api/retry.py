# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When a request is sent again, and after how long. No clock, no socket: only the rules.

A POST that may have been received is not repeated here: a second thread or run costs money. Who knows how to look for
what it made can do so first (`engine/write.py`).
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from .errors import OpenAIError
from .libraries import requests, urllib3

FIRST_DELAY = 0.5
LONGEST_DELAY = 8.0
REQUEST_TIMEOUT = 408
GATEWAY_TIMEOUT = 504
REPEATABLE_STATUSES = frozenset((REQUEST_TIMEOUT, 409, 429))


class WaitTooLong(OpenAIError):
    """The server asks for a longer pause than `retry_max_delay` allows."""


def status_is_repeatable(method: str, status: int, headers: Mapping[str, str]) -> bool:
    """Whether a request answered with `status` may be sent again; `x-should-retry` has the last word."""
    advice = _advice(headers)
    if advice is not None:
        return advice and status >= 400
    if method == "POST":
        return status == 429 or (status == 503 and math.isfinite(_told_delay(headers)))
    return status in REPEATABLE_STATUSES or status >= 500


def is_final_refusal(status: int) -> bool:
    """Whether an error `status` is about the request, and would be the same at another time."""
    return 400 <= status < 500 and status not in REPEATABLE_STATUSES


def failure_is_repeatable(method: str, failure: Exception) -> bool:
    """Whether a request that got no answer may be sent again: a POST only if it cannot have arrived."""
    if isinstance(failure, (requests.exceptions.SSLError, requests.exceptions.ProxyError, ValueError)):
        return False
    return method != "POST" or never_sent(failure)


def never_sent(failure: Exception) -> bool:
    """Whether the connection itself did not come about, so that no server can have seen the request."""
    if isinstance(failure, (requests.exceptions.ConnectTimeout, requests.exceptions.SSLError)):
        return True
    if isinstance(failure, requests.RequestException) and isinstance(failure, ValueError):
        return True  # requests' own refusal of an address, a header or a proxy
    reason = getattr(failure.args[0], "reason", None) if failure.args else None
    return isinstance(reason, urllib3.exceptions.NewConnectionError)


def _advice(headers: Mapping[str, str]) -> bool | None:
    """What the server itself says about sending a request again."""
    return {"true": True, "false": False}.get(headers.get("x-should-retry", "").lower())


def maybe_done(status: int, headers: Mapping[str, str]) -> bool:
    """Whether a POST answered with an error `status` may have been carried out all the same."""
    clear = _advice(headers) is not None or status_is_repeatable("POST", status, headers)
    return not clear and (status >= 500 or status == REQUEST_TIMEOUT)


def delay(attempt: int, headers: Mapping[str, str], longest: float) -> float:
    """Seconds to wait before retry number `attempt` (from 1): what the server asks, else full-jitter backoff.

    Raises WaitTooLong if the server asks for more than `longest` seconds.
    """
    asked = asked_delay(headers)
    if asked is None:
        return random.uniform(0, min(LONGEST_DELAY, FIRST_DELAY * 2 ** min(attempt - 1, 10)))
    if asked > longest:
        raise WaitTooLong(f"the server asks to wait {asked:g} seconds, more than retry_max_delay ({longest:g})")
    return asked


def asked_delay(headers: Mapping[str, str]) -> float | None:
    """Seconds the server asks to wait; None if it asks for none, such as by 0, a date in the past, or nonsense."""
    seconds = _told_delay(headers)
    return seconds if 0 < seconds < math.inf else None


def _told_delay(headers: Mapping[str, str]) -> float:
    """What `retry-after-ms` says, else `Retry-After` (seconds or a date), in seconds; not a number if neither does."""
    try:
        return float(headers["retry-after-ms"]) / 1000
    except (KeyError, ValueError):
        pass
    said = headers.get("retry-after", "")
    try:
        return float(said)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(said).timestamp() - time.time()
    except (IndexError, OverflowError, TypeError, ValueError, OSError):
        return math.nan
