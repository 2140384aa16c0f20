"""MathML as words in one line, which people and machines read in place of the formula: `x = (−b ± √(b² − 4ac))/(2a)`.

The form is near to that of Unicode Technical Note 28, Nearly Plain-Text Encoding of Mathematics.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

_RAISED = dict(zip("0123456789+−=()niabcdefghjklmoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_LOWERED = dict(zip("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_ACCENTS = {
    "ˆ": "\u0302",
    "˜": "\u0303",
    "¯": "\u0305",
    "‾": "\u0305",
    "→": "\u20d7",
    "˙": "\u0307",
    "¨": "\u0308",
    "ˇ": "\u030c",
}
_FENCES = frozenset("()[]{}|‖⟨⟩⌊⌋⌈⌉!,;.:′″‴/")
"""Operators without a space on both sides."""
_SPACED_AFTER = frozenset(",;:")
_BRACES = frozenset("⏞⏟⎴⎵_")
_RELATIONS = frozenset("=<>≤≥≠≈≡∼⊂⊆∈+−⇒⟹→")
_UNSEEN = frozenset("\u2061\u2062\u2063\u2064")
_LARGE = frozenset("∑∏∐∫∬∭∮⋃⋂⋁⋀⨁⨂")


def words_of(element: Element) -> str:
    """Return an element of MathML as words in one line."""
    return " ".join(_words(element).split())


def _words(element: Element) -> str:
    match element.tag:
        case "mi" | "mn" | "mtext":
            return element.text or ""
        case "mo":
            return "" if element.text in _UNSEEN else element.text or ""
        case "mspace":
            return " "
        case "mphantom":
            return ""
        case "mfrac":
            sign = "; " if element.get("linethickness", "").startswith("0") else "/"
            return f"{_grouped(element[0])}{sign}{_grouped(element[1])}"
        case "msqrt":
            return f"√{_grouped(*element)}"
        case "mroot":
            return f"{_script(element[1], _RAISED, '')}√{_grouped(element[0])}"
        case "msup":
            return _base(element[0]) + _script(element[1], _RAISED, "^")
        case "msub":
            return _base(element[0]) + _script(element[1], _LOWERED, "_")
        case "msubsup" | "munderover":
            low, high = _script(element[1], _LOWERED, "_"), _script(element[2], _RAISED, "^")
            return f"{_base(element[0])}{low}{high}{_gap(element[0])}"
        case "munder" | "mover" if _words(element[1]) in _BRACES:
            return _grouped(element[0])
        case "munder":
            return f"{_base(element[0])}{_script(element[1], _LOWERED, '_')}{_gap(element[0])}"
        case "mover":
            return _over(element)
        case "mtable":
            return "; ".join(_cells(row) for row in element)
        case _:
            return _row(list(element))


def _cells(row: Element) -> str:
    """The cells of a row of a table; those that continue with an operator are parts of one formula."""
    text = ""
    for cell in row:
        words = _words(cell).strip()
        text += (" " if words[:1] in _RELATIONS else ", ") * bool(text) + words
    return text


def _row(children: Sequence[Element]) -> str:
    """The parts of a row, with spaces around its operators."""
    parts: list[str] = []
    for at, child in enumerate(children):
        text = _words(child)
        if at and _is_fraction(children[at - 1]) and text[:1].isalnum():
            parts.append(" ")
        core = child if child.tag == "mo" else None
        if core is None or not text or text in _FENCES or (len(text) > 1 and text.isalpha()):
            parts.append(text + (" " if core is not None and text in _SPACED_AFTER else ""))
        elif at == 0 or _is_open(children[at - 1]):
            parts.append(text)
        else:
            parts.append(f" {text} ")
    return "".join(parts)


def _is_fraction(element: Element) -> bool:
    """Whether an element is a fraction, perhaps of a size of its own."""
    alone = element.tag in ("mrow", "mstyle") and len(element) == 1
    return _is_fraction(element[0]) if alone else element.tag == "mfrac"


def _is_open(element: Element) -> bool:
    """Whether what follows an element is no second operand: a sign is then a sign of its own, as in −b."""
    text = element.text or ""
    return element.tag == "mo" and (text in "([{⟨⌊⌈," or text not in _FENCES)


def _base(element: Element) -> str:
    text = _words(element)
    return text if len(text) < 3 or element.tag in ("mi", "mn", "mo", "mover") else _grouped(element)


def _gap(element: Element) -> str:
    """The space behind a large operator or the name of a function with its limits."""
    text = _words(element)
    return " " if text in _LARGE or len(text) > 1 else ""


def _over(element: Element) -> str:
    base, above = _words(element[0]), _words(element[1])
    if above in _ACCENTS and base.isalnum():
        return "".join(letter + _ACCENTS[above] for letter in base)
    return f"{_base(element[0])}{_script(element[1], {}, '^')}"


def _grouped(*elements: Element) -> str:
    """Elements in parentheses, unless they are one letter or number."""
    text = " ".join(_row(elements).split())
    return text if len(text) == 1 or text.isdecimal() or _is_enclosed(text) else f"({text})"


def _is_enclosed(text: str) -> bool:
    """Whether the first of the parentheses of a text ends with its last character."""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth < 1:
            return at == len(text) - 1 > 0
    return False


def _script(element: Element, letters: dict[str, str], mark: str) -> str:
    """What is raised or lowered: in small letters if Unicode has them, else behind a mark."""
    text = " ".join(_words(element).split())
    if text in ("′", "″", "‴"):
        return text
    bare = text.replace(" ", "")
    if letters and bare and all(letter in letters for letter in bare):
        return "".join(letters[letter] for letter in bare)
    return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"
