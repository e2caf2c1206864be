# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Let an end user have had many ChatKit threads, and print their ids: python fill.py CONTROL USER COUNT."""

from __future__ import annotations

import json
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit


def main(control: str, user: str, count: str) -> None:
    server = urlsplit(control)
    connection = HTTPConnection(server.netloc)
    headers = {"Content-Type": "application/json"}
    for number in range(1, int(count) + 1):
        body = json.dumps({"user": user, "title": f"Chat {number}"})
        connection.request("POST", f"{server.path}/chatkit_threads", body, headers)
        print(json.load(connection.getresponse())["id"])


if __name__ == "__main__":
    main(*sys.argv[1:])
