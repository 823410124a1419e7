"""Segments as plain rows, so that a test shows them at a glance."""

from negaudit.shapes import segments_of

Row = tuple[str, str, str, str, int]


def rows_of(record: object, shape: str | None = None) -> tuple[str, list[Row]]:
    name, segments = segments_of(record, shape=shape)
    return name, [(s.pointer, s.role.value, s.text, s.trained.value, s.turn) for s in segments]
