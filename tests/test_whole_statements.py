"""No line of the project is written for nothing.

A text that goes on in the next line without brackets around it is cut off, and its second half is a statement that
does nothing: nobody notices but who reads half a sentence. Ruff looks at other values only, not at f-strings and
tuples.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

#: Expressions that do something when they stand alone; a comprehension would make a list for nobody.
DOING = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom)


def idle_statements(source: str) -> Iterator[int]:
    """Yield the lines of statements that do nothing."""
    for node in ast.walk(ast.parse(source)):
        for name in ("body", "orelse", "finalbody"):
            found = getattr(node, name, None)
            statements = found if isinstance(found, list) else []
            for index, statement in enumerate(statements):
                if isinstance(statement, ast.Expr) and not (
                    isinstance(statement.value, DOING) or is_documentation(node, index, statement.value)
                ):
                    yield statement.lineno


def is_documentation(node: ast.AST, index: int, value: ast.expr) -> bool:
    """Whether a value is a docstring, also of a field, or the three dots of a body that is left out."""
    if not isinstance(value, ast.Constant):
        return False
    first = index == 0 and isinstance(node, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef))
    return value.value is ... or (isinstance(value.value, str) and (first or isinstance(node, ast.ClassDef)))


@pytest.mark.parametrize(
    "folder",
    ["benchmarks", "coso", "demo", "expectations", "extraction", "flows", "publishing", "scrapers", "tests"],
)
def test_every_statement_does_something(folder: str) -> None:
    files = sorted((ROOT / folder).rglob("*.py"))
    assert files
    idle = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in files
        for line in idle_statements(path.read_text(encoding="utf-8"))
    ]
    assert idle == []


@pytest.mark.parametrize(
    "second", ['f"and {n}."', '"and more."', "one(), two()", "n", "n == 1", "[n for n in ()]"]
)
def test_what_does_nothing_is_found(second: str) -> None:
    source = (
        f'def said(n: int) -> str:\n    """Say."""\n    text = f"{{n}}, "\n    {second}\n    return text\n'
    )
    assert list(idle_statements(source)) == [4]
