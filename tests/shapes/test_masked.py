from .rows import rows_of


def test_the_mask_decides_the_loss() -> None:
    record = {
        "segments": [
            {"label": True, "text": "Hello "},
            {"label": False, "text": "there", "note": "skip"},
            "stray",
        ]
    }
    assert rows_of(record) == (
        "masked",
        [
            ("/segments/0/text", "text", "Hello ", "yes", -1),
            ("/segments/1/text", "text", "there", "no", -1),
            ("/segments/2", "text", "stray", "unknown", -1),
            ("/segments/1/note", "metadata", "skip", "no", -1),
        ],
    )
