"""What a text is made of, found before its figures are read: words, sentences, dates, places, what counts nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from coso.late_patterns import late
from coso.text import Folded, fold, fold_words
from extraction import when, where
from extraction.cues import mark_cues
from extraction.digits import digit_runs
from extraction.document import Document
from extraction.lexicon import Term, Terms, meaning_of, words
from extraction.lexicon.tags import bit_of
from extraction.nonfacts import Mask, find_masks
from extraction.openings import without_signature
from extraction.patterns import whole_words
from extraction.sentences import split_sentences
from extraction.wrapped_lines import join_wrapped

#: What a leader does who tells of figures, and what he does beside it when he is told of.
_SAYS = late(whole_words(r"cho biết|cho hay|nhấn mạnh|khẳng định|chia sẻ|thông tin thêm"))
_ACTS_TOO = late(r"\d|(?<!\w)(?:tiếp|đối thoại)(?!\w)")
_BY_WORD_OF = late(r"t(?<!\w.)heo (?:đồng chí|ông|bà) [^.;:\d]{0,90}")
#: Characters between a speaker's office and what is said of it: the name, another office.
_FAR_SPEAKER = 90
_LETTER = late(r"\w")
#: The month that stands for a year: a page of 2025 is taken to name the units of its first half.
_MID_YEAR = 6


def prepare(text: str, title: str | None, published: str | None, source_province: str | None) -> Document:
    """Find words, dates and places in a text and its title."""
    folded = replace(fold(without_signature(join_wrapped(text))), source=text)
    head = fold(title or "")
    day = _day_of(published)
    sentences = split_sentences(folded.plain)
    atlas = where.survey(folded.plain, folded.text, (head.plain, head.text), source_province, day)
    named = f"{head.text}\n{folded.text}"
    folded = replace(folded, text=_without_names(folded.text, atlas.mentions))
    title_text = _without_names(head.text, atlas.titled)
    runs = [digit_runs(folded.text, sentence.start, sentence.end) for sentence in sentences]
    mark_cues(folded.text, sentences)
    masks = find_masks(folded.text, sentences, runs)
    titled = when.find_moments(title_text)
    moments = when.find_moments(folded.text, titled)
    found = _with_carried_over(words().find(folded.text), moments)
    return Document(
        folded=folded,
        terms=_outside_names(found, masks, folded),
        masks=masks,
        sentences=sentences,
        runs=runs,
        calendar=when.open_calendar(published, titled, moments, folded.text, title_text),
        atlas=atlas,
        title=title_text,
        named=named,
        title_tags=[term.meaning.bits for term in words().find(title_text)],
    )


def _without_names(folded: str, mentions: list[where.Mention]) -> str:
    """Blot out the names of places, so that no pattern reads what only belongs to a name.

    "Khánh Hòa giải quyết" mediates nothing, "Tiểu Cần có" needs nothing, "Cao Bằng năm 2023" is not as much as in
    2023, and the number of "Phường 3" counts nothing.
    """
    pieces, last = [], 0
    for mention in mentions:
        if mention.territory is None:
            continue
        name = fold_words((mention.itself or mention.territory).names[0])
        begin = folded.rfind(name, mention.start, mention.end)
        # The app "Hue-S" is a name of a place and a wording of its own.
        if begin < last or folded.startswith("-", begin + len(name)):
            continue
        pieces += [folded[last:begin], _LETTER.sub("x", name)]
        last = begin + len(name)
    return "".join([*pieces, folded[last:]]) if pieces else folded


def _day_of(published: str | None) -> date | None:
    """Return the day of publication; of a month its first, of a year one before the reform of July 2025."""
    if not published:
        return None
    parts = [int(part) for part in published.split("-")]
    return date(*parts) if len(parts) == 3 else date(parts[0], parts[1] if len(parts) == 2 else _MID_YEAR, 1)


def _with_carried_over(found: list[Term], moments: list[when.Moment]) -> list[Term]:
    """Take "năm 2019 chuyển sang" for one wording, as "năm trước chuyển sang" is: nothing is passed on to others."""
    carried = [moment for moment in moments if moment.form == "carried_over"]
    if not carried:
        return found
    made: list[Term] = []
    rest = iter([*found, None])
    term = next(rest)
    for moment in carried:
        while term and term.start < moment.start:
            made.append(term)
            term = next(rest)
        kept = set()
        while term and term.start < moment.end:
            kept |= {tag for tag in term.tags if tag.startswith("q.")}
            term = next(rest)
        made.append(Term(moment.start, moment.end, meaning_of(["act.carry_over", *sorted(kept)])))
    while term:
        made.append(term)
        term = next(rest)
    return made


def _outside_names(found: list[Term], masks: list[Mask], text: Folded) -> Terms:
    """Leave out wordings that are only part of a name: the "giúp" (help) of the model "3 biết, 2 giúp"."""
    terms, plain, folded = Terms(found), text.plain, text.text
    inside: set[int] = set()
    for start, end, kind in masks:
        if kind == "name" and plain[start + 1 : start + 2].isdecimal():
            inside.update(term.start for term in terms.between(start + 1, end) if term.end < end)
        elif kind == "document_number":
            # "NQLT-UBTVQH14": who signed a document is not who acts.
            inside.update(
                term.start for term in terms.between(start, end) if "/" in plain[start : term.start]
            )
    inside.update(_speakers(folded, terms))
    return Terms([term for term in found if term.start not in inside]) if inside else terms


def _speakers(folded: str, terms: Terms) -> Iterator[int]:
    """Yield where leaders are named who only tell the figures: "Chủ tịch UBND tỉnh cho biết, các cấp đã tiếp …"."""
    leader = bit_of("who.leader")
    for said in _SAYS.finditer(folded):
        far = max(said.start() - _FAR_SPEAKER, 0)
        opened = max(folded.rfind(mark, far, said.start()) for mark in (". ", ";", "\n")) + 1
        for term in terms.between(max(opened, far), said.start()):
            if term.meaning.bits & leader and not _ACTS_TOO.search(folded, term.end, said.start()):
                yield term.start
    for told in _BY_WORD_OF.finditer(folded):
        for term in terms.between(told.start(), told.end()):
            if term.meaning.bits & leader:
                yield term.start
                break
