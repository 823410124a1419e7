"""`negaudit completion`: the script that lets a shell complete commands and options."""

from __future__ import annotations

import click

__all__ = ["command"]

HELP = """Prints a script that lets your shell complete commands, options and their values.

\b
Examples:
  negaudit completion bash > ~/.local/share/bash-completion/completions/negaudit
  negaudit completion zsh > ~/.zfunc/_negaudit
  negaudit completion fish > ~/.config/fish/completions/negaudit.fish

For the shell at hand alone: eval "$(negaudit completion bash)". A folder for zsh has to stand in
its fpath.

\b
Exit codes:
  0  printed
  2  wrong usage
"""


@click.command("completion", help=HELP, short_help="Print the completion script of a shell.")
@click.argument("shell", metavar="SHELL", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Prints what click generates for the shell."""
    from click.shell_completion import get_completion_class

    root = ctx.find_root()
    completion = get_completion_class(shell)
    assert completion is not None
    click.echo(completion(root.command, {}, "negaudit", "_NEGAUDIT_COMPLETE").source())
