"""The manuscript: the text, matter, notes, agreements and references that edition.yaml names."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from pathlib import PurePosixPath

from publisher.diagnostics import PublisherError
from publisher.load.agreements import agreement
from publisher.load.edition_keys import BACK, FRONT, SERIES
from publisher.load.fields import Values
from publisher.load.kinds import Placed
from publisher.load.loading import Loading
from publisher.load.markdown import markdown
from publisher.load.notes import notes
from publisher.load.plain import plain_text
from publisher.load.references import references
from publisher.load.source_keys import PlacedSource
from publisher.model.agreement import Agreement
from publisher.model.apparatus import Note
from publisher.model.edition import Matter
from publisher.model.reference import Reference
from publisher.model.text import Text
from publisher.workspace import OutsideFolder


def main_text(placed: PlacedSource, loading: Loading) -> Text | None:
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
    sources = ((series, loading.source(series.file)) for series in given[SERIES])
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
                hint="write agreements/*.md, or delete the key",
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
    """Nothing. Notes E-012 where two series have one id, or where a file is named twice."""
    series, matter = given[SERIES], (*given[FRONT], *given[BACK])
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
