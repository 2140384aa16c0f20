"""Colours as inks: pure black for black and grey, the rest through the ICC profile of press and paper.

Colours of documents and pictures are sRGB (CSS Color 4, https://www.w3.org/TR/css-color-4/). They are turned into inks
relative to the white of the paper, with black point compensation, by Little CMS, which comes with Pillow.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, ImageCms

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.profile import ColourProfile, Inks
from publisher.model.rendition import PrintCondition

Ink = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, from 0 to 1."""
BLACK: Ink = (0.0, 0.0, 0.0, 1.0)
NEAR_BLACK = 1.0
"""A colour is near black if the least of cyan, magenta and yellow makes this much together with black."""
_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION | ImageCms.Flags.NOCACHE


@dataclass(slots=True, kw_only=True)
class Inking:
    """How colours become inks on one press."""

    grey: bool
    """Whether the profile knows grey only, so that nothing but grey is written."""
    is_one_ink: bool
    """Whether everything is printed in black ink."""
    title: str
    """What the profile calls itself."""
    _transform: Any
    _known: dict[tuple[int, int, int], Ink] = field(default_factory=dict)

    def ink(self, red: float, green: float, blue: float) -> Ink:
        """Return the inks of an sRGB colour: black alone for black, grey and what is near black.

        Printed with all four inks, near-black words get coloured rims where the plates do not meet exactly.
        """
        if red == green == blue:
            return (0.0, 0.0, 0.0, round(1 - red, 4))
        if self.is_one_ink:
            return (0.0, 0.0, 0.0, round(1 - (0.299 * red + 0.587 * green + 0.114 * blue), 4))
        key = (round(red * 255), round(green * 255), round(blue * 255))
        if key not in self._known:
            inks = self._apply(Image.new("RGB", (1, 1), key)).tobytes()
            cyan, magenta, yellow, black = (round(number / 255, 4) for number in inks)
            near_black = min(cyan, magenta, yellow) + black >= NEAR_BLACK
            self._known[key] = BLACK if near_black else (cyan, magenta, yellow, black)
        return self._known[key]

    def as_asked(self, ink: Ink) -> Ink:
        """Inks that a style sheet asks for itself; black alone where nothing else is printed with."""
        cyan, magenta, yellow, black = ink
        if not self.is_one_ink:
            return ink
        return (0.0, 0.0, 0.0, round(min(1, 0.299 * cyan + 0.587 * magenta + 0.114 * yellow + black), 4))

    def picture(self, picture: Image.Image) -> Image.Image:
        """A picture in inks (`CMYK`), in grey (`L`) where it has no colour or no colour is printed."""
        if picture.mode in ("1", "L"):
            return picture.convert("L")
        if picture.mode == "CMYK":
            return self._grey_of(picture) if self.is_one_ink else picture
        rgb = picture.convert("RGB")
        red, green, blue = rgb.split()
        if self.is_one_ink or red.tobytes() == green.tobytes() == blue.tobytes():
            return rgb.convert("L")
        return self._apply(rgb)

    def _grey_of(self, picture: Image.Image) -> Image.Image:
        return picture.convert("RGB").convert("L")

    def _apply(self, picture: Image.Image) -> Image.Image:
        made: Image.Image | None = ImageCms.applyTransform(picture, self._transform)
        assert made is not None
        return made


def inking(press: PrintCondition) -> Inking:
    """How colours become inks on a press; raises `PublisherError` (E-014) where its profile is of no use."""
    try:
        profile = ImageCms.getOpenProfile(io.BytesIO(press.colours.content))
        title = ImageCms.getProfileDescription(profile).strip()
        space = profile.profile.xcolor_space.strip()
        transform = None if space == "GRAY" else _transform(profile)
    except (ImageCms.PyCMSError, OSError, ValueError) as error:
        raise _refusal(press.colours, str(error)) from error
    grey = space == "GRAY"
    return Inking(
        grey=grey, is_one_ink=grey or press.inks is Inks.BLACK, title=title or press.colours.shown, _transform=transform
    )


def _transform(profile: Any) -> Any:
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    srgb = ImageCms.createProfile("sRGB")
    return ImageCms.buildTransform(srgb, profile, "RGB", "CMYK", renderingIntent=intent, flags=_FLAGS)


def _refusal(colours: ColourProfile, reason: str) -> PublisherError:
    return PublisherError(
        Diagnostic(
            code="E-014",
            message=f"“{colours.shown}” is an ICC profile that cannot be used: {reason}",
            span=colours.span,
            hint="ask the printer for the ICC profile of press and paper; the file often ends in .icc",
        )
    )
