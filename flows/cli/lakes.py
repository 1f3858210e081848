"""The lake that a command reads: one that is there, instead of the emptiness of a mistyped name."""

from __future__ import annotations

from coso.lake import Lake
from coso.settings import load_settings


def the_lake() -> Lake:
    """Return the lake under ``COSO_HOME``.

    Raises:
        EnvironmentProblemError: there is no such folder, or it holds other things.
    """
    lake = Lake(load_settings().home)
    lake.require()
    return lake
