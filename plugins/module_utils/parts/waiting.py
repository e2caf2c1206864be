# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of what the server goes on working on once it is there, and the wait for its end."""

from __future__ import annotations

from collections.abc import Collection

from ..api.client import Answer, Client
from ..engine.fields import TaskOptions
from ..engine.plan import Json
from ..engine.resource import Resource
from ..engine.wait import until_stopped
from ..engine.wish import Wish


class WaitOptions(TaskOptions):
    """Whether to wait, and how long."""

    wait: bool = True
    """
    - Whether to wait until the server is through with it. Otherwise it is returned as it is at once.
    - In check mode nothing is waited for, nor with O(state=absent).
    """

    wait_timeout: float = 600
    """
    - The seconds to wait. After that the task fails and returns what it waited for as it was last read. The server goes
      on all the same.
    - The pause between two looks at the status is what the server asks for, else it grows from half a second to five
      seconds.
    """


def waited_for(client: Client, resource: Resource, reached: Json, wish: Wish, moving: Collection[str]) -> Json:
    """The object once its status is none of `moving`, or as it is where the task does not wait."""
    if wish.check_mode or not wish.options["wait"]:
        return reached
    path = resource.place.item(wish.scope, reached["id"])

    def checked(answer: Answer) -> Json:
        return resource.received(answer, wish.scope, reached["id"])

    return until_stopped(client, path, checked, reached, moving, wish.deadline, resource.name)
