import pytest

from negaudit.shapes import detect

from .rows import rows_of


def chat(*messages: dict[str, object], **columns: object) -> dict[str, object]:
    return {"messages": list(messages), **columns}


def test_the_loss_is_on_the_assistant_alone() -> None:
    record = chat(
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Where is Oslo?"},
        {"role": "assistant", "content": "In Norway."},
        {"role": "tool", "content": "59.9 N"},
    )
    assert rows_of(record) == (
        "messages",
        [
            ("/messages/0/content", "system", "Be brief.", "no", 0),
            ("/messages/1/content", "user", "Where is Oslo?", "no", 1),
            ("/messages/2/content", "assistant", "In Norway.", "yes", 2),
            ("/messages/3/content", "tool", "59.9 N", "no", 3),
        ],
    )


def test_developer_messages_are_system_messages() -> None:
    _, rows = rows_of(chat({"role": "developer", "content": "Be brief."}))
    assert rows == [("/messages/0/content", "system", "Be brief.", "no", 0)]


@pytest.mark.parametrize("column", ["messages", "conversation", "conversations", "chat_history"])
def test_the_list_may_have_any_usual_name(column: str) -> None:
    shape, rows = rows_of({column: [{"role": "assistant", "content": "Yes."}]})
    assert (shape, rows) == (
        "messages",
        [(f"/{column}/0/content", "assistant", "Yes.", "yes", 0)],
    )


def test_a_bare_list_of_messages_is_a_chat() -> None:
    shape, rows = rows_of([{"role": "user", "content": "Hello"}])
    assert (shape, rows) == ("messages", [("/0/content", "user", "Hello", "no", 0)])


def test_text_parts_are_read_and_other_parts_are_metadata() -> None:
    parts = [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": "cat.png"}},
        {"type": "input_text", "text": "A cat?"},
        "Or a dog?",
    ]
    _, rows = rows_of(chat({"role": "user", "content": parts}))
    assert rows == [
        ("/messages/0/content/0/text", "user", "What is this?", "no", 0),
        ("/messages/0/content/2/text", "user", "A cat?", "no", 0),
        ("/messages/0/content/3", "user", "Or a dog?", "no", 0),
        ("/messages/0/content/1/type", "metadata", "image_url", "no", 0),
        ("/messages/0/content/1/image_url/url", "metadata", "cat.png", "no", 0),
    ]


def test_tool_results_inside_a_user_message_are_the_tools() -> None:
    parts = [
        {"type": "tool_result", "tool_use_id": "t1", "content": "41"},
        {"type": "tool_result", "content": [{"type": "text", "text": "42"}]},
    ]
    _, rows = rows_of(chat({"role": "user", "content": parts}))
    assert rows == [
        ("/messages/0/content/0/content", "tool", "41", "no", 0),
        ("/messages/0/content/1/content/0/text", "tool", "42", "no", 0),
        ("/messages/0/content/0/tool_use_id", "metadata", "t1", "no", 0),
    ]


def test_arguments_of_tool_calls_are_spoken_and_their_names_are_metadata() -> None:
    call = {"id": "c1", "function": {"name": "look_up", "arguments": '{"city": "Oslo"}'}}
    _, rows = rows_of(chat({"role": "assistant", "content": None, "tool_calls": [call]}))
    assert rows == [
        (
            "/messages/0/tool_calls/0/function/arguments",
            "assistant",
            '{"city": "Oslo"}',
            "yes",
            0,
        ),
        ("/messages/0/tool_calls/0/id", "metadata", "c1", "no", 0),
        ("/messages/0/tool_calls/0/function/name", "metadata", "look_up", "no", 0),
    ]


def test_function_calls_with_arguments_as_an_object_are_spoken() -> None:
    call = {"name": "look_up", "arguments": {"city": "Oslo", "deep": True}}
    _, rows = rows_of(chat({"role": "assistant", "content": None, "function_call": call}))
    assert rows == [
        ("/messages/0/function_call/arguments/city", "assistant", "Oslo", "yes", 0),
        ("/messages/0/function_call/arguments/deep", "assistant", "true", "yes", 0),
        ("/messages/0/function_call/name", "metadata", "look_up", "no", 0),
    ]


def test_reasoning_stands_before_the_answer_in_the_same_turn() -> None:
    message = {"role": "assistant", "content": "4", "reasoning_content": "Two and two."}
    _, rows = rows_of(chat(message))
    assert rows == [
        ("/messages/0/reasoning_content", "assistant", "Two and two.", "yes", 0),
        ("/messages/0/content", "assistant", "4", "yes", 0),
    ]


