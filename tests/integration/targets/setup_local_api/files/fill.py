# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Make assistants, and print their ids: python fill.py URL KEY COUNT."""

from __future__ import annotations

import json
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit


def main(url: str, key: str, count: str) -> None:
    server = urlsplit(url)
    connection = HTTPConnection(server.netloc)
    headers = {"Authorization": f"Bearer {key}", "OpenAI-Beta": "assistants=v2"}
    for number in range(1, int(count) + 1):
        body = json.dumps({"name": f"Assistant {number}", "model": "gpt-4o"})
        connection.request("POST", f"{server.path}/assistants", body, headers)
        print(json.load(connection.getresponse())["id"])


if __name__ == "__main__":
    main(*sys.argv[1:])
