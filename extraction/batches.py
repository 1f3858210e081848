"""Many documents read by several processes: results in order, bounded memory, and an error that names its document."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TypeVar

from extraction import read_text
from extraction.failures import failed, reason_of
from extraction.files import Input
from extraction.model import Reading

Item = TypeVar("Item")
Result = TypeVar("Result")

#: Fewer documents than this are read where they are: starting a process takes as long as reading some hundred.
_FEW = 256


def read_many(
    inputs: Iterable[Input], *, processes: int | None = None, explain: bool = False
) -> Iterator[tuple[Input, Reading]]:
    """Read documents, several at a time, in their order: what ``extraction.read_many`` promises."""
    read = _read_and_explain if explain else _read
    yield from in_order(read, inputs, name=_name, processes=processes)


def in_order(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    name: Callable[[Item], str],
    processes: int | None = None,
) -> Iterator[tuple[Item, Result]]:
    """Do work on items in several processes; yield each item with its result, in their order.

    ``work`` is a function of a module, since each process imports it anew. A few items are worked on in this process.

    Raises:
        ReadingError: the work on an item failed, or ended its process; says ``name`` of the item.
    """
    count = processes if processes is not None else _cores()
    rest = iter(items)
    first = list(islice(rest, _FEW))
    if count <= 1 or len(first) < _FEW:
        for item in chain(first, rest):
            yield item, _attempt(work, item, name)
        return
    from extraction.crew import Crew  # noqa: PLC0415 - a few documents need no processes

    yield from Crew(work, name, count).run(chain(first, rest))


def _attempt(work: Callable[[Item], Result], item: Item, name: Callable[[Item], str]) -> Result:
    try:
        return work(item)
    except Exception as error:
        raise failed(name(item), reason_of(error)) from error


def _cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _name(document: Input) -> str:
    return document.doc


def _read(document: Input) -> Reading:
    return read_text(
        document.text,
        title=document.title,
        published=document.published,
        source_province=document.source_province,
    )


def _read_and_explain(document: Input) -> Reading:
    return read_text(
        document.text,
        title=document.title,
        published=document.published,
        source_province=document.source_province,
        explain=True,
    )
