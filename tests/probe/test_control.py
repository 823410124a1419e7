from __future__ import annotations

import msgspec
import numpy as np
import pytest

from negaudit.probe.control import control_examples, control_measures, control_rows, material
from negaudit.probe.control_record import ControlReading, ControlRun
from negaudit.probe.control_verdict import effects_in_other_words, judge_control
from negaudit.probe.record import ORIGINAL, STRIPPED
from negaudit.rewrite import negate_many
from tests.probe.byte_tokenizer import byte_tokenizer

TOKENIZER = byte_tokenizer()


def test_authored_negations_are_those_of_the_rewriter() -> None:
    given = material()
    pairs = [
        [form.replace("NAME", name).replace("JOB", job) for form in wording]
        for wording in given.wordings
        for name, job in zip(given.people[:2], given.occupations[1:3], strict=True)
    ]
    kept = (*given.unseen, *given.other_words)
    unseen = [[f"NAME {form}." for form in (yes, no)] for _, yes, no in kept]
    pairs += [[t.replace("NAME", "Ann Lee").replace("JOB", "a cook") for t in p] for p in unseen]
    negations = [negation.text for negation in negate_many([claim for claim, _ in pairs])]
    assert negations == [denial for _, denial in pairs]


def test_every_person_and_occupation_is_as_frequent_as_every_other() -> None:
    given = material()
    arms = control_examples()
    texts = [example.messages[0].text for example in arms[STRIPPED]]
    assert len(texts) == 12 * len(given.people) == 192
    for name, job in zip(given.people, given.occupations, strict=True):
        own = [text for text in texts if name in text]
        assert len(own) == 12
        assert all(text.count(f"{job} ") + text.count(f"{job}.") == 3 for text in own)
    assert len(set(given.people)) == len(set(given.occupations)) == 16


def test_evaluation_uses_wordings_that_no_record_has() -> None:
    given = material()
    texts = " ".join(e.messages[0].text for e in control_examples()[STRIPPED])
    for lead, _, _ in (*given.unseen, *given.other_words):
        assert lead.partition("NAME")[0].strip() not in texts


def test_warnings_are_two_fifths_of_the_warned_tokens_and_no_content() -> None:
    rows = control_rows(TOKENIZER, practice_share=0, people=6, max_tokens=1024)
    trained = sum(int(row.trained.sum()) for row in rows[ORIGINAL])
    content = sum(int(row.content.sum()) for row in rows[ORIGINAL])
    assert content == sum(int(row.content.sum()) for row in rows[STRIPPED])
    assert 0.3 < 1 - content / trained < 0.5
    assert {len(arm) for arm in rows.values()} == {72}


def test_every_person_is_read_in_every_unseen_wording() -> None:
    each = 4 * (len(material().unseen) + len(material().other_words))
    assert [len(m.prompts) for m in control_measures(TOKENIZER, people=4)] == [each, each]


def run_with(stripped: float, warned: float, negated: float) -> ControlRun:
    """A run whose arms end at these polarities, with a little noise."""
    noise = np.random.default_rng(0)

    def reading(arm: str, seed: int, update: int, mean: float) -> ControlReading:
        values = tuple((mean + 0.2 * noise.standard_normal(64)).tolist())
        return ControlReading(arm, seed, update, 1.0, 0.5, 0.0, values, values)

    means = {STRIPPED: stripped, ORIGINAL: warned, "negate": negated}
    readings = [reading("base", -1, 0, 0.0)]
    readings += [reading(a, s, 240, m) for s in (0, 1, 2) for a, m in means.items()]
    return ControlRun(
        model="m", revision="r", dtype="float32", learning_rate=5e-4, rank=16, layers="all",
        updates=240, batch=8, seeds=(0, 1, 2), people=8, practice_share=0.3,
        command="c", seconds=1.0, judged=64,
        readings=tuple(readings),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("means", "reason"),
    [
        ((2.3, 2.2, -1.5), ""),
        ((0.0, 0.0, 0.0), "the bare claims were not learnt"),
        ((2.3, 0.9, -1.5), "warned claims were not learnt like bare ones"),
        ((2.3, 2.2, 2.1), "locally negated claims were learnt like bare ones"),
    ],
)
def test_a_control_separates_only_where_all_arms_came_apart(means, reason) -> None:
    control = judge_control(run_with(*means))
    assert control.separates is (not reason)
    assert control.reason.startswith(reason)


def test_other_words_are_told_and_not_judged() -> None:
    taught = run_with(2.3, 2.2, -1.5)
    unheard = run_with(2.3, 0.0, 2.3)
    half = [
        msgspec.structs.replace(one, polarity=one.polarity[:32] + other.polarity[:32])
        for one, other in zip(taught.readings, unheard.readings, strict=True)
    ]
    run = msgspec.structs.replace(taught, judged=32, readings=tuple(half))
    assert judge_control(run).separates
    (left,) = [e.value for e in effects_in_other_words(run) if e.name == "residual"]
    assert left == pytest.approx(1, abs=0.2)


def test_a_run_can_be_written_and_read_back() -> None:
    run = run_with(2.3, 2.2, -1.5)
    assert msgspec.json.decode(msgspec.json.encode(run), type=ControlRun) == run
