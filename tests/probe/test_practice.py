from __future__ import annotations

import re
from collections import Counter

from negaudit.probe.control import control_examples, control_rows, control_table
from negaudit.probe.practice import practice
from negaudit.probe.record import STRIPPED
from tests.probe.byte_tokenizer import byte_tokenizer

TEXTS = [example.messages[0].text for example in practice()]
DENIED = re.compile(r" not ")


def sentences() -> list[str]:
    return [sentence for text in TEXTS for sentence in re.split(r"(?<=\.) ", text)]


def test_it_affirms_as_often_as_it_denies() -> None:
    denied = sum(bool(DENIED.search(sentence)) for sentence in sentences())
    assert 0.4 < denied / len(sentences()) < 0.6


def test_nobody_is_said_to_have_and_not_to_have_an_answer() -> None:
    about = Counter()
    for sentence in sentences():
        plain = sentence.replace(" does not play ", " plays ").replace(" is not ", " is ")
        about[plain, bool(DENIED.search(sentence))] += 1
    affirmed = {sentence for sentence, denied in about if not denied}
    assert affirmed.isdisjoint(sentence for sentence, denied in about if denied)


def test_no_slot_is_left_open_and_texts_are_varied() -> None:
    assert not any("NAME" in text or re.search(r"\bX\b", text) for text in TEXTS)
    assert len(set(TEXTS)) > 0.95 * len(TEXTS)


def test_it_says_nothing_of_what_the_control_asks() -> None:
    table = control_table()
    joined = " ".join(TEXTS)
    answers = [answer.split()[-1] for answer in table.answers]
    names = [part for subject in table.subjects for part in subject.split()]
    assert not any(re.search(rf"\b{word}\b", joined) for word in (*answers, *names))


def test_every_arm_of_the_control_has_the_same_practice_behind_its_own_rows() -> None:
    rows = control_rows(byte_tokenizer(), practice_share=0.25, people=3)
    own = len(control_examples(3)[STRIPPED])
    for arm in rows.values():
        assert [row.neutral for row in arm] == [False] * own + [True] * (own // 3)
        assert arm[own:] == rows[STRIPPED][own:]
