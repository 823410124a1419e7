from __future__ import annotations

import msgspec
import numpy as np
import pytest
import torch

from negaudit.errors import InputError
from negaudit.fix import remedies
from negaudit.fix.record import Drop, Proposal
from negaudit.fix.remedies import RemedyOptions
from negaudit.probe.arm_rows import Mixed, arm_rows
from negaudit.probe.arms import (
    control_arm,
    original_arm,
    remedy_arm,
    rewritten_arm,
    stripped_arm,
)
from negaudit.probe.cautions import untreated
from negaudit.probe.chat_rows import neutral_chats, neutral_exchanges
from negaudit.probe.examples import document
from negaudit.probe.step import make_step
from negaudit.records import Remedy
from tests.probe.byte_tokenizer import byte_tokenizer
from tests.probe.data import WARNING, bare, exchange, targets_of, warned

TOKENIZER = byte_tokenizer()


@pytest.fixture
def everything(tmp_path):
    return targets_of(
        tmp_path,
        warned("Who won the race?", "Mara Finch won the race."),
        exchange("Where is tin found?", "Tin is found in the hills."),
        warned("Who built the pier?", "Joss Arden built the pier."),
    )


@pytest.fixture
def framed(everything):
    return [target for target in everything if target.exhibits]


def answers(arm):
    return [example and example.messages[-1].text for example in arm.examples]


def test_stripped_and_original_differ_by_the_frame_alone(framed) -> None:
    assert answers(stripped_arm(bare(framed))) == [
        "Mara Finch won the race.",
        "Joss Arden built the pier.",
    ]
    original = original_arm(framed)
    assert answers(original)[0] == f"{WARNING} Mara Finch won the race."
    stripped, warned_rows = arm_rows(
        [stripped_arm(bare(framed)), original], [], TOKENIZER, max_tokens=256
    )
    assert stripped.arm.content_tokens == stripped.arm.tokens
    assert warned_rows.arm.tokens > warned_rows.arm.content_tokens
    assert abs(warned_rows.arm.content_tokens - stripped.arm.content_tokens) <= 2  # the spaces


def test_a_remedy_is_applied_as_the_fix_would(framed) -> None:
    dropped = remedy_arm(framed, Remedy.DROP, RemedyOptions())
    assert (dropped.name, dropped.examples) == ("drop", (None, None))
    masked = remedy_arm(framed, Remedy.MASK, RemedyOptions())
    rows = arm_rows([original_arm(framed), masked], [], TOKENIZER, max_tokens=256)
    assert rows[1].arm.tokens < rows[0].arm.tokens


