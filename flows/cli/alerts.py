"""``coso alerts``: the incidents, what is known of each, and what a person does about it."""

from __future__ import annotations

import getpass
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from coso.errors import BadInputError, CosoError
from coso.settings import PROJECT_ROOT, VIETNAM_TIME, Settings, load_settings
from flows.cli.lakes import the_lake
from flows.cli.terminal import out, table

if TYPE_CHECKING:
    from coso.lake import Lake
    from expectations.desk import Case
    from expectations.routing import Route

commands = typer.Typer(help="List incidents, look at one, and act on it.", no_args_is_help=True)

#: Enough of an id to tell incidents apart at a glance; commands take any beginning that is unambiguous.
_SHORT = 12

Id = Annotated[str, typer.Argument(help="Id of the incident, or its beginning.")]
Reason = Annotated[str, typer.Option(help="Why, in your words: it goes on record.")]
By = Annotated[str, typer.Option(help="Who you are; the name you are logged in with by default.")]


class Language(StrEnum):
    """Languages incidents are told in."""

    VI = "vi"
    EN = "en"


class Format(StrEnum):
    """How incidents are written."""

    TABLE = "table"
    JSON = "json"


In = Annotated[Language, typer.Option("--lang", help="Language of what is told.")]


def register(app: typer.Typer) -> None:
    """Add the command group."""
    app.add_typer(commands, name="alerts")


def who(name: str) -> str:
    """Return the name a decision is recorded under.

    Raises:
        BadInputError: none was given and the login has none.
    """
    try:
        return name.strip() or getpass.getuser()
    except (KeyError, OSError):
        raise BadInputError("this login has no name", "say who you are with --by") from None


@commands.command("list")
def list_(
    everything: Annotated[bool, typer.Option("--all", help="Those that are over too.")] = False,
    province: Annotated[str | None, typer.Option(help="Only this province: name or code.")] = None,
    lang: In = Language.VI,
    form: Annotated[Format, typer.Option("--format", help="How to write them.")] = Format.TABLE,
) -> None:
    """List incidents that are not over, the gravest first."""
    from expectations.desk import list_cases

    lake = the_lake()
    cases = list_cases(lake, everything=everything, province=province)
    if form is Format.JSON:
        rows = [{**asdict(case.incident), "state": case.state} for case in cases]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1, default=str) + "\n")
        return
    cells = [_cells(case, lang) for case in cases]
    head = ("id", "severity", "state", "since (GMT+7)", "held", "what")
    out.print(table(f"{len(cases)} incidents", head, cells, whole=("id", "since (GMT+7)")))
    if cases:
        out.print(f"one in full: `coso alerts show {cases[0].incident.incident_id[:_SHORT]}`")
    show_page(lake)


def show_page(lake: Lake) -> None:
    """Say where the page of the latest run's checks lies, if there is one."""
    from expectations.runpage import latest_page

    page = latest_page(lake)
    if page is not None:
        out.print(f"all checks of the latest run: {page.as_uri()}", soft_wrap=True, markup=False)


@commands.command()
def show(incident_id: Id, lang: In = Language.VI) -> None:
    """Show an incident in full: what was expected, what came, all evidence, what is held, what to do."""
    from expectations.desk import show as find
    from expectations.grounds import grounds
    from expectations.terminal import render_grounds, render_incident

    lake = the_lake()
    case = find(lake, incident_id)
    out.print(render_incident(case.incident, lang))
    rests_on = grounds(lake, case.incident)
    if rests_on:
        out.print(f"[bold]{'Bằng chứng' if lang is Language.VI else 'Evidence'}[/bold]")
        out.print(render_grounds(rests_on, lang), soft_wrap=True)
    _show_runbook(case)
    out.print(f"id: {case.incident.incident_id}  check: {case.incident.check_id}  state: {case.state}")
    steps = [
        (_moment(step.happened_at), step.kind, step.who, _until(step.muted_until), step.reason)
        for step in case.log
    ]
    out.print(table("what happened", ("when (GMT+7)", "what", "who", "until", "why"), steps))


def _show_runbook(case: Case) -> None:
    """Say where the runbook lies on this machine, so that a click opens it."""
    from expectations.messages import runbook_of

    name = runbook_of(case.incident)
    page = PROJECT_ROOT / "docs" / "runbooks" / (name or "")
    if name and page.exists():
        out.print(f"runbook: {page.as_uri()}", soft_wrap=True, markup=False)


