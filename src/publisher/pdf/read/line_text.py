"""The text of a line as a private property of marked content (ISO 32000-2, 14.6.2): `/Span <</PUBL_Text (…)>> BDC`.

It says in which order the letters of a line are read whose glyphs are painted in another one. Programs that do not know
it put the glyphs in order by themselves, as they do with all text from right to left.
"""

from __future__ import annotations

LINE_TEXT = "PUBL_Text"
"""The name of the property: the prefix, as for all private names, is that of who wrote the file."""


def line_text_property(text: str) -> bytes:
    """Return the instruction that begins a line which is read as a text."""
    written = f"\ufeff{text}".encode("utf-16-be").hex()
    return f"/Span <</{LINE_TEXT} <{written}>>> BDC".encode()
