"""Parts of source files made of plain values, and plain values of parts; every bound of their shape is checked.

Apart from the shape itself, since only who reads source files needs a validator.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter

from scrapers.sourcefile import Part

P = TypeVar("P", bound=Part)

#: Validators by part: making one takes longer than using it.
_ADAPTERS: dict[type[Part], TypeAdapter[Any]] = {}


def make_part(kind: type[P], values: Any) -> P:
    """Make a part of what a file says of it.

    Raises:
        pydantic.ValidationError: a key is unknown or missing, or a value does not hold.
    """
    part: P = _adapter(kind).validate_python(values)
    return part


def values_of(part: Part) -> dict[str, Any]:
    """Return the values of a part as JSON and YAML know them; those that are not set are left out."""
    values: dict[str, Any] = _adapter(type(part)).dump_python(part, mode="json", exclude_none=True)
    return values


def json_of(part: Part) -> bytes:
    """Return all values of a part as JSON, the same for the same part."""
    return _adapter(type(part)).dump_json(part)


def _adapter(kind: type[Part]) -> TypeAdapter[Any]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]
