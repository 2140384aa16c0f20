"""`edition.yaml` to settings, and its JSON Schema."""

from __future__ import annotations

import json
import uuid

from publisher.diagnostics import Source
from publisher.load.config.edition_keys import (
    EditionKeys,
    PlacedSeries,
)
from publisher.load.config.output_keys import named_output
from publisher.load.findings import Findings
from publisher.load.yaml.nodes import tree
from publisher.load.yaml.schema import Values, object_schema, values
from publisher.model.apparatus import PdfPlacement, Series
from publisher.model.profile import Style
from publisher.model.settings import Each, Pages, Settings


def edition_values(source: Source, *, findings: Findings) -> Values | None:
    """What edition.yaml says, key by key; None where it cannot be read at all."""
    node = tree(source, start=0, end=len(source.text), findings=findings)
    if node is None:
        return None
    given = values(node, keys=EditionKeys.all(), findings=findings)
    _check_title_lines(given, findings=findings)
    return given


def _check_title_lines(given: Values, *, findings: Findings) -> None:
    """Note E-007 at the first line with which the lines of the title depart from the title."""
    rest = " ".join(given[EditionKeys.title].split())
    lines = given[EditionKeys.title_lines]
    for line in lines:
        words = " ".join(line.text.split())
        left = rest.removeprefix(words).lstrip() if f"{rest} ".startswith(f"{words} ") else None
        if left is None or (line is lines[-1] and left):
            hint = f"write the words of the title from here on: {rest}" if rest else "delete the line"
            findings.error("E-007", "the lines do not make up the title", span=line.span, hint=hint)
            return
        rest = left


def schema() -> str:
    """The JSON Schema (draft 2020-12) of edition.yaml, made from the declarations that validate it."""
    heading = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "edition.yaml",
        "description": "What an edition is: title, contributors, source, rights, series of notes, output.",
    }
    return json.dumps(heading | object_schema(EditionKeys.all()), ensure_ascii=False, indent=2) + "\n"


def settings(given: Values, *, agreements: tuple[str, ...], name: str, source: Source) -> Settings:
    """The settings that the values give; `agreements` are the files found, `name` the folder's name."""
    title, references = given[EditionKeys.title], given[EditionKeys.references]
    provenance = given[EditionKeys.source].provenance
    named = named_output(given[EditionKeys.output], folder=name, otherwise="edition", style=given[EditionKeys.style])
    read_further = {
        "title_lines": tuple(" ".join(line.text.split()) for line in given[EditionKeys.title_lines]),
        "short_title": given[EditionKeys.short_title] or title,
        "identifier": given[EditionKeys.identifier] or _identifier(title, digest=provenance.sha256),
        "series": tuple(
            _model_series(placed_series, style=given[EditionKeys.style].text)
            for placed_series in given[EditionKeys.series]
        ),
        "front": tuple(placed.text for placed in given[EditionKeys.front]),
        "back": tuple(placed.text for placed in given[EditionKeys.back]),
        "agreements": agreements,
        "each_agreement": Each.PAGE
        if Each.PAGE in (given[EditionKeys.agreements].each, given[EditionKeys.documents].each)
        else Each.RUN,
        "agreements_title": given[EditionKeys.documents_title] or given[EditionKeys.agreements_title],
        "references": references.text if references else None,
        "citation_style": given[EditionKeys.citation_style].text,
        "output": named,
        "pages": Pages(given[EditionKeys.pages].text),
        "provenance": provenance,
        "plugins": tuple(placed.text for placed in given[EditionKeys.plugins]),
        "source": source,
    }
    return Settings(**EditionKeys.fields(given, Settings) | read_further)


def _identifier(title: str, *, digest: str) -> str:
    """A name-based UUID (RFC 9562, §5.5) over title and sha256."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'urn:sha256:{digest}?title={title}')}"


def _model_series(placed: PlacedSeries, *, style: str) -> Series:
    """A series; in the accessible style its notes are at the end of their sections, unless it says otherwise."""
    usual = PdfPlacement.SECTION if style == Style.ACCESSIBLE else PdfPlacement.FOOT
    pdf, epub = placed.placement
    return Series(
        id=placed.id.text,
        title=placed.title,
        file=placed.file.text,
        marks=placed.marks,
        pdf=pdf or usual,
        epub=epub,
        cite=placed.cite,
        arrangement=placed.arrangement,
    )
