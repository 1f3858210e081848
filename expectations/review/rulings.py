"""How decisions stand against what is read today, and what they change downstream.

A decision is about a figure at a place of a text. It finds the figure again by document and span, or, where the
page was read or written anew, by the sentence and the place in it. It holds while the figure is read as it was
when the decision was made; when the engine has come to read something else, it is stale: it changes nothing
and the fact waits for review again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from coso.ids import sha256_hex
from coso.lake import Lake, write_records
from coso.places import name_key
from coso.records import ReviewCorrection, ReviewDecision
from coso.settings import VIETNAM_TIME
from expectations.review.decisions import ACCEPTED, CORRECTED, REJECTED, gather_decisions, read_decisions
from expectations.review.readings import Reading, fact_ids, readings_below, readings_of, readings_on

APPLIED, RIGHT, DIFFERS, GONE, OVERRULED = (
    "applied",
    "already_right",
    "reading_differs",
    "reading_gone",
    "overruled",
)

#: What a figure says: metric, value, period, place, whether it is a part.
_Meaning = tuple[str, float, str | None, tuple[str | None, ...], bool]


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision about one fact of today.

    Attributes:
        decision: the decision.
        reading: the fact; None when there is none any more.
        standing: applied, already_right, reading_differs, reading_gone or overruled.
        is_disputed: whether reviewers differ about the fact.
    """

    decision: ReviewDecision
    reading: Reading | None
    standing: str
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A fact that waits for review.

    Attributes:
        reading: the fact.
        earlier: decisions about it that no longer hold, the latest last.
    """

    reading: Reading
    earlier: tuple[Ruling, ...]


def all_rulings(lake: Lake) -> list[Ruling]:
    """Return every decision with the facts it is about, in the order in which they were made."""
    decisions = read_decisions(lake)
    return rule(decisions, readings_on(lake, {one.url for one in decisions}))


def queue(lake: Lake, below: float, sample: int | None = None) -> list[Item]:
    """Return the facts that wait for review: stale decisions first, then the least sure.

    Args:
        lake: the lake.
        below: confidence under which a fact waits.
        sample: so many facts instead, drawn from all that nobody has decided about, however sure they are. They
            are drawn by a digest of their ids, so that neither the engine nor the reviewer has a say in it.
    """
    if sample is not None:
        return _sample(lake, sample)
    by_fact: dict[str, list[Ruling]] = defaultdict(list)
    for ruling in all_rulings(lake):
        if ruling.reading and ruling.reading.article.is_current:
            by_fact[ruling.reading.fact.fact_id].append(ruling)
    stale = [rulings for rulings in by_fact.values() if rulings[-1].standing == DIFFERS]
    items = [Item(reading, tuple(rulings)) for rulings in stale if (reading := rulings[-1].reading)]
    items += [
        Item(reading, ()) for reading in readings_below(lake, below) if reading.fact.fact_id not in by_fact
    ]
    return sorted(items, key=_by_need)


def _by_need(item: Item) -> tuple[bool, float, str, int]:
    fact = item.reading.fact
    return not item.earlier, fact.confidence, fact.document_id, fact.char_start


def _sample(lake: Lake, count: int) -> list[Item]:
    decided = {one.reading.fact.fact_id for one in all_rulings(lake) if one.reading}
    drawn = sorted(fact_ids(lake) - decided, key=lambda fact_id: sha256_hex(fact_id.encode()))
    items: list[Item] = []
    # Some of them stand in articles that were replaced since, so that it may take more than one round.
    for start in range(0, len(drawn), 2 * count):
        found = {one.fact.fact_id: one for one in readings_of(lake, drawn[start : start + 2 * count])}
        items += [Item(found[one], ()) for one in drawn[start : start + 2 * count] if one in found]
        if len(items) >= count:
            break
    return items[:count]


def copies(items: Iterable[Item]) -> list[list[Item]]:
    """Return the items grouped: the same sentence in several articles, read in the same way, is one matter."""
    groups: dict[tuple[object, ...], list[Item]] = defaultdict(list)
    for item in items:
        reading = item.reading
        matter = (reading.sentence_digest, reading.sentence_offset, _read_now(reading), not item.earlier)
        groups[matter].append(item)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class Tally:
    """What reviewers found of some facts.

    Attributes:
        facts: facts decided about, by the last decision about each.
        sure: mean confidence of the engine.
        accepted: share found right as read.
        rejected: share found to be no such figure.
    """

    facts: int
    sure: float
    accepted: float
    rejected: float


def tallies(rulings: Iterable[Ruling], key: Callable[[ReviewDecision], str]) -> dict[str, Tally]:
    """Count what reviewers found, by rule, metric or confidence; a decision that was overruled does not count."""
    groups: dict[str, dict[str, ReviewDecision]] = defaultdict(dict)
    for ruling in rulings:
        one = ruling.decision
        if ruling.standing != OVERRULED:
            groups[key(one)][one.decision_id] = one
    return {name: _tally([*ones.values()]) for name, ones in sorted(groups.items())}


def _tally(ones: Sequence[ReviewDecision]) -> Tally:
    count = len(ones)
    return Tally(
        facts=count,
        sure=sum(one.read_confidence for one in ones) / count,
        accepted=sum(one.verdict == ACCEPTED for one in ones) / count,
        rejected=sum(one.verdict == REJECTED for one in ones) / count,
    )


def rule(decisions: Sequence[ReviewDecision], readings: Iterable[Reading]) -> list[Ruling]:
    """Say how each decision stands against the readings of its article; one about no reading is gone.

    Args:
        decisions: decisions in the order in which they were made.
        readings: facts of today, at least those of the decisions' addresses.
    """
    index = _Index(readings)
    pairs: list[tuple[ReviewDecision, Reading | None]] = []
    for one in decisions:
        pairs += [(one, reading) for reading in index.targets(one)] or [(one, None)]
    about: dict[str, list[ReviewDecision]] = defaultdict(list)
    for one, reading in pairs:
        if reading:
            about[reading.fact.fact_id].append(one)
    disputed = {fact_id for fact_id, ones in about.items() if _differ(ones)}
    rulings = []
    for one, reading in pairs:
        if reading is None:
            rulings.append(Ruling(one, None, GONE))
            continue
        fact_id = reading.fact.fact_id
        standing = _standing(one, reading) if about[fact_id][-1] is one else OVERRULED
        rulings.append(Ruling(one, reading, standing, fact_id in disputed))
    return rulings


class _Index:
    """Finds the facts that a decision is about."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self._spans: dict[tuple[str, int, int], list[Reading]] = defaultdict(list)
        self._sentences: dict[tuple[str, str, str, int], set[tuple[str, int, int]]] = defaultdict(set)
        for reading in readings:
            fact = reading.fact
            span = (fact.document_id, fact.char_start, fact.char_end)
            sentence = (
                fact.source_key,
                reading.article.url,
                reading.sentence_digest,
                reading.sentence_offset,
            )
            self._spans[span].append(reading)
            self._sentences[sentence].add(span)

    def targets(self, one: ReviewDecision) -> list[Reading]:
        """Return the facts at the span of the decision and at the same place of the same sentence.

        Of several metrics read from one number, the one that was reviewed counts, else the one it was
        corrected to, else all.
        """
        own = (one.document_id, one.char_start, one.char_end)
        sentence = (one.source_key, one.url, one.sentence_sha256, one.sentence_offset)
        moved = {span for span in self._sentences[sentence] if span[0] != own[0] or own not in self._spans}
        found: list[Reading] = []
        for span in sorted({own} | moved):
            there = self._spans.get(span, [])
            same = [reading for reading in there if reading.fact.metric == one.read_metric]
            mended = [reading for reading in there if reading.fact.metric == one.new_metric]
            found += same or mended or there
        return found


