"""Whether every glyph comes from a typeface of the edition: F-001."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from fontTools.ttLib import TTFont, TTLibError

from publisher.diagnostics import Diagnostic
from publisher.model.rendition import Asset
from publisher.pdf.assemble.content import PageContent
from publisher.pdf.engine_log import capture

_NAMES = (1, 4, 6, 16)
"""Family, full name, PostScript name, typographic family (OpenType `name` table)."""
_DECLARED = re.compile(r"@font-face\s*\{[^}]*?font-family\s*:\s*[\"']?([^;\"'}]+)", re.IGNORECASE)
_ASKED = re.compile(r"(?<![\w-])font-family\s*:\s*([^;{}!]+)", re.IGNORECASE)
_ANY = frozenset({"serif", "sansserif", "inherit", "initial", "unset", "revert"})
"""Families that any typeface serves."""
_HINT = "replace the characters, or put a typeface that has them into the edition's folder fonts/"
_SHOWN = 12
"""How many characters a message names."""


def foreign_fonts(
    contents: tuple[PageContent, ...], assets: Iterable[Asset], sheets: Iterable[Asset]
) -> tuple[dict[str, set[str]], set[str]]:
    """The typefaces on the pages that are not the edition's with what they served for; what no typeface has."""
    names = _names_of(assets) | {
        _plain(name) for sheet in sheets for name in _DECLARED.findall(sheet.content.decode("utf-8", "replace"))
    }
    strange: dict[str, set[str]] = defaultdict(set)
    missing: set[str] = set()
    for content in contents:
        for sequence in content.sequences.values():
            for _, font, glyphs in sequence.shown:
                if _plain(font.family) not in names:
                    strange[font.family].update(glyph.text for glyph in glyphs if glyph.text.strip())
                if 0 in font.known:
                    missing.add(font.known[0].text)
    return strange, missing


def font_faults(
    strange: Mapping[str, set[str]], missing: set[str], *, assets: Iterable[Asset], sheets: Iterable[Asset]
) -> tuple[Diagnostic, ...]:
    """F-001 for each typeface that is not the edition's, and for characters that no typeface has."""
    if not strange and not missing:
        return ()
    assets = tuple(assets)
    drawn = [asset.shown or asset.href for asset in assets if _has_words(asset)]
    known, asked = _characters_of(assets), _asked_for(sheets, _names_of(assets))
    found: list[Diagnostic] = []
    for family, served in sorted(strange.items()):
        lacking = {text for text in served if not known.issuperset(map(ord, text))}
        if lacking or not served:
            found.append(_strange(family, lacking))
        else:
            found.append(_replace(family, served, asked=asked, drawn=drawn))
    return (*found, *_missing(missing))


def _characters_of(assets: Iterable[Asset]) -> set[int]:
    """The characters that the edition's typefaces have."""
    found: set[int] = set()
    for asset in assets:
        if asset.media_type.startswith("font/"):
            with suppress(TTLibError), TTFont(io.BytesIO(asset.content), lazy=True) as font:
                found.update(font.getBestCmap() or ())
    return found


def _names_of(assets: Iterable[Asset]) -> set[str]:
    """The names that the edition's typefaces have, as they are compared."""
    typefaces = (asset for asset in assets if asset.media_type.startswith("font/"))
    with capture():
        return {_plain(name) for asset in typefaces for name in _names(asset.content)}


def _names(content: bytes) -> tuple[str, ...]:
    """The names in a typeface; none where it cannot be read, which the layout has complained of."""
    try:
        with TTFont(io.BytesIO(content), lazy=True) as font:
            return tuple(record.toUnicode() for record in font["name"].names if record.nameID in _NAMES)
    except TTLibError:
        return ()


def _plain(name: str) -> str:
    """A name as it is compared: letters and digits alone, lower case."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _strange(family: str, characters: set[str]) -> Diagnostic:
    return Diagnostic(
        code="F-001",
        message=f"the typefaces of the edition lack {_with_numbers(characters)}; {family} of this computer was used",
        hint=_HINT,
    )


def _asked_for(sheets: Iterable[Asset], names: set[str]) -> list[str]:
    """The families that style sheets ask for, and that are neither typefaces of the edition nor any that there is."""
    text = "\n".join(sheet.content.decode("utf-8", "replace") for sheet in sheets)
    declared = names | {_plain(name) for name in _DECLARED.findall(text)} | _ANY
    lists = (found.split(",") for found in _ASKED.findall(text) if "var(" not in found)
    asked = (name.strip(" \t\n\"'") for families in lists for name in families)
    return list(dict.fromkeys(name for name in asked if name and _plain(name) not in declared))


def _has_words(asset: Asset) -> bool:
    """Whether a file is a drawing with words."""
    return asset.media_type == "image/svg+xml" and b"<text" in asset.content


def _replace(family: str, characters: set[str], *, asked: Sequence[str], drawn: Sequence[str]) -> Diagnostic:
    """F-001 for a typeface that was used though those of the edition have the characters; and why it was."""
    if drawn and not asked:
        return Diagnostic(
            code="F-001",
            message=f"{family} of this computer was used for words in a drawing ({', '.join(drawn[:_SHOWN])}): "
            f"{_with_numbers(characters)}",
            hint='turn the words into paths before you save the drawing, or give them font-family="Source Serif Pro"',
        )
    if asked:
        return Diagnostic(
            code="F-001",
            message=f"a style sheet asks for {', '.join(asked)}, which is no typeface of the edition; "
            f"{family} of this computer was used",
            hint="put the typeface into the edition's folder fonts/, or name one that is there",
        )
    return Diagnostic(
        code="F-001",
        message=f"a rule of fontconfig on this computer puts {family} in the place of the edition's typefaces, "
        f"for {_with_numbers(characters)}",
        hint="“fc-match 'Source Serif Pro'” prints what the rules choose; they are in ~/.config/fontconfig/fonts.conf "
        "and /etc/fonts/local.conf",
    )


def _missing(characters: set[str]) -> tuple[Diagnostic, ...]:
    if not characters:
        return ()
    return (
        Diagnostic(
            code="F-001",
            message=f"no typeface has {_with_numbers(characters)}; a box was printed",
            hint=_HINT,
        ),
    )


def _with_numbers(characters: set[str]) -> str:
    """The characters with their numbers: `“→” (U+2192)`."""
    known = sorted(filter(None, characters))
    named = ", ".join(f"“{item}” ({' '.join(f'U+{ord(letter):04X}' for letter in item)})" for item in known[:_SHOWN])
    more = f" and {len(known) - _SHOWN} more" if len(known) > _SHOWN else ""
    return f"{named}{more}" if known else "some characters"
