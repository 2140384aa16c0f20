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
    return " ".join(_Reader().words(element).split())


class _Reader:
    """Reads a formula; the words of each element are put together once, though they are asked for several times."""

    def __init__(self) -> None:
        self._known: dict[Element, str] = {}

    def words(self, element: Element) -> str:
        if element not in self._known:
            self._known[element] = self._words_of(element)
        return self._known[element]

    def _words_of(self, element: Element) -> str:
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
                return f"{self._grouped(element[0])}{sign}{self._grouped(element[1])}"
            case "msqrt":
                return f"√{self._grouped(*element)}"
            case "mroot":
                return f"{self._script(element[1], _RAISED, '')}√{self._grouped(element[0])}"
            case "msup":
                return self._base(element[0]) + self._script(element[1], _RAISED, "^")
            case "msub":
                return self._base(element[0]) + self._script(element[1], _LOWERED, "_")
            case "msubsup" | "munderover":
                low, high = self._script(element[1], _LOWERED, "_"), self._script(element[2], _RAISED, "^")
                return f"{self._base(element[0])}{low}{high}{self._gap(element[0])}"
            case "munder" | "mover" if self.words(element[1]) in _BRACES:
                return self._grouped(element[0])
            case "munder":
                return f"{self._base(element[0])}{self._script(element[1], _LOWERED, '_')}{self._gap(element[0])}"
            case "mover":
                return self._over(element)
            case "mtable":
                return "; ".join(self._cells(row) for row in element)
            case _:
                return self._row(list(element))

    def _cells(self, row: Element) -> str:
        """The cells of a row of a table; those that continue with an operator are parts of one formula."""
        text = ""
        for cell in row:
            words = self.words(cell).strip()
            text += (" " if words[:1] in _RELATIONS else ", ") * bool(text) + words
        return text

    def _row(self, children: Sequence[Element]) -> str:
        """The parts of a row, with spaces around its operators."""
        parts: list[str] = []
        for at, child in enumerate(children):
            text = self.words(child)
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

    def _base(self, element: Element) -> str:
        text = self.words(element)
        return text if len(text) < 3 or element.tag in ("mi", "mn", "mo", "mover") else self._grouped(element)

    def _gap(self, element: Element) -> str:
        """The space behind a large operator or the name of a function with its limits."""
        text = self.words(element)
        return " " if text in _LARGE or len(text) > 1 else ""

    def _over(self, element: Element) -> str:
        base, above = self.words(element[0]), self.words(element[1])
        if above in _ACCENTS and base.isalnum():
            return "".join(letter + _ACCENTS[above] for letter in base)
        return f"{self._base(element[0])}{self._script(element[1], {}, '^')}"

    def _grouped(self, *elements: Element) -> str:
        """Elements in parentheses, unless they are one letter or number."""
        text = " ".join(self._row(elements).split())
        return text if len(text) == 1 or text.isdecimal() or _is_enclosed(text) else f"({text})"

    def _script(self, element: Element, letters: dict[str, str], mark: str) -> str:
        """What is raised or lowered: in small letters if Unicode has them, else behind a mark."""
        text = " ".join(self.words(element).split())
        if text in ("′", "″", "‴"):
            return text
        bare = text.replace(" ", "")
        if letters and bare and all(letter in letters for letter in bare):
            return "".join(letters[letter] for letter in bare)
        return f"{mark}{text}" if len(text) == 1 else f"{mark}({text})"


def _is_fraction(element: Element) -> bool:
    """Whether an element is a fraction, perhaps of a size of its own."""
    alone = element.tag in ("mrow", "mstyle") and len(element) == 1
    return _is_fraction(element[0]) if alone else element.tag == "mfrac"


def _is_open(element: Element) -> bool:
    """Whether what follows an element is no second operand: a sign is then a sign of its own, as in −b."""
    text = element.text or ""
    return element.tag == "mo" and (text in "([{⟨⌊⌈," or text not in _FENCES)


def _is_enclosed(text: str) -> bool:
    """Whether the first of the parentheses of a text ends with its last character."""
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth < 1:
            return at == len(text) - 1 > 0
    return False
