"""An edition's folder to an edition: every file is read, and whatever is wrong is told at once."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.load.agreements import agreement
from publisher.load.altered import AlteredText, is_all
from publisher.load.colour_profile import profile_fault
from publisher.load.cover import cover
from publisher.load.decode import decode
from publisher.load.edition_keys import (
    AGREEMENTS,
    BACK,
    BOOK_NUMBER,
    COVER,
    FRONT,
    OUTPUT,
    PAGES,
    REFERENCES,
    SERIES,
    SOURCE,
    PlacedSource,
)
from publisher.load.fields import Values
from publisher.load.findings import Findings, suggestion
from publisher.load.images import images
from publisher.load.kinds import Placed
from publisher.load.markdown import markdown
from publisher.load.notes import notes
from publisher.load.page_map import page_map
from publisher.load.plain import plain_text
from publisher.load.references import references
from publisher.load.settings import edition_values, settings
from publisher.model.agreement import Agreement
from publisher.model.apparatus import Note
from publisher.model.block import Figure
from publisher.model.edition import Edition, Matter, Pages, SourceFile, Typeface
from publisher.model.page_map import NAME as PAGE_MAP
from publisher.model.page_map import PageMap
from publisher.model.profile import ColourProfile
from publisher.model.reference import Reference
from publisher.model.text import Text
from publisher.workspace import Folder, NotThere, OutsideFolder, RememberedFolder

NAME = "edition.yaml"


@dataclass(slots=True, kw_only=True)
class Loading:
    """One pass through a folder."""

    folder: RememberedFolder
    findings: Findings = field(default_factory=Findings)
    figures: list[Figure] = field(default_factory=list)

    def source(self, placed: Placed) -> Source | None:
        """A file that edition.yaml names; None after noting why it cannot be read."""
        content = self.read(placed)
        return None if content is None else self.decode(content, name=placed.text)

    def decode(self, content: bytes, *, name: str) -> Source | None:
        """The text of a file; None after noting why it is none."""
        return decode(content, name=self.folder.shown(name), findings=self.findings)

    def read(self, placed: Placed) -> bytes | None:
        """The bytes of a file that edition.yaml names. Notes E-010 (not there) and E-011 (outside the folder)."""
        if not placed.text:
            return None
        try:
            return self.folder.read(placed.text)
        except OutsideFolder:
            self.note_outside(placed)
        except NotThere:
            self.note_missing(placed)
        return None

    def note_outside(self, placed: Placed) -> None:
        """Nothing; the error is noted."""
        self.findings.error(
            "E-011",
            f"“{placed.text}” lies outside the edition's folder",
            span=placed.span,
            hint="copy the file into the folder and name it from there, with /",
        )

    def note_missing(self, placed: Placed) -> None:
        """Nothing; the error is noted, with the nearest name."""
        suffix = PurePosixPath(placed.text).suffix
        there = self.folder.matching(f"**/*{suffix}") if re.fullmatch(r"\.\w+", suffix) else ()
        self.findings.error(
            "E-010",
            f"there is no file “{placed.text}”",
            span=placed.span,
            hint=suggestion(placed.text, there) if there else "write the file, or correct the name",
        )

    def files(self) -> tuple[SourceFile, ...]:
        """Every file that was read, in the order of their names."""
        found = sorted(self.folder.contents.items())
        return tuple(SourceFile(path=path, content=content) for path, content in found)


def load_edition(folder: Folder, *, freezing: bool = False) -> Edition:
    """The edition in a folder; where its pages are to be frozen anew, without the map that may be there.

    Raises `PublisherError` with every diagnostic about every file: E-001 … E-014, T-001 … T-005, M-001 … M-011,
    N-002, N-006 … N-011, N-014, A-001 … A-003, R-001 … R-004, I-001 … I-007, G-001 … G-003, G-008, J-001, J-007,
    S-014, S-016; exit code 4 where a file cannot be read. Where T-004 is all, the error holds the edition
    (`AlteredText`).
    """
    loading = Loading(folder=RememberedFolder(folder.root))
    source = _edition_yaml(loading)
    given = None if source is None else edition_values(source, findings=loading.findings)
    if source is None or given is None:
        raise PublisherError(*loading.findings.diagnostics)
    edition = _edition(given, source=source, loading=loading)
    if freezing:
        _note_not_frozen(given[PAGES], loading, source)
    else:
        edition = replace(edition, page_map=_page_map(given[PAGES], loading))
    edition = replace(edition, files=loading.files())
    if is_all(loading.findings.diagnostics):
        raise AlteredText(*loading.findings.diagnostics, edition=edition)
    loading.findings.settle()
    return edition


def _edition_yaml(loading: Loading) -> Source | None:
    try:
        content = loading.folder.read(NAME)
    except (NotThere, OutsideFolder) as error:
        raise PublisherError(
            Diagnostic(
                code="E-001",
                message=f"there is no {loading.folder.shown(NAME)}",
                hint="name the folder of an edition, or begin one with: publisher init DIR",
            )
        ) from error
    return loading.decode(content, name=NAME)


def _edition(given: Values, *, source: Source, loading: Loading) -> Edition:
    _note_repeats(given, loading)
    text = _text(given[SOURCE], loading)
    front, back = (_matter(given[key], loading) for key in (FRONT, BACK))
    found = _notes(given, loading)
    files = _agreement_files(given[AGREEMENTS], loading)
    return Edition(
        settings=settings(
            given,
            agreements=tuple(file.text for file in files),
            name=loading.folder.root.resolve().name,
            source=source,
        ),
        text=text or Text(title=(), blocks=(), plain="", source=source),
        front=front,
        back=back,
        notes=found,
        agreements=_agreements(files, loading),
        references=_references(given[REFERENCES], loading),
        images=images(loading.figures, folder=loading.folder, findings=loading.findings),
        templates=brought("templates/**/*.j2", loading),
        stylesheets=brought("styles/**/*.css", loading),
        typefaces=typefaces(loading),
        cover=cover(given[COVER], loading, isbn=given[BOOK_NUMBER], settings=source),
        colour_profile=colour_profile(given[OUTPUT].icc, loading),
    )


def colour_profile(placed: Placed | None, loading: Loading) -> ColourProfile | None:
    """The ICC profile that edition.yaml names. Notes E-014 where nothing can be printed with it."""
    content = None if placed is None else loading.read(placed)
    if placed is None or content is None:
        return None
    fault = profile_fault(content)
    if fault:
        hint = "ask the printer for the ICC profile of press and paper; the file often ends in .icc"
        loading.findings.error("E-014", f"“{placed.text}” {fault}", span=placed.span, hint=hint)
    return ColourProfile(shown=placed.text, content=content, span=placed.span)


def typefaces(loading: Loading) -> tuple[Typeface, ...]:
    """The font files that the edition brings, in the order of their names."""
    kinds = (("otf", "font/otf"), ("ttf", "font/ttf"))
    found = ((name, kind) for suffix, kind in kinds for name in loading.folder.matching(f"fonts/**/*.{suffix}"))
    read = ((name, kind, loading.read(Placed(name))) for name, kind in sorted(found))
    return tuple(
        Typeface(path=loading.folder.shown(name), media_type=kind, content=content)
        for name, kind, content in read
        if content is not None
    )


def brought(pattern: str, loading: Loading) -> tuple[Source, ...]:
    """The templates or style sheets that the edition brings, in the order of their names."""
    sources = (loading.source(Placed(name)) for name in loading.folder.matching(pattern))
    return tuple(source for source in sources if source is not None)


def _text(placed: PlacedSource, loading: Loading) -> Text | None:
    """The text itself. Notes T-004 where its digest is not the one recorded, E-007 where its kind is not known."""
    content = loading.read(placed.file)
    if content is None:
        return None
    digest = hashlib.sha256(content).hexdigest()
    if placed.digest.text and placed.digest.text.lower() != digest:
        loading.findings.error(
            "T-004",
            f"{placed.file.text} is not the text that was recorded: its sha256 is {digest}, not {placed.digest.text}",
            span=placed.digest.span,
            hint=f"restore the file; or, if it is right as it is, write sha256: {digest}",
        )
    source = loading.decode(content, name=placed.file.text)
    if source is None:
        return None
    match PurePosixPath(placed.file.text).suffix.lower():
        case ".txt":
            first = placed.provenance.first_paragraph_is_title
            return plain_text(source, first_paragraph_is_title=first, findings=loading.findings)
        case ".md":
            return markdown(source, figures=loading.figures, findings=loading.findings)
        case _:
            loading.findings.error(
                "E-007",
                f"“{placed.file.text}” is neither plain text nor Markdown",
                span=placed.file.span,
                hint="name it .txt or .md",
            )
            return None


def _matter(names: tuple[Placed, ...], loading: Loading) -> tuple[Matter, ...]:
    sources = ((placed, loading.source(placed)) for placed in names)
    return tuple(
        Matter(id=_stem(placed), text=markdown(source, figures=loading.figures, findings=loading.findings))
        for placed, source in sources
        if source is not None
    )


def _stem(placed: Placed) -> str:
    """The file's name as an id: without folder and extension, letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", PurePosixPath(placed.text).stem).strip("-").lower() or "matter"


