"""Reading the YAML beside this module."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from coso.yamlfile import read_yaml

HERE = Path(__file__).parent


def load(name: str) -> dict[str, Any]:
    """Return what a file beside this module says."""
    return dict(read_yaml(HERE / name))
