# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the server shows of an object, said once: a dry run predicts by it, and documentation says it."""

from __future__ import annotations

from dataclasses import dataclass
from inspect import get_annotations
from typing import Any


@dataclass(frozen=True)
class Shown:
    """Stands in an annotation for what documentation says beside the type."""

    sample: Any
    when: str = "always"


SOMETIMES = "when the server shows it"


class ShownObject:
    """The fields of one kind of object as they are read."""


def defaults_of(shown: type[ShownObject]) -> dict[str, Any]:
    """What the server fills in where nothing was given."""
    return {name: vars(shown)[name] for name in get_annotations(shown) if name in vars(shown)}
