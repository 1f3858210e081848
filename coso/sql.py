"""Values and names that are written into SQL, where a statement takes no parameters for them."""

from __future__ import annotations

from collections.abc import Iterable


def literal(value: object) -> str:
    """Return the text of a value, such as a path, as an SQL literal with its quotes."""
    return "'" + str(value).replace("'", "''") + "'"


def literals(values: Iterable[object]) -> str:
    """Return values as SQL literals with commas between them."""
    return ", ".join(map(literal, values))


def identifier(name: str) -> str:
    """Return the name of a table or column with its quotes, whatever it is made of."""
    return '"' + name.replace('"', '""') + '"'


def identifiers(names: Iterable[str]) -> str:
    """Return names of columns with commas between them."""
    return ", ".join(map(identifier, names))
