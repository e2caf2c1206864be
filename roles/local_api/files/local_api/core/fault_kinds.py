# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Faults by name: what servers and the machines in front of them really do wrong, for plays that are to stand it."""

from __future__ import annotations

from typing import Any

HTML = "<html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1></body></html>"


def _html(status: int) -> dict[str, Any]:
    return {"status": status, "headers": {"content-type": "text/html"}, "body": HTML}


def _limited(**headers: str) -> dict[str, Any]:
    return {"status": 429, "headers": {name.replace("_", "-"): value for name, value in headers.items()}}


FAULT_KINDS: dict[str, dict[str, Any]] = {
    **{f"status_{status}": {"status": status} for status in (408, 409, 429, 500, 502, 503, 504)},
    "gateway_timeout_after": {"status": 504, "carried_out": True},
    "reset_before": {"drop": "before"},
    "reset_after": {"drop": "after"},
    "truncated": {"drop": "midway"},
    "slow": {"delay_ms": 300},
    "endless": {"status": 200, "body": " ", "endless": True},
    "invalid_json": {"status": 200, "headers": {"content-type": "application/json"}, "body": '{"id": "asst_'},
    "empty": {"status": 200, "headers": {"content-type": "application/json"}, "body": ""},
    "html_200": _html(200),
    "html_502": _html(502),
    "retry_after_negative": _limited(retry_after="-1"),
    "retry_after_huge": _limited(retry_after="1" + "0" * 30),
    "retry_after_text": _limited(retry_after="soon"),
    "retry_after_past": _limited(retry_after="Thu, 01 Jan 1970 00:00:00 GMT"),
    "retry_after_ms_odd": _limited(retry_after_ms="nan"),
}
"""Each name with the fields of POST /_control/faults that it stands for."""
