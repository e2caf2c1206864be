# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the collection is held against: requests alone. python bare.py GET|POST URL COUNT AT_A_TIME

Ten at a time, one GET for each object, is what Terraform does.
"""

from __future__ import annotations

import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import requests
from static_server import ASSISTANT

ours = threading.local()


def begin() -> None:
    """Gives a thread a session of its own."""
    ours.session = requests.Session()
    ours.session.headers["Authorization"] = "Bearer sk-test-0123456789"


def get(url: str, number: int) -> None:
    """Reads an assistant."""
    answer = ours.session.get(f"{url}/assistants/asst_{number}", timeout=60)
    assert answer.json()["name"] == f"Assistant {number}"


def post(url: str, number: int) -> None:
    """Creates one."""
    answer = ours.session.post(f"{url}/assistants", json={"name": f"Assistant {number}", **ASSISTANT}, timeout=60)
    assert answer.json()["name"] == f"Assistant {number}"


def main(method: str, url: str, count: int, at_a_time: int) -> None:
    """Does it as often as told."""
    send = {"GET": get, "POST": post}[method]
    with ThreadPoolExecutor(at_a_time, initializer=begin) as pool:
        for _done in pool.map(lambda number: send(url, number), range(1, count + 1)):
            pass


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
