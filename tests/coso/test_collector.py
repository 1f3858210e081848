"""What is loaded is set aside, and given back."""

from __future__ import annotations

import gc

from coso.collector import loaded_set_aside


def test_garbage_made_meanwhile_is_collected_and_what_was_there_is_given_back() -> None:
    with loaded_set_aside():
        assert gc.get_freeze_count() > 1000
        ring: list[object] = []
        ring.append(ring)
        del ring
        assert gc.collect() >= 1
    assert gc.get_freeze_count() == 0
