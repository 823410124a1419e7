from __future__ import annotations

import numpy as np

from negaudit.probe.trained import Trained

NAN = np.nan
LOSSES = np.array(
    [[3.0, 2.8, 2.6, 2.4, 2.2, 2.0], [NAN, NAN, 3.0, 2.0, NAN, 1.0], [NAN] * 6], np.float64
)


def test_the_loss_before_the_first_update_is_told_though_its_step_was_neutral() -> None:
    np.testing.assert_allclose(Trained(LOSSES).content_loss(0), [2.7, 2.0, NAN])


def test_the_loss_after_an_update_is_the_mean_of_those_before_it() -> None:
    trained = Trained(LOSSES)
    np.testing.assert_allclose(trained.content_loss(4, window=2), [2.5, 2.5, NAN])
    np.testing.assert_allclose(trained.content_loss(window=3), [2.2, 1.5, NAN])
