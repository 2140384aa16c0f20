"""The text of an edition and the sha256 that was recorded of it, read even if other parts of the edition are wrong."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from publisher.diagnostics import PublisherError, Source
from publisher.load.config.edition_keys import EditionKeys, PlacedSource
from publisher.load.config.settings import edition_values
from publisher.load.edition import NAME
from publisher.load.findings import Findings
from publisher.load.loading import Loading
from publisher.load.manuscript import all_notes, text_of
from publisher.load.yaml.schema import Values
from publisher.load.yaml.types import Placed
from publisher.model.apparatus import Note
from publisher.model.text import Text
from publisher.workspace import Folder, RememberedFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What an edition has recorded of its text, and the text."""

    folder: Folder
    settings: Source
    """`edition.yaml`."""
    settings_content: bytes
    file: Placed
    digest: Placed | None
    """The recorded sha256 as it is written; None if there is none."""
    content: bytes
    """The bytes of the text's file."""
    text: Text
    source: PlacedSource
    notes: tuple[Note, ...]
    """The notes that can be read."""

    def text_from(self, content: bytes) -> Text | None:
        """Return what the text would be if its file had other bytes; None if they are no text."""
        return text_of(content, self.source, _quiet(self.folder))


def load_recorded(folder: Folder) -> Recorded:
    """Return the text of the edition in a folder with its record.

    Raises `PublisherError` if `edition.yaml`, its `source` or the text cannot be read; everything else may be wrong.
    """
    loading = Loading(folder=RememberedFolder(folder.root))
    content = loading.demand_settings(NAME, hint="name the folder of an edition")
    settings = loading.decode(content, name=NAME)
    given = None if settings is None else edition_values(settings, findings=loading.findings)
    if settings is None or given is None or not given[EditionKeys.source].file.text:
        raise PublisherError(*dict.fromkeys(loading.findings.diagnostics))
    source = given[EditionKeys.source]
    loading.findings = Findings()
    read = loading.read(source.file)
    text = None if read is None else text_of(read, source, loading)
    if read is None or text is None or loading.findings.diagnostics:
        raise PublisherError(*dict.fromkeys(loading.findings.diagnostics))
    return Recorded(
        folder=folder,
        settings=settings,
        settings_content=content,
        file=source.file,
        digest=source.digest,
        content=read,
        text=text,
        source=source,
        notes=_notes(given, folder),
    )


def _notes(given: Values, folder: Folder) -> tuple[Note, ...]:
    return all_notes(given, _quiet(folder))


def _quiet(folder: Folder) -> Loading:
    """A pass through the folder whose findings are not reported."""
    return Loading(folder=RememberedFolder(folder.root))


def text_file(folder: Folder) -> Path | None:
    """Return the path of the text that `edition.yaml` in a folder names; None if that cannot be read."""
    loading = _quiet(folder)
    try:
        settings = loading.decode(loading.demand_settings(NAME, hint=""), name=NAME)
    except PublisherError:
        return None
    given = None if settings is None else edition_values(settings, findings=loading.findings)
    return (
        None
        if given is None or not given[EditionKeys.source].file.text
        else folder.root / given[EditionKeys.source].file.text
    )
