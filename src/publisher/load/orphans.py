"""Notes that have lost their words: in a file next to that of their series, where `publisher reanchor` puts them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import PurePosixPath

from publisher.diagnostics import Source, Span
from publisher.load.config.edition_keys import EditionKeys
from publisher.load.loading import Loading
from publisher.load.note_sections import note_headings
from publisher.load.yaml.schema import Values
from publisher.workspace import Folder, NotThere, OutsideFolder


def orphans_file(series_file: str) -> str:
    """The file of the notes of a series that have lost their words: `notes/editorial.orphans.md`."""
    path = PurePosixPath(series_file)
    return path.with_name(f"{path.stem}.orphans{path.suffix}").as_posix()


def orphans(given: Values, loading: Loading) -> tuple[Span, ...]:
    """The headings of the notes that have lost their words; their files are not part of the edition, or of archives."""
    folder = Folder(loading.folder.root, loading.folder.archive)
    found: list[Span] = []
    for series in given[EditionKeys.series]:
        name = orphans_file(series.file.text) if series.file.text else ""
        with suppress(NotThere, OutsideFolder):
            content = folder.read(name) if name else b""
            source = Source(name=folder.shown(name), text=content.decode("utf-8", "replace"))
            found += (source.line_span(source.position(at)[0]) for at in note_headings(source.text))
    return tuple(found)
