"""The registry of sources: reads the source files and their families, and refuses what does not hold."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from coso.errors import BadInputError
from coso.text import fold_words
from coso.yamlfile import parse_yaml, read_utf8
from scrapers.sourcefile import FAMILY_KEYS, Part, Source
from scrapers.sourceparts import make_part

PACKAGED_SOURCES = Path(__file__).parent / "sources"
FAMILIES = Path(__file__).parent / "families"

#: Lists that a source adds to its family's; every other key of a source replaces the family's.
_ADDED = frozenset({"tail_triggers", "selectors.drop"})
_VARIABLE = re.compile(r"\$\{([A-Z][A-Z0-9_]*)\}")  # in capitals: ``Page${page}`` is an event of ASP.NET


@dataclass(frozen=True)
class Registry:
    """All sources of one folder, by key."""

    sources: tuple[Source, ...]
    origins: Mapping[str, Path]

    def get(self, key: str) -> Source:
        """Return the source with this key.

        Raises:
            BadInputError: there is none; the nearest keys are named.
        """
        for source in self.sources:
            if source.key == key:
                return source
        near = difflib.get_close_matches(key, [source.key for source in self.sources], n=3, cutoff=0.5)
        hint = f"did you mean {', '.join(near)}?" if near else "list them with coso sources"
        raise BadInputError(f"unknown source {key!r}", hint)

    def joined(self, other: Registry) -> Registry:
        """Return the sources of both, sorted by key; where both have one, this registry's."""
        added = [source for source in other.sources if source.key not in self.origins]
        sources = sorted((*self.sources, *added), key=lambda source: source.key)
        return Registry(tuple(sources), {**other.origins, **self.origins})


def load_registry(folder: Path | None = None, variables: Mapping[str, str] | None = None) -> Registry:
    """Read every ``*.yml`` under ``folder`` (default: the packaged sources).

    Args:
        folder: where the source files lie, in any depth.
        variables: values for ``${NAME}`` in the files, such as the port of a local server.

    Raises:
        BadInputError: a file is broken, incomplete, or names something unknown; the file, the line or key and
            the mend are named.
    """
    root = PACKAGED_SOURCES if folder is None else folder
    if not root.is_dir():
        raise BadInputError(f"{root} is no folder of source files", "name a folder that holds *.yml files")
    families = {path.stem: _read_family(path) for path in sorted(FAMILIES.glob("*.yml"))}
    origins: dict[str, Path] = {}
    sources: list[Source] = []
    for path in sorted(p for p in root.rglob("*.yml") if not p.name.startswith(".")):
        source = _read_source(path, families, variables or {})
        if source.key in origins:
            raise BadInputError(
                f"{path}: key {source.key!r} is also the key of {origins[source.key]}",
                "give each source its own key",
            )
        origins[source.key] = path
        sources.append(source)
    if not sources:
        raise BadInputError(
            f"{root} holds no source file", "put at least one *.yml there (see docs/sources.md)"
        )
    return Registry(tuple(sorted(sources, key=lambda source: source.key)), origins)


def _read_source(path: Path, families: Mapping[str, dict[str, Any]], variables: Mapping[str, str]) -> Source:
    text = _fill_in(path, read_utf8(path), variables)
    values = _parse_mapping(path, text)
    if "family" in values:
        raise BadInputError(_place(path, text, ("family",)), "name the family with the key extends")
    if "extends" not in values:
        raise BadInputError(
            f"{path}: key extends is missing", f"add extends: with one of {', '.join(families)}"
        )
    named = _family_of(values, families, _Entry(path, text))
    merged = {**_merge(_for_portals(families[named], values), values), "family": named}
    if isinstance(merged.get("earlier_parsers"), list):
        merged["earlier_parsers"] = [
            _earlier(entry, merged, families, _Entry(path, text, ("earlier_parsers", number)))
            for number, entry in enumerate(merged["earlier_parsers"])
        ]
    try:
        return make_part(Source, merged)
    except ValidationError as error:
        raise _as_bad_input(path, text, error) from None


