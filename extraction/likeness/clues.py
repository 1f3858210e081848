"""What is looked at around a figure to tell which code it most resembles.

A clue is a name; the first words of it say where it stands:

| name | what it is |
| --- | --- |
| ``before 1=…``, ``behind 0=…`` | a word at its place, counted from the figure |
| ``before=…``, ``behind=…`` | a word near the figure, the weaker the farther |
| ``before two=…``, ``behind two=…`` | two neighbouring words near it |
| ``up to=…``, ``from=…`` | the two or three words right beside it |
| ``sentence=…`` | two neighbouring words anywhere in its sentence |
| ``own.…``, ``lead.…`` | a tag of the lexicon in its own phrase, in the words leading up to it |
| ``earlier.…``, ``later.…`` | a tag earlier and later in its sentence |
| ``nearest.…`` | a tag of the wording that stands nearest, by where that stands |
| ``around.…``, ``title.…`` | a tag in the paragraph, in the title or the paragraph before |
| ``heading.…`` | a tag in the heading over it |
| ``told.…`` | a figure of the sentence before |
| ``unit=…``, ``length=…``, ``whole=…`` … | the figure itself, and those beside it |

Words are looked at in *slots*, each a place counted from the figure with the strength that it has there. They are the
same for all figures, so that who adds up what they speak for (``network.py``) does so without naming one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from extraction.document import Clues, Line, State
from extraction.figures import Figure
from extraction.lexicon.tags import name_of, single_bits, union
from extraction.surroundings import Mark
from extraction.words import Words, words_of

#: How many words count before a figure and behind it, how many of them by their place, and how many in twos.
_BEFORE, _BEHIND, _PLACED, _PAIRED = 16, 10, 5, 8
#: Near words count by rings: up to how many words off, and how strongly.
_RINGS = ((3, 1.0), (8, 0.5), (16, 0.25))
#: How far tags of a long sentence count, in characters.
_SENTENCE = 600
#: Numbers of more characters are told apart no further; of what stands between two, so many words are.
_LONGEST, _BETWEEN = 12, 5
#: Strength of pairs of words anywhere in the sentence and how many of a long one count; strength of tags farther off.
IN_SENTENCE, FIRST_PAIRS = 0.3, 120
FARTHER = {"around": 0.5, "title": 0.3, "told": 0.7}


class Slot(NamedTuple):
    """A place near a figure where a word or a pair of words is looked at.

    Attributes:
        role: first words of the clue's name.
        offset: which word or pair it is, the first one behind the figure being 0, the last one before it -1.
        strength: how much it counts, from 0 to 1.
    """

    role: str
    offset: int
    strength: float = 1.0


def _rings(role: str, offsets: Sequence[int]) -> Iterator[Slot]:
    for off, offset in enumerate(offsets):
        yield Slot(role, offset, next(strength for stop, strength in _RINGS if off < stop))


#: Words before a figure and behind it, pairs before it and behind it: those before come first.
WORDS_BEFORE = (
    *_rings("before", range(-1, -1 - _BEFORE, -1)),
    *(Slot(f"before {off}", -1 - off) for off in range(_PLACED)),
)
WORDS_BEHIND = (
    *_rings("behind", range(_BEHIND)),
    *(Slot(f"behind {off}", off) for off in range(_PLACED)),
)
# A pair is counted by its first word.
PAIRS_BEFORE = (Slot("up to", -2), *(Slot("before two", -2 - off) for off in range(_PAIRED)))
PAIRS_BEHIND = (Slot("from", 0), *(Slot("behind two", off) for off in range(_PAIRED)))


def clues_of(
    line: Line,
    figure: Figure,
    before: Figure | None,
    following: Figure | None,
    marks: Sequence[Mark],
    state: State,
) -> Clues:
    """Return the clues of a figure.

    Args:
        line: its sentence.
        figure: the figure.
        before: the number before it in its sentence.
        following: the number behind it.
        marks: what the figures before it in its sentence were read as.
        state: what the sentences before have told.
    """
    words = words_of(line.folded, line.sentence.start, line.sentence.end)
    left = bisect_left(words.starts, figure.start)
    right = bisect_left(words.starts, max(figure.end, figure.number.end))
    others = [*_beside_it(words, left, right), *_itself(figure, marks)]
    others += _neighbours(words, left, before, following)
    return Clues(words, left, right, (*_tags_in_sentence(line, figure), *_tags_afar(line, state)), others)


def named(clues: Clues) -> Iterator[tuple[str, float]]:
    """Yield the names of clues with how strong each is; one that stands at several places comes as often."""
    words = clues.words
    for slots, at, what in (
        (WORDS_BEFORE, clues.left, words.single),
        (WORDS_BEHIND, clues.right, words.single),
        (PAIRS_BEFORE, clues.left, words.pairs),
        (PAIRS_BEHIND, clues.right, words.pairs),
    ):
        for slot in slots:
            if 0 <= at + slot.offset < len(what):
                yield f"{slot.role}={what[at + slot.offset]}", slot.strength
    for pair in words.pairs[:FIRST_PAIRS]:
        yield f"sentence={pair}", IN_SENTENCE
    for where, bits in clues.tags:
        for bit in single_bits(bits):
            yield tag_clue(where, bit), FARTHER.get(where, 1.0)
    for name in clues.others:
        yield name, 1.0


def tag_clue(where: str, bit: int) -> str:
    """Return the name of a tag's clue."""
    return f"{where}.{name_of(bit)}"


