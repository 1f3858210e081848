"""The planted country in prose: which articles tell which figures, in which of the wordings of ``country/*.yml``.

Every choice is drawn from a seed, so the same country is always told in the same words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from typing import Any

import yaml
from country_figures import DATA, HALF_YEARS, MERGED_YEAR, YEARS, Country, Key, codes

from coso.places import Unit, communes, districts, members, province
from coso.settings import VIETNAM_TIME
from demo.prose import Article, Paragraph, write_number

CENTRAL = ("country-central-1", "country-central-2", "country-central-3")

#: How often a block is followed by a figure of a part, of a district; a paragraph by one without figures of ours; a
#: figure by its change; and how often a central outlet tells of a province's year or half-year too.
_PART, _DISTRICT, _ASIDE, _CHANGE = 0.35, 0.35, 0.3, 0.5
_CENTRAL_YEAR, _CENTRAL_HALF = 0.6, 0.3

_MARK = re.compile(r"\{([^{}]+)\}")
_RANDOM = re.compile(r"#(\d+)-(\d+)(?:~(\d))?")
_UNITS = {"ha": 1e4, "nghìn": 1e3, "triệu": 1e6}
_SHARES = (0.04, 0.28)


@dataclass(frozen=True)
class Telling:
    """One place of the country's prose where a figure of a province is told."""

    source_key: str
    page: str
    key: Key
    value: float


@dataclass(frozen=True)
class Change:
    """One change told of a figure; ``unit`` is % or the noun counted."""

    source_key: str
    key: Key
    direction: str
    amount: float
    unit: str


@dataclass(frozen=True)
class Wording:
    """One way of telling a block: ``name`` is block/letter."""

    name: str
    block: str
    text: str
    frames: tuple[str, ...] = ("63", "34")


@dataclass(frozen=True)
class Story:
    """An article, the key of the source that prints it, what it tells, and the wordings it uses.

    ``noise`` are its sentences that hold no figure of a province nor of a part of one, whatever their digits.
    """

    source_key: str
    article: Article
    tellings: tuple[Telling, ...]
    changes: tuple[Change, ...]
    wordings: tuple[str, ...]
    noise: tuple[str, ...]


@cache
def data(name: str) -> Any:
    """Return one of the files of ``country/``."""
    return yaml.safe_load((DATA / f"{name}.yml").read_text(encoding="utf-8"))


def wordings_of(blocks: Mapping[str, Any]) -> list[Wording]:
    """Return the wordings of a file's ``blocks``."""
    found = []
    for block, cell in blocks.items():
        for letter, raw in cell["wordings"].items():
            full = raw if isinstance(raw, dict) else {"text": raw}
            found.append(
                Wording(f"{block}/{letter}", block, full["text"], tuple(full.get("frames", ("63", "34"))))
            )
    return found


@cache
def wordings(block: str, frame: str) -> tuple[Wording, ...]:
    """Return the wordings that the country uses for a block."""
    every = wordings_of(data("wordings")["blocks"])
    return tuple(w for w in every if w.block == block and frame in w.frames)


@cache
def awaiting() -> dict[str, dict[str, Any]]:
    """Return the wordings that the engine misreads, by name."""
    loaded: dict[str, dict[str, Any]] = data("awaiting")
    return loaded


@dataclass(frozen=True)
class Place:
    """A province as its papers name it."""

    code: str
    frame: str
    period: str

    @cached_property
    def name(self) -> str:
        """Name without its kind, as of the period: Huế was called Thừa Thiên Huế until the end of 2024."""
        if self.code == "79":
            return "TP Hồ Chí Minh"
        if (self.code, self.frame) == ("46", "63") and int(self.period[:4]) < 2025:
            return "Thừa Thiên Huế"
        return province(self.code, self.frame).name

    @property
    def is_city(self) -> bool:
        """Whether it is a city of its own; Huế has been one since 2025."""
        if self.code == "46":
            return int(self.period[:4]) >= 2025
        return self.code in {"01", "31", "48", "79", "92"}

    def words(self) -> dict[str, str]:
        """Return what stands for the marks about places."""
        unit = "thành phố" if self.is_city else "tỉnh"
        full = "Thành phố Hồ Chí Minh" if self.code == "79" else f"{unit} {self.name}"
        head = "Thành ủy" if self.is_city else "Tỉnh ủy"
        return {"unit": unit, "name": self.name, "place": full, "whole": f"toàn {unit}", "head": head}

    @cached_property
    def below(self) -> list[Unit]:
        """Its districts, or its communes since they are what is left."""
        names = communes() if self.frame == "34" else districts()
        every = (unit for units in names.values() for unit in units)
        return sorted(
            (u for u in every if (u.province_code, u.frame) == (self.code, self.frame)), key=lambda u: u.code
        )


