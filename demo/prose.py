"""The articles of the sample portals: hand-written prose in which every figure is named by its place in the truth.

In ``demo/articles/<outlet>/<page>.yml`` a figure stands as ``{metric}`` (of the article's province and period),
``{metric@period}``, ``{metric~}`` (the amount of its change) or ``{part.name}``. A number that is no result is marked
with the reason: ``{plan:95}``, ``{cite:120-KL/TW}``, ``{name:1022}``. A line that begins with ``>`` is a caption.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from coso.errors import BadInputError
from coso.settings import VIETNAM_TIME
from demo.truth import Figure, Truth, load_truth

ARTICLES = Path(__file__).parent / "articles"

#: Why a marked number is no fact: a plan or target, a document cited, a name, a count of who took part.
NO_FACT = ("plan", "cite", "name", "count")
_MARK = re.compile(r"\{([^{}]+)\}")
_FIGURE = re.compile(r"(?P<name>(?:part\.)?[a-z_]+)(?:@(?P<period>[\w-]+))?(?P<change>~)?")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the body; a caption looks like any other paragraph on most of the portals."""

    text: str
    is_caption: bool


@dataclass(frozen=True)
class Use:
    """A figure in the prose, and whether the amount of its change is meant rather than its value."""

    figure: Figure
    is_change: bool


@dataclass(frozen=True)
class Article:
    """One article, its figures filled in. ``published`` is the time in Vietnam."""

    outlet: str
    page: str
    title: str
    published: datetime
    author: str
    section: str
    keywords: tuple[str, ...]
    sapo: str
    paragraphs: tuple[Paragraph, ...]
    province_code: str | None
    period: str | None
    off_topic: bool
    uses: tuple[Use, ...]
    template: str

    @property
    def key(self) -> str:
        """``outlet/page``, as the truth names it."""
        return f"{self.outlet}/{self.page}"

    @property
    def text(self) -> str:
        """Lead and body, one paragraph a line, captions left out."""
        return "\n".join([self.sapo, *(p.text for p in self.paragraphs if not p.is_caption)])


@cache
def load_articles() -> tuple[Article, ...]:
    """Read every article, newest first within its outlet.

    Raises:
        BadInputError: an article names a figure that the truth does not hold, or lacks a key.
    """
    truth = load_truth()
    articles = [_read(path, truth) for path in sorted(ARTICLES.glob("*/*.yml"))]
    return tuple(sorted(articles, key=lambda a: (a.outlet, -a.published.timestamp(), a.page)))


def of_outlet(outlet: str) -> tuple[Article, ...]:
    """Return the articles of one outlet, newest first."""
    return tuple(article for article in load_articles() if article.outlet == outlet)


def write_number(value: float) -> str:
    """Write a number as Vietnamese papers do: 1.743 and 94,5."""
    whole = value == int(value)
    english = f"{int(value):,}" if whole else f"{value:,}"
    return english.translate(str.maketrans(",.", ".,"))


def _read(path: Path, truth: Truth) -> Article:
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    outlet = path.parent.name
    try:
        filler = _Filler(path, truth, outlet, raw)
        return Article(
            outlet=outlet,
            page=path.stem,
            title=filler.fill(raw["title"]),
            published=raw["published"].replace(tzinfo=VIETNAM_TIME),
            author=raw["author"],
            section=raw["section"],
            keywords=tuple(raw["keywords"]),
            sapo=filler.fill(raw["sapo"]),
            paragraphs=tuple(_paragraph(filler.fill(p)) for p in raw["body"].strip().split("\n\n")),
            province_code=filler.province,
            period=filler.period,
            off_topic=raw.get("off_topic", False),
            uses=tuple(filler.uses),
            template="\n".join([raw["title"], raw["sapo"], raw["body"]]),
        )
    except KeyError as error:
        raise BadInputError(f"{path}: key {error} is missing", "add it") from None


def _paragraph(text: str) -> Paragraph:
    return Paragraph(text.removeprefix(">").strip(), text.startswith(">"))


class _Filler:
    """Puts the figures of the truth in the place of their names, and keeps count of them."""

    def __init__(self, path: Path, truth: Truth, outlet: str, raw: dict[str, Any]) -> None:
        self.path, self.truth, self.outlet = path, truth, outlet
        self.province = raw.get("province") or truth.outlets[outlet].province_code
        self.period = raw.get("period")
        self.uses: list[Use] = []

    def fill(self, template: str) -> str:
        return _MARK.sub(self._fill_mark, template)

    def _fill_mark(self, mark: re.Match[str]) -> str:
        kind, colon, literal = mark[1].partition(":")
        if colon and kind in NO_FACT:
            return literal
        parts = _FIGURE.fullmatch(mark[1])
        figure = parts and self.truth.figure(
            self.province or "", parts["period"] or self.period or "", parts["name"]
        )
        if not parts or figure is None:
            raise BadInputError(
                f"{self.path}: {mark[0]} names no figure of demo/truth.yml", "add it there or mend the name"
            )
        self.uses.append(Use(figure, bool(parts["change"])))
        return self._write(figure, is_change=bool(parts["change"]))

    def _write(self, figure: Figure, *, is_change: bool) -> str:
        if is_change:
            if figure.change is None:
                raise BadInputError(f"{self.path}: {figure.name} has no change", "add it to demo/truth.yml")
            return write_number(figure.change.amount)
        number = figure.written or write_number(figure.value_at(self.outlet))
        if figure.denominator is not None:
            number = f"{number}/{write_number(figure.denominator)}"
        return f"{figure.approx} {number}" if figure.approx else number
