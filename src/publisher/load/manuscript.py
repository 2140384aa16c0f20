"""The manuscript apart from its text: matter, notes, agreements and references that edition.yaml names."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from publisher.diagnostics import PublisherError
from publisher.load.agreements import agreement
from publisher.load.config.edition_keys import EditionKeys
from publisher.load.documents import document, named_text
from publisher.load.loading import Loading
from publisher.load.markdown.document import markdown
from publisher.load.notes import notes
from publisher.load.parsed_files import parse_once
from publisher.load.references import references
from publisher.load.yaml.schema import Values
from publisher.load.yaml.types import Placed
from publisher.model.agreement import Agreement
from publisher.model.apparatus import AUTHOR_SERIES, Note
from publisher.model.edition import Matter
from publisher.model.inline import Reference
from publisher.workspace import OutsideFolder


def matters(names: tuple[Placed, ...], loading: Loading) -> tuple[Matter, ...]:
    """The documents of front or back matter, in order."""
    sources = ((placed, loading.source(placed)) for placed in names)
    return tuple(
        Matter(id=stem(placed), text=parse_once(markdown, source, figures=loading.figures, findings=loading.findings))
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
        for note in parse_once(notes, source, series=series.id.text, figures=loading.figures, findings=loading.findings)
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
            loading.findings.diagnostics += (replace(diagnostic, span=placed.span) for diagnostic in error.diagnostics)
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
        parse_once(agreement, source, figures=loading.figures, findings=loading.findings)
        for source in sources
        if source is not None
    )
    return tuple(entry for entry in found if entry is not None)


def all_documents(files: tuple[Placed, ...], loading: Loading) -> tuple[Agreement, ...]:
    """The documents in these files, except for those that others name as their full texts."""
    sources = [(file.text, source) for file in files if (source := loading.source(file)) is not None]
    texts = {name for _, source in sources if (name := named_text(source)) is not None}
    found = (document(source, loading=loading) for name, source in sources if name not in texts)
    return tuple(entry for entry in found if entry is not None)


def all_references(placed: Placed | None, loading: Loading) -> tuple[Reference, ...]:
    """The references in a file; none without one."""
    source = None if placed is None else loading.source(placed)
    return () if source is None else references(source, findings=loading.findings)


def note_repeats(given: Values, loading: Loading) -> None:
    """Note E-012 if two series have one id, a series that of the author's footnotes, or a file is named twice."""
    series, matter = given[EditionKeys.series], (*given[EditionKeys.front], *given[EditionKeys.back])
    for placed_series in series:
        if placed_series.id.text == AUTHOR_SERIES:
            message = f"the id “{AUTHOR_SERIES}” is that of the author’s own footnotes"
            hint = "choose another id for this series, such as editor"
            loading.findings.error("E-012", message, span=placed_series.id.span, hint=hint)
    for what, names in (
        ("two series have the id", [item.id for item in series]),
        ("the file is named twice:", [item.file for item in series]),
        ("two files of matter have the name", [Placed(stem(item), item.span) for item in matter]),
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
