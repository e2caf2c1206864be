# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a file is to hold: the file that a task names, or a text."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from ..api.errors import InvalidTask
from ..api.upload import Source, source_of_file, source_of_text
from ..engine.fields import TaskOptions

LARGEST = 512 * 1024 * 1024
"""What one upload may hold."""


class SourceOptions(TaskOptions):
    """What is to be uploaded."""

    src: str | None = None
    """
    - The file to upload, on the controller. A relative path is looked for as M(ansible.builtin.copy) does it, in the
      folder C(files) of the role or beside the playbook.
    - A file that is encrypted with Ansible Vault is decrypted first.
    - It must not be empty, and must have at most 536870912 bytes (512 MiB). It is read as it is sent, so its size costs
      no memory.
    """

    content: str | None = None
    """
    - The text to upload, in place of a file. It needs O(filename).
    """

    filename: str | None = None
    """
    - The name of the file on the server. If it is left out, it is the name of O(src) without its folder. It must not
      hold a slash or a quotation mark.
    """

    constraints = {"mutually_exclusive": [("src", "content")], "required_by": {"content": ("filename",)}}


def filename_of(options: Mapping[str, Any]) -> str | None:
    """The name that the file has on the server, if the task says it."""
    name = options["filename"]
    if name is None and options["src"] is not None:
        name = PurePath(options["src"]).name
    if name is not None and (not name or set(name) & set('/"') or not name.isprintable()):
        raise InvalidTask("filename is empty, or holds a slash, a quotation mark or what cannot be printed")
    return name


def source_of(options: Mapping[str, Any]) -> Source | None:
    """What is to be uploaded. Raises InvalidTask where it cannot be."""
    name = filename_of(options)
    if options["content"] is not None:
        source, what = source_of_text(options["content"], str(name)), "content"
    elif options["src"] is not None:
        source, what = _file(options["src"], str(name)), f"src ({options['src']})"
    else:
        return None
    if not source.size:
        raise InvalidTask(f"{what} is empty: the API takes no file without content")
    if source.size > LARGEST:
        raise InvalidTask(f"{what} has {source.size} bytes: a file must have at most {LARGEST}")
    return source


def _file(path: str, name: str) -> Source:
    if "://" in path:
        raise InvalidTask("src is a URL: get the file with ansible.builtin.get_url first, and name what it has written")
    if os.path.isdir(path):
        raise InvalidTask(f"src ({path}) is a folder: name a file, or loop over the files of the folder")
    try:
        return source_of_file(path, name)
    except OSError as error:
        raise InvalidTask(f"src ({path}) cannot be read: {error.strerror}") from error
