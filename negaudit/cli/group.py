"""A group of commands that loads each when it is called, and turns errors into exit codes."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import IO, Any

import click

from negaudit.errors import InputError, NegauditError, UsageError
from negaudit.nearest import did_you_mean
from negaudit.output.inert import inert
from negaudit.version import VERSION

__all__ = ["COMMANDS", "Commands", "Complaint"]

# In the order in which --help lists them; each is a module of negaudit.cli.commands that
# holds a click command called `command`.
COMMANDS = (
    "audit",
    "lint",
    "baseline",
    "fix",
    "negate",
    "probe",
    "proxy",
    "report",
    "rules",
    "rule",
    "shapes",
    "config",
    "schema",
    "completion",
)

_INTERRUPTED = 130
_BROKEN_PIPE = 141


class Complaint(click.ClickException):
    """A deliberate error, shown without a traceback; exits with 2."""

    exit_code = 2

    def __init__(self, error: NegauditError) -> None:
        super().__init__(error.message)
        self.error = error

    def show(self, file: IO[Any] | None = None) -> None:
        """Prints what is wrong, where, and what to do next, to standard error."""
        where = f"{inert(self.error.where)}: " if self.error.where else ""
        message = inert(self.error.message, newline="\n  ")
        click.echo(f"error: {where}{message}", file=file, err=True)
        if self.error.hint:
            click.echo(f"  next: {inert(self.error.hint)}", file=file, err=True)


class Commands(click.Group):
    """The commands of negaudit."""

    def __init__(self, name: str, help: str) -> None:  # noqa: A002
        super().__init__(
            name=name, help=help, context_settings={"help_option_names": ["-h", "--help"]}
        )
        click.version_option(VERSION, prog_name=name)(self)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Loads a command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"negaudit.cli.commands.{cmd_name}")
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Finds the command that is called; an unknown one is refused with the nearest."""
        if args[0] not in COMMANDS:
            advice = did_you_mean(args[0], COMMANDS) or f"use one of {', '.join(COMMANDS)}"
            raise UsageError(f"there is no command {args[0]!r}", hint=advice)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs a command; its errors become messages and exit codes."""
        try:
            return super().invoke(ctx)
        except NegauditError as error:
            raise Complaint(error) from error
        except BrokenPipeError as error:
            # Python would complain of the closed pipe again when it flushes at its end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise click.exceptions.Exit(_BROKEN_PIPE) from error
        except OSError as error:
            # Such as a disk that is full: exit code 1 would say that something was found.
            raise Complaint(_of_system(error)) from error
        except KeyboardInterrupt as error:
            raise click.exceptions.Exit(_INTERRUPTED) from error


def _of_system(error: OSError) -> InputError:
    hint = "check that the file or folder is there, may be used, and has space"
    return InputError(error.strerror or str(error), where=str(error.filename or ""), hint=hint)