def _standing(one: ReviewDecision, reading: Reading) -> str:
    now = _read_now(reading)
    if now == _as_reviewed(one):
        return APPLIED
    if one.verdict == CORRECTED and now == _as_decided(one):
        return RIGHT
    return DIFFERS


def _read_now(reading: Reading) -> _Meaning:
    fact = reading.fact
    place = _place(fact.place, fact.province_code, fact.frame, fact.level)
    return fact.metric, fact.value, fact.period, place, fact.subset


def _as_reviewed(one: ReviewDecision) -> _Meaning:
    place = _place(one.read_place, one.read_province_code, one.read_frame, one.read_level)
    return one.read_metric, one.read_value, one.read_period, place, one.read_subset


def _as_decided(one: ReviewDecision) -> _Meaning:
    metric, value, period, place, subset = _as_reviewed(one)
    if one.new_place is not None:
        place = _place(one.new_place, one.new_province_code, one.new_frame, one.new_level)
    return (
        one.new_metric or metric,
        value if one.new_value is None else one.new_value,
        one.new_period or period,
        place,
        subset if one.new_subset is None else one.new_subset,
    )


def _place(
    name: str | None, province: str | None, frame: str | None, level: str | None
) -> tuple[str | None, ...]:
    """A province is its code; anything else is its name as well."""
    return (province, frame, level, None if level == "province" else name_key(name or ""))


