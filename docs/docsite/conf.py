# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How Sphinx builds the site of `make docs-site`. It needs no network."""

project = "aiops.openai"
copyright = "2026, the aiops.openai contributors"
html_title = html_short_title = project

extensions = ["sphinx_antsibull_ext", "myst_parser"]
myst_heading_anchors = 3  # so that a link to a heading of a guide works as it does on GitHub

html_theme = "sphinx_ansible_theme"
html_show_sphinx = False
html_copy_source = False
html_use_index = False
pygments_style = "ansible"
highlight_language = "YAML+Jinja"
default_role = "any"
suppress_warnings = ["ref.ref"]  # labels of the documentation of Ansible itself
