# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The pydantic bases of what is sent and what is received."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, ClassVar, TypeVar

from .client import Answer
from .errors import BadAnswer, InvalidTask
from .libraries import AfterValidator, BaseModel, ConfigDict, ValidationError
from .sendable import LONGEST_NAME, check_id, one_line


def in_the_apis_words(field: str) -> str:
    """The name of a field in the API: one that Python or pydantic takes for its own stands with `_` at its end here."""
    return field.removesuffix("_")


class RequestModel(BaseModel):
    """A request body or a part of one; the API's limits live in its fields.

    Unknown fields are refused, and only what was given is sent. Numbers are taken where the API wants strings,
    since YAML makes numbers of what its author meant as text.
    """

    model_config = ConfigDict(
        extra="forbid",
        coerce_numbers_to_str=True,
        defer_build=True,
        serialize_by_alias=True,
        alias_generator=in_the_apis_words,
    )

    constraints: ClassVar[Mapping[str, Any]] = {}
    """The rules between its fields, where no limit but the fields' being there is at stake (`required_if` and such)."""


class WireObject(BaseModel):
    """Any object of the API as it was received; fields this collection does not know are kept."""

    model_config = ConfigDict(extra="allow", defer_build=True)

    id: Annotated[str, AfterValidator(check_id)]
    object: str


class Page(BaseModel):
    """One page of a list."""

    model_config = ConfigDict(extra="allow", defer_build=True)

    data: list[dict[str, Any]]
    has_more: bool = False
    first_id: str | None = None
    last_id: str | None = None

    @property
    def first(self) -> str | None:
        """The cursor of the page's first object."""
        return self.first_id or (_id_of(self.data[0]) if self.data else None)

    @property
    def last(self) -> str | None:
        """The cursor of the page's last object."""
        return self.last_id or (_id_of(self.data[-1]) if self.data else None)


def _id_of(listed: Mapping[str, Any]) -> str | None:
    return listed["id"] if isinstance(listed.get("id"), str) else None


Model = TypeVar("Model", bound=BaseModel)


def read(model: type[Model], answer: Answer) -> Model:
    """The answer's body as `model`. Raises BadAnswer naming the field that is not as the API promises."""
    try:
        return model.model_validate(answer.body)
    except ValidationError as error:
        problem = f"the server's answer is not a {model.__name__} of the API: {_first_problem(error)}"
        raise BadAnswer(problem, **answer.facts) from error


def received(
    answer: Answer, kind: str, model: type[WireObject] = WireObject, ids: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The answer's body, if it is an API object of that `kind` (the wire field `object`) that `model` takes.

    `ids` are the ids it must have where it has them: its own as `id`, its parents' by their fields.
    Raises BadAnswer where it is another.
    """
    found = read(model, answer)
    if found.object != kind:
        wrong = f"the server answered with an object of type {one_line(found.object)!r} where {kind!r} was asked for"
        raise BadAnswer(wrong, **answer.facts)
    for name, wanted in (ids or {}).items():
        if answer.body.get(name, wanted) != wanted:
            wrong = f"the server was asked about {kind} with the {name} {wanted}, and answered about another one"
            raise BadAnswer(wrong, **answer.facts)
    return answer.body


def request_body(model: type[RequestModel], given: Mapping[str, Any], where: str = "") -> dict[str, Any]:
    """`given` as the API takes it: checked against every limit, and nothing in it that was not given.

    Raises InvalidTask naming the option, behind `where` it stands, and the limit.
    """
    try:
        return model.model_validate(given).model_dump(mode="json", exclude_unset=True)
    except ValidationError as error:
        raise InvalidTask(f"Invalid value for {where}{_first_problem(error)}") from error


def _first_problem(error: ValidationError) -> str:
    """`option.path[index]: what is wrong with it`, without the value: it may be long, or a secret."""
    problem = error.errors(include_url=False, include_context=False)[0]
    where = _place(problem["loc"])
    said = problem["msg"].removeprefix("Value error, ").partition(" or instance of ")[0]
    if problem["type"] == "string_type":
        said += _why_no_text(problem["input"])
    return f"{where}: {said}"


def _why_no_text(given: Any) -> str:
    """How something else has come to stand where a text was meant."""
    if given is None or isinstance(given, bool):
        return "; put quotes around a word that YAML takes for true, false or null"
    if isinstance(given, (dict, list)):
        return "; where JSON text was meant, a template has read it: let it end in | to_json"
    return ""


def _place(steps: Iterable[int | str]) -> str:
    where = ""
    for step in steps:
        name = " (the key)" if step == "[key]" else f".{str(step)[:LONGEST_NAME]}"
        where += f"[{step}]" if isinstance(step, int) else name
    return where.lstrip(".")
