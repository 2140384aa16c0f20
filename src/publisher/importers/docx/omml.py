"""Equations of Word (OMML) to MathML, element by element (ECMA-376, part 1, 22.1; https://www.w3.org/TR/mathml-core/)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from publisher.importers.docx.names import Element, attribute, child, children, name

_DEEPEST = 40
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]|\s+|.", re.DOTALL)
_UPRIGHT = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|\s+|.", re.DOTALL)
_SCRIPTS = {
    "double-struck": "double-struck",
    "script": "script",
    "fraktur": "fraktur",
    "sans-serif": "sans-serif",
    "monospace": "monospace",
}
_STYLES = {"b": "bold", "bi": "bold-italic"}
_MOST_COLUMNS = 64


def mathml_of(equation: Element) -> Element:
    """The element `math` of an equation `m:oMath`."""
    return _make("math", *_inner(equation, 0))


def value(element: Element | None, wanted: str) -> str | None:
    """What a property of an equation is set to."""
    return attribute(child(element, wanted), "m:val")


def is_on(element: Element | None, wanted: str) -> bool | None:
    """Whether a property of an equation is on; None if it is not there."""
    found = child(element, wanted)
    return None if found is None else attribute(found, "m:val") not in ("0", "off", "false")


def _make(tag: str, *parts: Element, text: str | None = None, **attributes: str) -> Element:
    found = etree.Element(tag, attributes)
    found.text = text
    found.extend(parts)
    return found


def _row(element: Element | None, depth: int) -> Element:
    """An argument as one element; an empty one if there is none."""
    parts = () if element is None else tuple(_inner(element, depth))
    return parts[0] if len(parts) == 1 else _make("mrow", *parts)


def _inner(element: Element, depth: int) -> Iterator[Element]:
    for item in element:
        yield from _element(item, depth + 1)


def _element(element: Element, depth: int) -> Iterator[Element]:
    if depth > _DEEPEST:
        yield _make("mtext", text="".join(map(str, element.itertext())))
        return
    match name(element):
        case "m:r":
            yield from _run(element)
        case "w:t":
            yield _make("mtext", text=element.text or "")
        case "m:f":
            yield _fraction(element, depth)
        case "m:rad":
            yield _root(element, depth)
        case "m:sSup" | "m:sSub" | "m:sSubSup" | "m:sPre":
            yield _scripts(element, depth)
        case "m:nary":
            yield from _large(element, depth)
        case "m:limLow" | "m:limUpp":
            side = "munder" if name(element) == "m:limLow" else "mover"
            yield _make(side, _part(element, "m:e", depth), _part(element, "m:lim", depth))
        case "m:d":
            yield _delimit(element, depth)
        case "m:m":
            rows = (
                _make("mtr", *(_make("mtd", *_inner(cell, depth)) for cell in children(row, "m:e")))
                for row in children(element, "m:mr")
            )
            yield _make("mtable", *rows)
        case "m:eqArr":
            yield _lines(element, depth)
        case "m:acc" | "m:bar" | "m:groupChr":
            yield _accent(element, depth)
        case "m:phant" if is_on(child(element, "m:phantPr"), "m:show") is False:
            yield _make("mphantom", _part(element, "m:e", depth))
        case properties if properties.endswith("Pr") or properties.startswith("w:"):
            if properties in ("w:ins", "w:moveTo", "w:smartTag", "w:sdt", "w:sdtContent", "w:r", "w:hyperlink"):
                yield from _inner(element, depth)
        case _:
            yield from _inner(element, depth)


def _part(element: Element, wanted: str, depth: int) -> Element:
    return _row(child(element, wanted), depth)


def _run(element: Element) -> Iterator[Element]:
    """The letters, numbers and signs of a run."""
    text = "".join(item.text or "" for item in children(element, "m:t", "w:t"))
    properties = child(element, "m:rPr")
    style, script = value(properties, "m:sty"), value(properties, "m:scr")
    if is_on(properties, "m:nor"):
        yield _make("mtext", text=text)
        return
    variant = _SCRIPTS.get(script or "") or _STYLES.get(style or "")
    is_upright = style == "p" and not variant
    for found in (_UPRIGHT if is_upright else _TOKEN).finditer(text):
        token = found[0]
        if token.isspace():
            yield from (_make("mspace", width="0.278em") for _ in token if token != " ")
        elif token[0].isdecimal():
            yield _make("mn", text=token, **({"mathvariant": variant} if variant else {}))
        elif token.isalpha():
            said = variant or ("normal" if is_upright and len(token) == 1 else "")
            yield _make("mi", text=token, **({"mathvariant": said} if said else {}))
        else:
            yield _make("mo", text=token)


def _fraction(element: Element, depth: int) -> Element:
    above, below = _part(element, "m:num", depth), _part(element, "m:den", depth)
    kind = value(child(element, "m:fPr"), "m:type")
    if kind in ("lin", "skw"):
        return _make("mrow", above, _make("mo", text="/"), below)
    return _make("mfrac", above, below, **({"linethickness": "0"} if kind == "noBar" else {}))


def _root(element: Element, depth: int) -> Element:
    degree = child(element, "m:deg")
    is_hidden = is_on(child(element, "m:radPr"), "m:degHide")
    is_square = is_hidden or degree is None or not "".join(map(str, degree.itertext())).strip()
    base = _part(element, "m:e", depth)
    return _make("msqrt", base) if is_square else _make("mroot", base, _row(degree, depth))


def _scripts(element: Element, depth: int) -> Element:
    base = _part(element, "m:e", depth)
    low, high = (_part(element, text, depth) for text in ("m:sub", "m:sup"))
    match name(element):
        case "m:sSup":
            return _make("msup", base, high)
        case "m:sSub":
            return _make("msub", base, low)
        case "m:sSubSup":
            return _make("msubsup", base, low, high)
        case _:
            return _make("mmultiscripts", base, _make("mprescripts"), low, high)


def _large(element: Element, depth: int) -> Iterator[Element]:
    """A sum, an integral, with its limits and what it is about."""
    properties = child(element, "m:naryPr")
    sign = _make("mo", text=value(properties, "m:chr") or "∫")
    given = [
        None
        if is_on(properties, f"m:{text}Hide") or child(element, f"m:{text}") is None
        else child(element, f"m:{text}")
        for text in ("sub", "sup")
    ]
    is_beside = (value(properties, "m:limLoc") or "subSup") == "subSup"
    low, high = (_row(item, depth) for item in given)
    names = ("msub", "msup", "msubsup") if is_beside else ("munder", "mover", "munderover")
    if given[0] is not None and given[1] is not None:
        yield _make(names[2], sign, low, high)
    elif given[0] is not None or given[1] is not None:
        yield _make(names[0] if given[0] is not None else names[1], sign, low if given[0] is not None else high)
    else:
        yield sign
    body = child(element, "m:e")
    yield from () if body is None else _inner(body, depth)


def _delimit(element: Element, depth: int) -> Element:
    """What is in brackets, which grow with it."""
    properties = child(element, "m:dPr")
    begin, end, separator = (value(properties, text) for text in ("m:begChr", "m:endChr", "m:sepChr"))
    parts: list[Element] = []
    for number, item in enumerate(children(element, "m:e")):
        if number:
            parts.append(_make("mo", text="|" if separator is None else separator, fence="true", stretchy="true"))
        parts += _inner(item, depth)
    first, last = ("(" if begin is None else begin), (")" if end is None else end)
    opening = _make("mo", text=first, stretchy="true", fence="true", form="prefix")
    closing = _make("mo", text=last, stretchy="true", fence="true", form="postfix")
    if first == "{" and not last and len(parts) == 1 and parts[0].tag == "mtable":
        return _make("mrow", _make("mo", text="{"), parts[0])
    return _make("mrow", opening, *parts, closing)


def _lines(element: Element, depth: int) -> Element:
    """Lines below each other, aligned at the first `&` of each."""
    rows = []
    for line in children(element, "m:e"):
        cells: list[list[Element]] = [[]]
        for part in _inner(line, depth):
            if part.tag == "mo" and part.text == "&":
                if len(cells) < 2:
                    cells.append([])
            elif part.tag == "mo" and part.text == "#":
                cells[-1].append(_make("mspace", width="2em"))
            else:
                cells[-1].append(part)
        rows.append([_make("mtd", *cell) for cell in cells[:_MOST_COLUMNS]])
    if any(len(row) > 1 for row in rows):
        aligned = [("right", "left")[at] for at in range(2)]
        for row in rows:
            for cell, side in zip(row, aligned, strict=False):
                cell.set("columnalign", side)
        return _make("mtable", *(_make("mtr", *row) for row in rows), displaystyle="true")
    return _make("mtable", *(_make("mtr", *row) for row in rows))


def _accent(element: Element, depth: int) -> Element:
    base = _part(element, "m:e", depth)
    kind = name(element)
    properties = child(element, f"{kind}Pr")
    sign = value(properties, "m:chr")
    is_above = kind == "m:acc" or value(properties, "m:pos") == "top"
    sign = ("‾" if kind == "m:bar" else sign) or {"m:acc": "\u0302", "m:groupChr": "⏟"}[kind]
    return _make("mover" if is_above else "munder", base, _make("mo", text=sign))
