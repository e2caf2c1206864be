# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the environment says about the way to a server: proxies, and the certificates to trust."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from .errors import InvalidTask
from .libraries import requests, urllib3

BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def proxies_to(base_url: str) -> dict[str, str]:
    """The proxy to a server, as requests takes it. Plain http is for this machine alone, and goes by none.

    Raises InvalidTask where it is no address, without what it is: a password may be in it.
    """
    parts = urlsplit(base_url)
    if parts.scheme == "http":
        return {}
    proxy = requests.utils.select_proxy(base_url, requests.utils.get_environ_proxies(base_url))
    if not proxy:
        return {}
    if not _is_address(proxy):
        raise InvalidTask(
            "the proxy that the environment names (HTTPS_PROXY or ALL_PROXY) is no address like "
            "http://proxy.example.com:3128; signs that mean something in an address are written as %23 and such in a "
            "user name and a password"
        )
    return {parts.scheme: proxy}


def _is_address(proxy: str) -> bool:
    if not proxy.isprintable() or " " in proxy:
        return False
    try:
        url = urllib3.util.parse_url(proxy if "://" in proxy else f"http://{proxy}")
    except (urllib3.exceptions.LocationParseError, ValueError):
        return False
    return bool(url.host) and "@" not in f"{url.path}{url.query}{url.fragment}"


def trusted(ca_path: str | None) -> str | bool:
    """The certificates to trust, as requests takes them. Raises InvalidTask where a variable names none that exist."""
    if ca_path:
        return ca_path
    for variable in BUNDLES:
        bundle = os.environ.get(variable)
        if bundle and not os.path.exists(bundle):
            raise InvalidTask(f"the environment variable {variable} names no file or folder that there is")
        if bundle:
            return bundle
    return True
