"""A text made ready for reading, and its figures on their way to facts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from coso.text import Folded, fold_words
from extraction import when, where
from extraction.cues import cue
from extraction.decide import Decision
from extraction.figures import Figure
from extraction.lexicon import Terms
from extraction.lexicon.tags import union
from extraction.model import Comparison
from extraction.nonfacts import Mask
from extraction.patterns import says_any
from extraction.sentences import Sentence, brackets
from extraction.surroundings import NOTHING, Layer, Surroundings
from extraction.words import Words

#: What a district is called by.
_DISTRICT_KINDS = ("huyện", "quận", "thị xã", "thành phố", "tp", "tp.", "tx", "tx.")
#: What is told of every year alike names none.
_AVERAGES = ("mỗi năm", "bình quân", "trung bình", "hằng năm,", "hàng năm,")


@dataclass(slots=True)
class Document:
    """A text made ready for reading.

    Attributes:
        folded: the text, folded, its names of places blotted out.
        terms: wordings found in it.
        masks: stretches whose digits are no figures.
        sentences: its sentences.
        runs: the runs of digits in each of them.
        calendar: what is known about its dates.
        atlas: what is known about its places.
        title: the title, folded, its names of places blotted out.
        named: title and text, folded, with their names.
        title_tags: meanings of the words of the title, as bits.
        afar: period of figures with none near them, by the event told last and whether they are of a meeting.
        tells_averages: whether anything is told of every year alike.
    """

    folded: Folded
    terms: Terms
    masks: list[Mask]
    sentences: list[Sentence]
    runs: list[list[re.Match[str]]]
    calendar: when.Calendar
    atlas: where.Atlas
    title: str
    named: str
    title_tags: list[int]
    afar: dict[tuple[str | None, bool], str | None] = field(default_factory=dict)
    tells_averages: bool = False
    _called_districts: dict[str, bool] = field(default_factory=dict)
    _moment_starts: list[int] = field(default_factory=list)
    _mention_starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._moment_starts = [moment.start for moment in self.calendar.moments]
        self._mention_starts = [mention.start for mention in self.atlas.mentions]
        self.tells_averages = says_any(self.folded.text, _AVERAGES)

    def calls_district(self, name: str) -> bool:
        """Whether text or title give a name the kind of a district ("TP Long Xuyên"); looked up once for each name."""
        if name not in self._called_districts:
            called = [f"{kind} {fold_words(name)}" for kind in _DISTRICT_KINDS]
            said = any(one in self.named for one in called)
            self._called_districts[name] = said
        return self._called_districts[name]

    def moments_in(self, start: int, end: int) -> list[when.Moment]:
        """Return the mentions of periods that begin in ``[start, end)``."""
        low = bisect_left(self._moment_starts, start)
        return self.calendar.moments[low : bisect_left(self._moment_starts, end, low)]

    def mentions_in(self, start: int, end: int) -> list[where.Mention]:
        """Return the mentions of places that begin in ``[start, end)``."""
        low = bisect_left(self._mention_starts, start)
        return self.atlas.mentions[low : bisect_left(self._mention_starts, end, low)]


#: What may stand before a person's name.
_PERSON_WORDS = cue("ông ", "bà ", "anh ", "chị ")


class Line:
    """One sentence with what stands in it, each looked up once for all its figures.

    Attributes:
        document: the document.
        sentence: the sentence.
        folded: folded text of the document.
        plain: the same as it was written.
        terms: wordings of the lexicon in the sentence.
        tags: all they mean, as bits.
        moments: mentions of periods in it.
        mentions: mentions of places in it.
        brackets: round brackets in it that are closed again.
        figures: its figures, once they are found.
        runs: runs of digits in it.
        names_persons: whether it holds a word that may stand before a person's name.
    """

    __slots__ = (
        "brackets",
        "document",
        "figures",
        "folded",
        "mentions",
        "moments",
        "names_persons",
        "plain",
        "runs",
        "sentence",
        "tags",
        "terms",
    )

    def __init__(self, document: Document, sentence: Sentence, runs: list[re.Match[str]]) -> None:
        start, end = sentence.start, sentence.end
        self.document = document
        self.sentence = sentence
        self.runs = runs
        self.figures: list[Figure] = []
        self.folded = document.folded.text
        self.plain = document.folded.plain
        self.terms = document.terms.within(start, end)
        self.tags = union(self.terms.bits)
        self.moments = document.moments_in(start, end)
        self.mentions = document.mentions_in(start, end)
        self.brackets = brackets(self.folded, start, end)
        self.names_persons = bool(sentence.cues & _PERSON_WORDS)


class Draft:
    """A figure with the code it got, on its way to a fact."""

    __slots__ = (
        "adds_up",
        "comparison",
        "decision",
        "earlier",
        "figure",
        "period",
        "stock",
        "subset",
        "sure_period",
        "territory",
        "tier",
    )

    def __init__(self, figure: Figure, decision: Decision, earlier: bool = False) -> None:
        self.figure = figure
        self.decision = decision
        self.territory: where.Territory | None = None
        self.period: str | None = None
        self.comparison: Comparison | None = None
        self.earlier = earlier
        self.sure_period = True
        self.tier: str | None = None
        self.subset = False
        self.stock = False
        self.adds_up = True


class Clues(NamedTuple):
    """What stands around a figure that tells what it resembles (``likeness.clues``).

    Attributes:
        words: words of its sentence.
        left: how many of them stand before it.
        right: how many stand before what is behind it.
        tags: tags of the lexicon as bits, by where they stand.
        others: names of clues that are neither.
    """

    words: Words
    left: int = 0
    right: int = 0
    tags: Sequence[tuple[str, int]] = ()
    others: Sequence[str] = ()


class Sight(NamedTuple):
    """What the reader made of a figure, for whoever asks why.

    Attributes:
        figure: the figure.
        draft: what it became; None when it got no code.
        around: what stood around it; None when no rule was asked.
        passed_over: why it was passed over, mostly before any rule was asked; empty when it was not.
        clues: what it may resemble others in; None when no rule was asked.
    """

    figure: Figure
    draft: Draft | None = None
    around: Surroundings | None = None
    passed_over: str = ""
    clues: Clues | None = None


@dataclass(slots=True)
class State:
    """What one sentence hands to the next.

    Attributes:
        paragraph: ordinal of the paragraph.
        said: meanings of the words of the paragraph so far, near to far, as bits.
        paragraph_tags: the same as a layer.
        said_before: meanings of the words of the paragraph before, and of the one before that if it is a caption.
        document_tags: meanings of the title and of the paragraph before.
        place: place in force.
        paragraph_start: where the paragraph begins.
        first_figure: where its first figure stands, 0 while it has none.
        moment: period named last.
        period: the period it means.
        before: period and mention in force before the one named last, as far as figures were told of them.
        main: the period that the text is about, as far as told: what looks back or aside leaves it as it is.
        aside: whether the period named last is told of in passing.
        event: month of the event told last.
        venue: where it was held, where a sentence without figures told of it.
        planned: whether the paragraph speaks of what is still to be done.
        planned_section: whether its section is headed as a plan.
        latest: figures of the last sentence of the paragraph that had any.
        latest_tags: their codes as tags ("h."), as bits.
        told: figures of the sentences before, the latest sentence first.
        heading: meanings of the words of the last line that ends with a colon, while its items follow, as bits.
        other: where the last sentence begins all of whose numbers tell of something else, -1 while there is none.
        guessing: whether figures that no rule takes are read by likeness.
    """

    paragraph: int = -1
    said: list[int] = field(default_factory=list)
    paragraph_tags: Layer = NOTHING
    said_before: list[int] = field(default_factory=list)
    document_tags: Layer = NOTHING
    place: where.Territory | None = None
    paragraph_start: int = 0
    first_figure: int = 0
    moment: when.Moment | None = None
    period: str | None = None
    before: tuple[str | None, when.Moment | None] = (None, None)
    main: tuple[str | None, when.Moment | None] | None = None
    aside: bool = False
    event: str | None = None
    venue: where.Territory | None = None
    planned: bool = False
    planned_section: bool = False
    latest: list[Draft] = field(default_factory=list)
    latest_tags: int = 0
    told: list[list[Draft]] = field(default_factory=list)
    heading: list[int] = field(default_factory=list)
    other: int = -1
    guessing: bool = True


@lru_cache(maxsize=1024)
def year_of(period: str | None) -> int | None:
    """Return the year of a period of one year, None for spans and for none."""
    return int(period[:4]) if period and period[:4].isdigit() and ".." not in period else None
