"""Words of approximation: on which side of the number that is told the exact one lies."""

from __future__ import annotations

#: Where the exact number lies, by the word before the one that is written. The rest are rounded either way.
_ABOVE = frozenset({"hơn", "trên", "hơn cả"})
_BELOW = frozenset({"gần", "dưới", "ngót"})


def approx_direction(word: str | None) -> str | None:
    """Return where the exact number lies, seen from the one written: above, below or about; None for exact ones.

    >>> approx_direction("hơn"), approx_direction("gần"), approx_direction("khoảng"), approx_direction(None)
    ('above', 'below', 'about', None)
    """
    if word is None:
        return None
    return "above" if word in _ABOVE else "below" if word in _BELOW else "about"
