# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The libraries beside ansible-core, imported in this one place.

Without them every file here still imports (C(ansible-test) and C(ansible-doc) need that);
a task then ends with ansible-core's own message for a missing library.
"""

from __future__ import annotations

import traceback
from inspect import get_annotations
from types import ModuleType
from typing import Any

from .errors import OpenAIError

MISSING: dict[str, str] = {}
"""Each library that could not be imported, with the traceback of the attempt."""

try:
    import requests
    import urllib3
    from requests.adapters import HTTPAdapter
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

    HttpSession = requests.Session
except ImportError:
    MISSING["requests"] = traceback.format_exc()
    requests = urllib3 = None  # type: ignore[assignment]
    HttpSession = HTTPAdapter = object  # type: ignore[assignment, misc]
    HTTPConnection = HTTPSConnection = HTTPConnectionPool = HTTPSConnectionPool = object  # type: ignore

try:
    from pydantic import (
        AfterValidator,
        BaseModel,
        BeforeValidator,
        ConfigDict,
        Field,
        ValidationError,
        create_model,
        model_validator,
    )
except ImportError:
    MISSING["pydantic"] = traceback.format_exc()

    def _absent(*args: Any, **kwargs: Any) -> Any:
        """Stands in for every pydantic function that a class body calls, decorators included."""
        return lambda function: function

    BaseModel = object  # type: ignore[assignment, misc]
    ValidationError = ValueError  # type: ignore[assignment, misc]
    AfterValidator = BeforeValidator = ConfigDict = Field = create_model = model_validator = _absent  # type: ignore


def default_of(model: type, name: str) -> tuple[bool, Any]:
    """Whether a model's field has a default, and which: pydantic takes it off the class and keeps it with the field."""
    if "pydantic" in MISSING or not issubclass(model, BaseModel):
        owner = next(each for each in model.__mro__ if name in get_annotations(each))
        return name in vars(owner), vars(owner).get(name)
    field = model.model_fields[name]
    return not field.is_required(), field.default


class MissingLibrary(OpenAIError):
    """A library is missing that only some tasks need; `attempt` is the traceback of importing it."""

    def __init__(self, library: str, attempt: str) -> None:
        super().__init__(f"this task needs the library {library}")
        self.library = library
        self.attempt = attempt


def psycopg() -> ModuleType:
    """The driver of PostgreSQL, imported at its first use. Raises MissingLibrary."""
    try:
        import psycopg
    except ImportError:
        raise MissingLibrary("psycopg", traceback.format_exc()) from None
    return psycopg


__all__ = (
    "MISSING",
    "AfterValidator",
    "BaseModel",
    "BeforeValidator",
    "ConfigDict",
    "Field",
    "HTTPAdapter",
    "HTTPConnection",
    "HTTPConnectionPool",
    "HTTPSConnection",
    "HTTPSConnectionPool",
    "HttpSession",
    "MissingLibrary",
    "ValidationError",
    "create_model",
    "default_of",
    "model_validator",
    "psycopg",
    "requests",
    "urllib3",
)
