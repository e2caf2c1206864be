# Copyright (c) 2026, the aiops.openai contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Write the documentation of options and of returned values into modules: documentation.py [--check] [MODULE...].

A field's words are the text below it in its class, its type and its limits are the annotation's, and rules between
fields are the model's or the module's constraints. A module says the rest itself: what stands between BEGIN and END,
and in RETURN, is made here. ansible-core cannot share RETURN between modules before 2.20 (ansible/ansible#72635).

The words of an option are a list: paragraphs, and at its end a mapping where each choice has words of its own.
`{limit}` in them is the limit of `Field`, and `O(.name)` the option of that name beside this one.
"""

from __future__ import annotations

import ast
import difflib
import importlib
import inspect
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import yaml
from pydantic.fields import FieldInfo

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / ".build" / "live"))

from ansible_collections.aiops.openai.plugins.module_utils.api.models import (  # noqa: E402
    RequestModel,
    in_the_apis_words,
)
from ansible_collections.aiops.openai.plugins.module_utils.engine.fields import (  # noqa: E402
    NOTHING,
    Option,
    Shown,
    ShownObject,
    TaskOptions,
    shown_fields,
)
from ansible_collections.aiops.openai.plugins.module_utils.engine.identity import nothing_to_match  # noqa: E402
from ansible_collections.aiops.openai.plugins.module_utils.tasks.declaration import (  # noqa: E402
    InfoModule,
    ObjectModule,
    StateModule,
)
from ansible_collections.aiops.openai.plugins.module_utils.tasks.failure import (  # noqa: E402
    AmbiguousFailure,
    Failure,
)
from ansible_collections.aiops.openai.plugins.module_utils.tasks.spec import fields_of, options_of  # noqa: E402

BEGIN, END = "  # BEGIN fields (made by `make docs-write`)", "  # END fields"
MADE = "# Made by `make docs-write` from the classes of what is returned."
BASES = (RequestModel, TaskOptions, ShownObject)
TYPES = {str: "str", int: "int", float: "float", bool: "bool", dict: "dict"}

Docs = dict[str, Any]


# Annotations


def less_null(hint: Any) -> Any:
    """An annotation less its `| None`."""
    kinds = [part for part in get_args(hint) if part is not NoneType]
    return kinds[0] if get_origin(hint) in (Union, UnionType) and len(kinds) == 1 else hint


def marks(hint: Any) -> list[Any]:
    """What `Annotated` says at the top of an annotation."""
    hint = less_null(hint)
    return [*marks(hint.__origin__), *hint.__metadata__] if get_origin(hint) is Annotated else []


def kind(hint: Any) -> Any:
    """The type that an annotation is about."""
    hint = less_null(hint)
    return kind(hint.__origin__) if get_origin(hint) is Annotated else hint


def element(hint: Any) -> Any:
    """The annotation of a list's elements, or that of what is no list itself."""
    return get_args(kind(hint))[0] if get_origin(kind(hint)) is list else hint


def limits(hint: Any) -> dict[str, Any]:
    """What `Field` says at the top of an annotation."""
    rules = [rule for mark in marks(hint) if isinstance(mark, FieldInfo) for rule in mark.metadata]
    names = ("min_length", "max_length", "ge", "le")
    return {name: getattr(rule, name) for rule in rules for name in names if hasattr(rule, name)}


# Words


def words_of(owner: type) -> dict[str, str]:
    """The text below each field of a class and of those it inherits from."""
    words: dict[str, str] = {}
    for each in reversed(owner.__mro__):
        if issubclass(each, BASES) and each not in BASES:
            (body,) = ast.parse(textwrap.dedent(inspect.getsource(each))).body
            for field, text in zip(body.body, body.body[1:], strict=False):  # type: ignore[attr-defined]
                if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr):
                    words[field.target.id] = inspect.cleandoc(text.value.value)  # type: ignore[attr-defined]
    return words


def paragraphs(field: str, text: str | None) -> list[Any]:
    """The words of a field as a list. Ends the program where there are none."""
    if not text:
        raise SystemExit(f"{field} has no words: write them below it, in its class")
    return yaml.safe_load(text) if text.startswith("- ") else [" ".join(text.split())]


