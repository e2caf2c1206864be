# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Tasks that nobody would think of, made from each module's own argument spec: sensible ones, and spoilt ones."""

from __future__ import annotations

import copy
import datetime
import importlib
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from ansible_collections.aiops.openai.plugins.module_utils.tasks.arguments import CONNECTION
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import StateModule

DECLARATIONS = {
    path.stem: importlib.import_module(f"ansible_collections.aiops.openai.plugins.modules.{path.stem}").DECLARATION
    for path in sorted((Path(__file__).parents[2] / "plugins" / "modules").glob("*.py"))
}
MODULES = {name: each for name, each in DECLARATIONS.items() if set(each.argument_spec()) > set(CONNECTION)}
"""Those that have options of their own."""

Json = dict[str, Any]
Place = tuple[str, ...]

# --- what nobody means to say ---

CRUEL_TEXTS = [
    *(
        "",
        " ",
        ".",
        "..",
        "../",
        "../../x",
        "a/b",
        "?a=b",
        "#a",
        "%2f",
        "%2e%2e",
        "%",
        "a\nb",
        "a\r\nX: y",
        "\0",
        "\x7f",
    ),
    *("\ud800", "a\udfff", "\u2028", "\u202e", "é", "𝒶", "{}", "[]", "{", "null", "NaN", "1e999", '{"a": NaN}'),
    *('"\\ud800"', '{"a": 1e999}', '{"type": "function"}', "[" * 100_000, "9" * 5000, "a" * 1000, "a" * 300_000),
    "(known after apply)",
]
MAPPINGS_AS_TEXT = [
    *(
        "{1: 2}",
        "{None: 1}",
        "{(1, 2): 3}",
        "{'a': {1: 2}}",
        "{'a': {1, 2}}",
        "{'a': 1j}",
        "{'a': b'x'}",
        "{b'x': 'a'}",
    ),
    *(
        "{'a': ...}",
        "{'a': '\\ud800'}",
        "{'a': 1e999}",
        "{'a': NaN}",
        '{"a": NaN}',
        '{"\\ud800": 1}',
        "{'a': 9" + "9" * 400 + "}",
    ),
    *("a=b", "a=b, c=d", "a='b", "=", "{'type': 'function', 'function': 5}", "{1: 2, 'type': 'text', 'role': 'user'}"),
]
"""ansible-core makes mappings of them, with all that Python can write down."""

CRUEL_NUMBERS = [0, -1, 1 << 31, 1 << 63, 10**4000, 1e300, -0.0, float("nan"), float("inf"), -float("inf")]


def nested(depth: int) -> Any:
    """Lists and mappings in each other."""
    value: Any = "x"
    for number in range(depth):
        value = [value] if number % 2 else {"type": value}
    return value


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()), max_size=20)
    | st.sampled_from(CRUEL_TEXTS)
    | st.sampled_from(CRUEL_NUMBERS)
    | st.sampled_from([datetime.date(2026, 1, 2), datetime.datetime(2026, 1, 2, 3, 4), b"", b"\xff"])
)
ANYTHING = st.recursive(
    SCALARS | st.sampled_from([nested(101), nested(300)]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5) | SCALARS, inner, max_size=4),
    max_leaves=6,
)

# --- what somebody may mean ---

WORDS = st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=8)
TEXTS = WORDS | st.text(max_size=12)
RAW = (
    st.sampled_from(["auto", "none", "json_object", '{"type": "object"}', {"type": "text"}, {"type": "object"}])
    | st.sampled_from([{"type": "file_search"}, [{"type": "text", "text": "Hello"}]])
    | TEXTS
)
NUMBERS = {"int": st.integers(1, 50) | st.integers(256, 600), "float": st.floats(0, 1)}


def sensible(spec: Mapping[str, Any], name: str = "", ids: Mapping[str, str] | None = None) -> st.SearchStrategy[Any]:
    """A value that an option may well have."""
    if "choices" in spec:
        return _listed(spec, st.sampled_from(spec["choices"]))
    if "options" in spec:
        return _listed(spec, options(spec["options"], spec, ids))
    known = [value for kind, value in (ids or {}).items() if name.endswith(kind)]
    if known:
        return st.just(known[-1])
    one = {**spec, "type": spec["elements"]} if spec.get("elements") else spec
    kinds = {
        **NUMBERS,
        "str": TEXTS,
        "bool": st.booleans(),
        "raw": RAW,
        "dict": st.dictionaries(WORDS, TEXTS, max_size=3),
        "path": st.just("/"),
    }
    return _listed(spec, kinds[one["type"]])


