"""`negaudit audit`: lint, fix, probe and report in one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from negaudit.cli.options import config_options, refuse, run_options, select_options
from negaudit.cli.training import probe_options, require_probe, training_options

if TYPE_CHECKING:
    from negaudit.audit import AuditOptions
    from negaudit.report import Audit

__all__ = ["command"]

_FOR_THE_PROBE = ("preset", "heldout", "category", "model", "gpu", "device")

HELP = """Lints, fixes, probes and reports, all in one folder.

DATA is a file or a folder. DIR gets findings.jsonl, statistics.json, the rewritten data with
its provenance, changes.jsonl, results.json and the adapters of the probe, report.html and
summary.md. Run again, it goes on where it was stopped and redoes only what changed.

The probe trains a small model: on two cores without a GPU allow ten minutes for a small data set,
and use --no-probe for an answer in seconds. Without the extra "rewrite" that leaves out the fix,
too, and says so: findings, report and exit code are the same.

\b
Examples:
  negaudit audit data.jsonl --out audit
  negaudit audit data.jsonl --out audit --no-probe
  negaudit audit data.jsonl --out audit --claims claims.txt --preset standard --gpu

\b
Exit codes:
  0  nothing at or above --fail-on was found
  1  something was, or the data amplifies what it warns against
  2  wrong usage, or data, model or disk that cannot be used
"""


@click.command("audit", help=HELP, short_help="Lint, fix, probe and report in one.")
@click.argument("data", metavar="DATA", type=click.Path())
@click.option(
    "--out", metavar="DIR", required=True, type=click.Path(path_type=Path), help="Write here."
)
@click.option("--probe/--no-probe", default=True, help="Whether to train and measure.")
@click.option(
    "--preset",
    type=click.Choice(["quick", "standard", "full"]),
    default="quick",
    show_default=True,
    help="How thoroughly to train.",
)
@click.option("--unsafe", is_flag=True, help="Apply unsafe changes too.")
@training_options
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "note", "never"]),
    default="error",
    show_default=True,
    help="The least severity that makes the exit code 1.",
)
@click.option("--title", metavar="TEXT", default="", help="Heads the report.")
@click.option("--redact", is_flag=True, help="Leave all text of the data out of the report.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary.")
@select_options
@run_options
@config_options
@click.pass_context
def command(ctx: click.Context, /, data: str, out: Path, **options: Any) -> None:
    """Audits, tells what came of it, and exits with the verdict."""
    if options["probe"]:
        require_probe()
    else:
        refuse(ctx, _FOR_THE_PROBE, "--no-probe")
    from negaudit.audit import AuditRun
    from negaudit.cli.group import Complaint
    from negaudit.cli.phases import Phases

    how = "the same command goes on from here"
    with Phases(enabled=not options["quiet"], stopped=lambda: how) as phases:
        run = AuditRun(data, out, _given(options), progress=phases, tell=phases.say)
        audit = run()
    for error in run.errors:
        Complaint(error).show()
    if run.unfixed is not None:
        click.echo(f"left out: the fix; {run.unfixed}", err=True)
    if not options["quiet"]:
        _tell(audit, out)
    ctx.exit(2 if run.errors else _exit_code(audit, options["fail_on"]))


def _given(options: dict[str, Any]) -> AuditOptions:
    from negaudit.audit import AuditOptions
    from negaudit.fix.options import FixOptions

    probe = probe_options(options)
    return AuditOptions(
        fix=FixOptions(lint=probe.lint, unsafe=options["unsafe"], remedy=probe.remedy),
        probe=probe if options["probe"] else None,
        title=options["title"],
        redact=options["redact"],
    )


def _tell(audit: Audit, out: Path) -> None:
    """The headline of the report, and where it is."""
    from negaudit.output.inert import inert
    from negaudit.report.headline import headline

    told = headline(audit)
    click.echo(" ".join(inert(sentence) for sentence in told.sentences))
    for figure in told.figures:
        if figure.number is not None:
            value, interval, basis = figure.number
            click.echo(f"  {inert(figure.name)}: {value} {interval} ({basis})")
    click.echo(f"report: {inert(str(out / 'report.html'))}")
    click.echo(f"next: {inert(told.step.purpose)}")
    if told.step.command:
        click.echo(f"  {inert(told.step.command)}")


def _exit_code(audit: Audit, fail_on: str) -> int:
    from negaudit.records import Severity

    if fail_on == "never":
        return 0
    grave = list(Severity)[: list(Severity).index(Severity(fail_on)) + 1]
    found = any(exhibit.finding.severity in grave for exhibit in audit.findings)
    return 1 if found or _amplifies(audit) else 0


def _amplifies(audit: Audit) -> bool:
    if audit.results is None:
        return False
    from negaudit.probe.verdict import fails

    return fails(audit.results.verdicts, "amplifies")
