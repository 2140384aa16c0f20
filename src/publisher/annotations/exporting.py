"""The notes of the edition in a folder as annotations, with places in its finished EPUB."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from publisher.annotations.edition import located_notes
from publisher.annotations.remark import Located
from publisher.annotations.writing import annotation_set, web_annotations
from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.cite.epub import finish
from publisher.diagnostics import Diagnostic, Severity
from publisher.diagnostics.progress import NO_PROGRESS, Progress
from publisher.epub.read.book import open_book
from publisher.epub.write.zip import Entry, seal, unseal
from publisher.model.edition import AnnotatedEdition
from publisher.model.publication import Metadata
from publisher.model.target import Audience, Target, is_for
from publisher.workspace import Folder, moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The annotations of an edition."""

    name: str
    """What the files of the edition are called."""
    metadata: Metadata
    digest: str
    """The sha256 of the text."""
    notes: tuple[Located, ...]
    epub: bytes
    """The EPUB in which they have their places."""
    warnings: tuple[Diagnostic, ...]

    @property
    def annotation_set(self) -> bytes:
        """The notes as EPUB Annotations."""
        return annotation_set(self.notes, self.metadata, digest=self.digest)

    @property
    def web_annotations(self) -> bytes:
        """The notes as Web Annotations."""
        return web_annotations(self.notes, self.metadata, digest=self.digest)


def export(
    folder: Folder, *, epub: Path | None, target: Target, strict: bool = False, progress: Progress = NO_PROGRESS
) -> Exported:
    """The notes of the edition in a folder as a copy for the audience has them.

    Raises `PublisherError` if the edition has errors, or if the EPUB that was named is of another edition.
    """
    checked = pipeline.check(BuildRequest(folder=folder, target=target, strict=strict, progress=progress))
    annotated = checked.annotated
    assert isinstance(annotated, AnnotatedEdition)
    publication = pipeline.compose_edition(
        checked, formats=checked.formats, moment=moment(checked.settings.date), target=target, progress=progress
    )
    made = finish(folder, publication, epub=epub, anew=False, target=target, progress=progress)
    provenance = publication.metadata.provenance
    return Exported(
        name=publication.output.name,
        metadata=publication.metadata,
        digest=provenance.sha256,
        notes=located_notes(annotated, publication, open_book(made.content), audience=target.audience),
        epub=made.content,
        warnings=(*checked.warnings, *_left_out(annotated, target.audience)),
    )


def _left_out(annotated: AnnotatedEdition, audience: Audience) -> tuple[Diagnostic, ...]:
    """K-010 about the notes of a copy that are about other parts of it than the text."""
    notes = [note for note in annotated.notes if note.place is not None and is_for(audience, note.audience)]
    if not notes:
        return ()
    count = "a note is" if len(notes) == 1 else f"{len(notes)} notes are"
    return (
        Diagnostic(
            code="K-010",
            message=f"{count} not among the annotations: about another part than the text, or another note",
            severity=Severity.WARNING,
            span=notes[0].span,
            hint="annotations are about words of the text; `publisher export docx` has every note",
        ),
    )


def embed_annotations(epub: bytes, annotations: bytes, *, name: str) -> bytes:
    """The EPUB with a set of annotations in META-INF, where the draft puts it."""
    entries = list(unseal(epub))
    return seal((*entries, Entry(name=f"META-INF/{name}.annotations", content=annotations)))
