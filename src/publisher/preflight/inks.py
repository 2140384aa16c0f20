"""Which inks a file is printed with: colours, pictures, black text, transparency, overprinting."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.preflight.document import Fault, Printed
from publisher.preflight.painted import Text

FIT = frozenset({"DeviceGray", "DeviceCMYK", "Pattern", "ICCBased with 1 colours", "ICCBased with 4 colours"})
"""Colour spaces that a press understands."""
FIT_FOR_X_1A = frozenset({"DeviceGray", "DeviceCMYK", "Pattern"})
FIT_FOR_X_3 = FIT | {"ICCBased with 3 colours", "CalGray", "CalRGB", "Lab"}
"""ISO 15930-1 and ISO 15930-3, Colour. Spot colours count as the colour space that represents them."""
NEAR_BLACK = 0.85
"""From how much black ink on a text counts as black."""
GREY_COMPONENT = 1.0
"""So does a text in whose inks black, and as much of cyan, magenta and yellow as all three have, make this together."""


def colours(printed: Printed) -> Iterator[Fault]:
    """X-005: lines, areas, text and gradients in colours that are no inks."""
    for page, paint in enumerate(printed.paint):
        for space in sorted(paint.spaces - _fit(printed)):
            yield printed.fault("X-005", f"a colour is given in {space}, not in CMYK or grey", page=page)


def pictures(printed: Printed) -> Iterator[Fault]:
    """X-006: pictures in colours that are no inks."""
    for page, paint in enumerate(printed.paint):
        for space in sorted(paint.pictures - _fit(printed)):
            yield printed.fault("X-006", f"a picture is in {space}, not in CMYK or grey", page=page)


def _fit(printed: Printed) -> frozenset[str]:
    """The colour spaces that the standard allows."""
    if not printed.demands.older:
        return FIT
    return FIT_FOR_X_3 if printed.demands.icc else FIT_FOR_X_1A


def pure_black(printed: Printed) -> Iterator[Fault]:
    """X-007: black text in more inks than black. X-014: black text that does not print over what is beneath."""
    for page, paint in enumerate(printed.paint):
        for text in sorted(paint.texts, key=lambda text: text.ink):
            if _is_rich(text):
                inks = " ".join(f"{part:g}" for part in text.ink)
                yield printed.fault("X-007", f"black text is printed with more than black ink ({inks})", page=page)
            if not printed.grey and text.ink == (0, 0, 0, 1) and not text.over:
                yield printed.fault("X-014", "black text does not overprint", page=page)


def _is_rich(text: Text) -> bool:
    """Whether a text is black, and printed with more than black ink."""
    if len(text.ink) != 4 or not any(text.ink[:3]):
        return False
    return text.ink[3] >= NEAR_BLACK or min(text.ink[:3]) + text.ink[3] >= GREY_COMPONENT


def transparency(printed: Printed) -> Iterator[Fault]:
    """X-008: something lets shine through what is beneath it."""
    for page, paint in enumerate(printed.paint):
        for what in sorted(paint.through):
            yield printed.fault("X-008", f"there is transparency: {what}", page=page)
