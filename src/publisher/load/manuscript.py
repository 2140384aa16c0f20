"""The manuscript: the text, matter, notes, agreements and references that edition.yaml names."""

from __future__ import annotations

import re
import shlex
from dataclasses import replace
from pathlib import PurePosixPath

from publisher.diagnostics import PublisherError, Span
from publisher.load.agreements import agreement
from publisher.load.config.edition_keys import HEXADECIMAL, EditionKeys, PlacedSource
from publisher.load.loading import Loading
from publisher.load.markdown.document import markdown
from publisher.load.markdown.plain_text import plain_text
from publisher.load.notes import notes
from publisher.load.references import references
from publisher.load.same_words import same_words
from publisher.load.yaml.schema import Values
from publisher.load.yaml.types import Placed, short
from publisher.model.agreement import Agreement
from publisher.model.apparatus import AUTHOR_SERIES, Note
from publisher.model.edition import Matter
from publisher.model.reference import Reference
from publisher.model.text import Text
from publisher.workspace import OutsideFolder
from publisher.workspace.session import record_text


def main_text(placed: PlacedSource, loading: Loading) -> Text | None:
    """The text itself. Notes what `_note_digest` notes, and E-007 where its kind is not known."""
    content = loading.read(placed.file)
    if content is None:
        if placed.digest is None:
            note_missing_digest(placed, None, loading)
        return None
    _note_digest(content, placed, loading)
    return text_of(content, placed, loading)


def text_of(content: bytes, placed: PlacedSource, loading: Loading) -> Text | None:
    """Return the text that bytes hold, read as the source's file is; None after noting why there is none."""
    source = loading.decode(content, name=placed.file.text)
    if source is None:
        return None
    match PurePosixPath(placed.file.text).suffix.lower():
        case ".txt":
            return plain_text(
                source,
                first_paragraph_is_title=placed.provenance.first_paragraph_is_title,
                paragraphs_end=placed.provenance.paragraphs,
                findings=loading.findings,
            )
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


def _note_digest(content: bytes, placed: PlacedSource, loading: Loading) -> None:
    """Record an error if the sha256 is missing (E-004), malformed (E-007) or another one than the file's (T-004)."""
    name = placed.file.text
    digest = loading.folder.digest_of(name, content)
    if placed.digest is None:
        note_missing_digest(placed, digest, loading)
        return
    recorded, span = placed.digest.text.lower(), placed.digest.span
    if recorded == digest:
        if not loading.folder.is_cut(name):
            record_text(digest, content)
    elif not HEXADECIMAL.fullmatch(recorded):
        message = f"“{short(placed.digest.text)}” is not a sha256, which has 64 digits and letters a–f"
        _note_record("E-007", message, span=span, hint=f"write sha256: {digest}", loading=loading)
    else:
        same = same_words(content, recorded)
        but = f": {same} changed, and no word did" if same else ""
        message = f"{name} is not the text that was recorded{but} (its sha256 is {digest}, not {recorded})"
        command = f"publisher accept {shown_folder(loading)}"
        hint = f"restore the file; or, if it is right as it is, run {command}, or write sha256: {digest}"
        _note_record("T-004", message, span=span, hint=hint, loading=loading)


def note_missing_digest(placed: PlacedSource, digest: str | None, loading: Loading) -> None:
    """Record E-004 for a source without sha256; the hint has the line to paste, if the file can be read."""
    message = "“sha256” is missing: the sha256 of the text's file, so that no letter changes unseen"
    hint = "once the file is there, run: publisher accept"
    if digest:
        hint = f"add the line “sha256: {digest}”, or run: publisher accept {shown_folder(loading)}"
    _note_record("E-004", message, span=placed.span, hint=hint, loading=loading)


def _note_record(code: str, message: str, *, span: Span | None, hint: str, loading: Loading) -> None:
    loading.findings.error(code, message, span=span, hint=hint)
    loading.about_record.append(loading.findings.diagnostics[-1])


def shown_folder(loading: Loading) -> str:
    """Return the edition's folder as an argument of a command."""
    return shlex.quote(loading.folder.shown(""))


def matters(names: tuple[Placed, ...], loading: Loading) -> tuple[Matter, ...]:
    """The documents of front or back matter, in order."""
    sources = ((placed, loading.source(placed)) for placed in names)
    return tuple(
        Matter(id=stem(placed), text=markdown(source, figures=loading.figures, findings=loading.findings))
        for placed, source in sources
        if source is not None
    )


def stem(placed: Placed) -> str:
    """The file's name as an id: without folder and extension, letters, digits and hyphens."""
    return re.sub(r"[^A-Za-z0-9]+", "-", PurePosixPath(placed.text).stem).strip("-").lower() or "matter"


def all_notes(given: Values, loading: Loading) -> tuple[Note, ...]:
    """The notes of every series, in order."""
    sources = ((series, loading.source(series.file)) for series in given[EditionKeys.series])
    return tuple(
        note
        for series, source in sources
        if source is not None
        for note in notes(source, series=series.id.text, figures=loading.figures, findings=loading.findings)
    )


def agreement_files(wanted: tuple[Placed, ...], loading: Loading) -> tuple[Placed, ...]:
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
        except PublisherError as error:
            loading.findings.diagnostics += (replace(one, span=placed.span) for one in error.diagnostics)
            continue
        if not found:
            loading.findings.error(
                "E-013",
                f"no file fits “{placed.text}”",
                span=placed.span,
                hint="put files there whose names fit, or delete the key",
            )
        files.extend(Placed(name, placed.span) for name in found)
    return tuple({file.text: file for file in files}.values())


def all_agreements(files: tuple[Placed, ...], loading: Loading) -> tuple[Agreement, ...]:
    """The agreements in these files."""
    sources = (loading.source(file) for file in files)
    found = (
        agreement(source, figures=loading.figures, findings=loading.findings)
        for source in sources
        if source is not None
    )
    return tuple(entry for entry in found if entry is not None)


def all_references(placed: Placed | None, loading: Loading) -> tuple[Reference, ...]:
    """The references in a file; none without one."""
    source = None if placed is None else loading.source(placed)
    return () if source is None else references(source, findings=loading.findings)


def note_repeats(given: Values, loading: Loading) -> None:
    """Note E-012 if two series have one id, a series that of the author's footnotes, or a file is named twice."""
    series, matter = given[EditionKeys.series], (*given[EditionKeys.front], *given[EditionKeys.back])
    for one in series:
        if one.id.text == AUTHOR_SERIES:
            message = f"the id “{AUTHOR_SERIES}” is that of the author’s own footnotes"
            hint = "choose another id for this series, such as editor"
            loading.findings.error("E-012", message, span=one.id.span, hint=hint)
    for what, names in (
        ("two series have the id", [one.id for one in series]),
        ("the file is named twice:", [one.file for one in series]),
        ("two files of matter have the name", [Placed(stem(one), one.span) for one in matter]),
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
