"""What a proof copy carries on every page."""

from __future__ import annotations

from publisher.compose.words import Words
from publisher.diagnostics import Source
from publisher.model.reader import Copy, Course

PRINT = """@page {{
  @bottom-right {{
    content: "{words}";
    font: 8.4pt "Source Sans Pro";
    text-align: right; vertical-align: top; padding-top: 6mm; white-space: nowrap;
  }}
}}
"""
SCREEN = """body::before {{ content: "{words}"; display: block; text-align: end; font-size: 0.8rem; }}
body.cover-document::before {{ content: none; }}
"""


def stamp(course: Course, words: Words) -> str | None:
    """The words; None for a copy that may be given away."""
    return words.course.proof if course.copy is Copy.PROOF else None


def proof_sheets(said: str | None) -> tuple[Source, ...]:
    """The style sheets that print the words on every page, and above every document of the EPUB."""
    if said is None:
        return ()
    return (
        Source(name="styles/proof-print.css", text=PRINT.format(words=said)),
        Source(name="styles/proof-screen.css", text=SCREEN.format(words=said)),
    )
