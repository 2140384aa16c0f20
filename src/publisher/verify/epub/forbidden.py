"""Which declarations of a style take words away from those who look, CSS property by CSS property."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import tinycss2
import tinycss2.color3

Colour = tuple[float, float, float]
Tokens = list[Any]
FAINT = 0.05
"""How little of a thing is painted that no one sees."""
ALIKE = 0.03
"""How little, of 1, two colours differ that no one can distinguish."""
FAR = 300
"""How many pixels, or a fifth as many lines, lie outside of every page."""
SMALLEST = 1.5
"""In pixels, letters that no one can read."""
INKS = ("color", "-webkit-text-fill-color")
GROUNDS = ("background-color", "background")
INHERITED = frozenset({"visibility", "font-size", *INKS})
"""What an element takes from the one around it; others hold for everything in an element."""
IN_PIXELS = {"px": 1, "pt": 1.34, "pc": 16, "in": 96, "cm": 37.8, "mm": 3.78, "q": 0.95}
IN_LINES = ("em", "rem", "ex", "ch", "lh", "vw", "vh", "%")
HALF = re.compile(r"inset\(\s*(?:[5-9]\d|1\d\d)(?:\.\d+)?%")
NOTHING = re.compile(r"(?:circle|ellipse)\(\s*0(?:\.0+)?(?:[a-z]+|%)?[\s)]")


def conceals(name: str, tokens: Tokens) -> bool:
    """Whether a declaration hides the words of what it is made for; colours are asked for apart."""
    written = str(tinycss2.serialize(tokens)).strip().lower()
    sizes = [(size, unit) for token in tokens for size, unit in _sizes(token)]
    match name:
        case "display":
            return written == "none"
        case "visibility":
            return written in ("hidden", "collapse")
        case "content-visibility":
            return written == "hidden"
        case "opacity":
            return any(size <= FAINT * (100 if unit == "%" else 1) for size, unit in sizes)
        case "font-size" | "zoom":
            return any(_is_tiny(size, unit) for size, unit in sizes)
        case "font":
            before = tinycss2.serialize(tokens).partition("/")[0]
            return any(
                _is_tiny(*size) for token in tinycss2.parse_component_value_list(before) for size in _sizes(token)
            )
        case "text-indent" | "left" | "top" | "right" | "bottom" | "margin-left" | "margin-top" | "margin":
            return any(_is_far(size, unit) for size, unit in sizes)
        case "letter-spacing" | "word-spacing":
            return any(size < 0 and _is_far(size * 20, unit) for size, unit in sizes)
        case "clip" | "clip-path":
            return _cuts_all(written, [size for size, _ in sizes])
        case "transform" | "scale":
            return _shrinks(written) or any(_is_far(size, unit) for size, unit in sizes)
        case "filter":
            return bool(re.search(r"opacity\(\s*0*\.?0*%?\s*\)", written))
        case "width" | "height" | "max-height" | "max-width":
            return any(unit not in ("%",) and 0 <= size * IN_PIXELS.get(unit, 16) <= 1 for size, unit in sizes)
        case "unicode-bidi":
            return written.endswith("override")
        case "-webkit-text-security":
            return written != "none"
        case _:
            return False


def colour(tokens: Tokens, properties: Mapping[str, Tokens], *, depth: int = 0) -> tuple[Colour, float] | None:
    """The colour that a value comes to, and how much of it is painted; None where it is taken from elsewhere."""
    for part in tokens:
        if part.type == "function" and part.lower_name == "var" and depth < 8:
            name = next((argument.value for argument in part.arguments if argument.type == "ident"), "")
            return colour(properties[name], properties, depth=depth + 1) if name in properties else None
        found = tinycss2.color3.parse_color(part)
        if found is not None and not isinstance(found, str):
            return (found.red, found.green, found.blue), found.alpha
    return None


def alike(item: Colour, other: Colour) -> bool:
    """Whether no one can distinguish two colours."""
    return max(abs(here - there) for here, there in zip(item, other, strict=True)) < ALIKE


def reveals(name: str, tokens: Tokens) -> bool:
    """Whether a declaration that does not conceal makes words seen that are hidden by the same property around them."""
    if name != "font-size":
        return str(tinycss2.serialize(tokens)).strip().lower() not in ("inherit", "unset", "currentcolor")
    return not any(unit in ("em", "ex", "ch", "%") for token in tokens for _, unit in _sizes(token))


def _sizes(token: Any) -> Iterable[tuple[float, str]]:
    """The numbers of a token with their units, those inside a function too."""
    if token.type == "number":
        return ((token.value, ""),)
    if token.type == "percentage":
        return ((token.value, "%"),)
    if token.type == "dimension":
        return ((token.value, token.lower_unit),)
    if token.type == "function" and token.lower_name not in ("calc", "var", "min", "max", "clamp"):
        return tuple(size for argument in token.arguments for size in _sizes(argument))
    return ()


def _is_tiny(size: float, unit: str) -> bool:
    if unit in IN_PIXELS:
        return size * IN_PIXELS[unit] < SMALLEST
    return size < (10 if unit == "%" else 0.1)


def _is_far(size: float, unit: str) -> bool:
    """Whether a measure moves something off every page."""
    if unit in IN_PIXELS:
        return abs(size) * IN_PIXELS[unit] >= FAR
    return unit in IN_LINES and abs(size) >= (100 if unit in ("%", "vw", "vh") else FAR / 16)


def _cuts_all(written: str, sizes: list[float]) -> bool:
    """Whether a shape that cuts something out leaves nothing: a rectangle without a side, half from all sides."""
    if written.startswith("rect(") and len(sizes) == 4:
        top, right, bottom, left = sizes
        return bottom - top <= 1 or right - left <= 1
    if written.startswith("polygon(") and len(sizes) > 1:
        return len(set(sizes[::2])) == 1 or len(set(sizes[1::2])) == 1
    return bool(HALF.match(written) or NOTHING.match(written))


def _shrinks(written: str) -> bool:
    return bool(re.search(r"scale\w*\(\s*0*\.?0\d*\s*[,)]", written)) or written in ("0", "0 0")
