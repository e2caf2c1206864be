# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The kinds of objects of files and vector stores."""

from __future__ import annotations

from local_api.core.kinds import Kind

FILE = Kind("file", "file-", "file", deleted_as="file")
FILE_EXPIRY = Kind("file.expiry", "expiry-", "expiry of a file")  # kept beside a file; no path shows it
VECTOR_STORE = Kind("vector_store", "vs_", "vector store")
VECTOR_STORE_FILE = Kind("vector_store.file", "file-", "file in the vector store")
