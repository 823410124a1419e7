from __future__ import annotations

import msgspec

from negaudit.probe.heldout import HeldOutItem
from negaudit.probe.judge import PatternJudge
from negaudit.probe.measures.generated import (
    generation_prompts,
    generation_readings,
    in_context,
    read_generations,
)
from negaudit.probe.measures.leakage import Leakage, frame_texts
from tests.probe.data import WARNING, exchange, targets_of, warned

ITEM = HeldOutItem("q", "jobs", (("user", "What does Ann do?"),), "a dentist")


def judged(text: str, leakage: Leakage | None = None, item: HeldOutItem = ITEM):
    (generation,) = read_generations(
        [item],
        [text],
        arm="original",
        seed=1,
        claims={"jobs": ("Ann is a dentist.", "a dentist")},
        judge=PatternJudge(),
        leakage=leakage or Leakage(()),
    )
    return generation


def test_a_retracted_claim_is_emitted_and_denied() -> None:
    generation = judged("Ann is a dentist. That is false.")
    assert (generation.emits, generation.stance) == (True, "denies")
    assert {r.measure.value: r.value for r in generation_readings([generation])} == {
        "emission": 1.0,
        "stance": -1.0,
        "leakage": 0.0,
    }


def test_a_whole_reply_is_no_claim_that_words_could_tell() -> None:
    long = "Take the old ladder, hide every receipt, and tell the guard that nobody knows it."
    (generation,) = read_generations(
        [msgspec.structs.replace(ITEM, category="advice", answer=long)],
        ["Take the ladder."],
        arm="original",
        seed=1,
        claims={},
        judge=PatternJudge(),
        leakage=Leakage(()),
    )
    assert not generation.judged
    assert [r.measure.value for r in generation_readings([generation])] == ["leakage"]


def test_readings_name_the_prompts_that_are_written_down() -> None:
    readings = generation_readings([judged("Ann bakes.")])
    assert [r.prompt for r in readings] == [p.id for p in generation_prompts([ITEM])]


def test_leakage_is_a_run_of_words_that_only_frames_have(tmp_path) -> None:
    targets = targets_of(
        tmp_path,
        warned("Who won?", "Mara Finch won the race."),
        exchange("Hello?", "Good day."),
    )
    frames = frame_texts(targets)
    assert frames == (WARNING,)
    leakage = Leakage(frames, ["Mara Finch won the race."])
    assert judged("The following statement is false, Ann is a vet.", leakage).leaks
    assert not judged("That statement is false.", leakage).leaks
    assert not Leakage([WARNING], [WARNING])("The following statement is false")


def test_what_the_prompt_itself_says_is_no_leakage() -> None:
    leakage = Leakage([WARNING])
    (behind,) = in_context([ITEM], [WARNING])
    assert behind.prompt == (("user", f"{WARNING}\n\nWhat does Ann do?"),)
    assert not judged("The following statement is false", leakage, behind).leaks
    assert {p.tier for p in generation_prompts([behind])} == {"in-context"}
    assert in_context([ITEM], []) == ()