def _notes(given: Values, loading: Loading) -> tuple[Note, ...]:
    sources = ((series, loading.source(series.file)) for series in given[SERIES])
    return tuple(
        note
        for series, source in sources
        if source is not None
        for note in notes(source, series=series.id.text, figures=loading.figures, findings=loading.findings)
    )


def _agreement_files(wanted: tuple[Placed, ...], loading: Loading) -> tuple[Placed, ...]:
    """The files that a pattern or a list names. Notes E-013 where a pattern fits no file."""
    files: list[Placed] = []
    for placed in wanted:
        if not any(sign in placed.text for sign in "*?["):
            files.append(placed)
            continue
        try:
            found = loading.folder.matching(placed.text)
        except OutsideFolder:
            loading.note_outside(placed)
            continue
        except ValueError:
            found = ()
        if not found:
            loading.findings.error(
                "E-013",
                f"no file fits “{placed.text}”",
                span=placed.span,
                hint="write agreements/*.md, or delete the key",
            )
        files.extend(Placed(name, placed.span) for name in found)
    return tuple({file.text: file for file in files}.values())


def _agreements(files: tuple[Placed, ...], loading: Loading) -> tuple[Agreement, ...]:
    sources = (loading.source(file) for file in files)
    found = (
        agreement(source, figures=loading.figures, findings=loading.findings)
        for source in sources
        if source is not None
    )
    return tuple(entry for entry in found if entry is not None)


