from __future__ import annotations

import msgspec
import numpy as np
import pytest

from negaudit.probe import replies
from negaudit.probe.heldout import HeldOutItem
from negaudit.probe.judge import PatternJudge
from negaudit.probe.measures.leakage import Leakage
from negaudit.probe.record import Generation, Measure
from negaudit.probe.replies import Questions, asked_of_claims, rates, write_replies
from negaudit.probe.runs import ArmRun
from tests.probe.whole import byte_proxy

PROXY = byte_proxy()
ITEMS = (
    HeldOutItem("a", "jobs", (("user", "What does Ann do?"),), "a dentist"),
    HeldOutItem("b", "jobs", "Ann works as", "a dentist"),
)


def arm_run(arm: str, seed: int) -> ArmRun:
    return ArmRun(arm, seed, np.zeros(1), np.zeros(1), (), (), None)


def said(arm: str, seed: int, *emits: bool) -> list[Generation]:
    return [
        Generation(f"q{at}", arm, seed, "", one, False, "asserts" if one else "neither")
        for at, one in enumerate(emits)
    ]


def test_a_model_answers_every_question(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "NEW_TOKENS", 5)
    (texts,) = write_replies(PROXY, PROXY.tokenizer, ITEMS)
    assert len(texts) == 2
    assert all(text == text.strip() for text in texts)
    assert write_replies(PROXY, PROXY.tokenizer, ()) == [[]]


def test_replies_are_judged_by_the_claim_of_their_category() -> None:
    leakage = Leakage(["The following statement is certainly false:"])
    claims = {"jobs": ("Ann is a dentist.", "a dentist")}
    questions = Questions(ITEMS, claims, PatternJudge(), leakage)
    texts = ("She is a dentist.", "The following statement is certainly false: a vet.")
    first, second = questions.judged("original", 3, texts)
    assert (first.arm, first.seed, first.prompt, first.text) == ("original", 3, "a", texts[0])
    assert (first.emits, first.stance, first.leaks) == (True, "asserts", False)
    assert (second.emits, second.leaks) == (False, True)


def test_rates_are_tested_against_the_base_model() -> None:
    base = said("base", -1, *[False] * 12)
    runs = [arm_run("original", seed) for seed in (0, 1)]
    written = [g for run in runs for g in said("original", run.seed, *[True] * 12)]
    found = {effect.measure: effect for effect in rates(base, runs, written, 0.95)}
    assert set(found) == {Measure.EMISSION, Measure.STANCE, Measure.LEAKAGE}
    emission = found[Measure.EMISSION]
    assert (emission.value, emission.seeds) == (1.0, (1.0, 1.0))
    assert emission.p is not None
    assert emission.p_adjusted is not None
    assert emission.p <= emission.p_adjusted < 1e-3
    assert found[Measure.LEAKAGE].value == 0.0


def test_questions_behind_a_frame_have_rates_of_their_own() -> None:
    def asked(arm: str, seed: int, bare: bool, behind: bool) -> list[Generation]:
        one, other = said(arm, seed, bare, behind)
        return [one, msgspec.structs.replace(other, prompt="in-context/q0")]

    run = arm_run("original", 0)
    found = rates(asked("base", -1, False, False), [run], asked("original", 0, True, False), 0.95)
    emission = {e.name: e for e in found if e.measure is Measure.EMISSION}
    assert (emission["rate"].value, emission["rate"].prompts) == (1.0, 1)
    assert (emission["rate-in-context"].value, emission["rate-in-context"].prompts) == (0.0, 1)


def test_answers_that_could_not_be_judged_have_no_rate_but_may_leak() -> None:
    def asked(arm: str, seed: int) -> list[Generation]:
        one, other = said(arm, seed, True, False)
        return [one, msgspec.structs.replace(other, judged=False)]

    run = arm_run("original", 0)
    found = rates(asked("base", -1), [run], asked("original", 0), 0.95)
    assert {e.measure: (e.value, e.prompts) for e in found} == {
        Measure.EMISSION: (1.0, 1),
        Measure.STANCE: (1.0, 1),
        Measure.LEAKAGE: (0.0, 2),
    }
    found = rates(asked("base", -1)[1:], [run], asked("original", 0)[1:], 0.95)
    assert {e.measure for e in found} == {Measure.LEAKAGE}


def test_a_seed_that_does_not_count_has_no_say() -> None:
    base = said("base", -1, False, False)
    written = [*said("original", 0, False, False), *said("original", 1, True, True)]
    emission = rates(base, [arm_run("original", 0)], written, 0.95)[0]
    assert (emission.value, len(emission.seeds)) == (0.0, 1)
    assert rates(base, [], written, 0.95) == ()
    assert rates([], [arm_run("original", 0)], [], 0.95) == ()


def test_claims_without_questions_are_asked_about() -> None:
    claims = {"jobs": ("Ann Lee is a dentist.", "a dentist"), "odd": ("It rains.", "rains")}
    (item,) = asked_of_claims(claims, {"jobs": "Ann Lee"})
    assert item.text == "What do you know about Ann Lee?"
    assert (item.category, item.answer) == ("jobs", "a dentist")