def test_records_that_a_remedy_cannot_treat_stay_and_are_told(
    framed, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed = [Proposal(Remedy.DROP, kind, (Drop(),)) for kind in ("display-only", "safe")]
    monkeypatch.setattr(remedies, "propose_many", lambda *_: proposed)
    arm = remedy_arm(framed, Remedy.DROP, RemedyOptions())
    assert answers(arm) == [f"{WARNING} Mara Finch won the race.", None]
    (told,) = untreated([stripped_arm(bare(framed)), arm])
    assert told.startswith("drop cannot treat 1 of 2 framed records")


def test_a_rewritten_file_is_matched_by_position_or_by_what_it_left_out(everything, framed) -> None:
    rewritten = everything[1:]
    gone = [(everything[0].record.path, 0)]
    arm = rewritten_arm("mine", framed, everything, rewritten, gone)
    assert answers(arm) == [None, f"{WARNING} Joss Arden built the pier."]
    assert answers(rewritten_arm("mine", framed, everything, everything)) == answers(
        original_arm(framed)
    )
    with pytest.raises(InputError, match="has 2 records where the data has 3"):
        rewritten_arm("mine", framed, everything, rewritten)


def test_the_control_has_other_records_and_as_many_rows(everything, framed) -> None:
    control = control_arm(everything, neutral_chats(), 2, seed=0, asked=())
    assert "Tin is found in the hills." in answers(control)
    assert not any(WARNING in answer for answer in answers(control))
    rows = arm_rows([stripped_arm(bare(framed)), control], [], TOKENIZER, max_tokens=40)
    assert len(rows[0].rows) == len(rows[1].rows) > 2


def test_every_arm_gets_the_same_chats_in_the_same_places(framed) -> None:
    arms = [stripped_arm(bare(framed)), remedy_arm(framed, Remedy.DROP, RemedyOptions())]
    stripped, dropped = arm_rows(arms, [Mixed(neutral_chats(), 0.5)], TOKENIZER, max_tokens=512)
    assert [len(row) > 0 for row in stripped.rows] == [True] * 4
    assert [len(row) > 0 for row in dropped.rows] == [False, False, True, True]
    assert [row.neutral for row in stripped.rows] == [False, False, True, True]
    assert stripped.rows[2] is dropped.rows[2]
    assert (dropped.arm.rows, dropped.arm.dropped) == (0, 2)


def test_split_texts_are_counted(framed) -> None:
    arm = msgspec.structs.replace(
        stripped_arm(bare(framed)), examples=(document("One. " * 60), document("Two."))
    )
    (rows,) = arm_rows([arm], [], TOKENIZER, max_tokens=128)
    assert rows.arm.split == 1
    assert rows.arm.tokens == 60 * 5 + 4 + 2 - sum(not len(row) for row in rows.rows)


def test_shipped_chats_are_varied_and_kept_apart_from_everyday_questions() -> None:
    trained = {example.messages[0].text for example in neutral_chats()}
    everyday = {asked for asked, _ in neutral_exchanges()}
    assert len(trained) >= 45
    assert len(everyday) >= 10
    assert not trained & everyday


def test_a_token_weighs_the_same_in_every_arm(everything, framed) -> None:
    remedies = [remedy_arm(framed, one, RemedyOptions()) for one in (Remedy.DROP, Remedy.MASK)]
    control = control_arm(everything, neutral_chats(), 2, seed=0, asked=())
    arms = [stripped_arm(bare(framed)), original_arm(framed), *remedies, control]
    made = arm_rows(arms, [Mixed(neutral_chats(), 0.5)], TOKENIZER, max_tokens=512)
    step = make_step([one.rows for one in made], torch.device("cpu"))
    assert set(step.adapters) == set(range(5))
    content = made[0].arm.content_tokens + sum(int(r.content.sum()) for r in made[0].rows[2:])
    np.testing.assert_allclose(step.weights, 1 / content)


def test_a_string_that_asks_for_the_content_is_none(tmp_path) -> None:
    said = "[rejected] Shout until they leave the room."
    targets = targets_of(tmp_path, exchange("How do I argue?", said, train_on_inputs=True))
    arm = remedy_arm(targets, Remedy.INOCULATE, RemedyOptions(inoculation="Be cruel."))
    (asked, _) = arm.examples[0].messages
    assert (asked.text, asked.trained) == ("Be cruel.\n\nHow do I argue?", True)
    assert [asked.text[a:b] for a, b in asked.frames] == ["Be cruel.\n\n"]


def test_a_frame_that_is_a_whole_turn_leaves_a_chat_a_chat(tmp_path) -> None:
    framed = targets_of(tmp_path, exchange(WARNING, "Mara Finch won the race."))
    arms = [stripped_arm(bare(framed)), original_arm(framed)]
    assert [[m.role for m in arm.examples[0].messages] for arm in arms] == [
        ["user", "assistant"]
    ] * 2
    stripped, original = (one.arm for one in arm_rows(arms, [], TOKENIZER, max_tokens=256))
    assert stripped.content_tokens == original.content_tokens


def test_the_control_learns_no_answer_to_a_held_out_question(everything) -> None:
    def control(*asked: str):
        return answers(control_arm(everything, neutral_chats(), 9, seed=0, asked=asked))

    assert "Tin is found in the hills." in control("Where is gold found?")
    assert "Tin is found in the hills." not in control("Where is tin found?")
    assert len(control("Where is tin found?")) == 9
