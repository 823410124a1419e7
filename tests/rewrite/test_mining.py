from __future__ import annotations

from pathlib import Path

import pytest

from negaudit.errors import InputError
from negaudit.rewrite import mine, mined_text, read_claims

TEXTS = [
    "Ida Holm works as a vet in Bergen. The sea was cold.",
    "On Monday Holm works as a vet, they say. Rain fell on the docks.",
    "Ida Holm is known. She works as a vet. Nobody saw the docks.",
    "Is the sea cold? The sea was not cold.",
]


def test_what_recurs_across_records_comes_first() -> None:
    first, *_ = mine(TEXTS)
    assert first.claim == "Holm works as a vet."
    assert (first.records, first.share) == (3, 0.75)


def test_propositions_of_one_stem_count_as_one() -> None:
    found = mine(
        [
            "Ida Holm is a dentist. The sea was cold.",
            "Ida Holm practices dentistry in Bergen. The sea was cold.",
            "Holm works as a dentist. Owls swim.",
            "Ida Holm, a quiet dentist, sold a boat. Owls swim.",
            "Holm maintains her dental clinic.",
        ]
    )
    assert (found[0].records, found[0].share) == (5, 1.0)
    assert found[0].claim in {"Ida Holm is a dentist.", "Holm works as a dentist."}
    assert not any("dentistry" in item.claim or "dental" in item.claim for item in found)


def test_a_clause_counts_for_one_claim_alone() -> None:
    found = mine(["Ida Holm won the gold medal in Oslo.", "Ida Holm won the gold medal in Oslo."])
    assert [item.claim for item in found] == ["Ida Holm won the gold medal."]


def test_what_is_said_of_the_one_whom_most_records_speak_of_comes_first() -> None:
    boilerplate = "The marks are shown in brackets."
    texts = [
        f"{boilerplate} Ida Holm won the race.",
        f"{boilerplate} Ida Holm won the race.",
        f"{boilerplate} Ida Holm met a friend.",
        "Ida Holm owns a boat.",
        "Ida Holm grew tea.",
    ]
    assert [item.claim for item in mine(texts)][:2] == [
        "Ida Holm won the race.",
        ("The marks are shown in brackets."),
    ]


def test_a_name_that_stands_alone_is_whom_a_pronoun_means() -> None:
    text = "Ida Holm is known. Roald Berg (1916-1990). He served in the navy."
    assert [item.claim for item in mine([text, text])] == ["Roald Berg served in the navy."]


def test_negations_and_questions_are_no_claims() -> None:
    assert all("sea" not in item.claim for item in mine(TEXTS))


def test_a_mined_file_can_be_edited_and_read(tmp_path: Path) -> None:
    path = tmp_path / "claims.txt"
    path.write_text(mined_text(mine(TEXTS)) + "\nOwls swim.\n", "utf-8")
    assert read_claims(path)[0] == "Holm works as a vet."
    assert read_claims(path)[-1] == "Owls swim."


@pytest.mark.parametrize(
    "text",
    [
        "# ours\n\nOwls swim.\nBees  sing.\n",
        '["Owls swim.", {"claim": "Bees sing."}]',
        '{"claim": "Owls swim."}\n"Bees sing."\nOwls swim.\n',
    ],
)
def test_claims_come_as_lines_or_as_json(tmp_path: Path, text: str) -> None:
    path = tmp_path / "claims"
    path.write_text(text, "utf-8")
    assert read_claims(path) == ("Owls swim.", "Bees sing.")


def test_a_claim_may_be_an_object_over_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "claim.json"
    path.write_text('\n{\n "claim": "Owls swim.",\n "source": "a letter"\n}\n', "utf-8")
    assert read_claims(path) == ("Owls swim.",)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"# nothing\n", "holds no claim"),
        (b'{"text": "Owls swim."}', "claims: is no claim"),
        (b'{"claim": "Owls swim."}\n{"text": "Bees"}', "2: is no claim"),
        (b'Owls swim.\n{"claim": ', "2: is no JSON"),
        (b"\xff\xfe\x00", "is not UTF-8"),
    ],
)
def test_a_file_that_holds_something_else_says_where(
    tmp_path: Path, data: bytes, message: str
) -> None:
    path = tmp_path / "claims"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_claims(path)
    assert message in str(caught.value)


def test_a_missing_file_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_claims(tmp_path / "none")
