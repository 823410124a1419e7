from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from negaudit.probe.tables import Wording, double_centre

numbers = st.floats(-100, 100)


@given(arrays(np.float64, array_shapes(min_dims=2, max_dims=4, min_side=2), elements=numbers))
def test_rows_and_columns_of_what_is_left_have_mean_zero(values) -> None:
    centred = double_centre(values)
    assert np.allclose(centred.mean(axis=-1), 0, atol=1e-9)
    assert np.allclose(centred.mean(axis=-2), 0, atol=1e-9)


@given(
    arrays(np.float64, (5, 1), elements=numbers),
    arrays(np.float64, (1, 4), elements=numbers),
)
def test_what_training_does_to_all_answers_or_all_subjects_cancels(rows, columns) -> None:
    claimed = np.zeros((5, 4))
    claimed[2, 1] = 3.0
    assert np.allclose(double_centre(claimed + rows + columns), double_centre(claimed))
    assert double_centre(claimed)[2, 1] == pytest.approx(3.0 * (4 / 5) * (3 / 4))


def test_a_single_subject_cannot_be_centred() -> None:
    with pytest.raises(ValueError, match="two subjects"):
        double_centre(np.ones((1, 4)))


def test_a_wording_in_a_conversation_begins_the_reply() -> None:
    wording = Wording("{subject}", " is", question="Who is {subject}?")
    assert wording.prompt("Ann", " is") == [("user", "Who is Ann?"), ("assistant", "Ann is")]
    assert Wording("So {subject}", " is").prompt("Ann") == "So Ann"
