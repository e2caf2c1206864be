# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules that list objects have in common."""

from __future__ import annotations


class ModuleDocFragment:
    """The part of a list that is wanted, and how many objects of it."""

    DOCUMENTATION = r"""
options:
  after:
    description:
      - The id of an object of the list. Only the objects that come after it in the list are returned.
      - It is not used where the task names one object by its id.
    type: str
  order:
    description:
      - The order of the list, by the time of creation.
      - If it is left out, the server decides. The API says the newest object comes first.
    type: str
    choices:
      asc: The oldest object comes first.
      desc: The newest object comes first.
  max_items:
    description:
      - The largest number of objects to return. At least 1. The rest of the list is left out without a word.
      - The list is read in pages of 100 objects, one request for each page, and no further than is needed.
    type: int
    default: 1000
  find_one:
    description:
      - Whether exactly one object must be found. The task fails if there is none, or more than one.
      - O(max_items) is not used then. The result is a list all the same.
    type: bool
    default: false
"""

    # Of lists that can be read backwards too.
    BACKWARDS = r"""
options:
  before:
    description:
      - The id of an object of the list. Only the objects that come before it in the list are returned.
      - It is not used where the task names one object by its id.
    type: str
"""
