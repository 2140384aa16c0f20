"""LaTeX as Pandoc reads it: signs of the text companion fonts that Pandoc leaves out are written as characters.

See https://ctan.org/pkg/textcomp for their names.
"""

from __future__ import annotations

import re

_SIGNS = {
    "braceleft": r"\{", "braceright": r"\}", "bar": "|", "bardbl": "‖", "daggerdbl": "‡", "asteriskcentered": "*",
    "ellipsis": "…", "emdash": "—", "endash": "–", "trademark": "™", "numero": "№", "perthousand": "‰",
    "pertenthousand": "‱", "underscore": r"\_", "visiblespace": "␣", "periodcentered": "·", "exclamdown": "¡",
    "questiondown": "¿", "ordfeminine": "ª", "ordmasculine": "º", "euro": "€", "cent": "¢", "currency": "¤",
    "div": "÷", "times": "×", "pm": "±", "minus": "−", "plusminus": "±", "guillemotleft": "«", "guillemotright": "»",
    "guilsinglleft": "‹", "guilsinglright": "›", "quotesinglbase": "‚", "quotedblbase": "„", "leftarrow": "←",
    "rightarrow": "→", "uparrow": "↑", "downarrow": "↓", "hyphen": "-", "nonbreakinghyphen": "‑", "lnot": "¬",
    "onesuperior": "¹", "twosuperior": "²", "threesuperior": "³", "won": "₩", "referencemark": "※",
    "openbullet": "◦", "estimated": "℮", "tildelow": "˷", "celsius": "℃", "ohm": "Ω", "mho": "℧",
}  # fmt: skip
"""The signs by the names of their commands, without `text` before them, as LaTeX has them."""
_COMMAND = re.compile(rf"\\text({'|'.join(sorted(_SIGNS, key=len, reverse=True))})(?![A-Za-z])(?:\{{\}}|[ \t]+|)")
_LITERAL = re.compile(
    r"\\begin\{(?P<name>verbatim\*?|Verbatim|lstlisting|minted)\}.*?\\end\{(?P=name)\}"
    r"|\\verb\*?(?P<sign>[^A-Za-z*\s]).*?(?P=sign)|(?<!\\)%[^\n]*",
    re.DOTALL,
)
"""What is read as it is written: code, and comments."""


def prepare(content: bytes) -> bytes:
    """The file with signs that Pandoc leaves out as characters; unchanged if it is not in UTF-8."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return content
    parts, at = [], 0
    for found in _LITERAL.finditer(text):
        parts += [_write(text[at : found.start()]), found[0]]
        at = found.end()
    return "".join((*parts, _write(text[at:]))).encode()


def _write(text: str) -> str:
    return _COMMAND.sub(lambda found: _SIGNS[found[1]], text)
