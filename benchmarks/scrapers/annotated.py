"""Pages of real sites that a person has annotated, in a folder: how right our reader and trafilatura are on them.

``NAME.html`` is the page as it was saved, ``NAME.txt`` what a person reads on it::

    title: Tiêu đề của bài
    date: 2024-12-19
    url: https://example.vn/bai-viet.html

    First paragraph, the lead if there is one.
    ~ Caption of a picture, name of the author, name of the paper it was taken from.
    Second paragraph.

``date: -`` says that the page shows none; ``url`` may be left out. A line that begins with ``~`` stands beside the
text: whether a reader gives it or not counts neither for nor against it. Related links, tags, comments and all that
belongs to the site are not written down at all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from benchmarks.scrapers.reader import Reading
from benchmarks.scrapers.reading import run_reader
from benchmarks.scrapers.scoring import Kept, numbers_kept, words_kept
from coso.errors import BadInputError
from coso.text import canonical
from scrapers.registry import load_registry
from scrapers.sourcefile import Discovery, Source
from scrapers.urls import on_domains

_KEYS = ("title", "date", "url")
_BESIDE = "~"
_FORM = "write title:, date: (YYYY-MM-DD or -) and perhaps url:, an empty line, then the text"
#: What trafilatura is tried with; the best of them is the one to compare with.
SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "default": {},
    "precision": {"favor_precision": True},
    "recall": {"favor_recall": True},
    "fast": {"fast": True},
}
#: The source as which a page of a site without a source file is read: nothing is known of it.
_UNKNOWN, _HOME = "unknown", "https://unknown.example/"
_SITE = Source(
    key=_UNKNOWN,
    name="Unknown",
    kind="party_newspaper",
    family="general",
    status="unverified",
    home_url=_HOME,
    province=None,
    discovery=(Discovery(method="listing", url=_HOME),),
    article_url=".",
    schedule="0 6 * * *",
    licence="Unknown.",
)


@dataclass(frozen=True)
class Annotated:
    """One saved page and what a person read on it."""

    html: Path
    title: str
    day: str | None
    url: str
    text: str
    beside: str


def load_pages(folder: Path) -> list[Annotated]:
    """Read a folder of annotated pages.

    Raises:
        BadInputError: the folder holds none, a page lacks its text or a text its page, or a text is not of the
            form; the file, the line and the mend are named.
    """
    if not folder.is_dir():
        raise BadInputError(f"{folder} is no folder", "name a folder of NAME.html and NAME.txt files")
    pages, texts = ({path.stem for path in folder.glob(f"*.{kind}")} for kind in ("html", "txt"))
    if not pages | texts:
        raise BadInputError(f"{folder} holds no page", "put NAME.html and NAME.txt files there")
    for stem in sorted(pages ^ texts):
        there, missing = ("html", "txt") if stem in pages else ("txt", "html")
        raise BadInputError(
            f"{folder / stem}.{there} has no {stem}.{missing} beside it", "add it, or take the other away"
        )
    return [_read(folder / f"{stem}.html", folder / f"{stem}.txt") for stem in sorted(pages)]


def _read(html: Path, path: Path) -> Annotated:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise BadInputError(f"{path}: byte {error.start} is not UTF-8", "save the file as UTF-8") from None
    end = lines.index("") if "" in lines else len(lines)
    head: dict[str, str] = {}
    for number, line in enumerate(lines[:end], start=1):
        key, colon, value = line.partition(":")
        if not colon or key not in _KEYS or key in head:
            raise BadInputError(f"{path}, line {number}: {line[:40]!r} is no line of the head", _FORM)
        head[key] = value.strip()
    body = [line.strip() for line in lines[end:] if line.strip()]
    text = "\n".join(line for line in body if not line.startswith(_BESIDE))
    if not head.get("title") or not text or not _is_day(head.get("date", "")):
        raise BadInputError(f"{path} lacks its title, its date or its text", _FORM)
    return Annotated(
        html,
        canonical(head["title"]),
        None if head["date"] == "-" else head["date"],
        head.get("url", ""),
        text,
        "\n".join(line.lstrip(_BESIDE) for line in body if line.startswith(_BESIDE)),
    )


def _is_day(text: str) -> bool:
    try:
        return text == "-" or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def measure_annotated(folder: Path, sources: Path | None = None, each: bool = False) -> dict[str, Any]:
    """Read annotated pages with our reader and with trafilatura in several settings.

    Args:
        folder: the pages.
        sources: where source files lie; the packaged ones by default.
        each: whether the F1 of each page is told too.
    """
    pages = load_pages(folder)
    report = measure_ours(folder, sources, each)
    for name, settings in SETTINGS.items():
        reader = _reader("trafilatura", pages, [""] * len(pages), {}, settings)
        report[f"trafilatura, {name}"] = _measured(reader, pages, each)
    peers = [name for name in report if name.startswith("trafilatura")]
    best = max(peers, key=lambda name: float(report[name]["text_f1"]))
    keys = ("pages_per_second", "peak_mb", "text_f1")
    report["ratios"] = {best: {key: round(report["coso"][key] / report[best][key], 3) for key in keys}}
    return report


def measure_ours(folder: Path, sources: Path | None = None, each: bool = False) -> dict[str, Any]:
    """Read annotated pages with our reader: as a crawl would, and as pages of sites without selectors.

    A page whose address is on the domains of a source is read as that source's.
    """
    pages = load_pages(folder)
    known = load_registry(sources).sources
    keys = [_source_of(page, known) for page in pages]
    named = {source.key: source for source in known if source.key in keys}
    unknown = {_UNKNOWN: _SITE}
    report: dict[str, Any] = {
        "coso": _measured(_reader("coso", pages, keys, {**named, **unknown}), pages, each)
    }
    report["coso"]["pages_with_selectors"] = sum(
        bool(named[key].selectors.body) for key in keys if key in named
    )
    if report["coso"]["pages_with_selectors"]:
        reader = _reader("coso", pages, [_UNKNOWN] * len(pages), unknown)
        report["coso, no selectors"] = _measured(reader, pages, each)
    return report


def _source_of(page: Annotated, known: Sequence[Source]) -> str:
    return next(
        (one.key for one in known if page.url and on_domains(page.url, one.allowed_domains)), _UNKNOWN
    )


Run = Callable[[], tuple[list[Reading], dict[str, Any]]]


def _reader(
    name: str,
    pages: Sequence[Annotated],
    keys: Sequence[str],
    sources: Mapping[str, Source],
    settings: Mapping[str, Any] | None = None,
) -> Run:
    asked = [(str(page.html), page.url, key) for page, key in zip(pages, keys, strict=True)]
    return lambda: run_reader(name, asked, sources, datetime.now(UTC), settings)


def _measured(run: Run, pages: Sequence[Annotated], each: bool) -> dict[str, Any]:
    results, told = run()
    pairs = list(zip(pages, results, strict=True))
    words = [words_kept(text, page.text, page.beside) for page, (_, text, _) in pairs]
    numbers = sum((numbers_kept(text, page.text, page.beside) for page, (_, text, _) in pairs), Kept(0, 0, 0))
    days = [(page.day, day) for page, (_, _, day) in pairs]
    measured = {
        "pages_per_second": told["pages_per_second"],
        "peak_mb": told["peak_mb"],
        "text_f1": round(sum(kept.f1 for kept in words) / len(words), 4),
        "text_precision": round(sum(kept.precision for kept in words) / len(words), 4),
        "text_recall": round(sum(kept.recall for kept in words) / len(words), 4),
        "numbers_precision": round(numbers.precision, 4),
        "numbers_recall": round(numbers.recall, 4),
        "titles_right": sum(page.title == canonical(title) for page, (title, _, _) in pairs),
        "dates_right": sum(true == day for true, day in days),
        "dates_absent": sum(true is not None and day is None for true, day in days),
        "dates_wrong": sum(day is not None and true != day for true, day in days),
        "pages": len(pages),
    }
    if each:
        measured["each"] = {
            page.html.stem: {
                "f1": round(kept.f1, 3),
                "precision": round(kept.precision, 3),
                "recall": round(kept.recall, 3),
                "title": page.title == canonical(title),
                "date": day,
            }
            for (page, (title, _, day)), kept in zip(pairs, words, strict=True)
        }
    return measured