@commands.command()
def ack(
    incident_id: Id,
    reason: Annotated[str | None, typer.Option(help="A note for the record.")] = None,
    by: By = "",
) -> None:
    """Say that you have taken an incident up; it stays open."""
    from expectations.desk import acknowledge

    _say(acknowledge(the_lake(), incident_id, who(by), reason))


@commands.command()
def mute(
    incident_id: Id,
    until: Annotated[str, typer.Option(help="A day, a moment in Vietnam's time, or a span such as 3d.")],
    reason: Reason,
    by: By = "",
) -> None:
    """Let nobody be told of an incident until a moment; what still stands then is told."""
    from expectations.desk import mute as silence

    _say(silence(the_lake(), incident_id, _read_moment(until, datetime.now(UTC)), reason, who(by)))


@commands.command()
def unmute(incident_id: Id, by: By = "") -> None:
    """Let an incident be told of again."""
    from expectations.desk import unmute as let

    _say(let(the_lake(), incident_id, who(by)))


@commands.command()
def resolve(incident_id: Id, reason: Reason, by: By = "") -> None:
    """Close an incident by hand; it comes back only when it rests on other figures."""
    from expectations.desk import resolve as close

    _say(close(the_lake(), incident_id, reason, who(by)))


@commands.command("test")
def try_channel(
    channel: Annotated[
        str | None, typer.Argument(help="Name of a channel, or an apprise address; all channels by default.")
    ] = None,
) -> None:
    """Send a trial message to a channel, or to every channel that is set."""
    from expectations.desk import send_trial

    routes, problems = _channels(load_settings(), channel)
    for route in routes:
        try:
            send_trial(route.url, name=f"channel {route.name}")
            out.print(f"channel {route.name}: accepted")
        except CosoError as problem:
            problems[route.name] = problem
    listed = list(problems.values())
    for other in listed[1:]:
        out.print(f"[bold red]error:[/bold red] {escape(str(other))}", soft_wrap=True)
    if listed:
        raise listed[0]


def _channels(settings: Settings, wanted: str | None) -> tuple[list[Route], dict[str, CosoError]]:
    """Return the channels to try, and what is wrong with those that cannot be."""
    from expectations.alerts import configured_routes
    from expectations.routing import Route

    if wanted and "://" in wanted:
        return [Route("given", wanted)], {}
    routes, broken = configured_routes(settings.alert_url, settings.alert_routes)
    problems: dict[str, CosoError] = {**broken}
    if wanted is not None:
        names = [route.name for route in routes] + list(problems)
        routes = [route for route in routes if route.name == wanted]
        problems = {name: problem for name, problem in problems.items() if name == wanted}
        if not routes and not problems:
            raise BadInputError(f"no channel is called {wanted!r}", f"known: {', '.join(names) or 'none'}")
    if not routes and not problems:
        raise BadInputError("no channel is set", "set COSO_ALERT_URL or COSO_ALERT_ROUTES")
    return routes, problems


def _say(case: Case) -> None:
    until = f" until {_until(case.standing.muted_until)}" if case.state == "muted" else ""
    title = escape(case.incident.title)
    out.print(f"{case.incident.incident_id[:_SHORT]} is {case.state}{until}: {title}", soft_wrap=True)


def _cells(case: Case, lang: Language) -> tuple[object, ...]:
    one = case.incident
    title = escape(one.title if lang is Language.VI else one.title_en)
    since, held = _moment(one.opened_at), "held" if one.held else ""
    return one.incident_id[:_SHORT], one.severity, case.state, since, held, title


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM_TIME):%Y-%m-%d %H:%M}"


def _until(moment: datetime | None) -> str:
    return _moment(moment) if moment else ""


def _read_moment(text: str, now: datetime) -> datetime:
    """Read a day, a moment in Vietnam's time, or a span from now.

    Raises:
        BadInputError: it is none of these.
    """
    from expectations.deadman import read_span

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        try:
            return now + read_span(text)
        except BadInputError:
            raise BadInputError(
                f"{text!r} is no moment", "write 2026-03-15, '2026-03-15 12:00', or a span such as 3d"
            ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM_TIME)
