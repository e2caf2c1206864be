# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The JSON at an address on this machine."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

from ansible.plugins.lookup import LookupBase


class LookupModule(LookupBase):
    """ansible.builtin.url takes three times as long: it prepares for TLS."""

    def run(self, terms: list[str], variables: dict[str, Any] | None = None, **options: Any) -> list[Any]:
        """Ask for each address, with these `headers`."""
        opener = build_opener(ProxyHandler({}))
        return [json.load(opener.open(Request(address, headers=options.get("headers", {})))) for address in terms]
