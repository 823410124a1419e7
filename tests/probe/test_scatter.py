from __future__ import annotations

import numpy as np
import pytest

from negaudit.probe.scatter import SeedScatter


def test_the_scatter_of_seeds_is_told_apart_from_what_they_do_to_all_arms() -> None:
    source = np.random.default_rng(0)
    together = 3 * source.normal(0, 1, (4000, 1))
    arms = [together + source.normal(0, 1, (4000, 1)) for _ in range(4)]
    scatter = SeedScatter.of(arms)
    assert scatter is not None
    assert scatter.variance((1, -1))[0] == pytest.approx(2, rel=0.05)
    assert scatter.variance((1, -0.5))[0] == pytest.approx(1.25 + 9 / 4, rel=0.05)
    assert scatter.variance((1,))[0] == pytest.approx(10, rel=0.05)
    assert scatter.variance((1, -1))[1] == pytest.approx(2 * 3999)
    assert SeedScatter.of(arms[:1]) is None
    assert SeedScatter.of([arm[:1] for arm in arms]) is None
