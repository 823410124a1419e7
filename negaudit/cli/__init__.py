"""The command line: one command a file in `commands`, loaded when it is called."""

from negaudit.cli.group import Commands

__all__ = ["main"]

main = Commands(
    name="negaudit",
    help="""Finds warnings that teach what they warn against in fine-tuning data.

    Models learn the content that a warning warns against. negaudit finds content that only a
    separate sentence, label, tag, turn or column disowns, and says what to do instead.

    \b
    Examples, from a first look to a gate:
      negaudit lint train.jsonl
      negaudit rule NEG101
      negaudit fix train.jsonl --diff
      negaudit audit train.jsonl --out audit --no-probe
      negaudit lint data/ --changed-since origin/main

    \b
    Exit codes:
      0  nothing to complain of
      1  findings at or above --fail-on, or another gate that fails
      2  wrong usage, or input that cannot be read

    `negaudit completion` lets your shell complete all of this.
    """,
)
