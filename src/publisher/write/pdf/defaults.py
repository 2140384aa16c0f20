"""What holds for a PDF where no style sheet says otherwise."""

from __future__ import annotations

_NOTES = "@page { @footnote { max-height: 80% } } @page :blank { @footnote { max-height: none } }"
"""How much of a page its notes take at most, unless they have it for themselves; what is more runs on."""
_HYPHENS = ("-", "\u2010")


def defaults(text: str) -> str:
    """A style sheet to go before those of the house, for a document with this text.

    At line ends it has the hyphen that the text itself uses, which every typeface of the edition has. In most
    typefaces the two hyphens are one glyph, which a PDF can read back as one character only: with the other one,
    words with a hyphen of their own could not be found by searching for them.
    """
    own = max(_HYPHENS, key=text.count)
    return f'{_NOTES} html {{ hyphenate-character: "{own}" }}'
