# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""unpack.py DIRECTORY, with {path: text} as JSON in base64 on standard input: write the files, all or none."""

from __future__ import annotations

import base64
import json
import os
import shutil
import sys
import tempfile


def main(directory: str) -> None:
    """Write beside the directory first, and rename at the end."""
    above = os.path.dirname(directory)
    os.makedirs(above, mode=0o700, exist_ok=True)
    made = tempfile.mkdtemp(dir=above)
    for path, text in json.loads(base64.b64decode(sys.stdin.read())).items():
        target = os.path.join(made, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    shutil.rmtree(directory, ignore_errors=True)
    os.rename(made, directory)


main(sys.argv[1])