def _differ(ones: Sequence[ReviewDecision]) -> bool:
    """Whether the last words of the reviewers of one fact differ."""
    last = {one.reviewer: one for one in ones}
    return len({None if one.verdict == REJECTED else _as_decided(one) for one in last.values()}) > 1


def write_corrections(lake: Lake) -> int:
    """Write what the decisions change of today's facts, for the warehouse to apply; return the rows.

    The caller holds the lake.
    """
    decisions = gather_decisions(lake)
    rulings = rule(decisions, readings_on(lake, {one.url for one in decisions})) if decisions else []
    rows = [row for ruling in rulings for row in corrections(ruling)]
    rows.sort(key=lambda row: (row.correction_id, row.fact_id))
    write_records(lake.quality / "review_corrections" / "part.parquet", ReviewCorrection, rows)
    return len(rows)


def corrections(ruling: Ruling) -> list[ReviewCorrection]:
    """Return what a ruling says of its fact, one row an action."""
    one = ruling.decision
    if one.verdict == REJECTED:
        return [_correction(ruling, "drop_reading", number_text(one.read_value), None)]
    changes = [
        ("replace_value", number_text(one.read_value), _number(one.new_value)),
        ("set_metric", one.read_metric, one.new_metric),
        ("set_period", one.read_period, one.new_period),
        ("set_place", one.read_place, one.new_place),
        ("set_subset", _truth(one.read_subset), _truth(one.new_subset)),
    ]
    made = [_correction(ruling, action, old, new) for action, old, new in changes if new is not None]
    return made or [_correction(ruling, "confirm", number_text(one.read_value), None)]


def _correction(ruling: Ruling, action: str, old: str | None, new: str | None) -> ReviewCorrection:
    one, places = ruling.decision, action == "set_place"
    return ReviewCorrection(
        correction_id=f"{one.decision_id}-{action}",
        fact_id=ruling.reading.fact.fact_id if ruling.reading else one.fact_id,
        action=action,
        standing=ruling.standing,
        is_disputed=ruling.is_disputed,
        old_value=old or "",
        new_value=new,
        place_code=one.new_place_code if places else None,
        province_code=one.new_province_code if places else None,
        frame=one.new_frame if places else None,
        level=one.new_level if places else None,
        reason=one.reason,
        reviewer=one.reviewer,
        reviewed_on=one.decided_at.astimezone(VIETNAM_TIME).date(),
        evidence_url=one.url,
    )


def number_text(value: float) -> str:
    """Return a value as the warehouse reads it: 1786 or 94.5."""
    return f"{value:.15g}"


def _number(value: float | None) -> str | None:
    return None if value is None else number_text(value)


def _truth(value: bool | None) -> str | None:
    return None if value is None else str(value).lower()
