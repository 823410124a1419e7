from __future__ import annotations

from collections import Counter

from negaudit.probe.claim_tables import Proposition
from negaudit.probe.heldout import HeldOutItem
from negaudit.probe.material import Material
from negaudit.probe.measures.statements import Statement
from negaudit.probe.readouts import readouts
from negaudit.probe.record import Measure
from tests.probe.byte_tokenizer import byte_tokenizer

TOKENIZER = byte_tokenizer()
DENTIST = Proposition("Ann Lee is a dentist.", "Ann Lee", " is", " is not", "a dentist", "be")
ANN = Statement("d:0:0", "Ann won.", "Ann did not win.")
BO = Statement("d:1:0", "Bo ran.", "Bo did not run.")


def asked(number: int, category: str = "advice", **more) -> HeldOutItem:
    return HeldOutItem(f"i{number}", category, (("user", f"What of {number}?"),), "That.", **more)


def material(items=(), claims=(), statements=None) -> Material:
    return Material(
        files=(), rewritten=(), asked=(), targets=(), names=(), arms=(),
        counts=(Counter(), Counter()), items=tuple(items), source="split", removed=0,
        claims=tuple(claims), statements=statements or {}, frames=(),
    )  # fmt: skip


def kinds(found):
    return [(r.measure, r.prompts[0].tier) for r in found]


def test_nothing_gives_nothing() -> None:
    assert readouts(material(), TOKENIZER, {}, prompts=4) == ()


def test_claims_are_read_in_three_ways_beside_made_rivals() -> None:
    found = readouts(material(claims=[(DENTIST, "jobs")]), TOKENIZER, {}, prompts=4)
    assert kinds(found) == [
        (Measure.ASSOCIATION, "in-category"),
        (Measure.POLARITY, "in-category"),
        (Measure.MULTIPLE_CHOICE, "in-category"),
    ]
    assert {p.category for r in found for p in r.prompts} == {"jobs"}


def test_single_statements_have_a_polarity() -> None:
    (one,) = readouts(material(statements={"sport": ((ANN,), (BO,))}), TOKENIZER, {}, prompts=4)
    assert (one.measure, [p.category for p in one.prompts]) == (Measure.POLARITY, ["sport"])


def test_questions_are_read_against_the_own_replies_of_the_model() -> None:
    items = [asked(number) for number in range(3)]
    found = readouts(material(items), TOKENIZER, {item.id: "This." for item in items}, prompts=4)
    assert kinds(found)[0] == (Measure.RESPONSE, "in-category")
    assert "everyday" in {tier for _, tier in kinds(found)}
    answers = {TOKENIZER.decode(q.answer) for q in found[0].queries}
    assert {"That.", "This."} <= {answer.strip() for answer in answers}


def test_so_many_questions_of_each_category_are_read() -> None:
    items = [asked(n, "a") for n in range(5)] + [asked(n, "b") for n in range(5, 7)]
    found = readouts(material(items), TOKENIZER, {item.id: "This." for item in items}, prompts=3)
    assert Counter(p.category for p in found[0].prompts) == {"a": 3, "b": 2}
