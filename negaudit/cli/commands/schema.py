"""`negaudit schema`: the JSON Schemas of what negaudit writes."""

from __future__ import annotations

import click

__all__ = ["command"]

HELP = """Prints a JSON Schema (draft 2020-12) of what negaudit writes.

\b
  finding     one line of `lint --format jsonl`
  findings    the document of `lint --format json`
  statistics  the document of `lint --statistics --format json`
  baseline    the file of `baseline create`
  change      one line of the provenance sidecar of `fix`
  mask        one line of the spans sidecar of `fix --remedy KIND=mask`
  decisions   what `fix --decisions` reads and the report exports
  probe       results.json of `probe`
  control     a run of the probe's positive control, kept with a model

\b
Example:
  negaudit schema finding > finding.schema.json

\b
Exit codes:
  0  printed
  2  wrong usage
"""

# Not taken from `negaudit.schemas.contract`, which imports all of the types.
NAMES = [
    "baseline",
    "change",
    "control",
    "decisions",
    "finding",
    "findings",
    "mask",
    "probe",
    "statistics",
]


@click.command("schema", help=HELP, short_help="Print the JSON Schema of an output.")
@click.argument("name", metavar="NAME", type=click.Choice(NAMES))
def command(name: str) -> None:
    """Prints a schema that ships with negaudit."""
    from negaudit.schemas import shipped

    click.echo(shipped(name), nl=False)
