"""`publisher fonts`: the fonts of an edition, and open fonts for the scripts that it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.cli.edition_folder import edition_folder
from publisher.diagnostics import ExitCode
from publisher.workspace import Folder

if TYPE_CHECKING:
    from publisher.fonts.families import Family
    from publisher.fonts.installed import InstalledFamily
    from publisher.fonts.packages import OpenFont
    from publisher.model.assets import Typeface
    from publisher.model.edition import Edition
    from publisher.validate.glyphs import Missing

SUGGEST = "suggest"
SHOWN = 8
"""How many scripts of a family, and characters of a script, are shown."""


@click.command()
@click.argument("words", metavar="[suggest] [DIR]", nargs=-1)
@click.option("--copy", is_flag=True, help="With suggest: copy the fonts that are installed into fonts/.")
@click.pass_context
def fonts(context: click.Context, words: tuple[str, ...], copy: bool) -> None:
    """List the fonts of an edition, or suggest open ones for what it lacks.

    Without more, the families in the folder fonts/ are listed: their faces, how many characters of
    each script they have, and what their licences say of embedding. DIR is the folder with
    edition.yaml or reader.yaml; without it, the current folder or its folder `book`.

    With `suggest`, an open font and its package in Debian and Ubuntu are named for each script of
    which the edition has characters without a glyph. With --copy, such fonts are copied into fonts/
    if they are installed on this computer and state an open licence; no file is replaced. The exit
    status is 3 if --copy leaves a script without a font.

    \b
    Examples:
      publisher fonts
      publisher fonts suggest my-edition
      publisher fonts suggest my-edition --copy
    """
    wants = words[:1] == (SUGGEST,)
    rest = words[1:] if wants else words
    if len(rest) > 1:
        raise click.UsageError(f"Got unexpected extra argument ({rest[1]})", ctx=context)
    if copy and not wants:
        raise click.UsageError("--copy goes with suggest: publisher fonts suggest --copy", ctx=context)
    path = Path(rest[0]) if rest else None
    if path and not path.is_dir():
        raise click.UsageError(f"There is no folder {path}.", ctx=context)
    folder = edition_folder(context, next(iter(context.command.params)), path)
    if not wants:
        _list(_own(folder).typefaces)
        return
    lacking = [_suggest(item, edition, copy=copy) for item, edition in _editions(folder)]
    if copy and any(lacking):
        context.exit(ExitCode.MISSING)


def provide_fonts(folder: Folder) -> None:
    """Copy installed open fonts for the scripts that an edition lacks into its folder `fonts`; prints what it does.

    Nothing is done for an edition that cannot be read.
    """
    from publisher.diagnostics import PublisherError
    from publisher.render.builtin import text_face
    from publisher.validate.glyphs import missing_characters

    try:
        edition = _own(folder)
        if missing_characters(edition, house=text_face()):
            _suggest(folder, edition, copy=True)
    except PublisherError:
        return


def _own(folder: Folder) -> Edition:
    """The edition in a folder, or what its reader has of its own."""
    from publisher.load import AlteredText, load_edition
    from publisher.load.reader import load_reader

    if folder.matching("reader.yaml"):
        return load_reader(folder).own
    try:
        return load_edition(folder)
    except AlteredText as error:
        return error.edition


def _editions(folder: Folder) -> Iterator[tuple[Folder, Edition]]:
    """The editions whose characters are looked at, with their folders; those of a reader too, each once."""
    from dataclasses import replace

    from publisher.load.reader import load_reader
    from publisher.model.reader import DocumentBody, EditionBody

    if not folder.matching("reader.yaml"):
        yield folder, _own(folder)
        return
    reader = load_reader(folder)
    yield folder, reader.own
    bodies = [reading.body for reading in reader.readings]
    for body in (body for body in bodies if isinstance(body, DocumentBody)):
        yield folder, replace(body.edition, typefaces=reader.own.typefaces)
    paths = {Path(body.folder).resolve(): Path(body.folder) for body in bodies if isinstance(body, EditionBody)}
    for path in paths.values():
        yield Folder(path), _own(Folder(path))


def _list(typefaces: Sequence[Typeface]) -> None:
    from publisher.fonts.families import families
    from publisher.render.builtin import FONTS

    found = families(typefaces)
    for family in found:
        click.echo("\n".join(_describe(family)))
    for typeface in typefaces:
        if typeface.fault:
            click.echo(f"{typeface.path} {typeface.fault}")
    if not typefaces:
        click.echo("There is no font in the folder fonts/.")
    names = dict.fromkeys("Source Serif Pro" if "Serif" in name else "Source Sans Pro" for _, name in FONTS)
    click.echo(f"Families of the program: {', '.join(names)}")


def _describe(family: Family) -> Iterator[str]:
    """The lines about a family."""
    yield family.name
    for family_face in family.faces:
        face = family_face.face
        axes = "".join(f", {tag} {place:g}" for tag, place in face.axes)
        slope = " italic" if face.is_italic else ""
        width = "" if face.width == 5 else f", width {face.width}"
        yield f"  face: {face.style} (weight {face.weight}{slope}{width}{axes}) in {family_face.typeface.path}"
    for file in dict.fromkeys(item.typeface for item in family.faces):
        for axis in file.axes:
            yield f"  axis: {axis.tag} {axis.least:g} to {axis.most:g}, default {axis.default:g}"
        if file.instances:
            yield f"  instances: {', '.join(file.instances)}"
    yield f"  scripts: {_coverage(family.characters)}"
    yield f"  licence: {_licence(family)}"


def _coverage(characters: frozenset[int]) -> str:
    """The scripts of some characters, those with most first."""
    from collections import Counter

    from publisher.fonts.scripts import COMMON, INHERITED, script_name, script_of

    counts = Counter(script_of(chr(code)) for code in characters)
    named = [(code, count) for code, count in counts.most_common() if code not in (COMMON, INHERITED, "Zzzz")]
    shown = [f"{script_name(code)} ({code}) {count:,}" for code, count in named[:SHOWN]]
    more = [f"and {len(named) - SHOWN} more"] if len(named) > SHOWN else []
    return ", ".join((*shown, *more)) or "signs alone"


def _licence(family: Family) -> str:
    from publisher.fonts.licences import open_licence
    from publisher.fonts.subset import NO_SUBSETTING
    from publisher.validate.fonts import is_restricted

    stated = [face.face.licence for face in family.faces if face.face.licence]
    bits = {face.face.embedding for face in family.faces}
    name = next(filter(None, map(open_licence, stated)), None) or ("another one" if stated else "none stated")
    if any(map(is_restricted, bits)):
        return f"{name}; may not be embedded without permission (F-011)"
    whole = "; may be embedded only whole" if any(bit & NO_SUBSETTING for bit in bits) else "; may be embedded"
    return f"{name}{whole} (fsType {', '.join(f'{bit:#06x}' for bit in sorted(bits))})"


def _suggest(folder: Folder, edition: Edition, *, copy: bool) -> bool:
    """Whether a script of an edition is left without a font; prints what is suggested and what was copied."""
    from publisher.fonts.installed import families_with
    from publisher.fonts.packages import open_font
    from publisher.render.builtin import text_face
    from publisher.validate.glyphs import missing_characters
    from publisher.workspace.font_files import font_files

    missing = missing_characters(edition, house=text_face())
    if not missing:
        click.echo(f"{folder.shown('.')}: the fonts have every character.")
        return False
    wanted = {script: frozenset(ord(item.character) for item in found) for script, found in missing.items()}
    paths, lacking = font_files(), False
    for script, characters in wanted.items():
        found = families_with(characters, paths)
        click.echo(f"{folder.shown('.')}: {_lack(script, missing)}")
        chosen = _choose(found, open_font(script), len(characters))
        lacking = chosen is None or lacking
        if chosen is not None and copy:
            _copy(chosen, folder)
    return lacking


def _lack(script: str, missing: Mapping[str, Sequence[Missing]]) -> str:
    from publisher.fonts.scripts import letters_of

    letters = list(dict.fromkeys(item.character for item in missing[script]))
    more = " …" if len(letters) > SHOWN else ""
    return f"{letters_of(script)} without a glyph ({script}): {' '.join(letters[:SHOWN])}{more}"


def _choose(found: Sequence[InstalledFamily], suggested: OpenFont | None, count: int) -> InstalledFamily | None:
    """The installed family to take; None if none has every character. Prints it, and what is suggested."""
    from publisher.fonts.installed import best_of

    best = best_of(found, suggested) if found else None
    best = best if best is not None and best.count == count else None
    if best is not None:
        place = ", ".join(dict.fromkeys(str(path.parent) for path in best.files))
        click.echo(f"  installed: {best.name} ({best.licence}) in {place}")
    if suggested is None:
        click.echo("" if best else "  no open font is known here that has them; put one into fonts/", nl=not best)
    elif best is None or best.name.casefold() != suggested.family.casefold():
        click.echo(f"  suggested: {suggested.family} ({suggested.licence}): sudo apt install {suggested.package}")
    return best


def _copy(family: InstalledFamily, folder: Folder) -> None:
    """Copy the files of a family into the folder `fonts`; a file that is there stays as it is."""
    from publisher.workspace import commit, read_file
    from publisher.workspace.output_path import Purpose

    there = {name.rpartition("/")[2] for name in folder.matching("fonts/*")}
    files = [(path.name, read_file(path)) for path in family.files if path.name not in there]
    for path in commit.commit_files(folder.root / "fonts", files, purpose=Purpose.NEW) if files else ():
        click.echo(f"  copied: {path}")
