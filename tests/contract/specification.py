# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""OpenAI's specification of the API as a judge of requests and answers."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from jsonschema.protocols import Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

CONTRACT = Path(__file__).resolve().parents[3] / "shared" / "contract"
SPECIFICATION = CONTRACT / "openai-openapi.yaml"
DIGESTS = (CONTRACT / "digest.json", CONTRACT / "digest-next.json")
DOCUMENTS = {"openai": SPECIFICATION, "agents": CONTRACT / "agents-openapi.yaml"}
AGENTS = ("/agents", "/vaults")
"""The paths that the second document tells of. It knows no error bodies."""

needs_specification = pytest.mark.skipif(
    not SPECIFICATION.exists(), reason="the API's specification does not lie beside this checkout (shared/contract)"
)

Operation = tuple[str, str]  # method and path template


OF_THE_NEXT = ("agent", "file", "vector_store", "vector_store_file")
"""The objects of the second digest that the collection knows; it holds more than those."""


@functools.cache
def digest() -> dict[str, Any]:
    """The fields and operations of each kind of object."""
    first, second = (json.loads(path.read_text()) for path in DIGESTS)
    return {**first, **{kind: second[kind] for kind in OF_THE_NEXT}}


def operations() -> set[Operation]:
    """Every operation the collection uses."""
    used = {(each["method"], each["path"]) for value in digest().values() for each in value.get("operations", [])}
    return {("POST", path) if path.endswith("/search") else (method, path) for method, path in used}


def operation_of(method: str, path: str) -> Operation:
    """The operation a request is one of. A template without parameters wins: /threads/runs is no thread."""
    path = path.partition("?")[0]
    fitting = [template for template in _document(_judge(path))["paths"] if _template_pattern(template).fullmatch(path)]
    if not fitting:
        raise LookupError(f"the specification has no path for {path}")
    return method.upper(), min(fitting, key=lambda template: template.count("{"))


def validate_request(method: str, path: str, body: Any) -> None:
    """Raise a ValidationError unless the body is one the operation accepts."""
    verb, template = operation_of(method, path)
    content = ["paths", template, verb.lower(), "requestBody", "content"]
    place = [*content, "multipart/form-data" if template == "/files" else "application/json", "schema"]
    _validator(_judge(path), _pointer(place)).validate(body)


def validate_answer(method: str, path: str, status: int, body: Any) -> None:
    """Raise a ValidationError unless the body is one the operation answers with that status."""
    verb, template = operation_of(method, path)
    if status != 200:
        validate_schema("ErrorResponse", body)
        return
    if template == "/files/{file_id}/content":  # any bytes at all
        return
    place = ["paths", template, verb.lower(), "responses", "200", "content", "application/json", "schema"]
    _validator(_judge(path), _pointer(place)).validate(body)


def body_in(sent: bytes) -> Any:
    """The body of a request: JSON, or the fields of a form. None without one."""
    if not sent.startswith(b"--"):
        return json.loads(sent) if sent else None
    boundary, _line, _rest = sent.partition(b"\r\n")
    fields: dict[str, Any] = {}
    for part in sent.split(boundary)[1:-1]:
        head, _line, value = part.partition(b"\r\n\r\n")
        (name,) = re.findall(r'name="([^"]*)"', head.decode())[:1]
        text = value.removesuffix(b"\r\n").decode("latin-1")
        outer, _bracket, inner = name.partition("[")
        if inner:
            fields.setdefault(outer, {})[inner.removesuffix("]")] = int(text) if text.isdigit() else text
        else:
            fields[name] = text
    return fields


EVENT_SCHEMAS = {
    "thread.created": "ThreadObject",
    "thread.run.step": "RunStepObject",
    "thread.run": "RunObject",
    "thread.message": "MessageObject",
    "error": "ErrorResponse",
}


def events(stream: str) -> list[tuple[str, str]]:
    """The name and the data of each event in a stream."""
    told = [block.split("\n", 1) for block in stream.strip().split("\n\n")]
    return [(name.removeprefix("event: "), data.removeprefix("data: ")) for name, data in told]


def validate_event(name: str, data: str) -> None:
    """Raise a ValidationError unless the data is what an event of that name carries."""
    if name in ("thread.message.delta", "done"):  # the first has no schema among those of our paths, the last no object
        return
    schemas = [schema for prefix, schema in EVENT_SCHEMAS.items() if name.startswith(prefix)]
    if not schemas:
        raise LookupError(f"the specification has no event {name}")
    validate_schema(schemas[0], json.loads(data))


def names_what_to_drop(body: Any) -> bool:
    """Whether it is the one request beyond the specification: null for a metadata key that an update has left."""
    return None in (body.get("metadata") or {}).values()


def validate_schema(name: str, body: Any) -> None:
    """Raise a ValidationError unless the body is of one of the specification's schemas."""
    _validator("openai", _pointer(["components", "schemas", name])).validate(body)


def _judge(path: str) -> str:
    return "agents" if path.startswith(AGENTS) else "openai"


@functools.cache
def _document(name: str) -> dict[str, Any]:
    with DOCUMENTS[name].open() as file:
        return _mended(yaml.load(file, yaml.CSafeLoader))


def _mended(part: Any) -> Any:
    """The specification says oneOf [integer, number] where it means either: every integer is also a number."""
    if isinstance(part, list):
        return [_mended(each) for each in part]
    if not isinstance(part, dict):
        return part
    types = [each.get("type") for each in part.get("oneOf", []) if isinstance(each, dict)]
    if "integer" in types and "number" in types:
        part = {**part, "anyOf": part["oneOf"]}
        del part["oneOf"]
    return {key: _mended(value) for key, value in part.items()}


@functools.cache
def _registry() -> Registry[Any]:
    registry: Registry[Any] = Registry()
    return registry.with_resources((name, DRAFT202012.create_resource(_document(name))) for name in DOCUMENTS)


@functools.cache
def _validator(name: str, pointer: str) -> Validator:
    _registry().resolver(name).lookup(pointer)  # a place that does not exist must not pass for "anything goes"
    return Draft202012Validator({"$ref": name + pointer}, registry=_registry())


@functools.cache
def _template_pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{.+?\\\}", "[^/]+", re.escape(template)))


def _pointer(steps: list[str]) -> str:
    return "#/" + "/".join(
        step.replace("~", "~0").replace("/", "~1").replace("{", "%7B").replace("}", "%7D") for step in steps
    )