def calendar_words(period: str, dice: random.Random) -> dict[str, str]:
    """Return what stands for the marks about time."""
    year = int(period[:4])
    words = {"year": str(year), "prev": str(year - 1), "next": str(year + 1)}
    if period.endswith("-H1"):
        named = dice.choice([f"6 tháng đầu năm {year}", f"6 tháng đầu năm {year}", f"nửa đầu năm {year}"])
        return words | {
            "period": named,
            "before": f"cùng kỳ năm {year - 1}",
            "then": "cùng kỳ năm trước",
        }
    return words | {"period": f"năm {year}", "before": f"năm {year - 1}", "then": "năm trước"}


@dataclass
class Writer:
    """Writes one article.

    Attributes:
        figures: what the province reports of the period, by metric.
        earlier: what it reported of the same months a year earlier; empty where nothing is known.
        told: metrics told, each with the period it is of and its value.
        changed: changes told: metric, direction, amount, unit.
        noise: sentences that tell nothing.
    """

    place: Place
    period: str
    figures: Mapping[str, float]
    earlier: Mapping[str, float]
    dice: random.Random
    words: dict[str, str] = field(default_factory=dict)
    told: list[tuple[str, str, float]] = field(default_factory=list)
    changed: list[tuple[str, str, float, str]] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.words = self.place.words() | calendar_words(self.period, self.dice) | self.words

    def fill(self, template: str) -> str:
        """Return the text with every mark replaced."""
        return _MARK.sub(lambda mark: self._fill(mark[1]), template)

    def say_nothing(self, template: str) -> str:
        """Return the text with every mark replaced, and remember that it tells nothing."""
        self.noise.append(self.fill(template))
        return self.noise[-1]

    def _fill(self, mark: str) -> str:
        if drawn := _RANDOM.fullmatch(mark):
            return self._draw(drawn)
        if mark[0] == "=":
            return write_number(self.figures[mark[1:]])
        metric, tilde, noun = mark.partition("~")
        if tilde:
            return self._change(metric, noun)
        metric, at, unit = mark.partition("@")
        if at:
            return self._tell(metric, unit)
        if mark[-1] == "<":
            return self._earlier(mark[:-1])
        metric, slash, tier = mark.partition("/")
        if slash:
            return write_number(split(self.figures[metric])[int(tier) - 1])
        return self._tell(mark) if mark in self.figures else self._word(mark)

    def _tell(self, metric: str, unit: str | None = None) -> str:
        value = self.figures[metric]
        self.told.append((metric, self.period, value))
        return f"{write_number(round(value / _UNITS[unit], 4))} {unit}" if unit else written(metric, value)

    def _word(self, mark: str) -> str:
        lower = mark[0].lower() + mark[1:]
        word = self._elsewhere(lower) if lower in {"district", "neighbour"} else self.words[lower]
        return word if mark == lower else word[0].upper() + word[1:]

    def _elsewhere(self, mark: str) -> str:
        """Return a place that is not the province: a district of it, or another province."""
        if mark == "district":
            unit = self.dice.choice(self.place.below)
            return f"{unit.kind} {unit.name}"
        others = (Place(code, self.place.frame, self.period) for code in codes(self.place.frame))
        return self.dice.choice([p.name for p in others if p.code != self.place.code and not p.is_city])

    def _draw(self, drawn: re.Match[str]) -> str:
        low, high, decimals = int(drawn[1]), int(drawn[2]), int(drawn[3] or 0)
        value = self.dice.randint(low * 10**decimals, high * 10**decimals) / 10**decimals
        return write_number(value)

    def _change(self, metric: str, noun: str) -> str:
        now, then = self.figures[metric], self.earlier.get(metric)
        if then is None or then == now or self.dice.random() > _CHANGE:
            return ""
        form = self.dice.choice(data("articles")["changes"])
        percent = round(100 * abs(now - then) / then, 1)
        if "{percent}" in form and percent == 0:
            return ""
        direction = "increase" if now > then else "decrease"
        if "{percent}" in form:
            self.changed.append((metric, direction, percent, "%"))
        elif "{amount}" in form:
            self.changed.append((metric, direction, abs(now - then), noun))
        change = {
            "more": "tăng" if now > then else "giảm",
            "amount": write_number(abs(now - then)),
            "percent": write_number(percent),
            "earlier": self._earlier(metric) if "{earlier}" in form else "",
            "noun": noun,
        }
        return str(form.format(**(self.words | change)))

    def _earlier(self, metric: str) -> str:
        then = self.earlier[metric]
        self.told.append((metric, f"{int(self.period[:4]) - 1}{self.period[4:]}", then))
        return written(metric, then)


