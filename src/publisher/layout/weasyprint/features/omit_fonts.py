"""Typefaces of the volume, left out of the sections and put into the bound file once.

Each section uses other glyphs. WeasyPrint would embed a subset of each typeface in each section; here a typeface that
the volume brings is only named, by the SHA-256 of its file, and the binder makes one subset for all sections.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.hooks import Hook, around
from publisher.model.rendition import Asset

KINDS = (b"OTTO", b"\0\1\0\0")
"""How the files of OpenType and of TrueType fonts begin (OpenType, font file header)."""
_WHOLE = frozenset({"fvar", "SVG ", "COLR", "CBDT", "EBDT", "sbix"})
"""Tables of typefaces that WeasyPrint changes before it embeds them."""


def omit_font_hooks(assets: Iterable[Asset]) -> tuple[Hook, ...]:
    """Return the hook by which the file of a typeface among the assets is written as its kind and its digest."""
    known = {sha256(asset.content).hexdigest().encode() for asset in assets if asset.media_type.startswith("font/")}

    def clean(proceed: Callable[..., None], font: Any, *arguments: Any) -> None:
        content = bytes(font.file_content)
        digest = sha256(content).hexdigest().encode()
        if digest not in known or content[:4] not in KINDS or font.missing or _WHOLE.intersection(font.tables):
            proceed(font, *arguments)
        else:
            font.file_content = content[:4] + digest

    return (around(patches.CLEAN_FONT, clean),)
