"""`publisher cite`: where words stand, and how they are cited."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

import click
from click.shell_completion import CompletionItem

from publisher.cli.diagnostics_output import OutputOptions, output_options, progress_for
from publisher.cli.edition_folder import folder_argument
from publisher.diagnostics import PublisherError
from publisher.workspace import Folder

if TYPE_CHECKING:
    from publisher.cache.builds import CachedBuild
    from publisher.cite import Cited


class CitationFormat(StrEnum):
    """How a place and a citation are printed."""

    TEXT = "text"
    BIBTEX = "bibtex"
    CSL_JSON = "csl-json"
    JSON = "json"


def _styles(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """The citation styles that begin like this."""
    from publisher.compose.citations import known_styles

    return [CompletionItem(name) for name in known_styles() if name.startswith(incomplete)]


@click.command()
@click.argument("words")
@folder_argument
@click.option("--nth", type=click.IntRange(min=1), help="Which place is meant, if the words occur in several.")
@click.option("--prefix", default="", metavar="WORDS", help="Words directly before those that are meant.")
@click.option("--suffix", default="", metavar="WORDS", help="Words directly after them.")
@click.option(
    "--style",
    metavar="NAME",
    shell_complete=_styles,
    help="The CSL style of the citation: apa, ieee, … Without it: the citation-style in edition.yaml.",
)
@click.option(
    "--format",
    "kind",
    type=click.Choice([str(form) for form in CitationFormat]),
    default=str(CitationFormat.TEXT),
    show_default=True,
    help="Everything as lines or as JSON, or the edition's record for a list of references.",
)
@click.option(
    "--epub",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The finished EPUB in which the words are located. Without it: the one in the folder output, if it is proved.",
)
@click.option("--anew", is_flag=True, help="Use no finished EPUB: lay out the pages as a build would now.")
@output_options
def cite(
    words: str,
    folder: Folder,
    nth: int | None,
    prefix: str,
    suffix: str,
    style: str | None,
    kind: str,
    epub: Path | None,
    anew: bool,
    display: OutputOptions,
) -> None:
    """Print the place of words in an edition, and a citation of them.

    WORDS are words of the text, of a note or of anything else that the edition prints, in quotation
    marks, letter for letter; only white space may differ. DIR is the folder with edition.yaml;
    without it, the current folder or its folder `book`.

    The command prints the number of the paragraph, the page of the PDF (or of the printed book, if its
    pages are frozen), the EPUB CFI, the place in the source, and a citation with its entry for the
    list of references. If the words are missing or in several places, the exit status is 1, and the
    nearest text or all places are printed. docs/citing.md has the details.

    \b
    Examples:
      publisher cite "presidents and prime ministers"
      publisher cite "the people" --nth 2 --style apa
      publisher cite "the people" my-edition --prefix "in the name of"
      publisher cite "the people" --format bibtex >> references.bib
    """
    from publisher.cite import Request
    from publisher.cite import cite as located
    from publisher.doctor import demand_libraries
    from publisher.model.apparatus import Selector

    if epub and anew:
        raise click.UsageError("`--epub` uses a finished EPUB, and `--anew` uses none: give one of the two.")
    demand_libraries()
    if style:
        _demand_style(style)
    request = Request(selector=Selector(exact=words, prefix=prefix, suffix=suffix), nth=nth, epub=epub, anew=anew)
    known = None if anew else _usual_build(folder, strict=display.strict)
    cited, _ = located(folder, request, strict=display.strict, progress=progress_for(display), known=known)
    printed = _format_citation(cited, CitationFormat(kind), style=style)
    click.echo(printed)


def _usual_build(folder: Folder, *, strict: bool) -> CachedBuild | None:
    """The usual build of the edition, if nothing has changed since; None if there is none in a safe cache."""
    from publisher.cache.builds import BuildCache, BuildKey
    from publisher.cache.folder import cache_problem
    from publisher.cache.store import user_builds

    if cache_problem(folder.root) is not None:
        return None
    return BuildCache(results=user_builds()).lookup(BuildKey(folder=folder, strict=strict))


def _demand_style(style: str) -> None:
    """Nothing; raises `PublisherError` (R-010) where there is no citation style of that name."""
    from publisher.compose.citations import Style

    try:
        Style(name=style).text()
    except PublisherError as error:
        hints = (
            (diagnostic, (diagnostic.hint or "").replace("citation-style: ", "--style: "))
            for diagnostic in error.diagnostics
        )
        raise PublisherError(
            *(replace(diagnostic, hint=hint) for diagnostic, hint in hints), exit_code=error.exit_code
        ) from error


def _format_citation(cited: Cited, form: CitationFormat, *, style: str | None) -> str:
    """The words with their place and their citation in a format."""
    from publisher.cite import formats

    match form:
        case CitationFormat.TEXT:
            return formats.text(cited, style=style)
        case CitationFormat.BIBTEX:
            return formats.bibtex_entry(cited)
        case CitationFormat.CSL_JSON:
            return formats.csl_json(cited)
        case CitationFormat.JSON:
            return formats.json_object(cited, style=style)
        case _:
            assert_never(form)
