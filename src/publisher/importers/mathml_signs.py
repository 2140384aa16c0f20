"""Signs, letters and spaces of MathML, and the commands of TeX for them (https://www.w3.org/TR/mathml-core/)."""

from __future__ import annotations

SPACES = ((0.0, r"\!"), (0.05, ""), (0.19, r"\,"), (0.25, r"\:"), (0.45, r"\;"), (1.5, r"\quad "), (99.0, r"\qquad "))
"""Spaces of TeX, by the greatest width in em that each replaces."""
NAMED_SPACES = {
    "negativethinmathspace": r"\!",
    "thinmathspace": r"\,",
    "mediummathspace": r"\:",
    "thickmathspace": r"\;",
    "veryverythinmathspace": "",
    "verythinmathspace": "",
}
SIGNS = {
    "\\": r"\setminus ",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "~": r"\sim ",
    "^": r"\wedge ",
    "&": r"\text{&}",
    "−": "-",
    "·": r"\cdot ",
    "∑": r"\sum ",
    "∏": r"\prod ",
    "∐": r"\coprod ",
    "∫": r"\int ",
    "∬": r"\iint ",
    "∭": r"\iiint ",
    "∮": r"\oint ",
    "⋃": r"\bigcup ",
    "⋂": r"\bigcap ",
    "⋁": r"\bigvee ",
    "⋀": r"\bigwedge ",
    "⨁": r"\bigoplus ",
    "⨂": r"\bigotimes ",
    "′": "'",
    "″": "''",
    "‴": "'''",
}
LARGE = frozenset("∑∏∐∫∬∭∮⋃⋂⋁⋀⨁⨂")
NAMES = """
    arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max
    min Pr sec sin sinh sup tan tanh
"""
FUNCTIONS = frozenset(NAMES.split())
LIMITED = frozenset(("lim", "liminf", "limsup", "max", "min", "sup", "inf", "det", "gcd", "Pr"))
"""Functions that have their limits above and below them."""
OVER = {
    **dict.fromkeys("^ˆ\u0302", r"\hat"),
    **dict.fromkeys("~˜\u0303", r"\tilde"),
    **dict.fromkeys("¯\u0304", r"\bar"),
    **dict.fromkeys("‾―\u0305_", r"\overline"),
    **dict.fromkeys("→⃗", r"\vec"),
    **dict.fromkeys("˙\u0307.", r"\dot"),
    **dict.fromkeys("¨\u0308", r"\ddot"),
    **dict.fromkeys("ˇ\u030c", r"\check"),
    **dict.fromkeys("˘\u0306", r"\breve"),
    **dict.fromkeys("´\u0301", r"\acute"),
    **dict.fromkeys("`\u0300", r"\grave"),
    **dict.fromkeys("˚\u030a", r"\mathring"),
    "⏞": r"\overbrace",
}
UNDER = {**dict.fromkeys("_‾¯―\u0332̲", r"\underline"), "⏟": r"\underbrace"}
VARIANTS = {
    "normal": r"\mathrm",
    "bold": r"\mathbf",
    "italic": r"\mathit",
    "bold-italic": r"\boldsymbol",
    "double-struck": r"\mathbb",
    "script": r"\mathcal",
    "bold-script": r"\mathcal",
    "fraktur": r"\mathfrak",
    "bold-fraktur": r"\mathfrak",
    "sans-serif": r"\mathsf",
    "bold-sans-serif": r"\mathsf",
    "sans-serif-italic": r"\mathsf",
    "sans-serif-bold-italic": r"\mathsf",
    "monospace": r"\mathtt",
}
ALPHABETS = (
    ("MATHEMATICAL BOLD ITALIC ", r"\boldsymbol"),
    ("MATHEMATICAL BOLD ", r"\mathbf"),
    ("MATHEMATICAL ITALIC ", ""),
    ("MATHEMATICAL DOUBLE-STRUCK ", r"\mathbb"),
    ("DOUBLE-STRUCK CAPITAL ", r"\mathbb"),
    ("MATHEMATICAL SCRIPT CAPITAL ", r"\mathcal"),
    ("SCRIPT CAPITAL ", r"\mathcal"),
    ("MATHEMATICAL FRAKTUR ", r"\mathfrak"),
    ("BLACK-LETTER CAPITAL ", r"\mathfrak"),
    ("MATHEMATICAL SANS-SERIF CAPITAL ", r"\mathsf"),
    ("MATHEMATICAL SANS-SERIF SMALL ", r"\mathsf"),
    ("MATHEMATICAL MONOSPACE ", r"\mathtt"),
)
"""Letters of Unicode's mathematical alphabets, by their names, and the commands of TeX for plain ones."""
MATRICES = {"()": "pmatrix", "[]": "bmatrix", "{}": "Bmatrix", "||": "vmatrix", "‖‖": "Vmatrix"}
SIZES = {"1.2em": "\\big", "1.623em": "\\Big", "2.047em": "\\bigg", "2.470em": "\\Bigg", "2.47em": "\\Bigg"}
PLANCK = "ℎ"
