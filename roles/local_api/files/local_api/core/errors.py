# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Errors as the API says them: ``{"error": {"message", "type", "param", "code"}}`` (ErrorResponse)."""

from __future__ import annotations

from typing import Any

from fastapi.responses import JSONResponse
from pydantic import ValidationError

from .kinds import Kind


class ApiError(Exception):
    """An answer other than 200."""

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        param: str | None = None,
        code: str | None = None,
        type_: str = "invalid_request_error",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.param = param
        self.code = code
        self.type = type_

    def answer(self) -> JSONResponse:
        """The error as an HTTP answer."""
        error = {"message": self.message, "type": self.type, "param": self.param, "code": self.code}
        return JSONResponse({"error": error}, self.status)


def not_found(kind: Kind, object_id: str) -> ApiError:
    """An object that does not exist."""
    return ApiError(f"No {kind.noun} found with id '{object_id}'.", status=404)


def unknown_url(method: str, path: str) -> ApiError:
    """A path the server does not offer."""
    return ApiError(f"Invalid URL ({method} {path})", status=404)


def invalid(error: ValidationError) -> ApiError:
    """The first thing wrong with a request, worded as the API words it."""
    detail = error.errors(include_url=False)[0]
    param = param_of(detail["loc"])
    kind, value, bounds = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "json_invalid":
        return ApiError("We could not parse the JSON body of your request. The API expects a JSON payload.")
    if kind == "extra_forbidden":
        return ApiError(f"Unknown parameter: '{param}'.", param=param, code="unknown_parameter")
    if kind == "missing":
        return ApiError(f"Missing required parameter: '{param}'.", param=param, code="missing_required_parameter")
    if kind == "union_tag_invalid":
        return _invalid_choice(param, value, bounds)
    if kind in ("literal_error", "enum"):
        return ApiError(
            f"Invalid value: {value!r}. Supported values are: {bounds['expected']}.", param=param, code="invalid_value"
        )
    if kind.endswith(("_type", "_parsing")):
        return ApiError(
            f"Invalid type for '{param}': {detail['msg']}, got {_type_name(value)} instead.",
            param=param,
            code="invalid_type",
        )
    return ApiError(f"Invalid '{param}': {detail['msg']}.", param=param, code="invalid_value")


def _invalid_choice(param: str, value: Any, bounds: dict[str, Any]) -> ApiError:
    """A value that is none of a union's choices; the choice is made by its ``type`` or by its JSON type."""
    expected = bounds["expected_tags"].replace("<", "").replace(">", "")
    if bounds["discriminator"] == "type_of()":
        given = value.get("type") if isinstance(value, dict) else value
        param = f"{param}.type"
        return ApiError(
            f"Invalid value: {given!r}. Supported values are: {expected}.", param=param, code="invalid_value"
        )
    return ApiError(
        f"Invalid type for '{param}': expected {expected}, got {_type_name(value)} instead.",
        param=param,
        code="invalid_type",
    )


def param_of(location: tuple[int | str, ...]) -> str:
    """A place in the body as the API writes it, such as ``tools[0].function.name``."""
    path = ""
    for step in location:
        if isinstance(step, int):
            path += f"[{step}]"
        elif step != "[key]" and not step.startswith("<"):  # pydantic's mark of a map's key, and the tags of unions
            path += f".{step}" if path else step
    return path


def _type_name(value: Any) -> str:
    """What JSON calls the type of a value."""
    names = {
        bool: "a boolean",
        int: "an integer",
        float: "a number",
        str: "a string",
        list: "an array",
        dict: "an object",
        type(None): "null",
    }
    return names.get(type(value), type(value).__name__)
