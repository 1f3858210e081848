"""The lake that a command reads: one that is there, and which command publishes what was put into it."""

from __future__ import annotations

from coso.lake import Lake
from coso.settings import load_settings

#: Written into a lake by the demo, so that invented figures and real ones never share a lake.
DEMO_MARK = "DEMO"


def the_lake() -> Lake:
    """Return the lake under ``COSO_HOME``.

    Raises:
        EnvironmentProblemError: there is no such folder, or it holds other things.
    """
    lake = Lake(load_settings().home)
    lake.require()
    return lake


def next_step(lake: Lake) -> str:
    """Tell the command that publishes what was put into a lake: in one of the demo, the demo alone."""
    return f"Next: {'coso demo' if (lake.home / DEMO_MARK).exists() else 'coso run --no-fetch'}"
