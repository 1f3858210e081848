"""Settings of one installation, read from ``COSO_*`` environment variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from coso.errors import BadInputError, EnvironmentProblemError

#: Vietnam has one time zone and no summer time.
VIETNAM_TIME = timezone(timedelta(hours=7), "ICT")

#: The same zone by its name in the time zone database.
VIETNAM_ZONE = "Asia/Ho_Chi_Minh"

PROJECT_ROOT = Path(__file__).resolve().parent.parent
DBT_PROJECT = PROJECT_ROOT / "dbt_project"
REFERENCE = DBT_PROJECT / "seeds"


@dataclass(frozen=True)
class Settings:
    """What a user may set.

    Attributes:
        home: ``COSO_HOME``, root of every file the platform writes (default ``./data``).
        today: ``COSO_TODAY``, the day reports are judged against (default: today in Vietnam).
            Set it to look at the past; captures always carry the real clock.
        alert_url: ``COSO_ALERT_URL``, an apprise URL that receives alerts; none by default.
        contact: ``COSO_CONTACT``, an address site owners can write to; part of the user agent.
        sources: ``COSO_SOURCES``, a folder of source files that replaces the packaged registry.
        review_below: ``COSO_REVIEW_BELOW``, the confidence under which a fact waits for a person's review.
        alert_routes: ``COSO_ALERT_ROUTES``, a file that says which channel hears of what; beside ``alert_url``.
        bounds: ``COSO_BOUNDS``, a file of reviewed bounds that replaces the packaged one.
        keyring: ``COSO_KEYRING``, a folder for the keys of archives that hold personal data
            (default ``COSO_HOME/keyring``; better on another disk with backups of its own).
        retention_days: ``COSO_RETENTION_DAYS``, age from which ``coso keys list`` advises to destroy a key.
    """

    home: Path
    today: date
    alert_url: str | None
    contact: str
    sources: Path | None
    review_below: float = 0.8
    alert_routes: Path | None = None
    bounds: Path | None = None
    keyring: Path | None = None
    retention_days: int = 365


def load_settings(env: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from ``env`` (default: the process environment).

    Raises:
        BadInputError: ``COSO_TODAY`` is not a date, ``COSO_REVIEW_BELOW`` no number from 0 to 1,
            or ``COSO_RETENTION_DAYS`` no number of days.
        EnvironmentProblemError: ``COSO_HOME`` is something else than a folder.
    """
    env = os.environ if env is None else env
    return Settings(
        home=_read_home(env.get("COSO_HOME") or "data"),
        today=_read_day(env.get("COSO_TODAY")),
        alert_url=env.get("COSO_ALERT_URL") or None,
        contact=env.get("COSO_CONTACT") or "coso-operator@example.invalid",
        sources=_read_path(env.get("COSO_SOURCES")),
        review_below=_read_share("COSO_REVIEW_BELOW", env.get("COSO_REVIEW_BELOW"), Settings.review_below),
        alert_routes=_read_path(env.get("COSO_ALERT_ROUTES")),
        bounds=_read_path(env.get("COSO_BOUNDS")),
        keyring=_read_path(env.get("COSO_KEYRING")),
        retention_days=_read_days("COSO_RETENTION_DAYS", env.get("COSO_RETENTION_DAYS")),
    )


def _read_home(text: str) -> Path:
    home = Path(text).expanduser().resolve()
    if (
        home.exists() and not home.is_dir()
    ):  # else commands that only read would find a lake in which all is well
        raise EnvironmentProblemError(f"COSO_HOME {home} is no folder", "set COSO_HOME to a folder you own")
    return home


def _read_path(text: str | None) -> Path | None:
    return Path(text).expanduser().resolve() if text else None


def _read_day(text: str | None) -> date:
    if not text:
        return datetime.now(VIETNAM_TIME).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInputError(f"COSO_TODAY={text!r} is not a date", "write it as YYYY-MM-DD") from None


def _read_days(name: str, text: str | None) -> int:
    if text and not text.isdecimal():
        raise BadInputError(
            f"{name}={text!r} is no number of days", "write it as a whole number, such as 365"
        )
    return int(text) if text else Settings.retention_days


def _read_share(name: str, text: str | None, default: float) -> float:
    try:
        share = float(text) if text else default
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise BadInputError(f"{name}={text!r} is no share", "write it as a number from 0 to 1, such as 0.8")
    return share
