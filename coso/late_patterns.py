"""Regular expressions that are compiled when they are first asked.

Reading one text asks some of its hundreds of patterns; to compile them all would take a third of its time.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, AnyStr, cast

if TYPE_CHECKING:
    from collections.abc import Callable


class _LatePattern:
    """Stands for a ``re.Pattern``. What is asked often is kept here, so that asking costs what it costs there."""

    __slots__ = ("_flags", "_source", "findall", "finditer", "fullmatch", "match", "search", "sub")

    findall: Callable[..., Any]
    finditer: Callable[..., Any]
    fullmatch: Callable[..., Any]
    match: Callable[..., Any]
    search: Callable[..., Any]
    sub: Callable[..., Any]

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the compiled pattern; called for those that are not kept yet."""
        compiled = re.compile(self._source, self._flags)
        self.search, self.match, self.fullmatch = compiled.search, compiled.match, compiled.fullmatch
        self.findall, self.finditer, self.sub = compiled.findall, compiled.finditer, compiled.sub
        return getattr(compiled, name)

    def __repr__(self) -> str:
        return f"late({self._source!r})"


def late(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what answers as ``re.compile(source, flags)`` does, compiled at the first question.

    A fault of the pattern is raised as late; ``tests/test_late_patterns.py`` compiles all of them.
    """
    return cast("re.Pattern[AnyStr]", _LatePattern(source, int(flags)))
