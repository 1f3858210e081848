"""The sample portals: a small web on loopback with planted truth, for ``make demo`` and the tests.

Six portals stand in for real ones: a party newspaper each for Hà Nam, Hà Tĩnh, Hậu Giang and Quảng Ninh, a central
site, and the citizen-feedback portal of Huế. What they say, and what has to come of it, is written in
``demo/truth.yml``; ``docs/demo.md`` tells the rest.
"""

from demo.server import DEFAULT_BASE_PORT, SampleWeb, serve
from demo.sourcefiles import source_variables, write_sources

__all__ = ["DEFAULT_BASE_PORT", "SampleWeb", "serve", "source_variables", "write_sources"]