def limit_of(hint: Any) -> str:
    """An annotation's limits in words."""
    said, shape = limits(hint), kind(hint)
    least, most = said.get("min_length", said.get("ge")), said.get("max_length", said.get("le"))
    if least is None and most is None:
        return ""
    if most is None:
        return "It must not be empty." if "min_length" in said and least == 1 else f"At least {least}{unit(shape)}."
    if least is not None:
        return f"From {least} to {most}{unit(shape)}."
    return f"At most {'one' if most == 1 else most}{unit(shape)}."


def unit(shape: Any) -> str:
    """What the numbers of a limit count, and how long the parts of what they count may be."""
    if get_origin(shape) is dict:
        key, value = get_args(shape)
        return f" pairs{sizes(keys=key, values=value)}"
    return " characters" if shape is str else sizes(texts=element(shape))


def sizes(**parts: Any) -> str:
    """How long the parts of a container may be, as the end of a sentence."""
    texts = {what: limits(hint).get("max_length") for what, hint in parts.items() if kind(hint) is str}
    said = [f"{what} of at most {most}" for what, most in texts.items() if most]
    return f", with {' and '.join(said)} characters" if said else ""


def with_limit(field: str, words: str, hint: Any) -> str:
    """The words with the limit in its place. Ends the program where it has none, and the words do not say it."""
    limit = limit_of(hint)
    words = words.replace("{limit}", limit).replace("{limit:,}", limit.rstrip(".") + ",")
    if not all(re.search(rf"\b{part}\b", words) for part in re.findall(r"\d+|empty", limit)):
        raise SystemExit(f"{field} does not say its limit: {limit}")
    return words


def rules_for(name: str, constraints: Mapping[str, Any], above: str) -> Iterator[str]:
    """The sentences on a field that the rules between fields make."""

    def listed(names: Iterable[str]) -> str:
        *rest, last = [f"O({above}{each})" for each in names]
        return f"{', '.join(rest)} and {last}" if rest else last

    for key, value, wanted, *one_is_enough in constraints.get("required_if", ()):
        if name in wanted and any(one_is_enough):
            yield f"One of {listed(wanted)} is required if O({above}{key}={value})."
        elif name in wanted:
            yield f"Required if O({above}{key}={value})."
    for names in constraints.get("required_one_of", ()):
        others = [each for each in names if each != name]
        if name in names:
            yield f"Required if {listed(others)} {'is' if len(others) == 1 else 'are'} left out."
    rivals = [each for names in constraints.get("mutually_exclusive", ()) if name in names for each in names]
    if rivals:
        yield f"Mutually exclusive with {listed([each for each in rivals if each != name])}."
    if name in constraints.get("required_by", {}):
        yield f"It needs {listed(constraints['required_by'][name])}."


# Options


def options_docs(model: type, constraints: Mapping[str, Any], above: str = "") -> Docs:
    """The documentation of the options that a model's fields are; `above` is the path of the options they are in."""
    hints = {in_the_apis_words(name): hint for name, hint in fields_of(model).items()}
    words = {in_the_apis_words(name): said for name, said in words_of(model).items()}
    docs = {}
    for name, spec in options_of(model).items():
        field = f"{model.__name__}.{name}"
        said = with_limit(field, words.get(name, ""), hints[name]).replace("O(.", f"O({above}")
        description = paragraphs(field, said)
        meanings = description.pop() if isinstance(description[-1], dict) else None
        description += rules_for(name, constraints, above)
        docs[name] = {"description": description, **since(hints[name]), **option_docs(spec, meanings)}
        inner = kind(element(hints[name]))
        if "options" in spec:
            below = f"{above}{name}{'[]' if spec['type'] == 'list' else ''}."
            docs[name]["suboptions"] = options_docs(inner, inner.constraints, below)
    return docs


def option_docs(spec: Mapping[str, Any], meanings: Docs | None) -> Docs:
    """What an argument spec says of an option, in the words of documentation."""
    told = {name: spec[name] for name in ("type", "elements", "required", "default") if name in spec}
    if "choices" in spec:
        told["choices"] = {each: meanings[each] for each in spec["choices"]} if meanings else spec["choices"]
    return told | ({"aliases": list(spec["aliases"])} if "aliases" in spec else {})


