"""Tags as bits: a set of them is a whole number, so that one ``&`` compares what a rule asks with what is there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import or_
from threading import Lock

_POSITIONS: dict[str, int] = {}
#: Sources are read in several threads: two tags met at once must not get the same bit.
_MEETING = Lock()


def bits_of(tags: Iterable[str]) -> int:
    """Return a set of tags as bits; a tag not met before gets the next one."""
    bits = 0
    for tag in tags:
        position = _POSITIONS.get(tag)
        bits |= 1 << (_meet(tag) if position is None else position)
    return bits


def _meet(tag: str) -> int:
    with _MEETING:
        return _POSITIONS.setdefault(tag, len(_POSITIONS))


@lru_cache(maxsize=4096)
def bit_of(tag: str) -> int:
    """Return one tag as a bit."""
    return bits_of((tag,))


def group_bits(*prefixes: str) -> int:
    """Return the bits of all tags met so far that begin with one of ``prefixes``."""
    met = list(_POSITIONS)  # a copy, since another thread may meet a tag meanwhile
    return bits_of([tag for tag in met if tag.startswith(prefixes)])


def union(sets: Iterable[int]) -> int:
    """Return the tags that any of some sets of them hold, as bits."""
    return reduce(or_, sets, 0)


@lru_cache(maxsize=4096)
def name_of(bit: int) -> str:
    """Return the tag of one bit."""
    return next(tag for tag, position in list(_POSITIONS.items()) if 1 << position == bit)


def single_bits(bits: int) -> list[int]:
    """Return the bits of a number one by one, the lowest first."""
    found: list[int] = []
    while bits:
        lowest = bits & -bits
        found.append(lowest)
        bits ^= lowest
    return found
