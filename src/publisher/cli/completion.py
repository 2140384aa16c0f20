"""`publisher completion`: the script that completes commands in a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script that completes commands in a shell.

    Commands, options, formats, folders and codes are completed with the Tab key.

    \b
    Examples:
      publisher completion bash > ~/.local/share/bash-completion/completions/publisher
      publisher completion zsh > ~/.zfunc/_publisher
      publisher completion fish > ~/.config/fish/completions/publisher.fish

    For zsh, the folder must be one of $fpath: `fpath+=~/.zfunc` before `compinit` in ~/.zshrc.
    """
    kind = get_completion_class(shell)
    assert kind is not None
    script = kind(click.Command("publisher"), {}, "publisher", "_PUBLISHER_COMPLETE")
    click.echo(script.source())