def _listed(spec: Mapping[str, Any], value: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(value, max_size=3) if spec.get("type") == "list" else value


@st.composite
def options(
    draw: st.DrawFn, spec: Mapping[str, Any], rules: Mapping[str, Any], ids: Mapping[str, str] | None = None
) -> Json:
    """Options of a spec, some of them, as the rules between them have it."""
    wanted = draw(st.sets(st.sampled_from(sorted(spec)), max_size=6)) | {
        name for name, one in spec.items() if one.get("required")
    }
    for names in rules.get("mutually_exclusive", ()):
        wanted -= set([name for name in names if name in wanted][1:])
    for names in rules.get("required_one_of", ()):
        wanted |= set() if wanted & set(names) else {names[0]}
    given = {name: draw(sensible(spec[name], name, ids)) for name in sorted(wanted)}
    for option, value, names, *any_of_them in rules.get("required_if", ()):
        if given.get(option, spec[option].get("default")) == value:
            for name in names[:1] if any_of_them else names:
                if name not in given:
                    given[name] = draw(sensible(spec[name], name, ids))
    for option, names in rules.get("required_by", {}).items():
        for name in names:
            if option in given and name not in given:
                given[name] = draw(sensible(spec[name], name, ids))
    return given


def module_options(module: str) -> Json:
    """A module's options, less those that say how the server is reached, and those that are sent unread."""
    spec = MODULES[module].argument_spec()
    return {name: one for name, one in spec.items() if name not in CONNECTION and name != "extra_body"}


def arguments(module: str, ids: Mapping[str, str] | None = None) -> st.SearchStrategy[Json]:
    """Arguments of a task that looks sensible."""
    return options(module_options(module), MODULES[module].constraints, ids)


# --- one of it spoilt ---


def places(spec: Mapping[str, Any]) -> Iterator[Place]:
    """Every option at every depth."""
    for name, one in spec.items():
        yield (name,)
        for below in places(one.get("options", {})):
            yield (name, *below)


def spoilt(given: Json, place: Place, value: Any, spec: Mapping[str, Any]) -> Json:
    """The arguments with the value at that place; what leads there is made where it is missing."""
    result = copy.deepcopy(given)
    at: Any = result
    for name in place[:-1]:
        is_list = spec[name].get("type") == "list"
        if not at.get(name):
            at[name] = [{}] if is_list else {}
        at = at[name][0] if is_list else at[name]
        spec = spec[name]["options"]
    at[place[-1]] = value
    return result


@st.composite
def spoilt_arguments(draw: st.DrawFn, module: str, ids: Mapping[str, str] | None = None) -> tuple[Place, Json]:
    """Arguments that look sensible but for one, and which that is."""
    spec = module_options(module)
    place = draw(st.sampled_from(sorted(places(spec))))
    value = draw(ANYTHING | st.sampled_from(MAPPINGS_AS_TEXT))
    return place, spoilt(draw(arguments(module, ids)), place, value, spec)


# --- fields that the API knows, past the options ---

FIELDS = [
    *("id", "object", "created_at", "status", "metadata", "name", "model", "role", "content", "attachments", "tools"),
    *("tool_resources", "thread", "messages", "assistant_id", "response_format", "tool_choice", "stream", "user"),
    *(
        "truncation_strategy",
        "additional_messages",
        "workflow",
        "expires_after",
        "rate_limits",
        "chatkit_configuration",
    ),
]
EXTRA_BODIES = (
    st.sampled_from(MAPPINGS_AS_TEXT)
    | st.dictionaries(st.sampled_from(FIELDS), ANYTHING | st.none() | RAW | TEXTS, min_size=1, max_size=3)
    | st.dictionaries(st.sampled_from(FIELDS), st.dictionaries(WORDS, SCALARS, max_size=2), max_size=2)
    | ANYTHING
)


@st.composite
def extended_arguments(draw: st.DrawFn, module: str, ids: Mapping[str, str] | None = None) -> Json:
    """Arguments that look sensible, and an option past the object's own that may not."""
    given = draw(arguments(module, ids))
    if not isinstance(MODULES[module], StateModule):
        return {**given, draw(st.sampled_from(["extra_headers", "find_one", "max_items"])): draw(EXTRA_BODIES)}
    if draw(st.booleans()):  # an option would stand in the way of a field of its name
        given = {name: value for name, value in given.items() if name not in MODULES[module].fields}
    return {**given, "extra_body": draw(EXTRA_BODIES)}
