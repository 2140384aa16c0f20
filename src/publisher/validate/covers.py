"""Whether a cover can be read and printed: colours that differ enough, pictures with pixels enough."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Diagnostic, Severity
from publisher.model.cover import Cover, CoverImage, Design, art_box
from publisher.model.edition import Edition
from publisher.model.page import millimetres
from publisher.model.profile import Profile
from publisher.validate.contrast import LEAST, Colour, ratio

PAIRS: dict[Design, tuple[tuple[str, str], ...]] = {
    Design.TYPOGRAPHIC: (("ink", "ground"),),
    Design.BANDED: (("ink", "ground"), ("on-accent", "accent")),
    Design.MOTIF: (("ink", "ground"), ("accent", "ground")),
}
"""Which colour a design gives to words, and what is behind them."""
SHARP = 300
"""Dots per inch: what printers ask of pictures."""


def check_cover(edition: Edition) -> Iterator[Diagnostic]:
    """J-005, errors: words in a colour too near to that behind them; J-006, a warning: too few pixels for print."""
    cover = edition.cover
    if cover.places.colours is not None:
        yield from _faint(cover)
    if cover.image is not None and not cover.image.is_drawing:
        yield from _coarse(cover, cover.image, edition)


def _faint(cover: Cover) -> Iterator[Diagnostic]:
    palette = cover.palette
    colours = {
        "ground": palette.ground,
        "ink": palette.ink,
        "accent": palette.accent,
        "on-accent": palette.on_accent,
    }
    for words, behind in PAIRS[cover.printed_design]:
        found = ratio(_parts(colours[words]), _parts(colours[behind]))
        if found < LEAST:
            yield Diagnostic(
                code="J-005",
                message=f"words in {words} ({colours[words]}) on {behind} ({colours[behind]}) have a contrast of"
                f" {found:.1f} to 1; {LEAST} is needed",
                span=cover.places.colours,
                hint=f"make {words} darker or lighter, away from {behind}",
            )


def _parts(colour: str) -> Colour:
    """Red, green and blue from 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _coarse(cover: Cover, image: CoverImage, edition: Edition) -> Iterator[Diagnostic]:
    output = edition.settings.output
    output = output.made_for(Profile.PRINT if Profile.PRINT in output.profiles.wanted else Profile.SCREEN)
    width, height = art_box(
        cover.printed_design,
        width=millimetres(output.page_width),
        height=millimetres(output.page_height),
        bleed=millimetres(cover.bleed),
    )
    # the picture fills its place, and what is too much of it is cut off
    dots = 25.4 / max(width / image.width, height / image.height)
    if round(dots) < SHARP:
        needed = f"{width / 25.4 * SHARP:.0f} × {height / 25.4 * SHARP:.0f}"
        yield Diagnostic(
            code="J-006",
            message=f"the picture has {image.width} × {image.height} pixels, {dots:.0f} dots per inch at"
            f" {width:.0f} × {height:.0f} mm; printers ask for {SHARP}",
            span=cover.places.image,
            hint=f"use one with {needed} pixels or more, or a drawing (SVG)",
            severity=Severity.WARNING,
        )
