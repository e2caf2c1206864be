# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Files on their way to the server: read as they are sent, so that their size costs no memory."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

PIECE = 1 << 20
NEWS_EVERY = 5.0
"""Seconds between two lines of progress."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """What is to be uploaded."""

    filename: str
    size: int
    checksum: str
    """SHA-256, in hexadecimal digits."""

    open: Callable[[], BinaryIO]


def source_of_text(text: str, filename: str) -> Source:
    """A text as the content of a file."""
    content = text.encode()
    checksum = hashlib.sha256(content).hexdigest()
    return Source(filename=filename, size=len(content), checksum=checksum, open=lambda: io.BytesIO(content))


def source_of_file(path: str, filename: str) -> Source:
    """A file that there is. Raises OSError where it cannot be read."""
    state = os.stat(path)
    checksum = _checksum(path, state.st_size, state.st_mtime_ns)
    return Source(filename=filename, size=state.st_size, checksum=checksum, open=lambda: open(path, "rb"))


@lru_cache(maxsize=64)  # of one task, or of a loop over the same file
def _checksum(path: str, size: int, changed_at: int) -> str:
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Form:
    """A `multipart/form-data` body of a file and the fields beside it, for one attempt to send it."""

    def __init__(self, fields: Mapping[str, str], source: Source, tell: Callable[[str], None]) -> None:
        self._boundary = secrets.token_hex(16)
        head = "".join(self._part(f'name="{name}"', f"\r\n{text}\r\n") for name, text in fields.items())
        file = self._part(f'name="file"; filename="{source.filename}"', f"Content-Type: {BINARY}\r\n\r\n")
        self._head, self._tail = (head + file).encode(), f"\r\n--{self._boundary}--\r\n".encode()
        self._source, self._tell = source, tell
        self._pieces = self._all()
        self._rest = b""

    @property
    def content_type(self) -> str:
        """The header that goes with it."""
        return f"multipart/form-data; boundary={self._boundary}"

    def __len__(self) -> int:
        return len(self._head) + self._source.size + len(self._tail)

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def read(self, size: int = -1) -> bytes:
        """The next bytes, at most `size`; nothing at the end."""
        if not self._rest:
            self._rest = next(self._pieces, b"")
        size = len(self._rest) if size < 0 else size
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece

    def _part(self, what: str, rest: str) -> str:
        return f"--{self._boundary}\r\nContent-Disposition: form-data; {what}\r\n{rest}"

    def _all(self) -> Iterator[bytes]:
        yield self._head
        sent, told_at = 0, time.monotonic()
        with self._source.open() as file:
            while piece := file.read(PIECE):
                sent += len(piece)
                yield piece
                if time.monotonic() - told_at > NEWS_EVERY:
                    told_at = time.monotonic()
                    self._tell(f"{self._source.filename}: {sent} of {self._source.size} bytes are sent")
        if sent != self._source.size:
            raise OSError(f"{self._source.filename} had {self._source.size} bytes, and has {sent} now")
        yield self._tail


BINARY = "application/octet-stream"
