"""`negaudit negate`: one sentence a line in, its local negation a line out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import IO, TYPE_CHECKING, Any, TextIO

import click

from negaudit.cli.sink import open_sink
from negaudit.errors import InputError
from negaudit.output.inert import inert

if TYPE_CHECKING:
    from negaudit.rewrite import Negation

__all__ = ["command"]

# Lines that are parsed together; more would delay the first line of a pipe.
BATCH = 256

HELP = """Negates sentences inside their clause, at or before the predicate.

Reads one sentence a line from FILE ("-" for standard input) and writes its local negation on
a line of its own. A line that no rule can negate, or that is negative already, is written as
it is, and counted on standard error; nothing is ever mangled.

\b
Examples:
  echo "Records show that she is a dentist." | negaudit negate
  negaudit negate claims.txt -o denials.txt
  negaudit negate claims.txt --format jsonl
  negaudit negate article.txt --claim "Ann Lee won the race."

\b
Exit codes:
  0  every line was read
  2  wrong usage, input that cannot be read, or no parser
"""


@click.command("negate", help=HELP, short_help="Negate sentences, one a line.")
@click.argument("file", type=click.File("rb"), default="-", metavar="[FILE]")
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output.")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "jsonl"]),
    default="text",
    show_default=True,
    help="Plain lines, or an object a line with status, reason and edits.",
)
@click.option("--claim", metavar="SENTENCE", help="Negate only what states or presupposes this.")
@click.option("--model", metavar="NAME", help="The spaCy model to parse with.")
@click.option("-q", "--quiet", is_flag=True, help="No summary on standard error.")
def command(file: IO[bytes], **options: Any) -> None:
    """Negates each line, in batches."""
    counts: Counter[str] = Counter()
    lines = _lines(file)
    with open_sink(options["output"]) as out:
        while batch := list(islice(lines, BATCH)):
            results = _negate(batch, options["claim"], options["model"])
            _write(out, results, options["style"])
            counts.update(result.status for result in results)
    if not options["quiet"]:
        _summarise(counts)


def _lines(file: IO[bytes]) -> Iterator[str]:
    name = getattr(file, "name", "<stdin>")
    for number, line in enumerate(file, start=1):
        try:
            yield line.rstrip(b"\r\n").decode()
        except UnicodeDecodeError as error:
            raise InputError(
                "not UTF-8",
                where=f"{name}:{number}",
                hint="convert the file to UTF-8",
            ) from error


def _negate(lines: list[str], claim: str | None, model: str | None) -> list[Negation]:
    from negaudit.rewrite import load_parser, negate_claim_many, negate_many

    nlp = load_parser(model)
    if claim is None:
        return negate_many(lines, nlp=nlp)
    return negate_claim_many(lines, claim, nlp=nlp)


def _write(out: TextIO, results: list[Negation], style: str) -> None:
    for result in results:
        text = _encoded(result) if style == "jsonl" else result.text
        out.write((inert(text) if out.isatty() else text) + "\n")


def _encoded(result: Negation) -> str:
    import msgspec

    return msgspec.json.encode(result).decode()


def _summarise(counts: Counter[str]) -> None:
    notes = {
        "unsafe": "negated with some doubt",
        "unchanged": "left as they are, negative already or not about the claim",
        "display-only": "left as they are, because no rule negates them well",
    }
    total = counts.total()
    for status, note in notes.items():
        if counts[status]:
            click.echo(f"{counts[status]} of {total} lines {note}", err=True)
