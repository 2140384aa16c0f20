"""`publisher lsp`: the language server for text editors."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "--tcp", is_flag=True, help="Wait for one editor on 127.0.0.1 instead of using standard input and output."
)
@click.option("--port", type=click.IntRange(min=1, max=65535), default=2087, show_default=True, help="With --tcp.")
def lsp(tcp: bool, port: int) -> None:
    """Serve a text editor by the Language Server Protocol.

    Editors start this command; you do not call it yourself. It reports mistakes while you type, shows the
    note about words and the words of a note, completes ids, references and keys, goes to what a name leads
    to, renames ids, and offers fixes. docs/editors.md has the settings of VS Code, Vim, Emacs and Zed.

    \b
    Examples:
      publisher lsp
      publisher lsp --tcp --port 2087
    """
    from publisher.lsp.server import create_server

    server = create_server()
    if tcp:
        server.start_tcp("127.0.0.1", port)
    else:
        server.start_io()
