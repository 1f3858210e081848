"""The lake that a command reads: one that is there, instead of the emptiness of a mistyped name."""

from __future__ import annotations

from coso.errors import EnvironmentProblemError
from coso.lake import Lake
from coso.settings import load_settings

#: Of these every lake has one: a zone, or what the first command that writes leaves.
_MARKS = (
    *("raw", "landed", "quality", "warehouse", "published"),
    *("keyring", "known", "pace", "imports", "prefect", "logs", "run.lock"),
)


def the_lake() -> Lake:
    """Return the lake under ``COSO_HOME``.

    An empty folder is a lake in which nothing has happened yet.

    Raises:
        EnvironmentProblemError: there is no such folder, or it holds other things.
    """
    lake = Lake(load_settings().home)
    mend = "check COSO_HOME, or make a lake there with `coso demo` or `coso run`"
    if not lake.home.is_dir():
        raise EnvironmentProblemError(f"there is no lake at {lake.home}: no such folder", mend)
    if not any((lake.home / mark).exists() for mark in _MARKS) and any(lake.home.iterdir()):
        raise EnvironmentProblemError(f"there is no lake at {lake.home}: the folder holds other things", mend)
    return lake
