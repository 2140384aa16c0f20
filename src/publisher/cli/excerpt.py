"""A piece of a volume instead of all of it: `--reading` and `--section`."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from functools import wraps

import click

from publisher.build.request import BuildRequest
from publisher.model.excerpt import UnknownPiece, Wanted
from publisher.model.profile import Profile
from publisher.model.target import Format


def piece_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options that name a piece; it gets them as one argument, `wanted`, None without either."""

    @click.option(
        "--reading",
        metavar="N",
        help="Of a course reader: the PDF of this reading alone, with the page numbers that it has in the volume. "
        "Its number, from 1, or its slug.",
    )
    @click.option(
        "--section", metavar="ID", help="The PDF of this section alone, likewise: introduction, text, agreements …"
    )
    @wraps(command)
    def with_piece(*, reading: str | None, section: str | None, **others: object) -> None:
        if reading is not None and section is not None:
            raise click.UsageError("--reading and --section each name one piece: give one of them.")
        named = reading is not None or section is not None
        command(wanted=Wanted(reading=reading, section=section) if named else None, **others)

    return with_piece


def demand_handed_out(request: BuildRequest) -> None:
    """Raise `UsageError` if something is asked for that a piece has not."""
    from publisher.build.sources import is_reader

    if request.excerpt is not None and request.excerpt.reading is not None and not is_reader(request.folder):
        raise click.UsageError("--reading is for course readers; of an edition, name a section: --section text.")
    if set(request.formats) - {Format.PDF}:
        raise click.UsageError("A piece is handed out as a PDF: the EPUB is one book, and its page list that of all.")
    if Profile.ARCHIVE in request.profiles:
        raise click.UsageError("A piece is for the screen or for print: an archive keeps the whole volume.")
    if request.freezing:
        raise click.UsageError("--freeze-pages keeps the pages of a whole volume: leave --reading and --section out.")


def unknown(error: UnknownPiece) -> click.UsageError:
    """What is said where there is no such piece: the nearest name, and all of them."""
    choices, numbered = error.choices, error.wanted.reading is not None
    asked = (error.wanted.reading or error.wanted.section or "").lower()
    near = get_close_matches(asked, [choice.name for choice in choices], n=1)
    kind = "reading" if numbered else "section"
    hint = f" Did you mean “{near[0]}”?" if near else ""
    rows = (
        f"  {f'{number}  ' if numbered else ''}{choice.name}: {choice.label}"
        for number, choice in enumerate(choices, start=1)
    )
    return click.UsageError("\n".join((f"There is no {kind} “{error}”.{hint} There are:", *rows)))
