# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What no file of the collection may hold."""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

import tree

# The line between both sides, seven equal signs, is left out: it underlines a heading in reStructuredText.
MERGE_MARKER = re.compile(rb"^(<{7}|\|{7}|>{7})( .*)?$", re.MULTILINE)


def test_no_merge_is_left_half_done():
    found = {path: MERGE_MARKER.findall((tree.ROOT / path).read_bytes()) for path in tree.files()}
    assert {path for path, markers in found.items() if markers} == set()
