"""What all tests share. It lies here because a conftest in tests/ would put tests/coso before the package coso."""

from __future__ import annotations

import os

from hypothesis import settings

# The gate tries the same examples every time, so that it says the same of the same change; by hand they vary.
settings.register_profile("gate", derandomize=True, deadline=None)
if os.environ.get("CI"):
    settings.load_profile("gate")
