"""Which registry is in force: the folder COSO_SOURCES names, the demo's in a demo lake, or the packaged one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from coso.lake import Lake
from coso.settings import Settings

if TYPE_CHECKING:
    from scrapers.registry import Registry


def demo_sources(home: Path) -> Path:
    """Return the folder where the demo writes its source files."""
    return home / "demo-sources"


def sources_folder(settings: Settings) -> Path | None:
    """Return the folder of source files in force; None is the packaged registry."""
    demo = demo_sources(settings.home)
    return settings.sources or (demo if demo.exists() else None)


def active_registry(settings: Settings) -> Registry:
    """Load the registry in force, with the sources of imported files.

    Raises:
        BadInputError: a source file is broken.
    """
    from scrapers.dropped import imports_folder
    from scrapers.registry import load_registry

    registry = load_registry(sources_folder(settings))
    imports = imports_folder(Lake(settings.home))
    return registry.joined(load_registry(imports)) if imports.exists() else registry


def known_registry(settings: Settings) -> Registry:
    """Load all that can be listed: the registry in force, in a demo lake with the packaged one beside it.

    Raises:
        BadInputError: a source file is broken.
    """
    from scrapers.registry import load_registry

    registry = active_registry(settings)
    in_demo = settings.sources is None and sources_folder(settings) is not None
    return registry.joined(load_registry()) if in_demo else registry
