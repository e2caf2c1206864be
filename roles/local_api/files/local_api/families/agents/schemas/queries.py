# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Query parameters of the lists."""

from __future__ import annotations

from local_api.core.queries import PageQuery


class AgentsPageQuery(PageQuery):
    """The lists of this family know no `before`."""

    before: None = None
