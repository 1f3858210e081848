"""``coso hold`` and ``coso bounds``: what checks keep back, and the ranges they judge by."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from coso.errors import BadInputError
from coso.lake import Lake, read_table, write_atomically
from coso.records import Hold, from_table
from coso.settings import load_settings
from flows.cli.alerts import By, Reason, who
from flows.cli.lakes import the_lake
from flows.cli.terminal import out, table
from flows.cli.writing import new_file

holds = typer.Typer(help="List what is held from publication, and release it.", no_args_is_help=True)
bounds = typer.Typer(help="Propose bounds from what was seen.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Add the command groups."""
    app.add_typer(holds, name="hold")
    app.add_typer(bounds, name="bounds")


@holds.command("list")
def list_() -> None:
    """List the values that are held: of whom, which metric, by which incident, why."""
    from expectations.wording import province_name

    cells = [
        (province_name(one.province_code, one.frame), one.frame, one.metric or "all", one.incident_id[:12],
         one.reason.split("\n", 1)[0])
        for one in _holds(the_lake())
    ]  # fmt: skip
    out.print(table(f"{len(cells)} holds", ("province", "frame", "metric", "incident", "why"), cells))


@holds.command()
def release(
    province: Annotated[str, typer.Argument(help="Name or code of the province.")],
    reason: Reason,
    metric: Annotated[str | None, typer.Option(help="Only this metric; all that is held by default.")] = None,
    frame: Annotated[
        str | None, typer.Option(help="63 or 34, where a code or name is held in both frames.")
    ] = None,
    by: By = "",
) -> None:
    """Let held values of a province be published with the next run; the reason, who and when go on record.

    They are held again only when the check doubts other figures.
    """
    from expectations.desk import release_hold

    lake = the_lake()
    code, in_frame = _province(lake, province, frame)
    for one in release_hold(lake, code, in_frame, metric, reason, who(by)):
        out.print(
            f"released: {one.metric or 'all metrics'} of {province} by {one.who}; the next run publishes it"
        )


@bounds.command()
def suggest(
    to: Annotated[Path | None, typer.Option(help="Write the proposal to this new file.")] = None,
) -> None:
    """Propose bounds where those that hold do not fit what was seen, each with its reason.

    Nothing changes by itself: put an entry, with your name under reviewed_by, into the reviewed file that
    COSO_BOUNDS names. Outages and held or contradicting figures widen no bound.
    """
    from expectations.bounds import REVIEWED, render_bounds, suggest_bounds
    from flows.cli.figures import the_release

    settings = load_settings()
    found = suggest_bounds(the_lake(), the_release().database, settings.today, settings.bounds or REVIEWED)
    proposal = render_bounds(found)
    if to is None:
        out.print(proposal, markup=False, soft_wrap=True)
    else:
        with new_file("--to", to):
            write_atomically(to, proposal.encode("utf-8"))
        out.print(
            f"{len(found.figures)} figures, {len(found.sources)} sources proposed in {to}", soft_wrap=True
        )


def _holds(lake: Lake) -> list[Hold]:
    return from_table(Hold, read_table(lake.quality / "holds", Hold))


def _province(lake: Lake, named: str, frame: str | None) -> tuple[str, str]:
    """Return code and frame of the held province that a person means.

    Raises:
        BadInputError: nothing is held of it, or in both frames.
    """
    from expectations.wording import is_province

    found = {
        (one.province_code, one.frame) for one in _holds(lake)
        if is_province(named, one.province_code, one.frame) and frame in {None, one.frame}
    }  # fmt: skip
    if len(found) == 1:
        return found.pop()
    if not found:
        raise BadInputError(f"nothing is held of {named}", "see `coso hold list`")
    raise BadInputError(
        f"values are held of several provinces that {named} may mean: "
        + ", ".join(f"{code} ({of})" for code, of in sorted(found)),
        "name one by its code and --frame",
    )