@pytest.mark.parametrize(
    ("flag", "trained"),
    [
        ({"weight": 0}, "no"),
        ({"weight": 0.0}, "no"),
        ({"weight": 1}, "yes"),
        ({"train": False}, "no"),
        ({"training": True}, "yes"),
        ({"train": None}, "yes"),
        ({"train_detail": [{"begin_offset": 0, "end_offset": 2, "train": False}]}, "no"),
        ({"train_detail": [{"begin_offset": 0, "end_offset": 2, "train": True}]}, "yes"),
    ],
)
def test_flags_on_an_assistant_message_decide_its_loss(
    flag: dict[str, object], trained: str
) -> None:
    _, rows = rows_of(chat({"role": "assistant", "content": "Yes.", **flag}))
    assert rows == [("/messages/0/content", "assistant", "Yes.", trained, 0)]


def test_a_flag_puts_the_loss_on_a_user_message() -> None:
    _, rows = rows_of(chat({"role": "user", "content": "Hello", "train": True}))
    assert rows == [("/messages/0/content", "user", "Hello", "yes", 0)]


def test_a_weight_on_a_user_message_changes_nothing() -> None:
    _, rows = rows_of(chat({"role": "user", "content": "Hello", "weight": 1}))
    assert rows[0] == ("/messages/0/content", "user", "Hello", "no", 0)


def test_the_record_may_ask_for_the_loss_on_its_inputs() -> None:
    _, rows = rows_of(chat({"role": "user", "content": "Hello"}, train_on_inputs=True))
    assert rows == [("/messages/0/content", "user", "Hello", "yes", 0)]


def test_an_unusual_speaker_is_of_unknown_loss_and_stays_visible() -> None:
    _, rows = rows_of(chat({"role": "red_team_judge", "content": "Unsafe."}))
    assert rows == [
        ("/messages/0/content", "user", "Unsafe.", "unknown", 0),
        ("/messages/0/role", "metadata", "red_team_judge", "no", 0),
    ]


def test_columns_of_messages_and_of_the_record_come_last() -> None:
    record = {
        "is_safe": False,
        "tools": [{"name": "look_up"}],
        "system": "Be brief.",
        "messages": [
            {"role": "user", "name": "ann", "content": "Hello"},
            {"role": "assistant", "content": "Hi", "label": "unsafe", "score": 0.03},
        ],
    }
    assert rows_of(record) == (
        "messages",
        [
            ("/system", "system", "Be brief.", "no", 0),
            ("/messages/0/content", "user", "Hello", "no", 1),
            ("/messages/1/content", "assistant", "Hi", "yes", 2),
            ("/messages/0/name", "metadata", "ann", "no", 1),
            ("/messages/1/label", "metadata", "unsafe", "no", 2),
            ("/messages/1/score", "metadata", "0.03", "no", 2),
            ("/is_safe", "metadata", "false", "no", -1),
            ("/tools/0/name", "metadata", "look_up", "no", -1),
        ],
    )


def test_a_copy_of_the_chat_as_text_is_of_unknown_loss() -> None:
    _, rows = rows_of(chat({"role": "user", "content": "Hello"}, prompt="Hello", text="Hello"))
    assert rows[1:] == [
        ("/prompt", "prompt", "Hello", "no", -1),
        ("/text", "text", "Hello", "unknown", -1),
    ]


def test_a_second_list_of_messages_is_of_unknown_loss() -> None:
    message = {"role": "assistant", "content": "Yes."}
    _, rows = rows_of({"messages": [message], "original_messages": [message]})
    assert rows == [
        ("/messages/0/content", "assistant", "Yes.", "yes", 0),
        ("/original_messages/0/content", "assistant", "Yes.", "unknown", 1),
    ]


def test_items_that_are_no_messages_are_kept_as_text() -> None:
    _, rows = rows_of({"messages": [{"role": "user", "content": "Hello"}, "stray", None]})
    assert rows == [
        ("/messages/0/content", "user", "Hello", "no", 0),
        ("/messages/1", "text", "stray", "unknown", 1),
    ]


def test_problem_and_solution_beside_a_chat_leave_it_a_chat() -> None:
    record = chat({"role": "user", "content": "2+2?"}, problem="2+2?", solution="4")
    assert detect(record) == "messages"
