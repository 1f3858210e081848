"""Report forms: workbooks, Word files, PDFs and tables of pages, each turned into the grids of ``coso.forms``."""

from __future__ import annotations

from scrapers.forms.document import read_document
from scrapers.forms.kinds import is_form_file

__all__ = ["is_form_file", "read_document"]
