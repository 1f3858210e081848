"""Report forms: grids of labelled numbers in, facts with their cell out; what is counted is decided by the lexicon."""

from __future__ import annotations

from extraction.forms.reading import read_form

__all__ = ["read_form"]
