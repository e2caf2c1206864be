# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What the modules support of what Ansible offers."""

from __future__ import annotations


class ModuleDocFragment:
    """The attributes of every module, of the modules with a state, and of those that only read."""

    DOCUMENTATION = r"""
attributes:
  platform:
    description: The operating systems that the module runs on.
    support: full
    platforms: posix
  action_group:
    description: Use C(group/aiops.openai.openai) in C(module_defaults) to set options of all modules at once.
    support: full
    membership:
      - aiops.openai.openai
"""

    # Not STATE: Ansible would take attributes.state for the fragment of that name in state.py.
    STATEFUL = r"""
attributes:
  check_mode:
    description: Can predict what it would do, and writes nothing while it does.
    support: full
    details:
      - The result is the object as it would be, with the same C(changed) as the real run.
      - A value that only the server knows is the text V((known after apply\)).
      - A task whose id option holds that text predicts without asking the server, so that a dry run goes through to its
        end. Outside check mode the text is refused as an id.
  diff_mode:
    description: Returns what has changed, or in check mode what would change.
    support: full
    details:
      - Only the parts that differ are shown. Both sides are in the form in which they are compared, with the defaults
        of the server filled in.
"""

    INFO = r"""
attributes:
  check_mode:
    description: Can run in check mode, and writes nothing while it does.
    support: full
    details:
      - The module only reads, and does so in check mode too.
      - Where an id option holds the text V((known after apply\)), which is what an earlier task of a dry run returns,
        the object is predicted without asking the server. Outside check mode the text is refused as an id.
  diff_mode:
    description: Returns what has changed, or in check mode what would change.
    support: N/A
    details:
      - The module changes nothing.
  idempotent:
    description: A second run of the same task changes nothing.
    support: N/A
    details:
      - The module changes nothing.
"""