def written(metric: str, value: float) -> str:
    """Return a figure as papers write it: money in billions."""
    if metric == "cash_contributions":
        return f"{write_number(round(value / 1e9, 1))} tỷ"
    return write_number(value)


def split(value: float) -> tuple[float, float, float]:
    """Split a count among three tiers."""
    first, second = (round(value * share) for share in _SHARES)
    return first, second, value - first - second


def stories(country: Country, seed: int = 0) -> list[Story]:
    """Return every article of the country, the newest first."""
    told = [*_of_the_old(country, seed), *_of_the_new(country, seed)]
    return sorted(told, key=lambda s: (s.article.published, s.source_key, s.article.page), reverse=True)


def own_source(frame: str, code: str) -> str:
    """Return the key of a province's own paper; the eleven unchanged provinces keep theirs."""
    if frame == "34" and len(members(code)) == 1:
        frame, code = "63", members(code)[0].code
    return f"country-{frame}-{code}"


def _of_the_old(country: Country, seed: int) -> Iterator[Story]:
    for code in [c for c in codes("63") if country.of("63", c, str(YEARS[0]))]:
        for year in YEARS:
            yield from _year(country, Place(code, "63", str(year)), seed)
        for half in HALF_YEARS:
            yield from _half_year(country, Place(code, "63", half), seed)


def _of_the_new(country: Country, seed: int) -> Iterator[Story]:
    for code in [c for c in codes("34") if country.of("34", c, str(MERGED_YEAR))]:
        yield from _year(country, Place(code, "34", str(MERGED_YEAR)), seed)


def _year(country: Country, place: Place, seed: int) -> Iterator[Story]:
    dice = random.Random(f"{seed}/year/{place.frame}/{place.code}/{place.period}")
    for name, cell in data("articles")["articles"].items():
        blocks = dice.sample(cell["blocks"], len(cell["blocks"]))
        yield _story(country, place, own_source(place.frame, place.code), name, cell, blocks, dice)
    every = [block for cell in data("articles")["articles"].values() for block in cell["blocks"]]
    yield from _central(country, place, every, _CENTRAL_YEAR, dice)


def _half_year(country: Country, place: Place, seed: int) -> Iterator[Story]:
    cell = data("articles")["half_year"]
    # A province tells the same of every half-year.
    blocks = random.Random(f"{seed}/half-year/{place.code}").sample(cell["blocks"], cell["count"])
    dice = random.Random(f"{seed}/half-year/{place.code}/{place.period}")
    source = own_source("63", place.code)
    yield _story(country, place, source, "half-year", cell, dice.sample(blocks, len(blocks)), dice)
    yield from _central(country, place, blocks, _CENTRAL_HALF, dice)


def _central(
    country: Country, place: Place, blocks: Sequence[str], share: float, dice: random.Random
) -> Iterator[Story]:
    if dice.random() < share:
        cell = data("articles")["central"]
        chosen = dice.sample(blocks, min(cell["count"], len(blocks)))
        name = f"{place.frame}-{place.code}"
        yield _story(country, place, dice.choice(CENTRAL), name, cell, chosen, dice)


def _story(
    country: Country,
    place: Place,
    source_key: str,
    name: str,
    cell: Mapping[str, Any],
    blocks: Sequence[str],
    dice: random.Random,
) -> Story:
    day = published_on(place.period, dice)
    figures = country.of(place.frame, place.code, place.period)
    earlier = country.of(place.frame, place.code, f"{int(place.period[:4]) - 1}{place.period[4:]}")
    spoken = _half_year_earlier(country, earlier, place, blocks)
    writer = Writer(place, place.period, figures, spoken, dice, {"day": f"{day.day}/{day.month}"})
    used = [dice.choice(wordings(block, place.frame)) for block in blocks]
    title = writer.fill(dice.choice(cell["titles"]))
    paragraphs = [writer.fill(dice.choice(cell["leads"])), *_body(writer, used)]
    names = tuple(w.name for w in used)
    return _printed(
        place, source_key, f"{place.period.lower()}-{name}", title, paragraphs, day, writer, names
    )


