"""An edition: a work's text with its apparatus, agreements and matter, as loaded from a folder."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.diagnostics import Source, Span
from publisher.model.agreement import Agreement
from publisher.model.apparatus import Anchor, Note
from publisher.model.assets import Image, SourceFile, Typeface
from publisher.model.cover import NO_COVER, Cover
from publisher.model.inline import Reference
from publisher.model.page import PageMap
from publisher.model.printer import Printer
from publisher.model.profile import ColourProfile
from publisher.model.settings import Settings
from publisher.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A document of front or back matter by the editors."""

    id: str
    """From its file name: `introduction`."""
    text: Text

    def names(self, settings: Settings) -> tuple[str, ...]:
        """What notes call it: its id, and its file as `edition.yaml` names it."""
        shown = f"/{self.text.source.name}"
        files = [name for name in (*settings.front, *settings.back) if shown.endswith(f"/{name}")]
        return (self.id, *sorted(files, key=len)[-1:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Everything of one edition's folder."""

    settings: Settings
    text: Text
    front: tuple[Matter, ...]
    back: tuple[Matter, ...]
    notes: tuple[Note, ...]
    """Series by series in the order of `edition.yaml`, within one in the order of its file."""
    agreements: tuple[Agreement, ...]
    references: tuple[Reference, ...]
    images: tuple[Image, ...]
    templates: tuple[Source, ...] = ()
    """Templates of the edition's own, by their names below `templates/`; each represents the one of that name."""
    stylesheets: tuple[Source, ...] = ()
    """Style sheets of the edition's own, by their names below `styles/`, after the built-in ones."""
    typefaces: tuple[Typeface, ...] = ()
    """The font files below `fonts/`, in the order of their names."""
    page_map: PageMap | None = None
    """The pages of the printed book, where they are frozen."""
    cover: Cover = NO_COVER
    printer: Printer | None = None
    """Who prints it; None if no one is named."""
    colour_profile: ColourProfile | None = None
    """What it is printed with; None where `edition.yaml` names none."""
    orphans: tuple[Span, ...] = ()
    """The headings of notes that have lost their words, in files of their own."""
    files: tuple[SourceFile, ...] = ()
    """Every file that was read, in the order of their names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedEdition:
    """An edition whose notes have found their places."""

    edition: Edition
    anchors: tuple[Anchor, ...]
    """One for each lemma of the notes on the text, ordered by call, then start, then wider first, then series."""
    elsewhere: tuple[Anchor, ...] = ()
    """Those of the notes on front and back matter, agreements, other notes and the author's footnotes."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes that have a place, each once."""
        return tuple({anchor.note.id: anchor.note for anchor in (*self.anchors, *self.elsewhere)}.values())
