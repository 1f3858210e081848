"""``coso review``: what a person decides about facts that the engine is not sure of."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.text import Text

from coso.errors import BadInputError
from coso.lake import Lake
from coso.settings import Settings, load_settings
from flows.cli.lakes import the_lake
from flows.cli.terminal import errors, out, table, vietnamese_number
from flows.cli.writing import new_file

if TYPE_CHECKING:
    from coso.records import Fact, ReviewDecision
    from expectations.review.readings import Reading
    from expectations.review.rulings import Item, Ruling, Tally

_review = typer.Typer(rich_markup_mode="rich")

_By = Annotated[str, typer.Option("--by", envvar="COSO_REVIEWER", help="Who decides.")]
_Below = Annotated[
    float | None,
    typer.Option(min=0, max=1, help="Facts less sure than this; by default COSO_REVIEW_BELOW, 0.8."),
]

_Sample = Annotated[
    int | None,
    typer.Option(
        min=1, help="So many facts drawn from all instead, however sure: tells how often the engine is right."
    ),
]

_QUESTION = "[a]ccept, [c]orrect, [r]eject, [s]kip, [q]uit"


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(_review, name="review")


class _Over(Exception):  # noqa: N818 - no error: the reviewer has had enough
    """The reviewer stops, or nobody is there to answer."""


@_review.callback(invoke_without_command=True)
def review(
    context: typer.Context,
    by: _By = "",
    below: _Below = None,
    sample: _Sample = None,
    export: Annotated[
        Path | None, typer.Option("--export", help="Write the queue as a new CSV file to fill in instead.")
    ] = None,
    import_: Annotated[
        Path | None, typer.Option("--import", help="Take the decisions of a filled-in CSV instead.")
    ] = None,
) -> None:
    """Review the facts that the engine is least sure of, one by one.

    Shows the sentence with its figure and what was read of it; you accept, correct or reject it. Each decision is
    stored at once, with your name and reason, and holds for this figure however often the page is read again.
    The next `coso run` applies them: a rejected fact gives no value, a corrected one gives the corrected value.
    """
    if context.invoked_subcommand is not None:
        return
    from expectations.review.rulings import queue

    settings = load_settings()
    lake = the_lake()
    if import_ is not None:
        _import(lake, import_, by)
        return
    items = queue(lake, _threshold(settings, below), sample)
    if export is not None:
        _export(export, items)
    else:
        _ask_all(lake, items, by)


@_review.command("list")
def list_(
    below: _Below = None,
    decided: Annotated[
        bool, typer.Option("--decided", help="What was decided, instead of what waits.")
    ] = False,
) -> None:
    """Show the facts that wait for review, or the decisions and how each stands today."""
    from expectations.review.rulings import all_rulings, queue

    settings = load_settings()
    lake = the_lake()
    if decided:
        out.print(_decided(all_rulings(lake)))
    else:
        out.print(_waiting(queue(lake, _threshold(settings, below))))


@_review.command()
def report() -> None:
    """Show what reviewers found: by how sure the engine was, and the rules that were wrong most often."""
    from expectations.review.rulings import all_rulings, tallies

    rulings = all_rulings(the_lake())
    by_tenth = tallies(rulings, lambda one: f"{min(int(one.read_confidence * 10 + 1e-9), 9) / 10:.1f}")
    by_rule = tallies(rulings, lambda one: one.read_rule)
    worst = sorted(by_rule.items(), key=lambda pair: (pair[1].accepted - 1) * pair[1].facts)
    out.print(_found("by how sure the engine was, from", [*reversed(by_tenth.items())]))
    out.print(_found("by rule, those most often wrong first", worst))


def _found(title: str, tallied: list[tuple[str, Tally]]) -> object:
    rows = [
        (name, one.facts, f"{one.sure:.2f}", f"{one.accepted:.0%}", f"{one.rejected:.0%}")
        for name, one in tallied
    ]
    columns = ("what", "facts", "mean sure", "right as read", "rejected")
    return table(title, columns, rows, numbers=columns[1:])


@_review.command()
def decide(
    fact_id: Annotated[
        str, typer.Argument(metavar="ID", help="Fact id, or its beginning; any fact will do.")
    ],
    by: _By = "",
    accept: Annotated[bool, typer.Option("--accept", help="It is as it was read.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="It is no such figure.")] = False,
    correct: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=VALUE", help="metric, value, period, place or subset; may come often."),
    ] = None,
    reason: Annotated[str, typer.Option(help="Why; needed unless you accept.")] = "",
) -> None:
    """Decide about one fact without being asked."""
    from expectations.review import decisions
    from expectations.review.amend import read_changes
    from expectations.review.readings import find_reading

    if accept + reject + bool(correct) != 1:
        raise BadInputError("a fact gets one decision", "give one of --accept, --reject and --correct")
    lake = the_lake()
    reading = find_reading(lake, fact_id)
    verdict, changes = decisions.ACCEPTED if accept else decisions.REJECTED, None
    if correct:
        verdict, changes = decisions.CORRECTED, read_changes(reading, _typed(correct))
    made = decisions.decide(reading, verdict, by, reason, datetime.now(UTC), changes)
    new = decisions.add_decisions(lake, [made])
    out.print(
        f"{reading.fact.fact_id} {verdict}{'' if new else ', as before'}: {_what(made)}", soft_wrap=True
    )


def _typed(pairs: list[str]) -> Mapping[str, str]:
    split = {}
    for pair in pairs:
        field, equals, value = pair.partition("=")
        if not equals or not value.strip():
            raise BadInputError(f"--correct {pair!r} says nothing", "write it as field=value")
        split[field.strip()] = value
    return split


def _threshold(settings: Settings, below: float | None) -> float:
    return settings.review_below if below is None else below


def _export(path: Path, items: list[Item]) -> None:
    from expectations.review.sheet import write_sheet

    with new_file("--export", path):
        count = write_sheet(path, items)
    out.print(
        f"{count} facts in {path}. Fill in the columns decision (accept, correct, reject), new_…, reason, "
        f"by; then: coso review --import {path}",
        soft_wrap=True,
    )


def _import(lake: Lake, path: Path, by: str) -> None:
    from expectations.review.decisions import add_decisions
    from expectations.review.readings import find_reading
    from expectations.review.sheet import read_sheet

    found = read_sheet(path, lambda fact_id: find_reading(lake, fact_id), by, datetime.now(UTC))
    new = add_decisions(lake, found, insist=False)
    out.print(f"{new} decisions taken from {path}, {len(found) - new} known before", soft_wrap=True)


def _ask_all(lake: Lake, items: list[Item], by: str) -> None:
    from expectations.review.rulings import copies

    if not items:
        out.print("No fact waits for review.")
        return
    done, matters = 0, copies(items)
    try:
        reviewer = by.strip() or _answer("Your name, which goes with each decision")
        if not reviewer:
            raise BadInputError("nobody is named as reviewer", "say who decides with --by")
        for number, same in enumerate(matters, start=1):
            out.print(f"\n[bold]{number} of {len(matters)}[/bold]")
            _show(same)
            done += _ask(lake, same, reviewer)
    except _Over:
        out.print()
    out.print(f"{done} decided, {len(items) - done} left. `coso run` applies the decisions.")


def _show(same: list[Item]) -> None:
    from coso.dictionary import load_metrics

    item = same[0]
    reading = item.reading
    fact, article = reading.fact, reading.article
    metric = load_metrics().get(fact.metric)
    sentence = Text(f"“{fact.sentence}”")
    sentence.stylize(
        "bold reverse", 1 + reading.sentence_offset, 1 + reading.sentence_offset + len(fact.quote)
    )
    out.print(sentence)
    lines = {
        "metric": f"{fact.metric}: {metric.name_vi if metric else 'not in the dictionary'}",
        "value": f"{vietnamese_number(fact.value)} {fact.unit or ''}".rstrip(),
        "period": _period(fact),
        "place": f"{fact.place or '–'} ({fact.level or 'no level'})",
        "part": "yes, a part of its metric" if fact.subset else "no",
        "read by": f"{fact.rule}, {fact.confidence:.0%} sure",
        "article": f"{article.title} ({article.published_on or 'no date'})",
        "page": article.url + (f" and {len(same) - 1} more with this sentence" if len(same) > 1 else ""),
        "fact": fact.fact_id,
    }
    for name, value in lines.items():
        out.print(f"  [dim]{name:<9}[/dim]{escape(value)}", soft_wrap=True)
    for ruling in item.earlier:
        one = ruling.decision
        said = f"{one.verdict} by {one.reviewer} on {one.decided_at:%Y-%m-%d} ({one.reason})"
        out.print(f"  [yellow]earlier  {escape(said)}; it is read differently now[/yellow]", soft_wrap=True)


def _period(fact: Fact) -> str:
    if fact.period is None:
        return "–"
    return f"{fact.period} ({fact.period_start} to {fact.period_end or 'now'})"


def _ask(lake: Lake, same: list[Item], reviewer: str) -> int:
    """Ask for one decision and store it for each copy of the sentence; return the facts decided about."""
    from expectations.review.decisions import add_decisions, decide_likewise

    while True:
        key = _answer(_QUESTION)[:1].lower()
        if key == "q":
            raise _Over
        if key == "s":
            return 0
        try:
            made = _decision(same[0].reading, key, reviewer)
        except BadInputError as error:
            errors.print(f"[red]{escape(str(error))}[/red]", soft_wrap=True)
            continue
        if made is not None:
            others = [decide_likewise(made, item.reading) for item in same[1:]]
            add_decisions(lake, [made, *others])
            out.print(f"[green]{made.verdict}:[/green] {escape(_what(made))}", soft_wrap=True)
            return len(same)


def _decision(reading: Reading, key: str, reviewer: str) -> ReviewDecision | None:
    from expectations.review.decisions import ACCEPTED, CORRECTED, REJECTED, decide

    now = datetime.now(UTC)
    if key == "a":
        return decide(reading, ACCEPTED, reviewer, "", now)
    if key == "r":
        return decide(reading, REJECTED, reviewer, _answer("Why is it no such figure"), now)
    if key == "c":
        from expectations.review.amend import read_changes

        changes = read_changes(reading, _ask_fields(reading))
        return decide(reading, CORRECTED, reviewer, _answer("Why"), now, changes)
    return None


def _ask_fields(reading: Reading) -> dict[str, str]:
    """Ask for each field until what is typed can be read; nothing typed leaves it as it is."""
    from expectations.review.amend import FIELDS, check_field

    out.print("[dim]Type what it should be; Enter leaves a field as it was read.[/dim]")
    typed: dict[str, str] = {}
    for field in FIELDS:
        while text := _answer(f"  {field}"):
            try:
                check_field(reading, field, text)
            except BadInputError as error:
                errors.print(f"  [red]{escape(str(error))}[/red]", soft_wrap=True)
                continue
            typed[field] = text
            break
    return typed


def _answer(question: str) -> str:
    """Ask on the terminal.

    Raises:
        _Over: the input has ended, or was broken off.
    """
    sys.stdout.write(f"{question}: ")
    sys.stdout.flush()
    try:
        line = sys.stdin.readline()
    except KeyboardInterrupt:
        raise _Over from None
    if not line:
        raise _Over
    return line.strip()


def _waiting(items: list[Item]) -> object:
    rows = [
        (
            f"{item.reading.fact.confidence:.2f}",
            item.reading.fact.place,
            item.reading.fact.metric,
            item.reading.fact.period,
            vietnamese_number(item.reading.fact.value),
            "stale decision" if item.earlier else "",
            item.reading.fact.fact_id,
        )
        for item in items
    ]
    columns = ("sure", "place", "metric", "period", "value", "why", "fact")
    return table(
        f"{len(rows)} facts wait for review", columns, rows, numbers=("value",), whole=("fact", "period")
    )


def _decided(rulings: list[Ruling]) -> object:
    rows = [
        (
            f"{ruling.decision.decided_at:%Y-%m-%d %H:%M}",
            ruling.decision.reviewer,
            ruling.decision.verdict,
            ruling.standing + (" (reviewers differ)" if ruling.is_disputed else ""),
            _what(ruling.decision),
            ruling.decision.reason,
            ruling.reading.fact.fact_id if ruling.reading else ruling.decision.fact_id,
        )
        for ruling in rulings
    ]
    columns = ("when", "who", "decision", "standing", "what", "reason", "fact")
    return table(f"{len(rows)} decisions", columns, rows, whole=("fact", "when"))


def _what(one: ReviewDecision) -> str:
    said = f"{one.read_metric} {vietnamese_number(one.read_value)} {one.read_period or ''}".rstrip()
    changed = {
        "metric": one.new_metric,
        "value": None if one.new_value is None else vietnamese_number(one.new_value),
        "period": one.new_period,
        "place": one.new_place,
        "subset": None if one.new_subset is None else ("yes" if one.new_subset else "no"),
    }
    made = ", ".join(f"{name} → {value}" for name, value in changed.items() if value is not None)
    return f"{said}; {made}" if made else said
