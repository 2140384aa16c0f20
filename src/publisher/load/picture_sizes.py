"""What is in braces after a picture: `{#id width=40% height=60mm}`.

https://pandoc.org/MANUAL.html#extension-link_attributes
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.diagnostics import Span
from publisher.load.markdown.builder import MarkdownBuilder
from publisher.load.markdown.parser import Node

HINT = (
    "write {width=40%} for a share of the column, or {width=60mm}, with cm or in as well; {#id} names the picture, "
    "{.plate} gives it a page of its own"
)
LEAST, MOST = 1.0, 1000.0
"""In millimetres."""
_MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "inch": 25.4}
_BRACES = re.compile(r"[ \t]*\{([^{}\n]*)\}[ \t]*")
_SIZE = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)[ \t]*(%|mm|cm|inch|in)")
_UNIT = r"(?:[ \t]+(?:%|mm|cm|inch|in)(?!\S))?"
_WORD = re.compile(
    r"\#(?P<id>[^\s#.{}=\"']+)|\.(?P<class>[^\s#.{}=\"']+)"
    rf"|(?P<name>[\w.-]+)[ \t]*=[ \t]*(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s\"']+{_UNIT}))"
)
"""`#id`, `name=value`; a value without quotes may have a space before its unit."""


def is_picture(content: Node) -> bool:
    """Whether a paragraph holds a picture and nothing else but what is in braces after it."""
    kinds = [child.type for child in content.children]
    return kinds == ["image"] or (kinds[:1] == ["image"] and bool(_BRACES.fullmatch(_rest(content))))


def attributes_of(content: Node, *, span: Span, builder: MarkdownBuilder) -> dict[str, str]:
    """What is said of a picture: its file, words and size. Notes M-004 if the braces are not understood."""
    image = content.children[0]
    given = {str(name): str(value) for name, value in (image.attrs | image.meta.get("insecure_attrs", {})).items()}
    found = _BRACES.fullmatch(_rest(content))
    if found is None:
        return given
    words = found[1]
    if _WORD.sub("", words).strip():
        builder.error("M-004", "the attributes in these braces are not understood", span=span, hint=HINT)
    return given | dict(_describe(words))


def _describe(words: str) -> Iterator[tuple[str, str]]:
    for match in _WORD.finditer(words):
        if match["id"]:
            yield "id", match["id"]
        elif match["class"]:
            yield "class", match["class"]
        else:
            yield match["name"], match["bare"] if match["quoted"] is None else match["quoted"]


def _rest(content: Node) -> str:
    """What is behind the picture in its paragraph."""
    end = int(content.children[0].meta.get("end", 0))
    return str(content.content[end:]) if len(content.children) > 1 else ""


def size(name: str, words: str | None, *, span: Span, builder: MarkdownBuilder) -> str | None:
    """A width or height as CSS; None if there is none. Notes M-041 if it is no size that a picture can have."""
    if words is None:
        return None
    found = _SIZE.fullmatch(words.strip())
    if found is None or (found[2] == "%" and name == "height"):
        hint = HINT if name == "width" else "write {height=60mm}, with cm or in as well"
        builder.error("M-041", f"“{words}” is no {name} that a picture can have", span=span, hint=hint)
        return None
    number, unit = float(found[1]), found[2]
    value = number if unit == "%" else round(number * _MILLIMETRES[unit], 2)
    if not LEAST <= value <= (100 if unit == "%" else MOST):
        most = "100%" if unit == "%" else f"{MOST:.0f}mm"
        hint = f"write a {name} from {'1%' if unit == '%' else '1mm'} to {most}"
        builder.error("M-041", f"“{words}” is no {name} that a picture can have", span=span, hint=hint)
        return None
    return f"{value:g}{'%' if unit == '%' else 'mm'}"
