"""Tags as bits: a set of them is a whole number, so that one ``&`` compares what a rule asks with what is there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

_POSITIONS: dict[str, int] = {}


def bits_of(tags: Iterable[str]) -> int:
    """Return a set of tags as bits; a tag not met before gets the next one."""
    bits = 0
    for tag in tags:
        bits |= 1 << _POSITIONS.setdefault(tag, len(_POSITIONS))
    return bits


@lru_cache(maxsize=4096)
def bit_of(tag: str) -> int:
    """Return one tag as a bit."""
    return bits_of((tag,))


def group_bits(*prefixes: str) -> int:
    """Return the bits of all tags met so far that begin with one of ``prefixes``."""
    return bits_of([tag for tag in _POSITIONS if tag.startswith(prefixes)])


def single_bits(bits: int) -> list[int]:
    """Return the bits of a number one by one, the lowest first."""
    found: list[int] = []
    while bits:
        lowest = bits & -bits
        found.append(lowest)
        bits ^= lowest
    return found
