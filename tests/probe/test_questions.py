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
        (told, *_) = questions.judged("original", 0, ["The following statement is false"] * 14)
        assert told.leaks is leaks


def test_every_question_is_asked_bare_and_behind_a_frame() -> None:
    ids = [item.id for item in questions_of(material(), ProbeOptions(), None).items]  # type: ignore[arg-type]
    assert ids[:7] == [f"q{at}" for at in range(0, 20, 3)]
    assert ids[7:] == [f"in-context/{one}" for one in ids[:7]]
