"""The source files of the sample portals, with the ports of a running sample web filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from coso.errors import EnvironmentProblemError

SOURCES = Path(__file__).parent / "sources"
_VARIABLE = re.compile(r"\$\{(\w+)\}")


def source_variables(ports: Mapping[str, int]) -> dict[str, str]:
    """Return the values of ``${…}`` in ``demo/sources``: one port an outlet, as in ``PORT_HA_NAM``."""
    return {f"PORT_{outlet.upper().replace('-', '_')}": str(port) for outlet, port in ports.items()}


def write_sources(folder: Path, ports: Mapping[str, int]) -> Path:
    """Write the source files with their ports into ``folder``, to be used as ``COSO_SOURCES``.

    Args:
        folder: created where missing; files of the same names are replaced.
        ports: port of each outlet (``SampleWeb.ports``).

    Raises:
        EnvironmentProblemError: the folder cannot be written.
    """
    values = source_variables(ports)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(SOURCES.glob("*.yml")):
            text = _VARIABLE.sub(lambda match: values[match[1]], path.read_text(encoding="utf-8"))
            (folder / path.name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise EnvironmentProblemError(
            f"source files cannot be written to {folder} ({error.strerror})", "name a folder you own"
        ) from None
    return folder
