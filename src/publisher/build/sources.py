"""The sources of a volume read and checked: an edition with its notes in their places, or a reader with its editions.

Like the pipeline, it imports each stage where it runs.
"""

from __future__ import annotations

from dataclasses import replace

from publisher.build.checked import Checked
from publisher.build.request import BuildRequest
from publisher.build.severity import demand
from publisher.diagnostics import Diagnostic, PublisherError
from publisher.diagnostics.sink import Look, Sink
from publisher.model.edition import AnnotatedEdition, Edition
from publisher.model.target import Copy
from publisher.workspace import Folder


def is_reader(folder: Folder) -> bool:
    """Whether a folder holds a course reader."""
    return bool(folder.matching("reader.yaml"))


def read_sources(request: BuildRequest, sink: Sink) -> Checked:
    """Return the edition or reader in a folder, with its notes in their places.

    Raises `PublisherError` if an error was reported.
    """
    if is_reader(request.folder):
        return _reader(request, sink)
    return Checked(folder=request.folder, annotated=read_edition(request, sink))


def _reader(request: BuildRequest, sink: Sink) -> Checked:
    """The reader in a folder, with all its editions."""
    from publisher.build.reader import check_reader
    from publisher.validate.orphans import orphans_given_away

    def read(folder: Folder, of_edition: Sink) -> AnnotatedEdition:
        target = replace(request.target, copy=None)
        return read_edition(replace(request, folder=folder, target=target, freezing=False), of_edition)

    annotated = check_reader(request.folder, sink, read=read, copy=request.target.copy)
    sink.waive(annotated.reader.course.waivers)
    if annotated.reader.course.copy is Copy.DISTRIBUTION:
        sink.report(
            *(diagnostic for _, edition in annotated.editions for diagnostic in orphans_given_away(edition.edition))
        )
    sink.complete(Look.EDITION, Look.NOTES)
    demand(sink)
    return Checked(folder=request.folder, annotated=annotated)


def read_edition(request: BuildRequest, sink: Sink) -> AnnotatedEdition:
    """Return the edition in a folder, with its notes in their places.

    Raises `PublisherError` if an error was reported.
    """
    from publisher import annotate

    with request.progress.stage("Reading the edition"):
        edition, altered = _load(request)
    sink.waive(edition.settings.waivers)
    sink.report(*altered)
    with request.progress.stage("Checking what it refers to"):
        _validate(edition, sink)
        if request.target.copy is Copy.DISTRIBUTION:
            sink.report(*_given_away(edition))
        sink.complete(Look.EDITION)
    with request.progress.stage("Placing the notes"):
        annotated = annotate.annotate(edition)
    sink.report(*annotate.crossings((*annotated.anchors, *annotated.elsewhere)))
    sink.complete(Look.NOTES)
    demand(sink)
    return annotated


def _validate(edition: Edition, sink: Sink) -> None:
    """Report what is wrong or doubtful in an edition before its notes are placed."""
    from publisher import validate
    from publisher.render.builtin import text_face
    from publisher.validate.covers import check_cover
    from publisher.validate.drawn_words import check_drawn_words
    from publisher.validate.fonts import check_fonts
    from publisher.validate.glyphs import check_glyphs

    sink.report(*validate.warnings(edition))
    with sink.collecting():
        validate.validate(edition)
    sink.report(*check_fonts(edition), *check_glyphs(edition, house=text_face()), *check_cover(edition))
    sink.report(*check_drawn_words(edition, house=text_face()))


def _given_away(edition: Edition) -> tuple[Diagnostic, ...]:
    """What may not be in a copy for distribution."""
    from publisher.validate.orphans import orphans_given_away

    return tuple(orphans_given_away(edition))


def _load(request: BuildRequest) -> tuple[Edition, tuple[Diagnostic, ...]]:
    """The edition in a folder; if its text is not the one that was recorded, with the error that ends the run later."""
    from publisher import load

    try:
        return load.load_edition(request.folder, freezing=request.freezing), ()
    except load.AlteredText as error:
        return error.edition, _with_changes(error, request.folder)
    except PublisherError as error:
        raise PublisherError(*_with_changes(error, request.folder), exit_code=error.exit_code) from error


def _with_changes(error: PublisherError, folder: Folder) -> tuple[Diagnostic, ...]:
    """The diagnostics of an error; that of a text which is not the recorded one with what changed in it."""
    from publisher.revision.report import with_changes

    return with_changes(error.diagnostics, folder)
