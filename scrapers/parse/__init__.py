"""Reading of archived pages: articles, feedback items, and pages that are neither."""

from __future__ import annotations

from scrapers.parse.general import read_html

__all__ = ["read_html"]
