from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from negaudit.probe.arms import ArmExamples
from negaudit.probe.examples import document
from negaudit.probe.heldout import HeldOutItem
from negaudit.probe.options import ProbeOptions
from negaudit.probe.questions import questions_of
from negaudit.probe.record import STRIPPED
from tests.probe.data import WARNING

CLAIM = "The following statement is false, said the old miller of Orrin."


def material(**changes: Any) -> Any:
    items = tuple(HeldOutItem(f"q{at}", "jobs", f"Who is {at}?", "a cook") for at in range(20))
    given = {
        "claims": (),
        "items": items,
        "frames": (WARNING,),
        "arms": (ArmExamples(STRIPPED, "", (document(CLAIM), None)),),
    }
    return SimpleNamespace(**{**given, **changes})


def test_what_the_content_says_too_is_no_leakage() -> None:
    plain = material(arms=(ArmExamples(STRIPPED, "", (document("Tin grows here."),)),))
    for given, leaks in ((plain, True), (material(), False)):
        questions = questions_of(given, ProbeOptions(), None)  # type: ignore[arg-type]
        (told, *_) = questions.judged("original", 0, ["The following statement is false"] * 16)
        assert told.leaks is leaks


def test_questions_come_from_all_categories_in_turn() -> None:
    names = ["jobs"] * 9 + ["tools", "ferries", "ferries"]
    asked = [HeldOutItem(f"q{at}", name, f"Who is {at}?") for at, name in enumerate(names)]
    questions = questions_of(material(items=asked), ProbeOptions(), None)  # type: ignore[arg-type]
    ids = [item.id for item in questions.items]
    assert ids[:8] == ["q0", "q9", "q10", "q1", "q11", "q2", "q3", "q4"]
    assert ids[8:] == [f"in-context/{one}" for one in ids[:8]], "each also stands behind a frame"
