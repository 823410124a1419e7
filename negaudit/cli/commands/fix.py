"""`negaudit fix`: the repaired data, with a note of what was done to each record."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from negaudit.cli.options import config_options, lint_options, run_options, select_options
from negaudit.cli.progress import ProgressBar
from negaudit.errors import UsageError
from negaudit.nearest import did_you_mean
from negaudit.records import Kind, Remedy

if TYPE_CHECKING:
    from collections.abc import Callable

    from negaudit.fix.options import FixOptions
    from negaudit.fix.record import Change
    from negaudit.fix.run import Fix

__all__ = ["command"]

HELP = """Repairs framed records and writes the data again.

Each record gets one remedy. Without --remedy that is the first that its finding offers: false
claims are negated in their own clause and their frames removed; bad behaviour and insecure code
are dropped; of an original beside its rewrite the original is dropped. Where that cannot be
done well, the next remedy is taken: what cannot be negated is dropped, never mangled. A remedy
that --remedy names has nothing after it: what it cannot do is left as it is, and said. So are
long texts whose false claim neither --claims names nor the data shows.

What a language model writes (--llm) is unsafe, and checked like everything else. Its answers are
kept, so that the same command goes on where it stopped; a record that it gave no answer for stays
as it is.

A change is safe, unsafe (done with --unsafe, or where a reviewer accepts it) or display-only
(never done). Whatever was rewritten must lint clean.

PATH is a file, a folder or a hub id; "-" reads standard input. OUT gets the same format: in
JSON only the strings that change are replaced, byte for byte; CSV, TSV, Parquet and Arrow keep
dialect and schema. It appears when it is complete, and only beside the original, with
OUT.provenance.jsonl: a line on each framed record, its remedy, its hashes before and after.
Masks that no message weight can hold go to OUT.spans.jsonl, preference pairs to
NAME.preferences.jsonl. "-o -" writes to standard output, without these. Of a folder, the files
that lint reads are written.

\b
Examples:
  negaudit fix train.jsonl --diff
  negaudit fix train.jsonl -o train.fixed.jsonl --claims claims.txt
  negaudit fix chats.parquet -o fixed.parquet --remedy harm=mask --remedy critique=prefer
  negaudit fix data/ -o fixed/ --decisions decisions.json
  negaudit fix docs.jsonl -o fixed.jsonl --unsafe --llm http://localhost:8000/v1#qwen3

\b
Exit codes, the same with --diff, which alone writes nothing:
  0  everything found was fixed, notes and what a reviewer rejected aside
  1  something stays as it was; the summary says what, and what to do
  2  wrong usage, or data that cannot be read; nothing is written