def _beside_it(words: Words, left: int, right: int) -> Iterator[str]:
    """Yield the three words right before a figure and those right behind it."""
    yield "up to=" + " ".join(words.single[max(0, left - 3) : left])
    yield "from=" + " ".join(words.single[right : right + 3])


def _tags_in_sentence(line: Line, figure: Figure) -> Iterator[tuple[str, int]]:
    terms, sentence = line.terms, line.sentence
    end = max(figure.own_end, figure.end)
    first, last = max(sentence.start, figure.start - _SENTENCE), min(sentence.end, end + _SENTENCE)
    own = terms.bits_between(figure.start, end)
    lead = terms.bits_between(figure.lead_start, figure.start)
    later = terms.bits_between(end, last)
    yield "own", union(own)
    yield "lead", union(lead)
    yield "earlier", union(terms.bits_between(first, figure.lead_start))
    yield "later", union(later)
    if own:
        yield "nearest.own", own[0]
    if lead:
        yield "nearest.lead", lead[-1]
    if later:
        yield "nearest.later", later[0]
    clause = terms.bits_between(max(figure.semicolon, first), figure.lead_start)
    yield from zip(("nearest.0", "nearest.1", "nearest.2"), reversed(clause[-3:]), strict=False)


def _tags_afar(line: Line, state: State) -> Iterator[tuple[str, int]]:
    yield "around", state.paragraph_tags.bits
    yield "title", union(line.document.title_tags) | state.document_tags.bits
    yield "heading", union(state.heading)
    yield "told", state.latest_tags


def _itself(figure: Figure, marks: Sequence[Mark]) -> Iterator[str]:
    value = figure.number.value
    yield f"elided={figure.elided}"
    yield f"fraction={bool(figure.denominator)}"
    yield f"whole={not value % 1}"
    yield f"length={min(figure.number.end - figure.start, _LONGEST)}"
    yield f"bracket={bool(figure.bracket)}"
    yield f"just told={marks[-1].code if marks else ''}"
    for kind in figure.kinds:
        yield f"unit={kind}"


def _neighbours(words: Words, left: int, before: Figure | None, following: Figure | None) -> Iterator[str]:
    """Yield what tells of the numbers beside a figure, and the words between it and the one before."""
    for kind in following.kinds if following else ():
        yield f"unit behind={kind}"
    if before is None:
        yield "unit before="
        return
    for kind in before.kinds:
        yield f"unit before={kind}"
    opened = bisect_left(words.starts, before.end)
    yield "between=" + " ".join(words.single[opened : min(left, opened + _BETWEEN)])
