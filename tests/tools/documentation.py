# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the documentation of fields and of returned values into modules: documentation.py [--check] [MODULE...].

A field's words are the text below it in its class, its type and its limits are the annotation's, and rules between
fields are the model's constraints. A module says the rest itself: what stands between BEGIN and END, and in RETURN, is
made here. ansible-core cannot share RETURN between modules before 2.20 (ansible/ansible#72635).
"""

from __future__ import annotations

import ast
import difflib
import importlib
import inspect
import re
import sys
import textwrap
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import yaml
from pydantic.fields import FieldInfo

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = "ansible_collections.aiops.openai.plugins"
BEGIN, END = "  # BEGIN fields (make docs-write)", "  # END fields"
DESCRIBED = "# Made by `make docs-write` from the classes of what the server shows."


def package(name: str) -> Any:
    return importlib.import_module(f"{PLUGINS}.{name}")


class Dumper(yaml.SafeDumper):
    """Lists stand inside their key, as in the rest of the collection, and nothing is an alias."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def dumped(value: Any, indent: int = 0) -> str:
    """YAML whose lines end by column 120: PyYAML breaks a line only after the word that goes beyond its width."""
    how: dict[str, Any] = {"Dumper": Dumper, "sort_keys": False, "allow_unicode": True, "default_flow_style": False}
    for width in range(120 - indent, 40, -1):
        text = textwrap.indent(yaml.dump(value, width=width, **how), " " * indent)
        if max(map(len, text.splitlines())) <= 120:
            return text
    raise SystemExit(f"a word is too long for a line: {value!r}")


def words_of(owner: type) -> dict[str, str]:
    """The text below each field of a class and of those it inherits from."""
    words: dict[str, str] = {}
    for each in reversed(owner.__mro__):
        if not each.__module__.startswith(PLUGINS):
            continue
        body = ast.parse(textwrap.dedent(inspect.getsource(each))).body[0].body  # type: ignore[attr-defined]
        for field, text in zip(body, body[1:], strict=False):
            if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
                words[field.target.id] = inspect.cleandoc(text.value.value)  # type: ignore[attr-defined]
    return words


def limits(hint: Any) -> dict[str, Any]:
    """What `Field` says in an annotation, at its top: max_length, ge, le."""
    found: dict[str, Any] = {}
    if get_origin(hint) is Annotated:
        for mark in hint.__metadata__:
            for rule in mark.metadata if isinstance(mark, FieldInfo) else ():
                found |= {key: getattr(rule, key) for key in ("max_length", "ge", "le") if hasattr(rule, key)}
        return {**limits(hint.__origin__), **found}
    parts = [part for part in get_args(hint) if part is not type(None)]
    return limits(parts[0]) if len(parts) == 1 and get_origin(hint) is not list else {}


def limit_of(hint: Any, spec: dict[str, Any]) -> str:
    """An annotation's limits in words."""
    said = limits(hint)
    if spec["type"] == "dict" and "max_length" in said:
        key, value = (limits(part)["max_length"] for part in pair_of(hint))
        return (
            f"At most {said['max_length']} pairs, with keys of at most {key} and values of at most {value} characters."
        )
    if "le" in said:
        return f"From {said['ge']} to {said['le']}."
    if "max_length" in said:
        many = "one" if said["max_length"] == 1 else said["max_length"]
        return f"At most {many}{' characters' if spec['type'] == 'str' else ''}."
    return ""


def pair_of(hint: Any) -> tuple[Any, Any]:
    """The annotations of a mapping's keys and values."""
    while get_origin(hint) is not dict:
        hint = hint.__origin__ if get_origin(hint) is Annotated else get_args(hint)[0]
    return get_args(hint)


def rules_for(name: str, constraints: dict[str, Any], prefix: str) -> list[str]:
    """The sentences on a field that the rules between fields make."""
    said = [
        f"Required if O({prefix}{key}={value})."
        for key, value, wanted, *_any in constraints.get("required_if", ())
        if name in wanted
    ]
    for word, rule in (("Mutually exclusive with {others}.", "mutually_exclusive"),):
        for names in constraints.get(rule, ()):
            others = " and ".join(f"O({prefix}{other})" for other in names if other != name)
            said += [word.format(others=others)] if name in names else []
    for names in constraints.get("required_one_of", ()):
        every = " and ".join(f"O({prefix}{each})" for each in names)
        said += [f"One of {every} is required."] if name in names else []
    return said


def model_in(hint: Any) -> Any:
    """The model that an annotation is made of."""
    base = package("module_utils.api.models").RequestModel
    if isinstance(hint, type):
        return hint if issubclass(hint, base) else None
    parts = [hint.__origin__] if get_origin(hint) is Annotated else get_args(hint)
    return next((found for found in map(model_in, parts) if found), None)


def options_docs(model: Any, constraints: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """The documentation of the options that a model's fields are."""
    options = package("module_utils.tasks.spec")
    hints, words = options._fields(model), words_of(model)
    return {
        name: option_docs(name, spec, hints[name], words.get(name, ""), constraints, prefix)
        for name, spec in options.options_of(model).items()
    }


def option_docs(
    name: str, spec: dict[str, Any], hint: Any, words: str, constraints: dict[str, Any], prefix: str
) -> dict[str, Any]:
    limit = limit_of(hint, spec)
    words = words.replace("{limit}", limit).replace("{limit:,}", limit.rstrip(".") + ",").replace("O(.", f"O({prefix}")
    lines = yaml.safe_load(words) or []
    if not lines:
        raise SystemExit(f"{prefix}{name} has no words")
    if limit and not all(re.search(rf"\b{number}\b", str(lines)) for number in re.findall(r"\d+", limit)):
        raise SystemExit(f"{prefix}{name} does not say its limit: {limit}")
    told = [line for line in lines if isinstance(line, str)]
    choices = next((line for line in lines if isinstance(line, dict)), None)
    docs: dict[str, Any] = {"description": [*told, *rules_for(name, constraints, prefix)], "type": spec["type"]}
    docs |= {key: spec[key] for key in ("elements", "required", "default", "aliases") if key in spec}
    if "choices" in spec:
        docs["choices"] = {choice: choices[choice] for choice in spec["choices"]} if choices else spec["choices"]
    if "options" in spec:
        inner = model_in(hint)
        below = f"{prefix}{name}{'[]' if spec['type'] == 'list' else ''}."
        docs["suboptions"] = options_docs(inner, inner.constraints, below)
    return docs


TYPES = {str: "str", int: "int", float: "float", bool: "bool", list: "list", dict: "dict"}


def shown_docs(owner: type) -> dict[str, Any]:
    """The documentation of an object's fields as they are read."""
    words = words_of(owner)
    hints: dict[str, Any] = {}
    for each in reversed(owner.__mro__):
        hints |= inspect.get_annotations(each, eval_str=True) if each.__module__.startswith(PLUGINS) else {}
    docs = {}
    for name, hint in hints.items():
        (shown,) = (mark for mark in hint.__metadata__ if hasattr(mark, "sample"))
        kinds = [part for part in get_args(hint.__origin__) if part is not type(None)]
        kind = kinds[0] if kinds and get_origin(hint.__origin__) not in (list, dict) else hint.__origin__
        word = TYPES.get(get_origin(kind) or kind, "raw")
        elements = {"elements": TYPES[get_origin(get_args(kind)[0]) or get_args(kind)[0]]} if word == "list" else {}
        docs[name] = {
            "description": " ".join(words[name].split()),
            "returned": shown.when,
            "type": word,
            **elements,
            "sample": shown.sample,
        }
    return docs


def return_docs(declaration: Any) -> dict[str, Any]:
    """The whole of RETURN."""
    failure = package("module_utils.tasks.failure")
    resource, many = declaration.resource, type(declaration).__name__ == "InfoModule"
    beyond = "Fields that the server shows beyond these are returned too."
    fields = shown_docs(resource.shown)
    if many:
        found = [f"The {resource.plural} that were found, in the order of the list.", beyond]
        shown = {"description": found, "returned": "success", "type": "list", "elements": "dict", "contains": fields}
    else:
        reached = f"The {resource.name} as the server has it after the task, or in check mode as it would have it."
        shown = {
            "description": [reached, beyond],
            "returned": "when O(state=present)",
            "type": "dict",
            "contains": fields,
        }
    known = (
        "What is known of the failure, for the playbook to decide by. Keys that are not known are left out, and it is "
        "empty where a mistake in the task was found before any request."
    )
    kind = failure.ReadFailure if many else failure.FindFailure
    error = {"description": [known], "returned": "failure", "type": "dict", "contains": shown_docs(kind)}
    return {resource.plural if many else resource.name: shown, "error": error}


def rewritten(path: Path) -> str:
    """A module's source with its documentation as it should be."""
    source, declaration = path.read_text(), package(f"modules.{path.stem}").DECLARATION
    if BEGIN in source:
        made = dumped(options_docs(declaration.resource.body, dict(declaration.constraints)), 2)
        head, rest = source.split(BEGIN + "\n", 1)
        source = f"{head}{BEGIN}\n{made}{END}\n{rest.split(END + chr(10), 1)[1]}"
    returned = f'RETURN = r"""\n---\n{DESCRIBED}\n{dumped(return_docs(declaration))}"""\n'
    return re.sub(r'^RETURN = r"""\n.*?"""\n', lambda _found: returned, source, flags=re.MULTILINE | re.DOTALL)


def main(*arguments: str) -> int:
    check = "--check" in arguments
    named = [name for name in arguments if name != "--check"]
    modules = sorted((ROOT / "plugins" / "modules").glob("*.py"))
    stale = 0
    for path in modules:
        if path.stem not in named and (named or package(f"modules.{path.stem}").DECLARATION.resource.shown is None):
            continue
        before, after = path.read_text(), rewritten(path)
        if before == after:
            continue
        stale += 1
        if check:
            sys.stdout.writelines(
                difflib.unified_diff(before.splitlines(True), after.splitlines(True), path.name, "made", n=1)
            )
        else:
            path.write_text(after)
    if check and stale:
        print(f"{stale} modules are stale: run make docs-write")
    return stale if check else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / ".build" / "live"))
    sys.exit(main(*sys.argv[1:]))
