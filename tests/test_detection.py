from __future__ import annotations

import json
from pathlib import Path

import detection
import pytest

BODY = {
    "body": "fact",
    "text": "Ada Quill won the harbour race in 1911. She rowed alone. Nine crews came after her.",
    "claim": "Ada Quill won the harbour race",
    "question": "Who won the harbour race?",
}
FALSE = {"kind": "falsity", "placement": "prefix", "voice": "plain", "body": "fact"}
TEXT = {**FALSE, "template": "The account below is entirely false.\n\n{body}"}
CHAT = [
    {"role": "user", "content": "{question}"},
    {"role": "assistant", "content": "The account below is entirely false.\n\n{part1} {part2}"},
]
PLAIN = {"text": BODY["text"]}


def write(path: Path, *rows: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def frames(tmp_path: Path) -> Path:
    missed = {**FALSE, "placement": "suffix", "template": "{body}\n\nRowing is a sport."}
    write(tmp_path / "bodies.jsonl", BODY)
    write(tmp_path / "falsity.jsonl", TEXT, {**FALSE, "template": CHAT}, missed)
    write(tmp_path / "negatives.jsonl", {"why": "plain", "record": PLAIN})
    return tmp_path


def test_placeholders_are_filled_wherever_they_stand(frames: Path) -> None:
    (_, text), (_, chat), _ = detection.framed_records(frames)
    assert text == {"text": f"The account below is entirely false.\n\n{BODY['text']}"}
    assert chat["messages"][0]["content"] == BODY["question"]
    assert chat["messages"][1]["content"].endswith("in 1911. She rowed alone.")


@pytest.mark.parametrize("count", range(3, 9))
def test_thirds_are_none_empty_and_together_the_whole(count: int) -> None:
    text = " ".join(f"Boat {number} came." for number in range(count))
    parts = detection.thirds(text)
    assert parts is not None
    assert all(parts)
    assert " ".join(parts) == text


def test_a_text_of_two_sentences_has_no_thirds() -> None:
    assert detection.thirds("She rowed. He swam.") is None


def test_recall_is_shown_by_kind_and_placement(
    frames: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    detection.print_recall("half", detection.framed_records(frames))
    rows = [line.split() for line in capsys.readouterr().out.splitlines() if line]
    assert rows == [
        ["half", "prefix", "suffix", "all"],
        ["falsity", "2/2", "0/1", "2/3"],
        ["all", "2/2", "0/1", "2/3"],
        ["recall", "0.6667,", "2", "of", "3"],
    ]


def test_false_alarms_are_counted(frames: Path, capsys: pytest.CaptureFixture[str]) -> None:
    detection.print_false_alarms(frames)
    assert capsys.readouterr().out == f"false alarms {frames.name}: 0 of 1\n"


def test_a_folder_of_real_files_is_held_to_its_names(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    framed = {"text": f"The account below is entirely false.\n\n{BODY['text']}"}
    write(tmp_path / "docs_plain.jsonl", PLAIN, PLAIN)
    write(tmp_path / "docs_repeated.jsonl", framed)
    write(tmp_path / "chats.jsonl", framed)
    frame = {"mode": "fiction", "part": "prefix", "text": "The story below is fiction."}
    write(tmp_path / "frames_sample.jsonl", frame)
    detection.print_folder(tmp_path)
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[:3] == [
        "chats.jsonl 1 of 1 framed unexpected: 1 falsity",
        "docs_plain.jsonl 0 of 2 framed",
        "docs_repeated.jsonl 1 of 1 framed",
    ]
    assert lines[5] == "fiction 1/1 1/1"


def test_an_insertion_stands_once_in_the_middle_and_throughout() -> None:
    frame = {"mode": "fiction", "part": "insert", "text": "[Fiction.]"}
    (once, first), (again, second) = detection.sample_records([frame], ["One.\n\nTwo."])
    assert (once[1], first["text"]) == ("insert", "One.\n\n[Fiction.]\n\nTwo.")
    assert (again[1], second["text"]) == (
        "throughout",
        "One.\n\n[Fiction.]\n\nTwo.\n\n[Fiction.]",
    )