def _for_portals(family: dict[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a family without the statuses that a source maps itself, however it spells them."""
    own, usual = (one.get("feedback") for one in (values, family))
    if not isinstance(own, dict) or not isinstance(usual, dict):
        return {name: value for name, value in family.items() if name != "feedback"}
    known = own.get("statuses")
    mapped = {fold_words(str(word)) for word in known} if isinstance(known, dict) else set()
    kept = {word: status for word, status in usual["statuses"].items() if fold_words(word) not in mapped}
    return {**family, "feedback": {**usual, "statuses": kept}}


@dataclass(frozen=True)
class _Entry:
    """A mapping of a source file, by its place in it."""

    path: Path
    text: str
    place: tuple[int | str, ...] = ()

    def at(self, key: str) -> str:
        return _place(self.path, self.text, (*self.place, key))


def _family_of(values: dict[str, Any], families: Mapping[str, Any], entry: _Entry) -> str:
    """Take the key ``extends`` out of some values and return the family it names."""
    family = values.pop("extends")
    if not isinstance(family, str) or family not in families:
        raise BadInputError(
            f"{entry.at('extends')}: unknown family {family!r}", f"use one of {', '.join(families)}"
        )
    return family


#: What an earlier parser has of its own; all else of a source is as it is today.
_PARSED_BY = ("family", "article_url", "selectors", "tail_triggers", "feedback")


def _earlier(
    values: Any, source: Mapping[str, Any], families: Mapping[str, dict[str, Any]], entry: _Entry
) -> Any:
    """Fill in an earlier parser: what it does not name is as its family has it, or without one as it is today."""
    if not isinstance(values, dict):
        return values
    if "family" in values:
        raise BadInputError(entry.at("family"), "name the family with the key extends")
    today = {name: source[name] for name in _PARSED_BY if name in source}
    if "extends" not in values:
        return _merge(today, values, adding=False)
    own = dict(values)
    named = _family_of(own, families, entry)
    base = {name: value for name, value in families[named].items() if name in _PARSED_BY}
    if "feedback" in today:
        base["feedback"] = today["feedback"]
    return {**_merge(base, own), "family": named}


def _read_family(path: Path) -> dict[str, Any]:
    text = read_utf8(path)
    values = _parse_mapping(path, text)
    values.pop("description", None)
    for key in values:
        if key not in FAMILY_KEYS:
            raise BadInputError(
                f"{_place(path, text, (key,))}: not a key of a family",
                f"a family may set {', '.join(sorted(FAMILY_KEYS))}",
            )
    return values


def _fill_in(path: Path, text: str, variables: Mapping[str, str]) -> str:
    for number, line in enumerate(text.splitlines(), start=1):
        for name in _VARIABLE.findall(line):
            if name not in variables and not line.lstrip().startswith("#"):
                raise BadInputError(
                    f"{path}, line {number}: ${{{name}}} has no value", "write the value itself"
                )
    return _VARIABLE.sub(lambda match: variables.get(match[1], match[0]), text)


def _parse_mapping(path: Path, text: str) -> dict[str, Any]:
    values = parse_yaml(text, path)
    if not isinstance(values, dict):
        raise BadInputError(f"{path}: holds no keys", "write it as in docs/sources.md")
    return values


def _merge(
    family: Mapping[str, Any], own: Mapping[str, Any], path: str = "", *, adding: bool = True
) -> dict[str, Any]:
    merged = dict(family)
    for key, value in own.items():
        place, base = f"{path}{key}", family.get(key)
        if isinstance(base, dict) and isinstance(value, dict):
            merged[key] = _merge(base, value, f"{place}.", adding=adding)
        elif adding and place in _ADDED and isinstance(base, list) and isinstance(value, list):
            merged[key] = [*base, *value]
        else:
            merged[key] = value
    return merged


def _as_bad_input(path: Path, text: str, error: ValidationError) -> BadInputError:
    problems = error.errors(include_url=False, include_context=False, include_input=False)
    first = problems[0]
    message, kind = first["msg"].removeprefix("Value error, "), first["type"]
    where = _place(path, text, first["loc"] + _named(text, first["loc"], message))
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    if kind == "missing":
        return BadInputError(f"{where}: key is missing{more}", "add it; docs/sources.md describes every key")
    if kind == "unexpected_keyword_argument":
        near = difflib.get_close_matches(str(first["loc"][-1]), _KEYS, n=1)
        hint = f"did you mean {near[0]}?" if near else "remove it; docs/sources.md lists every key"
        return BadInputError(f"{where}: unknown key{more}", hint)
    plain = _PLAIN.get(kind) or message.replace("Input should be", "must be")
    return BadInputError(f"{where}: {plain}{more}", "mend the value; docs/sources.md describes every key")


#: Keys of all parts of a source file.
_KEYS = sorted({one.name for kind in Part.__subclasses__() for one in fields(kind)})  # type: ignore[arg-type]
#: What the commonest slips are, in words of source files instead of Python's.
_PLAIN = {
    "dataclass_type": "must hold keys, such as {key: value}",
    "dict_type": "must hold keys, such as {key: value}",
    "string_type": "must be text; put it in quotes",
    "tuple_type": "must be a list, such as [one, two]",
}


def _named(text: str, loc: tuple[int | str, ...], message: str) -> tuple[str, ...]:
    """Return the key that a message about several keys names first, where the file holds it."""
    node, _ = _reach(text, loc)
    held = [str(key.value) for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
    places = {key: match.start() for key in held if (match := re.search(rf"\b{re.escape(key)}\b", message))}
    return (min(places, key=places.__getitem__),) if places else ()


def _place(path: Path, text: str, loc: tuple[int | str, ...]) -> str:
    """Name file, line and key; the line is that of the deepest part of ``loc`` the file itself holds."""
    _, line = _reach(text, loc)
    key = ".".join(str(step) for step in loc)
    return f"{path}, line {line}, key {key}" if line else f"{path}, key {key}" if key else str(path)


def _reach(text: str, loc: tuple[int | str, ...]) -> tuple[yaml.Node | None, int | None]:
    """Return what stands at ``loc`` in a file, None where it holds less, and the line of the deepest part it holds."""
    node, line = yaml.compose(text, Loader=yaml.SafeLoader), None
    for step in loc:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == step), None)
            if pair is None:
                return None, line
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
    return node, line
