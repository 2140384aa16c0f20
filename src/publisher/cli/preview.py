"""`publisher preview`: the edition in a browser, as its files are."""

from __future__ import annotations

from pathlib import Path

import click

from publisher.cli.edition_folder import folder_argument
from publisher.cli.target import target_options
from publisher.model.target import Target
from publisher.workspace import Folder, here


@click.command()
@folder_argument
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, metavar="NUMBER", help="The port.  [a free one, by chance]"
)
@click.option("--no-browser", is_flag=True, help="Print the address, and open no browser.")
@target_options
def preview(folder: Folder, port: int, no_browser: bool, target: Target) -> None:
    """Show an edition or a course reader in the browser, and follow its files.

    DIR is the folder with edition.yaml, or with reader.yaml; without it, the current folder or its
    folder `book`. The page has the text with its notes, errors at their words, the pages of the PDF
    with the findings of `publisher proof`, and the EPUB. After each change of a file it is made again.
    To write a note, select words on the page. docs/preview.md describes the page.

    Only this computer can reach the page, with the address that is printed. Files are changed only at
    your request, and output files are not written. Ctrl-C ends the preview.

    \b
    Examples:
      publisher preview
      publisher preview my-edition
      publisher preview my-reader --audience instructor
      publisher preview my-edition --no-browser --port 8000
    """
    from publisher.doctor import demand_libraries
    from publisher.preview.serving import Preview, serve
    from publisher.workspace.listening import listen, new_token, open_browser
    from publisher.workspace.tempdir import scratch_folder

    demand_libraries()

    def opened(address: str) -> None:
        seen = not no_browser and open_browser(address)
        click.echo(f"Preview of {folder.name}: {address}")
        if not seen and not no_browser:
            click.echo("No browser was found: open this address in one.", err=True)
        click.echo("Press Ctrl-C to end it.", err=True)

    with listen(port) as listening, scratch_folder() as scratch:
        serve(
            Preview(
                root=Path(here(), folder.root),
                where=here(),
                scratch=scratch,
                listening=listening,
                token=new_token(),
                request={"audience": str(target.audience), "copy": str(target.copy) if target.copy else None},
            ),
            opened=opened,
        )
    click.echo("The preview has ended.", err=True)
