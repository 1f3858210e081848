"""YAML that people write by hand, read strictly: what a lenient reader would guess is an error with its line."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from coso.errors import BadInputError, first_line


def read_yaml(path: Path) -> Any:
    """Return what a YAML file says.

    Raises:
        BadInputError: the file is missing, no UTF-8 or no YAML, or gives a key twice; file and line are named.
    """
    return parse_yaml(read_utf8(path), path)


def read_utf8(path: Path) -> str:
    """Return the text of a file.

    Raises:
        BadInputError: the file is missing or no UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"{path}: cannot be read ({error.strerror})", "check the name") from None
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path}: byte {error.start} is not UTF-8", "save the file as UTF-8") from None


def parse_yaml(text: str, path: Path) -> Any:
    """Return what the text of a YAML file says.

    Raises:
        BadInputError: it is no YAML, or gives a key twice; ``path`` and the line are named.
    """
    try:
        return yaml.load(text, Loader=_StrictLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{path}, line {mark.line + 1}" if mark else str(path)
        problem = getattr(error, "problem", None) or first_line(error)
        raise BadInputError(f"{place}: broken YAML ({problem})", "mend the line") from None


class _StrictLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe YAML in which a key given twice is an error instead of the last one winning."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Hashable, Any]:
    seen: set[Hashable] = set()
    for key_node, _ in node.value:
        if key_node.tag == f"{_TAG}merge":  # what it brings in gives way to the mapping's own keys
            continue
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, Hashable):
            raise _error("a list or mapping is no key", key_node)
        if key in seen:
            raise _error(f"key {key!r} given twice", key_node)
        seen.add(key)
    loader.flatten_mapping(node)
    return dict(loader.construct_pairs(node, deep=True))


def _scalar(loader: Any, node: yaml.ScalarNode) -> Any:
    try:
        return yaml.SafeLoader.yaml_constructors[node.tag](loader, node)
    except ValueError as error:  # a day such as 2026-13-05
        raise _error(str(error), node) from None


def _error(problem: str, node: yaml.Node) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(None, None, problem, node.start_mark)


_TAG = "tag:yaml.org,2002:"
_StrictLoader.add_constructor(f"{_TAG}map", _mapping)
for _kind in ("int", "float", "timestamp"):
    _StrictLoader.add_constructor(f"{_TAG}{_kind}", _scalar)
