"""Settings of one installation, read from ``COSO_*`` environment variables."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from coso.errors import BadInputError

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
    """

    home: Path
    today: date
    alert_url: str | None
    contact: str
    sources: Path | None


def load_settings(env: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from ``env`` (default: the process environment).

    Raises:
        BadInputError: ``COSO_TODAY`` is not a date.
    """
    env = os.environ if env is None else env
    sources = env.get("COSO_SOURCES")
    return Settings(
        home=Path(env.get("COSO_HOME") or "data").expanduser().resolve(),
        today=_read_day(env.get("COSO_TODAY")),
        alert_url=env.get("COSO_ALERT_URL") or None,
        contact=env.get("COSO_CONTACT") or "coso-operator@example.invalid",
        sources=Path(sources).expanduser().resolve() if sources else None,
    )


def _read_day(text: str | None) -> date:
    if not text:
        return datetime.now(VIETNAM_TIME).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInputError(f"COSO_TODAY={text!r} is not a date", "write it as YYYY-MM-DD") from None
