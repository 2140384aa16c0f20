"""The PDFs of a publication in their profiles: which are laid out, what becomes of each, whose pages are counted.

Like the pipeline, it imports each stage where it runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher import workspace
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.excerpt import Piece
from publisher.model.profile import ColourProfile, Profile, file_name, points, profile_of
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact, PageStart, PdfArtifact, PdfOutput, PdfRendition, PrintCondition
from publisher.model.settings import Settings

if TYPE_CHECKING:
    from publisher.validate.printer import PageEdges
    from publisher.workers.executor import Executor


@dataclass(frozen=True, slots=True, kw_only=True)
class Pdfs:
    """The PDFs of a publication."""

    publication: Publication
    asked: tuple[Profile, ...]
    """The profiles asked for; none where those of `edition.yaml` are wanted."""
    executor: Executor
    moment: str
    piece: Piece | None = None
    """What of the publication is handed out alone; None where all of it is."""

    @property
    def name(self) -> str:
        """The name of the files."""
        name = self.publication.output.name
        return f"{name}.{self.piece.name}" if self.piece else name

    def made(self, *, counted: bool) -> tuple[tuple[PdfArtifact, ...], tuple[PageStart, ...]]:
        """The files, and where the pages that everybody counts begin; these matter where `counted`."""
        settings = self.publication.output.profiles
        wanted, leading = self.asked or settings.wanted, settings.leading(self.asked)
        finishes = {leading: PdfOutput(name=file_name(self.name, leading))}
        finishes |= {profile: self.finish(profile) for profile in wanted}
        made: dict[Profile, PdfArtifact] = {}
        for layout in self.layouts():
            needed = tuple(profile for profile in layout if profile in wanted or (counted and profile is leading))
            if needed:
                written = self.written(layout[0], tuple(finishes[profile] for profile in needed))
                made.update(zip(needed, written, strict=True))
        starts = made[leading if leading in made else wanted[0]].page_starts
        return tuple(made[profile] for profile in dict.fromkeys(wanted)), starts

    def layouts(self) -> tuple[tuple[Profile, ...], ...]:
        """The profiles, together those that are laid out once: the archive's pages are mostly the screen's."""
        if self.publication.output.looks_alike(Profile.SCREEN, Profile.ARCHIVE):
            return ((Profile.SCREEN, Profile.ARCHIVE), (Profile.PRINT,))
        return tuple((profile,) for profile in Profile)

    def handed_out(self) -> tuple[PdfArtifact, ...]:
        """The files of the piece: in the profiles asked for, but none for the archive, which keeps whole volumes."""
        wanted = (item for item in self.asked or self.publication.output.profiles.wanted if item is not Profile.ARCHIVE)
        profiles = tuple(dict.fromkeys(wanted)) or (Profile.SCREEN,)
        return tuple(self.written(profile, (self.finish(profile),))[0] for profile in profiles)

    def written(self, profile: Profile, finishes: tuple[PdfOutput, ...]) -> tuple[PdfArtifact, ...]:
        """The files that are laid out as one profile is. Raises `PublisherError` where they cannot be made."""
        from publisher.layout.document import write_pdfs
        from publisher.render import render_pdf, undrawn
        from publisher.validate.transparency import trace

        def render(folios: Mapping[str, str], pages: int | None, before: PdfRendition | None) -> PdfRendition:
            return render_pdf(
                self.publication, profile=profile, folios=folios, pages=pages, before=before, piece=self.piece
            )

        try:
            return write_pdfs(render, executor=self.executor, finishes=finishes, moment=self.moment)
        except PublisherError as error:
            found = undrawn(error, self.publication)
            raise trace(found, sheets=self.publication.stylesheets, drawings=self.publication.images) from error

    def finish(self, profile: Profile) -> PdfOutput:
        """What becomes of the laid-out sections in a profile; raises `PublisherError` (L-003) without an ICC one."""
        from publisher.render import attached_sources

        name, standard = file_name(self.name, profile), self.publication.output.pdf_standard
        if profile is Profile.ARCHIVE:
            return PdfOutput(name=name, attachments=attached_sources(self.publication), standard=standard)
        printed = press(self.publication) if profile is Profile.PRINT else None
        return PdfOutput(name=name, press=printed, piece=self.piece, standard=standard)


def press(publication: Publication) -> PrintCondition:
    """What a publication is printed on."""
    printed = publication.output.profiles.printed
    return PrintCondition(
        standard=printed.standard,
        colours=publication.colour_profile or _system_colours(),
        condition=printed.condition,
        inks=printed.inks,
        bleed=points(printed.bleed),
        marks=printed.marks,
    )


def _system_colours() -> ColourProfile:
    """The CMYK profile of this computer; raises `PublisherError` (L-003, exit code 3) where it has none."""
    found = workspace.system_colour_profile()
    if found is None:
        raise PublisherError(
            Diagnostic(
                code="L-003",
                message="no ICC profile is named, and this computer has none for CMYK",
                hint="name the printer's (output: profiles: print: icc: FILE), or: sudo apt-get install libgs-common",
            ),
            exit_code=ExitCode.MISSING,
        )
    shown, content = found
    return ColourProfile(shown=shown, content=content)


def before_layout(publication: Publication, *, asked: tuple[Profile, ...] = ()) -> tuple[Diagnostic, ...]:
    """S-018 for the profiles asked for, else those of `edition.yaml`, and D-030.

    Raises `PublisherError` if margins leave no room for text (S-015).
    """
    from publisher import render
    from publisher.layout.weasyprint.sources import changed_engine

    profiles = asked or publication.output.profiles.wanted
    return (
        *changed_engine(),
        *render.unread_lines(publication, profiles),
        *render.crowded_margins(publication, profiles),
        *_of_printer(publication),
    )


def _of_printer(publication: Publication) -> tuple[Diagnostic, ...]:
    """U-010 to U-014 if a printer is named."""
    if publication.printer is None:
        return ()
    from publisher.validate.printer import settings_faults

    return tuple(settings_faults(publication, publication.printer, _page_edges(publication, pages=1)))


def _page_edges(publication: Publication, *, pages: int) -> PageEdges:
    """How far print is from the edges of the printer's pages, in a book of so many pages."""
    from publisher.render.edges import edges
    from publisher.validate.printer import PageEdges

    found = edges(publication, profile=Profile.PRINT, pages=pages)
    return PageEdges(inside=found.inside, outside=found.outside, top=found.top, bottom=found.bottom)


