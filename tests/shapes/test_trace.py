import pytest

from negaudit.shapes import detect

from .rows import rows_of


def test_the_loss_is_on_what_the_agent_does() -> None:
    record = {
        "trajectory": [
            {"thought": "Look.", "action": "ls", "observation": "a.txt", "comment": "bad"},
            {"observation": "", "action": {"name": "cat", "args": ["a.txt"]}},
        ],
        "answer": "Done.",
        "task": "Read it.",
    }
    assert rows_of(record) == (
        "trace",
        [
            ("/task", "prompt", "Read it.", "no", 0),
            ("/trajectory/0/thought", "assistant", "Look.", "yes", 1),
            ("/trajectory/0/action", "assistant", "ls", "yes", 1),
            ("/trajectory/0/observation", "tool", "a.txt", "no", 2),
            ("/trajectory/1/action/name", "assistant", "cat", "yes", 3),
            ("/trajectory/1/action/args/0", "assistant", "a.txt", "yes", 3),
            ("/trajectory/1/observation", "tool", "", "no", 4),
            ("/answer", "completion", "Done.", "yes", 5),
            ("/trajectory/0/comment", "metadata", "bad", "no", 1),
        ],
    )


@pytest.mark.parametrize("column", ["trajectory", "steps", "trace", "history"])
def test_the_list_may_have_any_usual_name(column: str) -> None:
    assert detect({column: [{"thought": "a", "action": "b"}]}) == "trace"


def test_a_trajectory_of_messages_is_a_chat() -> None:
    assert detect({"trajectory": [{"role": "user", "content": "Go."}]}) == "messages"


def test_items_that_are_no_steps_are_kept_as_text() -> None:
    _, rows = rows_of({"steps": [{"action": "ls"}, "stray"]})
    assert rows[-1] == ("/steps/1", "text", "stray", "unknown", 1)
