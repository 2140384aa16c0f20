"""Characters that cannot be seen, made visible.

Which characters those are follows their general category in Unicode,
https://www.unicode.org/reports/tr44/#General_Category_Values.
"""

from __future__ import annotations

import unicodedata

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
OPEN_BOX = "\N{OPEN BOX}"
IDEOGRAPHIC_SPACE = "\N{IDEOGRAPHIC SPACE}"
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
"""Controls, formats, surrogates, private use, unassigned, and separators of every kind."""

LONGEST = 2_000
"""How many characters of a message or a hint are printed."""


def shorten(text: str) -> str:
    """The text; if it is too long to be read, its beginning and an ellipsis."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]} …"


def visible(text: str) -> str:
    """The text with its invisible characters shown: a no-break space as `␣`, others as `<U+200B>`."""
    return "".join(visible_character(character) for character in text)


def visible_character(character: str) -> str:
    """What represents one character: itself where it can be seen, or is a space as one expects it."""
    if character == NO_BREAK_SPACE:
        return OPEN_BOX
    if character in {" ", IDEOGRAPHIC_SPACE} or unicodedata.category(character) not in INVISIBLE:
        return character
    return f"<U+{ord(character):04X}>"
