# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files: what was uploaded, for other objects to refer to."""

from __future__ import annotations

from ...api.families import Family

FAMILY = Family(probe="/files", backwards=False, parts={"files": "/files"})
