"""The argument that says what to build: a folder with `edition.yaml`, or one with `reader.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.workspace import Folder, NotThere, OutsideFolder
from publisher.workspace.errors import files_error

FILES = ("edition.yaml", "reader.yaml")
"""What makes a folder an edition or a course reader."""
USUAL = (Path(), Path("book"))
"""Where an edition is looked for if no folder is named."""

Callback = TypeVar("Callback", bound=Callable[..., Any])


def folder_argument(command: Callback) -> Callback:
    """The command with its argument DIR, which it gets as a `Folder` named `folder`."""
    return click.argument(
        "folder",
        metavar="[DIR]",
        required=False,
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        callback=edition_folder,
    )(command)


def edition_folder(context: click.Context, parameter: click.Parameter, path: Path | None) -> Folder:
    """The folder named, else the usual one; raises `UsageError` where there is nothing to build in it."""
    for candidate in (path,) if path else USUAL:
        if holds_either(candidate):
            return Folder(candidate)
    if path:
        raise click.BadParameter(f"{path} has no {' and no '.join(FILES)}.", ctx=context, param=parameter)
    raise click.UsageError(
        f"No edition here: neither this folder nor its folder 'book' has {' or '.join(FILES)}.\n"
        "Name the edition's folder, or start one with 'publisher init DIR'.",
        ctx=context,
    )


def holds_either(path: Path) -> bool:
    """Whether a folder has an edition or a course reader."""
    return any(_holds(path, name) for name in FILES)


def _holds(path: Path, name: str) -> bool:
    """Whether a folder has a file of that name; raises `PublisherError` if something else has its name."""
    folder = Folder(path)
    try:
        folder.locate(name)
    except NotThere as error:
        if error.instead:
            raise files_error(
                "O-001", f"{folder.shown(name)} cannot be read: it is {error.instead}, not a file"
            ) from error
        return False
    except OutsideFolder as error:
        message = f"{folder.shown(name)} is a link to a file outside of its folder"
        raise PublisherError(Diagnostic(code="E-011", message=message, hint="copy the file into the folder")) from error
    return True
