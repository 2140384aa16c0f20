"""MathML Core and what is usual beside it to TeX, as docs/mathematics.md has it (https://www.w3.org/TR/mathml-core/)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from unicodedata import name as character_name
from unicodedata import normalize

from publisher.importers.mathml_signs import (
    ALPHABETS,
    FUNCTIONS,
    LARGE,
    LIMITED,
    MATRICES,
    NAMED_SPACES,
    OVER,
    PLANCK,
    SIGNS,
    SIZES,
    SPACES,
    UNDER,
    VARIANTS,
)
from publisher.importers.package import Element

_UNSEEN = re.compile("[\u2061-\u2064\u200b\ufe00\u20d0]")
_OPENING, _CLOSING = "([{⟨⌊⌈|‖", ")]}⟩⌋⌉|‖"
_TALL = frozenset({"mfrac", "mtable", "munder", "mover", "munderover"})
_DEEPEST = 40
_OUTSIDE = re.compile(r"[%$#_{}\\]")
"""Signs that the words of a formula cannot have."""


class NoTex(Exception):
    """A formula that has something for which the TeX of this program has no command."""


def tex_of(element: Element) -> str:
    """The TeX of an element of MathML. Raises `NoTex`."""
    return " ".join(_tex(element, 0).split())


def tag(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _tex(element: Element, depth: int) -> str:
    if depth > _DEEPEST:
        raise NoTex
    name = tag(element)
    if name in _LEAVES:
        return _LEAVES[name](element)
    children = [child for child in element if tag(child)]
    if name in _PARTS:
        count, write = _PARTS[name]
        if len(children) != count:
            raise NoTex
        return write(element, children, depth + 1)
    match name:
        case "mstyle":
            return _with_style(element, children, depth)
        case "math" | "mrow" | "mpadded" | "merror" | "mtd" | "none" | "maction" | "menclose":
            return _row(children, depth)
        case "semantics":
            return _row(children[:1], depth)
        case "msqrt":
            return f"\\sqrt{{{_row(children, depth)}}}"
        case "mphantom":
            return f"\\phantom{{{_row(children, depth)}}}"
        case "mfenced":
            return _fence(element, children, depth)
        case "mtable":
            return _table(element, children, depth)
        case "mmultiscripts":
            return _scripts(children, depth)
        case _:
            raise NoTex


def _with_style(element: Element, children: list[Element], depth: int) -> str:
    """Elements in the size of formulas that are set off, of those in lines, or of scripts."""
    display = element.get("displaystyle")
    only = tag(children[0]) if len(children) == 1 else ""
    if only == "mfrac" and display in ("true", "false") and not children[0].get("linethickness"):
        letter = "d" if display == "true" else "t"
        return _tex(children[0], depth + 1).replace("\\frac", f"\\{letter}frac", 1)
    if only == "mtable" and element.get("scriptlevel") == "1":
        return f"\\substack{{{_rows(children[0], depth)}}}"
    inner = _row(children, depth)
    return f"{{\\displaystyle {inner}}}" if display == "true" else inner


def _words(element: Element) -> str:
    return _UNSEEN.sub("", "".join(str(text) for text in element.itertext())).strip()


def _row(children: Sequence[Element], depth: int) -> str:
    """Elements one after the other; brackets around what is high grow with it."""
    special = _cases(children, depth) or _binomial(children, depth) or _matrix(children, depth)
    if special:
        return special
    parts: list[str] = []
    at = 0
    while at < len(children):
        element = children[at]
        same = at + 1
        while same < len(children) and _same_variant(element, children[same]):
            same += 1
        end = _partner(children, at)
        if tag(element) == "mpadded" and _words(element) == "⧸":
            parts.append("\\not ")
        elif end is not None:
            parts.append(_grow(children[at : end + 1], depth))
            at = end
        elif same > at + 1:
            letters = "".join(_words(child) for child in children[at:same])
            parts.append(f"{VARIANTS[element.get('mathvariant', '')]}{{{letters}}}")
            at = same - 1
        else:
            parts.append(_tex(element, depth + 1))
        at += 1
    return _join(parts)


def _join(parts: Sequence[str]) -> str:
    """Parts of TeX with a space between a command and the letter behind it, and between numbers."""
    text = ""
    for part in parts:
        is_command = re.search(r"\\[A-Za-z]+$", text) and part[:1].isalpha()
        is_number = text[-1:].isdecimal() and part[:1].isdecimal()
        text += (" " if is_command or is_number else "") + part
    return text


def _same_variant(element: Element, other: Element) -> bool:
    variant = element.get("mathvariant")
    both = tag(element) == tag(other) == "mi" and variant == other.get("mathvariant")
    return both and variant in VARIANTS and all(len(_words(item)) == 1 for item in (element, other))


def _is_fence(element: Element, form: str) -> bool:
    """Whether an operator is a bracket that grows, at the beginning or the end of what it encloses."""
    return tag(element) == "mo" and element.get("stretchy") == "true" and element.get("form") == form


def _partner(children: Sequence[Element], at: int) -> int | None:
    """Where the bracket ends that begins at a place, if it grows with what is in it."""
    element = children[at]
    if _is_fence(element, "prefix"):
        return next((end for end in range(len(children) - 1, at, -1) if _is_fence(children[end], "postfix")), None)
    opening = _words(element) if tag(element) == "mo" else ""
    if len(opening) != 1 or opening not in _OPENING or element.get("stretchy") == "false" or opening in "|‖":
        return None
    closing, level = _CLOSING[_OPENING.index(opening)], 0
    for end in range(at, len(children)):
        text = _words(children[end]) if tag(children[end]) == "mo" else ""
        level += (text == opening) - (text == closing)
        if not level:
            high = any(tag(item) in _TALL for inner in children[at:end] for item in inner.iter())
            is_matrix = end == at + 2 and tag(children[at + 1]) == "mtable"
            return end if high and not is_matrix else None
    return None


def _grow(children: Sequence[Element], depth: int) -> str:
    inner = children[1:-1]
    middle: list[str] = []
    begin = 0
    for at, element in enumerate(inner):
        if (
            tag(element) == "mo"
            and element.get("fence") == "true"
            and element.get("stretchy") == "true"
            and not element.get("form")
        ):
            middle += [_row(inner[begin:at], depth), f"\\middle{_bracket(element)} "]
            begin = at + 1
    middle.append(_row(inner[begin:], depth))
    return f"\\left{_bracket(children[0])} {''.join(middle)} \\right{_bracket(children[-1])} "


def _bracket(element: Element) -> str:
    text = _words(element)
    if not text:
        return "."
    if len(text) > 1:
        raise NoTex
    return {"{": r"\{", "}": r"\}"}.get(text, text)


def _cases(children: Sequence[Element], depth: int) -> str | None:
    """Several cases behind one brace."""
    if len(children) != 2 or tag(children[0]) != "mo" or _words(children[0]) != "{" or tag(children[1]) != "mtable":
        return None
    return f"\\begin{{cases}}{_rows(children[1], depth)}\\end{{cases}}"


def _binomial(children: Sequence[Element], depth: int) -> str | None:
    if [_words(child) if tag(child) == "mo" else tag(child) for child in children] != ["(", "mfrac", ")"]:
        return None
    if not children[1].get("linethickness", "").startswith("0"):
        return None
    above, below = (child for child in children[1] if tag(child))
    return f"\\binom{{{_tex(above, depth + 2)}}}{{{_tex(below, depth + 2)}}}"


def _matrix(children: Sequence[Element], depth: int) -> str | None:
    """A matrix in brackets."""
    if [tag(child) for child in children] != ["mo", "mtable", "mo"]:
        return None
    kind = MATRICES.get(_words(children[0]) + _words(children[2]))
    return f"\\begin{{{kind}}}{_rows(children[1], depth)}\\end{{{kind}}}" if kind else None


def _identifier(element: Element) -> str:
    text = _words(element)
    if len(text) > 1 and not all(map(_is_styled, text)):
        if text in FUNCTIONS and element.get("mathvariant") in (None, "normal"):
            return f"\\{text} "
        if element.get("mathvariant") in (None, "normal") and text.isascii() and text.isalpha():
            star = "*" if element.get("movablelimits") == "true" else ""
            return f"\\operatorname{star}{{{text}}}"
        return _text(element)
    variant = element.get("mathvariant")
    if variant in VARIANTS and text.isalpha():
        return f"{VARIANTS[variant]}{{{''.join(map(_sign, text))}}}"
    return "".join(map(_sign, text))


def _is_styled(letter: str) -> bool:
    return 0x1D400 <= ord(letter) <= 0x1D7FF


def _sign(letter: str) -> str:
    """A character as TeX has it."""
    if letter in SIGNS:
        return SIGNS[letter]
    plain = normalize("NFKC", letter)
    if plain == letter or len(plain) != 1 or not plain.isalpha() or letter == PLANCK:
        return "h" if letter == PLANCK else letter
    named = character_name(letter, "")
    command = next((text for begins, text in ALPHABETS if named.startswith(begins)), None)
    if command is None or not (plain.isascii() or not command):
        return letter
    return f"{command}{{{plain}}}" if command else plain


def _number(element: Element) -> str:
    text = _words(element)
    if element.get("mathvariant") in VARIANTS and text.isdecimal():
        return f"{VARIANTS[element.get('mathvariant', '')]}{{{text}}}"
    return "".join(SIGNS.get(item, item) for item in text.replace(" ", "").replace("\u00a0", ""))


def _operator(element: Element) -> str:
    text = _words(element)
    if text.isalpha() and len(text) > 1:
        return _identifier(element)
    size = SIZES.get(element.get("minsize", ""))
    return f"{size}{_bracket(element)} " if size and len(text) == 1 else "".join(map(_sign, text))


def _text(element: Element) -> str:
    """Words; the signs that they cannot have are outside of them."""
    words = re.sub(r"\s+", " ", "".join(str(text) for text in element.itertext()))
    if words in (" ", "\u00a0", ""):
        return "\\ " if words else ""
    command = {"bold": "\\textbf", "italic": "\\textit"}.get(element.get("mathvariant", ""), "\\text")
    parts, at = [], 0
    for found in _OUTSIDE.finditer(words):
        parts += [words[at : found.start()], found[0]]
        at = found.end()
    parts.append(words[at:])
    return "".join(SIGNS[part] if number % 2 else f"{command}{{{part}}}" for number, part in enumerate(parts) if part)


def _space(element: Element) -> str:
    given = element.get("width", "")
    if given in NAMED_SPACES:
        return NAMED_SPACES[given]
    found = re.fullmatch(r"(-?[\d.]+)(em|ex|px|pt|cm)?", given.strip())
    try:
        width = float(found[1]) * {"em": 1.0, "ex": 0.5}.get(found[2] or "", 0.1) if found else 0.0
    except ValueError:
        return ""
    return next(sign for most, sign in SPACES if width < most or most == SPACES[-1][0]) if width else ""


def _fraction(element: Element, parts: list[Element], depth: int) -> str:
    above, below = (_tex(part, depth) for part in parts)
    if element.get("linethickness", "").startswith("0"):
        return f"{{{above} \\atop {below}}}"
    return f"\\frac{{{above}}}{{{below}}}"


def _root(element: Element, parts: list[Element], depth: int) -> str:
    return f"\\sqrt[{_tex(parts[1], depth)}]{{{_tex(parts[0], depth)}}}"


def _script(element: Element, depth: int) -> str:
    """What is raised or lowered, in braces unless it is one letter or figure."""
    text = _tex(element, depth).strip()
    return text if len(text) == 1 and text.isalnum() else f"{{{text}}}"


def _base(element: Element, depth: int) -> str:
    text = _tex(element, depth).strip()
    is_single = len(text) == 1 or re.fullmatch(r"\\[A-Za-z]+(?:\{\w+\})?", text) or tag(element) in ("mn", "mo")
    if tag(element) == "mrow" and len(element) and _is_fence(element[0], "prefix") and text.startswith("\\left"):
        return text
    return text if is_single and text else f"{{{text}}}"


def _add_scripts(element: Element, parts: list[Element], depth: int) -> str:
    primes = _words(parts[1]) if not len(parts[1]) or tag(parts[1]) == "mrow" else ""
    if primes and set(primes) <= set("′″‴'"):
        return _base(parts[0], depth) + "".join(SIGNS.get(prime, prime) for prime in primes)
    return f"{_operate(parts[0], depth)}^{_script(parts[1], depth)}"


def _lower(element: Element, parts: list[Element], depth: int) -> str:
    return f"{_operate(parts[0], depth)}_{_script(parts[1], depth)}"


def _both(element: Element, parts: list[Element], depth: int) -> str:
    return f"{_operate(parts[0], depth)}_{_script(parts[1], depth)}^{_script(parts[2], depth)}"


def _operate(element: Element, depth: int) -> str:
    """The base of scripts; a large operator has them beside it."""
    base = _base(element, depth)
    return f"{base.strip()}\\nolimits" if _words(element) in LARGE and tag(element) == "mo" else base


def _is_limited(element: Element) -> bool:
    """Whether limits can be above and below an element without more ado."""
    text = _words(element)
    return (tag(element) == "mo" and text in LARGE) or (tag(element) == "mi" and text in LIMITED)


def _under(element: Element, parts: list[Element], depth: int) -> str:
    base, below = parts
    if _is_limited(base):
        return f"{_base(base, depth).strip()}\\limits_{_script(below, depth)}"
    if (command := UNDER.get(_words(below))) is not None:
        return f"{command}{{{_tex(base, depth)}}}"
    if tag(base) == "munder" and _words(base).endswith("⏟"):
        return f"{_tex(base, depth)}_{_script(below, depth)}"
    return f"\\underset{{{_tex(below, depth)}}}{{{_tex(base, depth)}}}"


def _above(element: Element, parts: list[Element], depth: int) -> str:
    base, above = parts
    if _is_limited(base):
        return f"{_base(base, depth).strip()}\\limits^{_script(above, depth)}"
    command = OVER.get(_words(above))
    if command is not None and (command != "\\vec" or len(_words(base)) == 1):
        wide = {"\\hat": "\\widehat", "\\tilde": "\\widetilde", "\\bar": "\\overline"}
        command = command if len(_words(base)) < 2 else wide.get(command, command)
        return f"{command}{{{_tex(base, depth)}}}"
    if _words(above) in ("→", "⃗"):
        return f"\\overrightarrow{{{_tex(base, depth)}}}"
    if tag(base) == "mover" and _words(base).endswith("⏞"):
        return f"{_tex(base, depth)}^{_script(above, depth)}"
    return f"\\overset{{{_tex(above, depth)}}}{{{_tex(base, depth)}}}"


def _under_and_over(element: Element, parts: list[Element], depth: int) -> str:
    base, below, above = parts
    if _is_limited(base):
        limits = f"_{_script(below, depth)}^{_script(above, depth)}"
        return f"{_base(base, depth).strip()}\\limits{limits}"
    return f"\\underset{{{_tex(below, depth)}}}{{\\overset{{{_tex(above, depth)}}}{{{_tex(base, depth)}}}}}"


def _scripts(children: list[Element], depth: int) -> str:
    """What has scripts before it too."""
    names = [tag(child) for child in children]
    cut = names.index("mprescripts") if "mprescripts" in names else len(children)
    base, behind, before = children[:1], children[1:cut], children[cut + 1 :]
    if not base or len(behind) > 2 or len(before) > 2 or len(behind) % 2 or len(before) % 2:
        raise NoTex

    def pair(scripts: list[Element]) -> str:
        marks = zip("_^", scripts, strict=False)
        return "".join(
            f"{mark}{_script(element, depth)}" for mark, element in marks if tag(element) != "none" and _words(element)
        )

    prefix = f"{{}}{pair(before)}" if pair(before) else ""
    return f"{prefix}{_base(base[0], depth)}{pair(behind)}"


def _fence(element: Element, children: list[Element], depth: int) -> str:
    """Elements in brackets, as MathML 3 has them."""
    separators = re.sub(r"\s", "", element.get("separators", ",")) if children[1:] else ""
    parts: list[str] = []
    for number, child in enumerate(children):
        if number and separators:
            sign = separators[min(number, len(separators)) - 1]
            parts.append("\\middle| " if sign == "|" else _sign(sign))
        parts.append(_tex(child, depth + 1))
    begin, end = (element.get("open", "("), element.get("close", ")"))
    signs = [{"": ".", "{": r"\{", "}": r"\}"}.get(text.strip(), text.strip()) for text in (begin, end)]
    if any(len(text.strip()) > 1 for text in (begin, end)):
        raise NoTex
    return f"\\left{signs[0]} {_join(parts)} \\right{signs[1]} "


def _table(element: Element, children: list[Element], depth: int) -> str:
    """A matrix, an array with columns that are aligned, or aligned lines."""
    cells = [list(_cells(row)) for row in children]
    if element.get("displaystyle") == "true" and any(child.get("columnalign") for row in cells for child in row):
        return f"\\begin{{aligned}}{_rows(element, depth)}\\end{{aligned}}"
    widest = max(cells, key=len, default=[])
    sides = [item.get("columnalign") for item in widest]
    if any(sides):
        letters = "".join({"left": "l", "right": "r"}.get(side or "", "c") for side in sides)
        return f"\\begin{{array}}{{{letters}}}{_rows(element, depth)}\\end{{array}}"
    return f"\\begin{{matrix}}{_rows(element, depth)}\\end{{matrix}}"


def _cells(row: Element) -> list[Element]:
    found = [child for child in row if tag(child) == "mtd"]
    return found[1:] if tag(row) == "mlabeledtr" else found


def _rows(table: Element, depth: int) -> str:
    rows = (" & ".join(_tex(cell, depth + 2).strip() for cell in _cells(row)) for row in table if tag(row))
    return " " + " \\\\ ".join(rows) + " "


_LEAVES: Mapping[str, Callable[[Element], str]] = {
    "mi": _identifier,
    "mn": _number,
    "mo": _operator,
    "mtext": _text,
    "ms": _text,
    "mspace": _space,
}
_Write = Callable[[Element, list[Element], int], str]
_PARTS: Mapping[str, tuple[int, _Write]] = {
    "mfrac": (2, _fraction),
    "mroot": (2, _root),
    "msup": (2, _add_scripts),
    "msub": (2, _lower),
    "msubsup": (3, _both),
    "munder": (2, _under),
    "mover": (2, _above),
    "munderover": (3, _under_and_over),
}
