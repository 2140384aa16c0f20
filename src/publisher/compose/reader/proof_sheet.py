"""What a proof copy carries on every page."""

from __future__ import annotations

from publisher.compose.i18n import Words
from publisher.diagnostics import Source
from publisher.model.reader import Course
from publisher.model.target import Copy

PRINT = """@page {{
  @bottom-right {{
    content: "{words}";
    font: 8.4pt "Source Sans Pro";
    text-align: right; vertical-align: top; padding-top: 6mm; white-space: nowrap;
  }}
}}
"""


def stamp(course: Course, words: Words) -> str | None:
    """The words; None for a copy that may be given away."""
    return words.course.proof if course.copy is Copy.PROOF else None


def proof_sheet(said: str | None) -> tuple[Source, ...]:
    """The style sheet that prints the words on every page of the PDF; the EPUB has them as text."""
    return () if said is None else (Source(name="styles/proof-print.css", text=PRINT.format(words=said)),)
