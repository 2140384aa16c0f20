"""The text of an edition and the sha256 that was recorded of it, read even if other parts of the edition are wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from publisher.diagnostics import PublisherError, Source
from publisher.load.config.edition_keys import EditionKeys, PlacedSeries, PlacedSource
from publisher.load.config.settings import edition_values
from publisher.load.edition import NAME
from publisher.load.findings import Findings
from publisher.load.loading import Loading
from publisher.load.manuscript import all_notes
from publisher.load.source_text import read_files, text_of
from publisher.load.yaml.schema import Values
from publisher.model.apparatus import Note
from publisher.model.text import Text
from publisher.workspace import Folder, RememberedFolder, digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What an edition has recorded of its text, and the text."""

    folder: Folder
    settings: Source
    """`edition.yaml`."""
    settings_content: bytes
    contents: tuple[bytes, ...]
    """The bytes of each file of the text."""
    text: Text
    source: PlacedSource
    notes: tuple[Note, ...]
    """The notes that can be read."""
    series: tuple[PlacedSeries, ...] = ()
    """The series of notes, as `edition.yaml` declares them."""

    @property
    def notes_on_text(self) -> tuple[Note, ...]:
        """The notes about the text: those about front and back matter, agreements, notes and footnotes are others."""
        return tuple(note for note in self.notes if note.place is None)

    @property
    def digests(self) -> tuple[str, ...]:
        """The sha256 that are recorded, of all files together or of each."""
        return () if self.source.digests is None else self.source.digests.texts

    @property
    def current(self) -> tuple[str, ...]:
        """What they would be now: one of all files together if one is recorded, else one of each."""
        return tuple(digest(content) for _, content in self.stretches)

    @property
    def stretches(self) -> tuple[tuple[str, bytes], ...]:
        """What a sha256 is recorded of: a name and the bytes."""
        digests = self.source.digests
        if digests is None or not digests.is_list:
            return ((self.source.name, b"".join(self.contents)),)
        return tuple((file.text, content) for file, content in zip(self.source.files, self.contents, strict=True))

    @property
    def is_current(self) -> bool:
        """Whether the text is the one that is recorded."""
        return self.digests == self.current

    def text_from(self, contents: tuple[bytes, ...]) -> Text | None:
        """Return what the text would be if its files had other bytes; None if they are no text."""
        return text_of(contents, self.source, _quiet(self.folder))


def load_recorded(folder: Folder) -> Recorded:
    """Return the text of the edition in a folder with its record.

    Raises `PublisherError` if `edition.yaml`, its `source` or the text cannot be read; everything else may be wrong.
    """
    loading = Loading(folder=RememberedFolder(folder.root))
    content = loading.demand_settings(NAME, hint="name the folder of an edition")
    settings = loading.decode(content, name=NAME)
    given = None if settings is None else edition_values(settings, findings=loading.findings)
    if settings is None or given is None or not given[EditionKeys.source].files:
        raise PublisherError(*dict.fromkeys(loading.findings.diagnostics))
    source = given[EditionKeys.source]
    loading.findings = Findings()
    read = read_files(source, loading)
    text = None if read is None else text_of(read, source, loading)
    if read is None or text is None or loading.findings.diagnostics:
        raise PublisherError(*dict.fromkeys(loading.findings.diagnostics))
    return Recorded(
        folder=folder,
        settings=settings,
        settings_content=content,
        contents=read,
        text=text,
        source=source,
        notes=_notes(given, folder),
        series=given[EditionKeys.series],
    )


def _notes(given: Values, folder: Folder) -> tuple[Note, ...]:
    return all_notes(given, _quiet(folder))


def _quiet(folder: Folder) -> Loading:
    """A pass through the folder whose findings are not reported."""
    return Loading(folder=RememberedFolder(folder.root))


def text_files(folder: Folder) -> tuple[Path, ...]:
    """Return the paths of the texts that `edition.yaml` in a folder names; none if that cannot be read."""
    loading = _quiet(folder)
    try:
        settings = loading.decode(loading.demand_settings(NAME, hint=""), name=NAME)
    except PublisherError:
        return ()
    given = None if settings is None else edition_values(settings, findings=loading.findings)
    return () if given is None else tuple(folder.root / file.text for file in given[EditionKeys.source].files)
