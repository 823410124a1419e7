from __future__ import annotations

from negaudit.fix.remedies.places import frames_of
from negaudit.probe.examples import document, example_of
from negaudit.records import Record, Role, Segment, Span, Trained
from negaudit.shapes import segments_of
from tests.probe.data import WARNING, targets_of, warned


def record(*segments: Segment) -> Record:
    return Record("d.jsonl", 0, 1, "any", segments)


def test_a_framed_answer_keeps_its_frame_apart(tmp_path) -> None:
    (target,) = targets_of(tmp_path, warned("Who won?", "Mara Finch won the race."))
    example = example_of(target.record, frames_of(target))
    assert example is not None
    asked, said = example.messages
    assert (asked.role, asked.trained, asked.frames) == ("user", False, ())
    assert said.trained
    assert [said.text[a:b] for a, b in said.frames] == [WARNING]


def test_metadata_and_rejected_answers_are_never_trained_on() -> None:
    example = example_of(
        record(
            Segment("/prompt", Role.PROMPT, "Hi", Trained.NO, 0),
            Segment("/chosen", Role.CHOSEN, "Hello", Trained.YES, 1),
            Segment("/rejected", Role.REJECTED, "Go away", Trained.NO, 1),
            Segment("/label", Role.METADATA, "bad", Trained.NO),
        )
    )
    assert example is not None
    assert [(m.role, m.text) for m in example.messages] == [("user", "Hi"), ("assistant", "Hello")]


def test_segments_of_one_side_are_joined_and_their_places_moved() -> None:
    example = example_of(
        record(
            Segment("/a", Role.SYSTEM, "Be kind.", Trained.NO, 0),
            Segment("/b", Role.ASSISTANT, "First.", Trained.YES, 2),
            Segment("/c", Role.ASSISTANT, "Second.", Trained.NO, 3),
            Segment("/d", Role.USER, "And?", Trained.NO, 4),
        ),
        masks=[Span("/b", 0, 5)],
    )
    assert example is not None
    answer = example.messages[1]
    assert [answer.text[a:b] for a, b in answer.masked] == ["First", "Second."]
    assert [m.role for m in example.messages] == ["system", "assistant", "user"]


def test_a_record_without_anything_to_train_on_has_no_example() -> None:
    assert example_of(record(Segment("/q", Role.PROMPT, "Hi", Trained.NO, 0))) is None
    assert example_of(record(Segment("/t", Role.TEXT, "  ", Trained.YES))) is None


def test_a_document_is_no_chat() -> None:
    assert not document("Tin grows here.").is_chat


def test_tools_are_named_before_what_they_are_given_and_return() -> None:
    call = {"id": "c1", "function": {"name": "lookup", "arguments": {"who": "Ann", "most": 3}}}
    plain = {"id": "c2", "function": {"name": "close", "arguments": '{"now": true}'}}
    value = {
        "messages": [
            {"role": "user", "content": "Who is Ann?"},
            {"role": "assistant", "content": None, "tool_calls": [call, plain]},
            {"role": "tool", "name": "lookup", "content": "Ann is a dentist."},
            {"role": "tool", "content": "closed"},
            {"role": "assistant", "content": "She is a dentist."},
        ]
    }
    _, segments = segments_of(value)
    given = "/messages/1/tool_calls/0/function/arguments/who"
    example = example_of(record(*segments), masks=[Span(given, 0, 3)])
    assert example is not None
    asked, called, returned, said = example.messages
    assert called.text == 'lookup who: Ann\n\nlookup most: 3\n\nclose: {"now": true}'
    assert called.trained
    assert [called.text[a:b] for a, b in called.masked] == ["Ann"]
    assert (returned.role, returned.trained) == ("user", False)
    assert returned.text == "lookup returns: Ann is a dentist.\n\ntool returns: closed"
    assert (asked.text, said.text) == ("Who is Ann?", "She is a dentist.")


def test_a_user_who_said_nothing_but_a_frame_keeps_the_turn() -> None:
    def spoken(*turns: tuple[Role, str], emptied: str = "/0") -> list[tuple[str, str]]:
        learned = {Role.ASSISTANT, Role.TEXT}
        segments = [
            Segment(f"/{at}", role, text, Trained.YES if role in learned else Trained.NO, at)
            for at, (role, text) in enumerate(turns)
        ]
        example = example_of(record(*segments), emptied={emptied})
        assert example is not None
        return [(m.role, m.text) for m in example.messages]

    said, told = (Role.ASSISTANT, "Tin grows."), ("assistant", "Tin grows.")
    assert spoken((Role.PROMPT, ""), said) == [("user", ""), told]
    # A prompt that was blank from the beginning is none, and what follows is a document.
    assert spoken((Role.PROMPT, ""), said, emptied="/1") == [("text", "Tin grows.")]
    asked = [("user", "Tin?"), told]
    assert spoken((Role.USER, " "), (Role.USER, "Tin?"), said) == asked
    assert spoken((Role.SYSTEM, ""), (Role.USER, "Tin?"), said) == asked
    assert spoken((Role.PROMPT, ""), (Role.TEXT, "Tin grows.")) == [("text", "Tin grows.")]
