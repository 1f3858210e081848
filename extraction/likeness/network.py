"""How much the clues of a figure speak for each code: a small network and how it is asked.

Each clue moves some hundred units, as strongly as it is there; units that end above zero speak for codes or against
them. Three networks of forty units each, fitted apart, lie side by side as one, so that what a single one learned by
chance counts a third. The network is a file (``network.npz``, ``tests/extraction/likeness_fitting.py`` makes it), read
when it is first asked.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from coso.errors import BadInputError
from extraction.document import Clues
from extraction.lexicon.tags import single_bits
from extraction.likeness.clues import (
    FARTHER,
    FIRST_PAIRS,
    IN_SENTENCE,
    PAIRS_BEFORE,
    PAIRS_BEHIND,
    WORDS_BEFORE,
    WORDS_BEHIND,
    Slot,
    named,
    tag_clue,
)
from extraction.words import Words

NETWORK = Path(__file__).with_name("network.npz")
#: Row of a clue that the network does not know: it moves nothing.
_UNKNOWN = 0
#: No slot is farther from its figure than this, in words.
_FARTHEST = 16

_Rows = NDArray[np.intp]
_Floats = NDArray[np.float32]


class _Looked:
    """What is looked up in slots, words or pairs of them: those before a figure first, then those behind it.

    Attributes:
        offsets: of each slot, from the figure.
        behind: how many of them are behind it.
        strengths: of each slot.
        roles: of each slot its place in ``rows``.
        numbers: number of each word that is known in any of them, from 1.
        rows: for each role and each number the row of the network.
    """

    __slots__ = ("behind", "numbers", "offsets", "roles", "rows", "strengths")

    def __init__(
        self, before: Sequence[Slot], behind: Sequence[Slot], known: Mapping[str, Mapping[str, int]]
    ) -> None:
        slots = [*before, *behind]
        roles = {role: place for place, role in enumerate(dict.fromkeys(slot.role for slot in slots))}
        self.behind = len(behind)
        self.offsets = np.array([slot.offset + _FARTHEST for slot in slots])
        self.strengths = np.array([slot.strength for slot in slots], dtype=np.float32)
        self.roles = np.array([roles[slot.role] for slot in slots])
        met = dict.fromkeys(chain.from_iterable(known.get(role, ()) for role in roles))
        self.numbers = {what: number for number, what in enumerate(met, start=1)}
        self.rows = np.full((len(roles), len(met) + 1), _UNKNOWN)
        for role, place in roles.items():
            told = known.get(role, {})
            self.rows[place, [self.numbers[what] for what in told]] = [*told.values()]

    def numbered(self, what: Sequence[str]) -> _Rows:
        """Return the numbers of words, 0 for those unknown and for the room around them."""
        numbers = self.numbers
        found = np.zeros(len(what) + 2 * _FARTHEST, dtype=np.intp)
        found[_FARTHEST : _FARTHEST + len(what)] = [numbers.get(one, 0) for one in what]
        return found

    def rows_near(self, numbered: _Rows, left: int, right: int) -> _Rows:
        """Return the rows of what stands in the slots of a figure.

        Args:
            numbered: the words of its sentence.
            left: how many of them stand before it.
            right: how many stand before what is behind it.
        """
        places = self.offsets + left
        places[-self.behind :] += right - left
        near: _Rows = self.rows[self.roles, numbered[places]]
        return near


class Network(NamedTuple):
    """The network as it is asked.

    Attributes:
        note: what it was fitted on.
        codes: the codes, ``none`` among them.
        columns: for each code its place among them.
        ordinals: for each clue its row.
        rows: for each clue how it moves the units, in steps; the first one moves none.
        start: where the units stand before any clue, in steps.
        speaks: for each unit how much a step of it speaks for each code.
        usual: for each code what speaks for it with no unit above zero.
        single: words in slots.
        paired: pairs of words in slots.
        strengths: of all slots.
        in_sentence: rows of pairs anywhere in a sentence.
    """

    note: str
    codes: list[str]
    columns: dict[str, int]
    ordinals: dict[str, int]
    rows: NDArray[np.int8]
    start: _Floats
    speaks: _Floats
    usual: _Floats
    single: _Looked
    paired: _Looked
    strengths: _Floats
    in_sentence: dict[str, int]

    def spoken(self, units: _Floats) -> _Floats:
        """Return what units speak for: for each code, in log-odds against each other; also of many figures at once."""
        spoken: _Floats = np.maximum(units, 0.0) @ self.speaks + self.usual
        return spoken


class _Numbered(NamedTuple):
    """The words of a sentence as the network knows them.

    Attributes:
        single: numbers of its words.
        paired: numbers of its pairs of words.
        moved: where all its pairs move the units to.
    """

    single: _Rows
    paired: _Rows
    moved: _Floats


def spoken_for(clues: Clues) -> _Floats:
    """Return how much the clues of a figure speak for each code, in units of log-odds against each other."""
    net = read_network()
    words = _numbered(clues.words)
    near = np.concatenate(
        (
            net.single.rows_near(words.single, clues.left, clues.right),
            net.paired.rows_near(words.paired, clues.left, clues.right),
        )
    )
    units: _Floats = net.strengths @ net.rows[near].astype(np.float32) + words.moved
    for where, bits in clues.tags:
        if bits:
            units += _moved_by_tags(where, bits)
    others = [row for row in map(net.ordinals.get, clues.others) if row is not None]
    units += net.rows[others].sum(axis=0, dtype=np.float32)
    return net.spoken(units)


def told_by(clues: Clues, code: str) -> dict[str, float]:
    """Return how much less would speak for a code, against all others, without each of the clues of a figure."""
    net = read_network()
    strengths: dict[str, float] = {}
    for name, strength in named(clues):
        if name in net.ordinals:
            strengths[name] = strengths.get(name, 0.0) + strength
    moved = (
        np.array(list(strengths.values()), dtype=np.float32)[:, None]
        * net.rows[[net.ordinals[name] for name in strengths]]
    )
    units = net.start + moved.sum(axis=0)
    column = net.columns[code]
    whole = _against_all(net.spoken(units), column)
    left = _against_all(net.spoken(units - moved), column)
    return dict(zip(strengths, (whole - left).tolist(), strict=True))


def _against_all(spoken: _Floats, column: int) -> Any:
    """Return how much speaks for one code, less what speaks for all taken together."""
    most = spoken.max(axis=-1, keepdims=True)
    together = most[..., 0] + np.log(np.exp(spoken - most).sum(axis=-1))
    return spoken[..., column] - together


@lru_cache(maxsize=64)
def _numbered(words: Words) -> _Numbered:
    net = read_network()
    rows = [row for row in map(net.in_sentence.get, words.pairs[:FIRST_PAIRS]) if row is not None]
    moved = net.rows[rows].sum(axis=0, dtype=np.float32) * np.float32(IN_SENTENCE) + net.start
    return _Numbered(net.single.numbered(words.single), net.paired.numbered(words.pairs), moved)


@lru_cache(maxsize=4096)
def _moved_by_tags(where: str, bits: int) -> _Floats:
    rows = [row for bit in single_bits(bits) if (row := _row_of_tag(where, bit)) != _UNKNOWN]
    moved: _Floats = read_network().rows[rows].sum(axis=0, dtype=np.float32) * np.float32(
        FARTHER.get(where, 1.0)
    )
    return moved


@lru_cache(maxsize=16384)
def _row_of_tag(where: str, bit: int) -> int:
    return read_network().ordinals.get(tag_clue(where, bit), _UNKNOWN)


def forget() -> None:
    """Forget the network and all that was looked up in it, so that its file is read anew."""
    for kept in (read_network, _numbered, _moved_by_tags, _row_of_tag):
        kept.cache_clear()


@lru_cache(maxsize=1)
def read_network() -> Network:
    """Read the network.

    Raises:
        BadInputError: the file is missing, is no such file, or its parts do not fit together.
    """
    try:
        with np.load(NETWORK, allow_pickle=False) as file:
            parts = {name: file[name] for name in file.files}
        return _as_asked(parts)
    except (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BadInputError(
            f"{NETWORK.name} is no network of clues: {error}", "make the file anew with make weights"
        ) from error


def _as_asked(parts: dict[str, NDArray[Any]]) -> Network:
    """Lay out the parts of the file: names as bytes, one a line; how clues move the units in steps of one size.

    As units are counted in steps throughout, no row must be multiplied.
    """
    note, clues, codes = (bytes(parts[name]).decode().split("\n") for name in ("note", "clues", "codes"))
    moves, speaks = parts["moves"], parts["speaks"]
    if moves.shape != (len(clues), len(parts["start"])) or speaks.shape != (moves.shape[1], len(codes)):
        raise ValueError(
            f"{len(clues)} clues, {moves.shape} moves, {speaks.shape} weights, {len(codes)} codes"
        )
    ordinals = {clue: ordinal for ordinal, clue in enumerate(clues, start=1)}
    known = _by_role(ordinals)
    single = _Looked(WORDS_BEFORE, WORDS_BEHIND, known)
    paired = _Looked(PAIRS_BEFORE, PAIRS_BEHIND, known)
    return Network(
        note[0],
        codes,
        {code: column for column, code in enumerate(codes)},
        ordinals,
        np.concatenate((np.zeros((1, moves.shape[1]), dtype=np.int8), moves)),
        parts["start"] / parts["step"],
        speaks * parts["step"],
        parts["usual"],
        single,
        paired,
        np.concatenate((single.strengths, paired.strengths)),
        known.get("sentence", {}),
    )


def _by_role(ordinals: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Return, for each role of words, the rows of the words that are known in it."""
    known: dict[str, dict[str, int]] = {}
    for name, row in ordinals.items():
        role, _, what = name.partition("=")
        known.setdefault(role, {})[what] = row
    return known
