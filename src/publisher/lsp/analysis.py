"""What is known of an edition or a course reader as its files are in the editor, saved or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from publisher.annotate.locate import Locations
from publisher.build import staged
from publisher.build.request import BuildRequest
from publisher.diagnostics import Diagnostic, PublisherError, Span
from publisher.model.agreement import Agreement
from publisher.model.apparatus import Anchor, Note
from publisher.model.edition import AnnotatedEdition, Edition
from publisher.model.inline import Reference
from publisher.model.reader import AnnotatedReader
from publisher.workspace import Folder
from publisher.workspace.session import new_session

FILES = ("edition.yaml", "reader.yaml")
"""What makes a folder an edition or a course reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedAnchor:
    """An anchor of a note with the place of its words in the file of the text."""

    anchor: Anchor
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Analysis:
    """An edition or a reader, as far as it can be read, and everything that is reported of it."""

    root: Path
    diagnostics: tuple[Diagnostic, ...] = ()
    editions: tuple[Edition, ...] = ()
    """The edition, or those of a reader; of the last analysis without errors if this one has some."""
    anchors: tuple[PlacedAnchor, ...] = ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes of all editions."""
        return tuple(note for edition in self.editions for note in edition.notes)

    @property
    def references(self) -> tuple[Reference, ...]:
        """The references of all editions, each key once."""
        return tuple(
            {reference.key: reference for edition in self.editions for reference in edition.references}.values()
        )

    @property
    def agreements(self) -> tuple[Agreement, ...]:
        """The agreements of all editions, each id once."""
        return tuple(
            {agreement.id: agreement for edition in self.editions for agreement in edition.agreements}.values()
        )


def root_of(path: Path) -> Path | None:
    """The folder of the edition or reader that a file belongs to; None if it belongs to none."""
    for folder in path.parents:
        if any((folder / name).is_file() for name in FILES):
            return folder
    return None


def analyse(
    root: Path,
    *,
    unsaved: Mapping[Path, bytes],
    before: Analysis | None = None,
    parsed: dict[Any, object] | None = None,
) -> Analysis:
    """Check the edition or reader in a folder, with what editors hold of its files in place of the files.

    What only an edition without errors has (the places of notes) is taken from the analysis before if there are errors.
    `parsed` remembers the files that were parsed.
    """
    request = BuildRequest(folder=Folder(root))
    with new_session(unsaved=unsaved, parsed=parsed):
        try:
            checked = staged.prepare(request)
            if checked.publication is not None and checked.publication.templates:
                checked = staged.draft_edition(checked, request).checked
        except PublisherError as error:
            found = before or Analysis(root=root)
            return Analysis(root=root, diagnostics=error.diagnostics, editions=found.editions, anchors=found.anchors)
    annotated = _editions(checked.annotated)
    return Analysis(
        root=root,
        diagnostics=checked.warnings,
        editions=tuple(annotated_edition.edition for annotated_edition in annotated) + _own(checked.annotated),
        anchors=tuple(placed for annotated_edition in annotated for placed in _place(annotated_edition)),
    )


def _editions(annotated: AnnotatedEdition | AnnotatedReader) -> tuple[AnnotatedEdition, ...]:
    if isinstance(annotated, AnnotatedReader):
        return tuple(edition for _, edition in annotated.editions)
    return (annotated,)


def _own(annotated: AnnotatedEdition | AnnotatedReader) -> tuple[Edition, ...]:
    """The matter of a reader itself, which has its references."""
    return (annotated.reader.own,) if isinstance(annotated, AnnotatedReader) else ()


def _place(annotated: AnnotatedEdition) -> tuple[PlacedAnchor, ...]:
    locations = Locations(annotated.edition.text)
    return tuple(
        PlacedAnchor(anchor=anchor, span=locations.span(anchor.start, anchor.end)) for anchor in annotated.anchors
    )