def unbindable(made: tuple[PdfArtifact, ...], publication: Publication) -> tuple[Diagnostic, ...]:
    """U-011 and U-013 if a printer is named: what the number of pages needs, of those for print if they were made."""
    counts = {
        profile_of(pdf_artifact.artifact.name, name=publication.output.name): len(pdf_artifact.page_starts)
        for pdf_artifact in made
    }
    pages = next((counts[profile] for profile in (Profile.PRINT, Profile.SCREEN) if profile in counts), None)
    if publication.printer is None or pages is None:
        return ()
    from publisher.validate.printer import page_faults

    thinnest, own = (_page_edges(publication, pages=count) for count in (1, pages))
    return tuple(page_faults(publication, publication.printer, pages=pages, thinnest=thinnest, edges=own))


def unreadable(made: tuple[PdfArtifact, ...], publication: Publication, settings: Settings) -> tuple[Diagnostic, ...]:
    """Return what is wrong with words on pages: no one can read them (D-020, D-021), or they are divided (P-020).

    And pages of other sizes (D-022).
    """
    if not made:
        return ()
    from publisher.validate.laid_out import divided_words, misplaced_words, other_sizes

    source = settings.source
    found = [*misplaced_words((words for item in made for words in item.misplaced), publication, source)]
    for pdf_artifact in made:
        profile = profile_of(pdf_artifact.artifact.name, name=publication.output.name)
        output = publication.made_for(profile).output
        size = points(output.page_width), points(output.page_height)
        found += other_sizes(pdf_artifact.sizes, publication, source, size=size)
    return (*found, *divided_words((word for item in made for word in item.divided), publication, source))


def left_to_engine(made: tuple[PdfArtifact, ...]) -> Iterator[str]:
    """Yield a line for each file that says why paragraphs of it were broken line by line, not as wholes."""
    for pdf_artifact in made:
        if pdf_artifact.left:
            reasons = ", ".join(f"{count} with {reason}" for reason, count in pdf_artifact.left)
            yield f"{pdf_artifact.artifact.name}: paragraphs broken line by line: {reasons}"


def demand_printable(publication: Publication, artifacts: tuple[Artifact, ...]) -> None:
    """Raises `PublisherError` with what the preflight finds in the file for the printer; exit code 5."""
    from publisher.preflight import preflight

    printed = publication.output.profiles.printed
    for artifact in artifacts:
        if profile_of(artifact.name, name=publication.output.name) is Profile.PRINT:
            preflight(
                artifact.content, name=artifact.name, least_bleed=points(printed.bleed), standard=printed.standard
            )


def coarse_pictures(
    publication: Publication, artifacts: tuple[Artifact, ...], settings: Settings
) -> tuple[Diagnostic, ...]:
    """Return a warning for each picture in the file for the printer that has too few pixels for its size."""
    printed = [
        artifact for artifact in artifacts if profile_of(artifact.name, name=publication.output.name) is Profile.PRINT
    ]
    if not printed or all(image.is_drawing for image in publication.images):
        return ()
    from publisher.proof import coarse

    return tuple(
        fault for artifact in printed for fault in coarse(artifact.content, publication, limits=settings.proof)
    )
