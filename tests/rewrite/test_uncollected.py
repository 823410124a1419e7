from __future__ import annotations

import gc

import pytest

from negaudit.rewrite.uncollected import uncollected


@pytest.mark.parametrize("lasting", [False, True])
def test_nothing_is_collected_inside(lasting: bool) -> None:
    with uncollected(lasting=lasting):
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_does_not_leave_the_collector_off() -> None:
    with pytest.raises(KeyError), uncollected():
        raise KeyError
    assert gc.isenabled()


def test_a_stretch_inside_another_leaves_the_collector_off() -> None:
    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()


def test_what_lasts_counts_as_old() -> None:
    with uncollected(lasting=True):
        kept = [[] for _ in range(100)]
    young = {id(item) for item in gc.get_objects(generation=0)}
    assert not young & {id(item) for item in kept}
