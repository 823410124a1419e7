from __future__ import annotations

import numpy as np
import pytest

from negaudit.probe.score import score_frames, score_templates
from tests.probe.byte_tokenizer import byte_tokenizer
from tests.probe.data import WARNING, targets_of, warned

TOKENIZER = byte_tokenizer()


def likelihood(queries):
    """A model to which every letter before a text makes it likelier by 0.1."""
    return np.array([[0.1 * len(q.prompt) - len(q.answer) for q in queries]])


def test_a_frame_before_its_content_is_scored(tmp_path) -> None:
    targets = targets_of(tmp_path, warned("Who won?", "Mara Finch won the race."))
    (score,) = score_frames(targets, TOKENIZER, likelihood)
    assert score.before
    assert score.tokens == len("Mara Finch won the race.")
    assert score.total == pytest.approx(0.1 * len(WARNING))
    assert score.per_token == pytest.approx(score.total / score.tokens)


def test_a_frame_behind_its_content_cannot_matter(tmp_path) -> None:
    text = "Tin grows in the Tarn marshes.\n\nThe statement above is false."
    (score,) = score_frames(targets_of(tmp_path, {"text": text}), TOKENIZER, likelihood)
    assert (score.before, score.total, score.per_token) == (False, 0.0, 0.0)


def test_wordings_are_counted_with_numbers_left_open(tmp_path) -> None:
    texts = [
        f"Claim {number} below is false.\n\n{name} Finch won the race in the end."
        for number, name in ((1, "Mara"), (22, "Tess"))
    ]
    texts.append("What follows is untrue.\n\nTin grows in the Tarn marshes.")
    targets = targets_of(tmp_path, *({"text": text} for text in texts))
    templates = score_templates(score_frames(targets, TOKENIZER, likelihood))
    assert [(t.template, t.findings) for t in templates] == [
        ("Claim _ below is false.", 2),
        ("What follows is untrue.", 1),
    ]


def test_data_without_frames_has_no_scores(tmp_path) -> None:
    targets = targets_of(tmp_path, {"text": "Tin grows in the Tarn marshes."})
    assert score_frames(targets, TOKENIZER, likelihood) == ()
