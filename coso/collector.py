"""Python's garbage collector, which stops every thread for as long as it walks what is loaded."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loaded_set_aside() -> Iterator[None]:
    """Keep the collector, for a while, from walking what is loaded when it begins.

    A run loads some hundred thousand objects that live as long as its process. Each full walk of them stops all
    crawls at once, for longer than it takes to fetch a page.
    """
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
