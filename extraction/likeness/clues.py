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
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from coso.late_patterns import late
from extraction.document import Clues, Line, State
from extraction.figures import Figure
from extraction.lexicon.tags import name_of, single_bits, union
from extraction.surroundings import Mark

#: Words, numbers and the marks that part clauses.
_WORD = late(r"[^\W\d_]+|\d[\d.,/]*%?|[;:,.()\n]")
_NUMBER, _LINE_END = "#", "¶"
#: How many words count before a figure and behind it, how many of them by their place, and how many in twos.
_BEFORE, _BEHIND, _PLACED, _PAIRED = 16, 10, 5, 8
#: How far they are looked for, and how much of a long sentence counts, in characters.
_REACH_BEFORE, _REACH_BEHIND, _SENTENCE = 160, 120, 600
#: Near words count by rings: up to how many words off, and how strongly.
_RINGS = ((0, 3, 1.0), (3, 8, 0.5), (8, 16, 0.25))
#: Numbers of more characters are told apart no further.
_LONGEST = 12
#: Strength of pairs of words anywhere in the sentence.
_IN_SENTENCE = 0.3
#: Strength of tags that stand farther off.
_AROUND, _IN_DOCUMENT, _TOLD = 0.5, 0.3, 0.7


def clues_of(
    line: Line,
    figure: Figure,
    before: Figure | None,
    following: Figure | None,
    marks: Sequence[Mark],
    state: State,
) -> list[Clues]:
    """Return the clues of a figure.

    Args:
        line: its sentence.
        figure: the figure.
        before: the number before it in its sentence.
        following: the number behind it.
        marks: what the figures before it in its sentence were read as.
        state: what the sentences before have told.
    """
    return [
        *_near_words(line, figure),
        Clues(_pairs(line.folded, line.sentence.start, line.sentence.end), _IN_SENTENCE, shared=True),
        *_tags_in_sentence(line, figure),
        _tags("around", state.paragraph_tags.bits, _AROUND),
        _tags("title", union(line.document.title_tags) | state.document_tags.bits, _IN_DOCUMENT),
        _tags("heading", union(state.heading)),
        _tags("told", state.latest_tags, _TOLD),
        Clues((*_itself(figure, marks), *_beside(line, figure, before, following))),
    ]


def _words(text: str, start: int, end: int) -> list[str]:
    found = _WORD.findall(text, start, end)
    return [_NUMBER if word[0].isdigit() else _LINE_END if word == "\n" else word for word in found]


@lru_cache(maxsize=64)
def _pairs(text: str, start: int, end: int) -> tuple[str, ...]:
    """Return the pairs of neighbouring words of a sentence, looked up once for all its figures."""
    words = _words(text, start, min(end, start + _SENTENCE))
    return tuple([f"sentence={one} {other}" for one, other in pairwise(words)])


def _near_words(line: Line, figure: Figure) -> Iterator[Clues]:
    text, sentence = line.folded, line.sentence
    end = max(figure.end, figure.number.end)
    left = _words(text, max(sentence.start, figure.start - _REACH_BEFORE), figure.start)[-_BEFORE:]
    right = _words(text, end, min(sentence.end, end + _REACH_BEHIND))[:_BEHIND]
    left.reverse()
    by_strength: dict[float, list[str]] = {strength: [] for _, _, strength in _RINGS}
    close = by_strength[1.0]
    for side, words in (("before", left), ("behind", right)):
        close += [f"{side} {place}={word}" for place, word in enumerate(words[:_PLACED])]
        close += [f"{side} two={one} {other}" for one, other in pairwise(words[: _PAIRED + 1])]
        for start, stop, strength in _RINGS:
            by_strength[strength] += [f"{side}={word}" for word in words[start:stop]]
    for length in (2, 3):
        close += ["up to=" + " ".join(reversed(left[:length])), "from=" + " ".join(right[:length])]
    for strength, names in by_strength.items():
        yield Clues(tuple(names), strength)


def _tags_in_sentence(line: Line, figure: Figure) -> Iterator[Clues]:
    terms, sentence = line.terms, line.sentence
    end = max(figure.own_end, figure.end)
    first, last = max(sentence.start, figure.start - _SENTENCE), min(sentence.end, end + _SENTENCE)
    own = terms.bits_between(figure.start, end)
    lead = terms.bits_between(figure.lead_start, figure.start)
    clause = terms.bits_between(max(figure.semicolon, first), figure.lead_start)
    later = terms.bits_between(end, last)
    yield _tags("own", union(own))
    yield _tags("lead", union(lead))
    yield _tags("earlier", union(terms.bits_between(first, figure.lead_start)))
    yield _tags("later", union(later))
    for name, nearest in (("own", own[:1]), ("lead", lead[-1:]), ("later", later[:1])):
        for bits in nearest:
            yield _tags(f"nearest.{name}", bits)
    for place, bits in enumerate(reversed(clause[-3:])):
        yield _tags(f"nearest.{place}", bits)


@lru_cache(maxsize=2048)
def _tags(where: str, bits: int, strength: float = 1.0) -> Clues:
    return Clues(tuple([_tag(where, bit) for bit in single_bits(bits)]), strength, shared=True)


@lru_cache(maxsize=16384)
def _tag(where: str, bit: int) -> str:
    """Return the name of a tag's clue, one string for all who have it."""
    return f"{where}.{name_of(bit)}"


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


def _beside(line: Line, figure: Figure, before: Figure | None, following: Figure | None) -> Iterator[str]:
    for kind in following.kinds if following else ():
        yield f"unit behind={kind}"
    if before is None:
        yield "unit before="
        return
    for kind in before.kinds:
        yield f"unit before={kind}"
    gap = min(figure.start, before.end + _REACH_BEHIND)
    yield "between=" + " ".join(_words(line.folded, before.end, gap)[:5])