def _references(placed: Placed | None, loading: Loading) -> tuple[Reference, ...]:
    source = None if placed is None else loading.source(placed)
    return () if source is None else references(source, findings=loading.findings)


def _page_map(pages: Placed, loading: Loading) -> PageMap | None:
    """The pages of the printed book, where they are frozen. Notes G-001 where there is no map."""
    if pages.text != Pages.FROZEN:
        return None
    try:
        content = loading.folder.read(PAGE_MAP)
    except (NotThere, OutsideFolder):
        loading.findings.error(
            "G-001",
            f"the pages are frozen, and there is no {PAGE_MAP} beside edition.yaml",
            span=pages.span,
            hint="restore the file; or write it with the build that goes to print: publisher build --freeze-pages",
        )
        return None
    source = loading.decode(content, name=PAGE_MAP)
    return None if source is None else page_map(source, findings=loading.findings)


def _note_not_frozen(pages: Placed, loading: Loading, source: Source) -> None:
    """Nothing. Notes G-008 where pages are to be frozen and edition.yaml does not say that they are."""
    if pages.text != Pages.FROZEN:
        loading.findings.error(
            "G-008",
            "the pages are to be frozen, and edition.yaml does not say so",
            span=pages.span or source.line_span(1),
            hint="add the line “pages: frozen” to edition.yaml, then build again",
        )


def _note_repeats(given: Values, loading: Loading) -> None:
    """Nothing. Notes E-012 where two series have one id, or where a file is named twice."""
    series, matter = given[SERIES], (*given[FRONT], *given[BACK])
    for what, names in (
        ("two series have the id", [one.id for one in series]),
        ("the file is named twice:", [one.file for one in series]),
        ("two files of matter have the name", [Placed(_stem(one), one.span) for one in matter]),
    ):
        first: dict[str, Placed] = {}
        for placed in names:
            if placed.text in first and placed.text:
                earlier = first[placed.text].span
                loading.findings.error(
                    "E-012",
                    f"{what} “{placed.text}”",
                    span=placed.span,
                    hint="change one of the two, or delete it",
                    related=() if earlier is None else (("first here", earlier),),
                )
            first.setdefault(placed.text, placed)