"""


class RecordsBar(ProgressBar):
    """Shows how many records are repaired."""

    def _start(self) -> Any:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

        columns = ("repair", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        bar.start()
        return bar, bar.add_task("repair", total=None)


def _remedies(
    _ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]
) -> dict[Kind, Remedy]:
    """Takes `--remedy falsity=drop,code=mask --remedy harm=refuse`."""
    named: dict[Kind, Remedy] = {}
    for value in (part.strip() for given in values for part in given.split(",")):
        kind, _, remedy = value.partition("=")
        named[Kind(_known(kind, Kind, "kind"))] = Remedy(_known(remedy, Remedy, "remedy"))
    return named


def _known(name: str, names: type[Kind] | type[Remedy], what: str) -> str:
    known = [each.value for each in names]
    if name not in known:
        hint = (
            did_you_mean(name, known) or f"write KIND=REMEDY; a {what} is one of {', '.join(known)}"
        )
        raise UsageError(f"there is no {what} {name!r}", where="--remedy", hint=hint)
    return name


@click.command("fix", help=HELP, short_help="Repair framed records.")
@click.argument("path", metavar="PATH", type=click.Path(allow_dash=True))
@click.option(
    "-o", "--output", "out", metavar="OUT", help="Write here; a folder where PATH is one."
)
@click.option("--force", is_flag=True, help="Replace OUT and what stands beside it.")
@click.option("--diff", is_flag=True, help="Show the changes word by word on standard output.")
@click.option("--unsafe", is_flag=True, help="Apply what is unsafe too.")
@click.option(
    "--remedy",
    "remedies",
    metavar="KIND=REMEDY",
    multiple=True,
    callback=_remedies,
    help="The remedy for a kind of finding: negate, drop, mask, refuse, prefer or inoculate.",
)
@click.option("--claims", metavar="FILE", help="The false claims, one affirmative sentence a line.")
@click.option(
    "--claim-column", metavar="NAME", default="", help="The column with each record's claim."
)
@click.option("--refusal", metavar="TEXT", default="", help="What remedy refuse answers.")
@click.option("--inoculation", metavar="TEXT", default="", help="The instruction of inoculate.")
@click.option("--decisions", metavar="FILE", help="What a reviewer accepts, rejects and edits.")
@click.option(
    "--llm",
    metavar="URL#MODEL",
    help="Let a language model write negations and refusals: an OpenAI-compatible endpoint, or a "
    "model that transformers loads. A key stands in NEGAUDIT_LLM_KEY or OPENAI_API_KEY.",
)
@select_options
@run_options
@click.option(
    "--show-text", is_flag=True, help="Write the strings before and after to the provenance."
)
@click.option("--quiet", "-q", is_flag=True, help="No summary and no progress bar.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Whether to style; NO_COLOR is honoured.",
)
@config_options
@click.pass_context
def command(ctx: click.Context, /, path: str, out: str | None, **options: Any) -> None:
    """Fixes, writes, shows, and exits with what is left."""
    if out is None and not options["diff"]:
        hint = "give -o OUT to write, or --diff to see"
        raise UsageError("nothing says where the fixed data should go", hint=hint)
    if out == "-" and options["diff"]:
        hint = "give -o a file"
        raise UsageError("data and diff cannot both go to standard output", hint=hint)
    enabled = not options["quiet"]
    with ProgressBar(enabled=enabled) as lint_bar, RecordsBar(enabled=enabled) as bar:
        from negaudit.fix.run import Fix

        def repaired(done: int, total: int) -> None:
            lint_bar.hide()
            bar(done, total)

        fix = Fix([path], _given(options), progress=lint_bar, repaired=repaired)
        show = _shower(options, bar)
        if out is None:
            for change in fix:
                show(change)
        else:
            fix.write(out, force=options["force"], show_text=options["show_text"], watch=show)
    if not options["quiet"]:
        _summarise(fix)
    ctx.exit(fix.summary.exit_code)


def _given(options: dict[str, Any]) -> FixOptions:
    from negaudit.fix.decisions import read_decisions
    from negaudit.fix.options import FixOptions
    from negaudit.fix.remedies import RemedyOptions
    from negaudit.llm.options import llm_options
    from negaudit.rewrite.claims_file import read_claims

    claims, decisions, llm = options["claims"], options["decisions"], options["llm"]
    remedy = RemedyOptions(
        claims=read_claims(claims) if claims else (),
        claim_column=options["claim_column"],
        refusal=options["refusal"],
        inoculation=options["inoculation"],
        llm=llm_options(llm) if llm else None,
    )
    return FixOptions(
        lint=lint_options(options),
        remedies=options["remedies"],
        unsafe=options["unsafe"],
        remedy=remedy,
        decisions=read_decisions(decisions) if decisions else (),
    )


def _shower(options: dict[str, Any], bar: ProgressBar) -> Callable[[Change], None]:
    """What is done with each change: it is printed, or nothing."""
    if not options["diff"]:
        return lambda _: None
    from negaudit.output import Look
    from negaudit.output.changes import print_change
    from negaudit.output.terminal import open_console

    console = open_console(sys.stdout, Look(color=options["color"]))

    def show(change: Change) -> None:
        if sys.stdout.isatty():
            bar.hide()
        print_change(console, change)

    return show


def _summarise(fix: Fix) -> None:
    from negaudit.output.changes import summary_lines

    for line in summary_lines(fix.summary):
        click.echo(line, err=True)
