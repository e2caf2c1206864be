# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules with a state have in common."""

from __future__ import annotations


class ModuleDocFragment:
    """The state, and the fields that no option names."""

    DOCUMENTATION = r"""
options:
  state:
    description:
      - Whether the object is to exist.
    type: str
    choices:
      present: The object exists and has the values that the task gives. What the task leaves out is left alone.
      absent: The object does not exist. The other fields of the object are only used to find it.
    default: present
"""

    EXTRA_BODY = r"""
options:
  extra_body:
    description:
      - More fields for the request body, by their names in the API. They are sent as they stand, and checked by the
        server only.
      - Use it for what one server offers beyond the API, such as tool types of Microsoft Foundry, and for fields that
        are newer than this collection.
      - On an object that exists they are compared as they stand with what the server shows. A field that the server
        does not show counts as a change at every run.
      - A field that an option of the task sets already is refused.
    type: dict
"""

    # Where an update takes only the fields that the API says it does.
    EXTRA_BODY_ON_CREATION = r"""
options:
  extra_body:
    description:
      - More fields for the request body, by their names in the API. They are sent as they stand, and checked by the
        server only.
      - Use it for what one server offers beyond the API, and for fields that are newer than this collection.
      - They only matter when the object is created, unless they are fields that the API lets an update change. On an
        object that exists the others are left alone.
      - A field that an option of the task sets already is refused.
    type: dict
"""
