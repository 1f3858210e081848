"""The queue as a table for several reviewers, and their answers back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from coso.dictionary import load_metrics
from coso.errors import BadInputError
from coso.lake import write_atomically
from coso.records import ReviewDecision
from expectations.review.amend import FIELDS, read_changes
from expectations.review.decisions import ACCEPTED, CORRECTED, REJECTED, decide
from expectations.review.readings import Reading
from expectations.review.rulings import Item, number_text

#: Columns that a reviewer fills in.
ANSWERS = ("decision", *(f"new_{field}" for field in FIELDS), "reason", "by")

COLUMNS = (
    *("fact_id", "confidence", "metric", "metric_name", "value", "unit", "period", "place", "subset"),
    *("sentence", "rule", "published_on", "url", "earlier"),
    *ANSWERS,
)

_VERDICTS = {"accept": ACCEPTED, "correct": CORRECTED, "reject": REJECTED}

#: A spreadsheet takes cells that begin so for formulas; those get an apostrophe, which it does not show.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def marked(reading: Reading) -> str:
    """Return the sentence with its figure between » and «."""
    start = reading.sentence_offset
    sentence, end = reading.fact.sentence, start + len(reading.fact.quote)
    return f"{sentence[:start]}»{sentence[start:end]}«{sentence[end:]}"


def write_sheet(path: Path, items: Iterable[Item]) -> int:
    """Write facts that wait for review as CSV that spreadsheets open as UTF-8; return their number."""
    text, rows = io.StringIO(), [[_safe(cell) for cell in _row(item)] for item in items]
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    write_atomically(path, b"\xef\xbb\xbf" + text.getvalue().encode("utf-8"))
    return len(rows)


def _row(item: Item) -> Sequence[str]:
    fact, article = item.reading.fact, item.reading.article
    metric = load_metrics().get(fact.metric)
    earlier = "; ".join(
        f"{one.decision.verdict} by {one.decision.reviewer}: {one.decision.reason}" for one in item.earlier
    )
    return (
        fact.fact_id,
        number_text(fact.confidence),
        fact.metric,
        metric.name_vi if metric else "",
        number_text(fact.value).replace(".", ","),
        fact.unit or "",
        fact.period or "",
        fact.place or "",
        "yes" if fact.subset else "no",
        marked(item.reading),
        fact.rule,
        article.published_on.isoformat() if article.published_on else "",
        article.url,
        earlier,
        *("" for _ in ANSWERS),
    )


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def read_sheet(
    path: Path, find: Callable[[str], Reading], reviewer: str, now: datetime
) -> list[ReviewDecision]:
    """Return the decisions of a filled-in sheet; rows without a decision are left for later.

    Args:
        path: the sheet, separated by commas or, as spreadsheets in Vietnamese write it, by semicolons.
        find: gives the reading of a fact id.
        reviewer: who decided, where the column ``by`` says nobody.
        now: the clock.

    Raises:
        BadInputError: the sheet or a row of it cannot be read; the line is named and nothing is taken.
    """
    decisions = []
    for line, row in _lines(path):
        try:
            if any(row[name] for name in ANSWERS[:-1]):
                decisions.append(_decision(row, find, reviewer, now))
        except BadInputError as error:
            raise BadInputError(f"{path}:{line}: {error.what}", error.mend) from None
    return decisions


def _decision(
    row: dict[str, str], find: Callable[[str], Reading], reviewer: str, now: datetime
) -> ReviewDecision:
    verdict = _VERDICTS.get(row["decision"].lower())
    if verdict is None:
        raise BadInputError(
            f"decision {row['decision']!r} is unknown", f"write one of {', '.join(_VERDICTS)}"
        )
    reading = find(row["fact_id"])
    typed = {field: row[f"new_{field}"] for field in FIELDS if row[f"new_{field}"]}
    if typed and verdict != CORRECTED:
        raise BadInputError(
            f"a new {next(iter(typed))} goes with 'correct' only", "change the decision or clear it"
        )
    changes = read_changes(reading, typed) if verdict == CORRECTED else None
    return decide(reading, verdict, row["by"] or reviewer, row["reason"], now, changes)


def _lines(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadInputError(f"{path} cannot be read ({error.strerror})", "check the name") from None
    except UnicodeDecodeError:
        raise BadInputError(f"{path} is not UTF-8", "save it as 'CSV UTF-8'") from None
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",")
    missing = [name for name in ("fact_id", *ANSWERS) if name not in (reader.fieldnames or ())]
    if missing:
        raise BadInputError(f"{path} has no column {missing[0]}", "begin with `coso review --export`")
    return [
        (reader.line_num, {name: (row[name] or "").strip() for name in ("fact_id", *ANSWERS)})
        for row in reader
    ]
