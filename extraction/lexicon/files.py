"""Reading the YAML beside this module."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from coso.errors import BadInputError

HERE = Path(__file__).parent


def load(name: str) -> dict[str, Any]:
    """Return what a file beside this module says."""
    with (HERE / name).open(encoding="utf-8") as handle:
        loaded = yaml.load(handle, Loader=_Loader)
    return dict(loaded)


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that does not let one key silently replace another."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
    keys = [key.value for key, _ in node.value]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise BadInputError(
            f"line {node.start_mark.line + 1}: {twice[0]!r} comes twice", "join the two entries"
        )
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