def _printed(
    place: Place,
    source_key: str,
    page: str,
    title: str,
    paragraphs: Sequence[str],
    day: date,
    writer: Writer,
    used: tuple[str, ...],
) -> Story:
    dice = writer.dice
    article = Article(
        outlet=source_key,
        page=page,
        title=title,
        published=datetime.combine(day, time(dice.randint(7, 20), dice.randint(0, 59)), VIETNAM_TIME),
        author=dice.choice(data("articles")["authors"]),
        section="chinh-tri",
        keywords=tuple(data("articles")["keywords"]),
        sapo=paragraphs[0],
        paragraphs=tuple(Paragraph(text, is_caption=False) for text in paragraphs[1:]),
        province_code=place.code,
        period=place.period,
        off_topic=False,
        uses=(),
        template="",
    )
    tellings = tuple(
        Telling(source_key, page, Key(place.frame, place.code, metric, period), value)
        for metric, period, value in writer.told
    )
    changes = tuple(
        Change(source_key, Key(place.frame, place.code, metric, place.period), direction, amount, unit)
        for metric, direction, amount, unit in writer.changed
    )
    return Story(source_key, article, tellings, changes, used, tuple(writer.noise))


def try_wording(country: Country, cell: Mapping[str, Any], code: str, seed: int) -> Story:
    """Return a short article of one province of the 63 with one wording of ``awaiting.yml`` in it."""
    dice = random.Random(f"{seed}/try/{code}/{cell['text']}")
    is_half = cell.get("period") == "half-year"
    place = Place(code, "63", "2024-H1" if is_half else "2024")
    day = published_on(place.period, dice)
    figures = country.of("63", code, place.period) | cell.get("figures", {})
    earlier = country.of("63", code, f"{int(place.period[:4]) - 1}{place.period[4:]}")
    writer = Writer(place, place.period, figures, earlier, dice, {"day": f"{day.day}/{day.month}"})
    lead = data("articles")["half_year" if is_half else "articles"]
    leads = lead["leads"] if is_half else lead["democracy"]["leads"]
    paragraphs = [writer.fill(text) for text in (leads[0], cell.get("before")) if text]
    paragraphs.append(writer.say_nothing(cell["text"]) if cell.get("noise") else writer.fill(cell["text"]))
    return _printed(place, own_source("63", code), "try", "Thử", paragraphs, day, writer, ())


def _half_year_earlier(
    country: Country, earlier: Mapping[str, float], place: Place, blocks: Sequence[str]
) -> Mapping[str, float]:
    """Return the earlier figures that were reported: those of a half-year only where its review told them."""
    if not place.period.endswith("-H1"):
        return earlier
    every = data("wordings")["blocks"]
    return {
        metric: earlier[metric] for block in blocks for metric in every[block]["metrics"] if metric in earlier
    }


def published_on(period: str, dice: random.Random) -> date:
    """Return a day on which the period is reviewed: December and January, or late June and July.

    The first half of 2025 is reviewed before the old provinces end.
    """
    year = int(period[:4])
    if period == "2025-H1":
        return date(year, 6, 20) + timedelta(days=dice.randint(0, 9))
    if period.endswith("-H1"):
        return date(year, 6, 25) + timedelta(days=dice.randint(0, 26))
    return date(year, 12, 10) + timedelta(days=dice.randint(0, 47))


def _body(writer: Writer, used: Sequence[Wording]) -> Iterator[str]:
    dice, texts = writer.dice, data("articles")
    asides = {kind: iter(dice.sample(texts[kind], len(texts[kind]))) for kind in ("fillers", "numbers")}
    yield dice.choice(texts["openings"]).format(**writer.words)
    for wording in used:
        sentences = [writer.fill(wording.text)]
        for kind, share in (("parts", _PART), ("districts", _DISTRICT)):
            if wording.block in texts[kind] and dice.random() < share:
                sentences.append(writer.fill(dice.choice(texts[kind][wording.block])))
        yield " ".join(sentences)
        for aside in asides.values():
            if dice.random() < _ASIDE:
                yield writer.say_nothing(next(aside))
    plans = texts["half_year_plans" if writer.period.endswith("-H1") else "plans"]
    yield writer.say_nothing(dice.choice(plans))
