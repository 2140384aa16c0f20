"""Characters of fonts with codes of their own (Symbol, Wingdings) as Unicode has them."""

from __future__ import annotations

_SYMBOL = dict(
    zip(
        range(0x21, 0x7F),
        "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
        strict=True,
    )
) | dict(
    zip(
        range(0xA1, 0xFF),
        "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        strict=False,
    )
)
_WINGDINGS = {
    0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x76: "❖", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢",
    0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0x46: "☞",
    0x22: "✂", 0x28: "☎", 0x2A: "✉", 0x9F: "•", 0xAB: "★", 0xB2: "✧",
}  # fmt: skip


def symbol(code: str, font: str) -> str | None:
    """The character of a code in a font (ECMA-376, 17.3.3.30); None if it is not known."""
    try:
        number = int(code, 16)
    except ValueError:
        return None
    low = number - 0xF000 if 0xF000 <= number <= 0xF0FF else number
    family = font.lower()
    if family.startswith("symbol"):
        return _SYMBOL.get(low)
    if family.startswith("wingdings"):
        return _WINGDINGS.get(low)
    is_private = 0xE000 <= number <= 0xF8FF or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF or number < 0x20
    return None if is_private else chr(number)
