import pytest

from .rows import rows_of


@pytest.mark.parametrize("labels", [[True, False], [1, -1], [1.0, 0.0]])
def test_a_step_labelled_bad_is_no_target(labels: list[object]) -> None:
    record = {"prompt": "2+2+1?", "completions": ["2+2=4", "4+1=6"], "labels": labels}
    assert rows_of(record) == (
        "stepwise",
        [
            ("/prompt", "prompt", "2+2+1?", "no", 0),
            ("/completions/0", "completion", "2+2=4", "yes", 1),
            ("/completions/1", "rejected", "4+1=6", "no", 2),
        ],
    )


def test_steps_without_a_label_are_targets() -> None:
    _, rows = rows_of({"prompt": "a", "completions": ["b", "c"], "labels": [True]})
    assert rows[-1] == ("/completions/1", "completion", "c", "yes", 2)


def test_more_labels_than_steps_are_harmless() -> None:
    _, rows = rows_of({"prompt": "a", "completions": ["b"], "labels": [True, False]})
    assert [row[0] for row in rows] == ["/prompt", "/completions/0"]
