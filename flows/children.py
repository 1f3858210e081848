"""Child processes that end with their parent, even when the parent is killed."""

from __future__ import annotations

import ctypes
import signal
import sys
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1

# Loaded here and not in the child: between fork and exec nothing may be loaded or allocated.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _end_with_parent() -> None:
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


#: For ``preexec_fn`` of a child. Linux alone can do this; elsewhere a killed run's children end by themselves.
END_WITH_PARENT: Callable[[], None] | None = _end_with_parent if _libc is not None else None