def since(hint: Any) -> Docs:
    """The version that brought a field, where it is younger than its module."""
    versions = [mark.since for mark in marks(hint) if isinstance(mark, (Option, Shown)) and mark.since]
    return {"version_added": versions[0]} if versions else {}


def fields_docs(declaration: Any) -> Docs:
    """The documentation of the options that are fields of classes."""
    found = [options_docs(each, declaration.constraints) for each in declaration.option_classes]
    return {name: docs for each in found for name, docs in each.items()}


# Returned values


def values_docs(shown: type[ShownObject]) -> Docs:
    """The documentation of the fields of what is returned."""
    words = words_of(shown)
    docs = {}
    for name, hint in shown_fields(shown).items():
        (mark,) = (mark for mark in marks(hint) if isinstance(mark, Shown))
        description = paragraphs(f"{shown.__name__}.{name}", words.get(name))
        docs[name] = {
            "description": description[0] if len(description) == 1 else description,
            "returned": mark.when,
            **since(hint),
            **value_docs(kind(hint)),
            **({} if mark.sample is NOTHING else {"sample": mark.sample}),
        }
    return docs


def value_docs(hint: Any) -> Docs:
    """The type of a returned value, and what it contains."""
    if get_origin(hint) is list:
        inner = value_docs(kind(element(hint)))
        return {**inner, "type": "list", "elements": inner["type"]}
    if isinstance(hint, type) and issubclass(hint, ShownObject):
        return {"type": "dict", "contains": values_docs(hint)}
    return {"type": TYPES.get(get_origin(hint) or hint, "raw")}


def return_docs(declaration: Any) -> Docs:
    """The whole of RETURN: the object or the list of objects, what a task returns beside it, and the failure."""
    own = values_docs(declaration.results)
    error = failure_docs(declaration)
    error["contains"] |= own.pop("error", {}).get("contains", {})
    if not isinstance(declaration, ObjectModule):
        return {**own, "error": error}
    resource, docs = declaration.resource, object_docs(declaration)
    name = resource.name if isinstance(declaration, StateModule) else resource.plural
    if name in own:
        more = own.pop(name)
        docs["returned"] = more["returned"]
        docs["description"] += more["description"] if isinstance(more["description"], list) else [more["description"]]
    return {name: docs, **own, "error": error}


def object_docs(declaration: Any) -> Docs:
    """What a module returns under the name of its object."""
    resource, reads = declaration.resource, isinstance(declaration, InfoModule)
    many = not isinstance(declaration, StateModule)
    if reads and declaration.listable:
        what = f"The {resource.plural} that were found, in the order of the list."
    elif many and not reads:
        what = f"The {resource.plural} of the set in its order, as the server has them after the task."
    elif reads:
        what = f"The {resource.name}, or nothing if it does not exist."
    else:
        what = f"The {resource.name} as the server has it after the task, or in check mode as it would have it."
    return {
        "description": [what, "Fields that the server shows beyond these are returned too."],
        "returned": "success" if many else "when O(state=present)",
        **({"type": "list", "elements": "dict"} if many else {"type": "dict"}),
        "contains": values_docs(resource.shown),
    }


def failure_docs(declaration: Any) -> Docs:
    """What a module returns of its failure."""
    about = about_object(declaration) if isinstance(declaration, ObjectModule) else ABOUT_NO_OBJECT
    facts = filled(values_docs(AmbiguousFailure if "other_id" in about else Failure), about)
    known = (
        "What is known of the failure, for the playbook to decide by. Keys that are not known are left out, and it is "
        "empty where a mistake in the task was found before any request."
    )
    return {"description": [known], "returned": "failure", "type": "dict", "contains": facts}


ABOUT_NO_OBJECT = {"name": "server", "method": "GET", "path": "/models"}


