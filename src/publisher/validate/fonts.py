"""The fonts that an edition brings and the families that it asks for: usable, embeddable, there."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from publisher.diagnostics import Diagnostic, Severity, Source, Span
from publisher.fonts.families import Family, families
from publisher.model.assets import Assigned, Typeface
from publisher.model.edition import Edition

HOUSE = ("Source Serif Pro", "Source Sans Pro")
"""The families of the program."""
RESTRICTED, ONLY_BITMAPS = 0x0002, 0x0200
"""Bits of `fsType` (OpenType 1.9.1, `OS/2`): no embedding without permission; only of bitmaps, which this has not."""
_USAGE = 0x000F


def check_fonts(edition: Edition) -> tuple[Diagnostic, ...]:
    """Return diagnostics for unusable fonts, unknown families, missing faces and licences that forbid embedding."""
    found = families(edition.typefaces)
    return (*_unusable(edition), *_unknown(edition, found), *_restrict(edition), *_lacking(edition, found))


def is_restricted(embedding: int) -> bool:
    """Whether the licence bits of a font forbid to embed its outlines."""
    return embedding & _USAGE == RESTRICTED or bool(embedding & ONLY_BITMAPS)


def _unusable(edition: Edition) -> Iterator[Diagnostic]:
    hint = "put a font there that is .otf, .ttf, .ttc or .woff2, or take the file away"
    for typeface in edition.typefaces:
        if typeface.fault:
            message = f"{typeface.path} {typeface.fault}"
            yield Diagnostic(code="F-003", message=message, span=_file(typeface), hint=hint)


def _file(typeface: Typeface) -> Span:
    return Source(name=typeface.path, text="").span(0, 0)


def _unknown(edition: Edition, found: tuple[Family, ...]) -> Iterator[Diagnostic]:
    """F-010 for each family that is neither in `fonts/` nor one of the program."""
    names = (*dict.fromkeys(family.name for family in found), *HOUSE)
    known = {name.casefold() for name in names}
    for assigned in edition.settings.fonts.assigned:
        if assigned.family.casefold() not in known:
            yield Diagnostic(
                code="F-010",
                message=f"there is no font family “{assigned.family}” in the folder fonts/",
                span=assigned.span,
                hint=_nearest(assigned.family, names),
            )


def _nearest(family: str, names: tuple[str, ...]) -> str:
    by_folded = {name.casefold(): name for name in names}
    nearest = get_close_matches(family.casefold(), by_folded, n=1, cutoff=0.6)
    if nearest:
        return f"did you mean “{by_folded[nearest[0]]}”?"
    return f"put its font files into fonts/, or write one of: {', '.join(names)}"


def _restrict(edition: Edition) -> Iterator[Diagnostic]:
    """F-011, warnings, for fonts whose licence bits forbid embedding: without a waiver they are errors."""
    for typeface in edition.typefaces:
        if any(is_restricted(face.embedding) for face in typeface.faces):
            yield Diagnostic(
                code="F-011",
                message=f"the font says that it may not be embedded without permission (fsType"
                f" {typeface.faces[0].embedding:#06x}): {typeface.path}",
                span=_file(typeface),
                hint="take another font; if you have the permission, say so in waivers: in edition.yaml",
                severity=Severity.WARNING,
            )


def _lacking(edition: Edition, found: tuple[Family, ...]) -> Iterator[Diagnostic]:
    """F-012 for a family of the text without italics or without a bold face."""
    assigned: Assigned | None = edition.settings.fonts.text
    family = next((item for item in found if assigned and item.name.casefold() == assigned.family.casefold()), None)
    if family is None or assigned is None:
        return
    lacks = [
        name for name, there in (("italic", family.has(italic=True)), ("bold", family.has(strong=True))) if not there
    ]
    if lacks:
        yield Diagnostic(
            code="F-012",
            message=f"the family “{family.name}” has no {' and no '.join(lacks)} face",
            span=assigned.span,
            hint="put its other faces into fonts/; without them such words look like all others, or are slanted",
            severity=Severity.WARNING,
        )
