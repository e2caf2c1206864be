# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the collection's loop is held against: the same GETs by requests alone. python bare_session.py URL COUNT"""

from __future__ import annotations

import sys

import requests


def main(url: str, count: int) -> None:
    """Reads as many assistants as told."""
    session = requests.Session()
    for number in range(1, count + 1):
        answer = session.get(f"{url}/assistants/asst_{number}", headers={"Authorization": "Bearer sk-test"}, timeout=60)
        assert answer.json()["id"] == f"asst_{number}"


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