def about_object(declaration: ObjectModule) -> dict[str, str]:
    """What a module's failure is about, for its samples; with another id where several objects may be meant."""
    resource, reads = declaration.resource, isinstance(declaration, InfoModule)
    samples = {name: docs.get("sample") for name, docs in values_docs(resource.shown).items()}
    prefix, rest = re.fullmatch(r"(.*[_-]|)(.*)", samples["id"]).groups()  # type: ignore[union-attr]
    about = {
        "name": resource.name,
        "plural": resource.plural,
        "method": "GET" if reads else "POST",
        "path": re.sub(r"{(\w+)}", lambda found: str(samples.get(found[1], found[1])), resource.place.path),
        "id": samples["id"],
    }
    identity = resource.identity
    several = not reads and identity.matches is not nothing_to_match and identity.taken != "newest"
    return about | ({"other_id": f"{prefix}{rest[::-1]}"} if several else {})


def filled(docs: Any, about: Mapping[str, Any]) -> Any:
    """The documentation with what is in braces in its texts filled in."""
    if isinstance(docs, dict):
        return {key: filled(value, about) for key, value in docs.items()}
    if isinstance(docs, list):
        return [filled(value, about) for value in docs]
    return docs.format(**about) if isinstance(docs, str) else docs


# Files


def scalar(value: Any) -> str:
    """A value in YAML, on one line."""
    return yaml.safe_dump(value, width=sys.maxsize, allow_unicode=True).removesuffix("...\n").strip()


def lines(value: Any, indent: int) -> Iterator[str]:
    """YAML as the rest of the collection is written: lists inside their key, no line beyond column 120."""
    for key, each in value.items() if isinstance(value, dict) else ((None, each) for each in value):
        start = "-" if isinstance(value, list) else f"{scalar(key)}:"
        if isinstance(value, list) and isinstance(each, dict) and each:
            first, *rest = lines(each, indent + 2)
            yield from [f"{' ' * indent}- {first.lstrip()}", *rest]
        elif isinstance(each, (dict, list)) and each:
            yield from [f"{' ' * indent}{start}", *lines(each, indent + 2)]
        else:
            yield from textwrap.wrap(
                f"{start} {scalar(each)}",
                120,
                initial_indent=" " * indent,
                subsequent_indent=" " * (indent + 2),
                break_long_words=False,
                break_on_hyphens=False,
            )


def dumped(docs: Docs, indent: int = 0) -> str:
    """The documentation as YAML. Ends the program where it would be read as something else."""
    text = "\n".join([*lines(docs, indent), ""]) if docs else ""
    if docs and yaml.safe_load(text) != docs:
        raise SystemExit(f"this cannot be written as it stands:\n{text}")
    return text


def rewritten(name: str, source: str) -> str:
    """A module's source with its documentation as it should be. Ends the program where it has no place for it."""
    declaration = importlib.import_module(f"ansible_collections.aiops.openai.plugins.modules.{name}").DECLARATION
    options, returned = dumped(fields_docs(declaration), 2), dumped(return_docs(declaration))
    if options or BEGIN in source:
        source = replaced(name, source, f"{BEGIN}\n", options, f"{END}\n")
    return replaced(name, source, 'RETURN = r"""\n---\n', f"{MADE}\n{returned}", '"""\n')


def replaced(name: str, source: str, begin: str, text: str, end: str) -> str:
    """The source with `text` between two of its lines."""
    block = rf"(?<=^{re.escape(begin)}).*?(?=^{re.escape(end)})"
    made, found = re.subn(block, lambda _found: text, source, count=1, flags=re.MULTILINE | re.DOTALL)
    if not found:
        raise SystemExit(f"{name} has no place for what is made: it stands between these lines\n{begin}{end}")
    return made


def difference(path: Path) -> str:
    """What is stale in a module, line by line."""
    before = path.read_text()
    both = before.splitlines(keepends=True), rewritten(path.stem, before).splitlines(keepends=True)
    return "".join(difflib.unified_diff(*both, path.name, "made by make docs-write", n=1))


def main(*arguments: str) -> int:
    """Writes the modules that are named, or all; with --check prints the differences and returns their number."""
    named = [name for name in arguments if name != "--check"]
    modules = [path for path in (ROOT / "plugins" / "modules").glob("*.py") if path.stem in named or not named]
    if "--check" in arguments:
        stale = [text for text in map(difference, sorted(modules)) if text]
        sys.stdout.write("".join([*stale, "Run make docs-write.\n" if stale else ""]))
        return len(stale)
    for path in modules:
        path.write_text(rewritten(path.stem, path.read_text()))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
