"""From what is said of a whole file, or of what no editor wrote in it, to the nearest line of `edition.yaml`."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from publisher.diagnostics import Source, Span
from publisher.validators.finding import Finding

SUBJECTS = (
    (r"dc:title|\btitle\b", "title"),
    (r"dc:language|\blang(uage)?\b", "language"),
    (r"dc:(creator|contributor)|\b(author|creator)\b", "contributors"),
    (r"dc:(identifier|source)|\bidentifier\b", "identifier"),
    (r"dc:publisher", "publisher"),
    (r"dc:rights|\brights\b", "rights"),
    (r"dc:date|dcterms:modified", "date"),
    (r"dc:description", "description"),
    (r"output ?intent", "profiles"),
)
"""What a validator speaks of, and the key of `edition.yaml` that it comes from; the first one that fits."""
FORMATS = ("profiles", "formats", "output", "title")
"""The keys that ask for a file, the nearest first."""
WRITERS = (
    ("title-page.xhtml", "title-page.xhtml.j2"),
    ("half-title.xhtml", "half-title.xhtml.j2"),
    ("contents.xhtml", "contents.xhtml.j2"),
    ("cover.xhtml", "epub-cover.xhtml.j2"),
    ("nav.xhtml", "epub-nav.xhtml.j2"),
    ("toc.ncx", "ncx.xml.j2"),
)
"""Documents of an EPUB that no manuscript is in, each with the built-in template that writes it."""
SECTION = "epub-section.xhtml.j2"
"""What writes all others."""
NESTED = ("profiles", "formats")
"""Keys that are below `output`."""


def settings_span(settings: Source, finding: Finding) -> Span:
    """The line of the key that the finding speaks of, else of what asks for the file, else the first one."""
    said = f"{finding.message} {finding.rule}"
    spoken = (key for words, key in SUBJECTS if re.search(words, said, re.IGNORECASE))
    keys = ("title",) if writer(finding.where) else (*spoken, *FORMATS)
    return next((span for key in keys if (span := _line(settings, key))), settings.line_span(1))


def writer(where: str) -> str:
    """The built-in template that writes the document of a place; empty where the place is in none."""
    name = PurePosixPath(where.partition(":")[0].partition(" ")[0]).name
    usual = SECTION if name.endswith(".xhtml") else ""
    return next((template for document, template in WRITERS if document == name), usual)


def _line(settings: Source, key: str) -> Span | None:
    """The key and what is next to it."""
    found = re.search(rf"^{' +' if key in NESTED else ''}({key}:[^#\n]*?) *(#.*)?$", settings.text, re.MULTILINE)
    return settings.span(*found.span(1)) if found else None
