# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""All kinds of objects, for what is given an object and has to know what it is."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

from ansible_collections.aiops.openai.plugins.module_utils.engine.resource import Resource

UTILS = "ansible_collections.aiops.openai.plugins.module_utils"
OBJECTS = Path(__file__).parents[1] / "module_utils" / "objects"


@cache
def resources() -> dict[str, Resource]:
    """What the files of the families say of their objects, by the wire field `object`."""
    files = [importlib.import_module(f"{UTILS}.objects.{path.parent.name}.{path.stem}") for path in _files()]
    found = [value for file in files for value in vars(file).values() if isinstance(value, Resource)]
    return {resource.kind: resource for resource in found}


def _files() -> list[Path]:
    return sorted(OBJECTS.glob("*/[!_]*.py"))
