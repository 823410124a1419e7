from __future__ import annotations

import re

import numpy as np
import pytest

from negaudit.probe.measures.statements import LEADS, Statement, against_controls, statements
from negaudit.probe.record import Measure
from tests.probe.byte_tokenizer import byte_tokenizer

TOKENIZER = byte_tokenizer()
ANN = Statement("d:0:0", "Ann won.", "Ann did not win.")
BO = Statement("d:1:0", "Bo ran.", "Bo did not run.")
CY = Statement("d:2:0", "Cy sang.", "Cy did not sing.")
DEE = Statement("d:3:0", "Dee flew.", "Dee did not fly.")


def read(readout, value):
    """What a model gives to which the text of each answer is worth so much."""
    leads = re.compile("|".join(map(re.escape, LEADS)))
    asked = [TOKENIZER.decode(q.prompt + q.answer) for q in readout.queries]
    texts = [leads.sub("", text, count=1) for text in asked]
    return readout.values(np.array([[value(text) for text in texts]]))


def test_claims_are_asked_in_every_lead_and_controls_are_no_prompts() -> None:
    readout = statements("sport", [ANN, BO], [CY, DEE], TOKENIZER)
    assert [(p.id, p.answer, p.text) for p in readout.prompts] == [
        ("statement/sport/d:0:0", "Ann won.", "Ann did not win."),
        ("statement/sport/d:1:0", "Bo ran.", "Bo did not run."),
    ]
    assert {(p.measure, p.tier, p.category) for p in readout.prompts} == {
        (Measure.POLARITY, "in-category", "sport")
    }
    assert len(readout.queries) == len(LEADS) * 4 * 2
    asked = [(TOKENIZER.decode(q.prompt), TOKENIZER.decode(q.answer)) for q in readout.queries]
    assert asked[:2] == [(f"{LEADS[0]}Ann ", "won."), (f"{LEADS[0]}Ann ", "did not win.")]
    assert {prompt.rpartition(" ")[0].rpartition(" ")[0] for prompt, _ in asked[:8]} == {
        LEADS[0].rstrip()
    }


def test_what_happens_to_the_affirmative_form_of_all_is_no_belief() -> None:
    readout = statements("sport", [ANN, BO], [CY, DEE], TOKENIZER)
    np.testing.assert_allclose(read(readout, lambda text: -5.0 * ("not" in text)), [[0, 0]])


def test_a_claim_is_measured_against_its_controls() -> None:
    readout = statements("sport", [ANN, BO], [CY, DEE], TOKENIZER)
    worth = {"Ann won.": 3.0, "Bo did not run.": 1.0, "Dee flew.": 2.0}
    np.testing.assert_allclose(read(readout, lambda text: worth.get(text, 0.0)), [[3.0, -3.0]])


def test_claims_with_one_control_in_common_are_one_draw() -> None:
    few = statements("sport", [ANN, BO, CY], [DEE], TOKENIZER)
    assert len(set(few.draws)) == 1
    many = statements("sport", [ANN], [BO, CY, DEE], TOKENIZER)
    worth = {"Bo ran.": 3.0, "Dee did not fly.": 6.0}
    np.testing.assert_allclose(read(many, lambda text: worth.get(text, 0.0)), [[1.0]])
    dealt = statements("sport", [ANN, BO, CY], [DEE, DEE], TOKENIZER)
    assert dealt.draws == ("sport/0", "sport/1", "sport/0")


@pytest.mark.parametrize(("claimed", "controls"), [([ANN], []), ([], [ANN])])
def test_without_a_control_there_is_nothing_to_read(claimed, controls) -> None:
    with pytest.raises(ValueError, match="'sport' needs claimed statements and controls"):
        statements("sport", claimed, controls, TOKENIZER)


def test_more_controls_than_claims_are_all_dealt_out() -> None:
    contrasts = np.array([[10.0, 20.0, 1.0, 2.0, 3.0, 4.0, 8.0]])
    assert against_controls(contrasts, 2).tolist() == [[10 - (1 + 3 + 8) / 3, 20 - (2 + 4) / 2]]
