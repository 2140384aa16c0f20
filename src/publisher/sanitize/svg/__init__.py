"""A drawing rebuilt from the elements and attributes of SVG that draw: it occurs alone and does nothing.

Secure static mode, https://www.w3.org/TR/SVG2/conform.html#secure-static-mode. What may not be in a book is a fault at
its line; notes that drawing programs keep to themselves, comments and attributes without meaning are left out.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from lxml import etree

from publisher.sanitize.css import Sanitized, Why, display, in_itself, sanitized_sheet, sanitized_style, sanitized_value
from publisher.sanitize.css.lists import EMBEDDED, PROPERTIES
from publisher.sanitize.css.write import flat
from publisher.sanitize.svg import path as svg_path
from publisher.sanitize.svg.lists import (
    ANIMATIONS,
    ELEMENTS,
    EMPTY,
    FORBIDDEN,
    INERT,
    KEYWORDS,
    LEFT_OUT,
    MEASURED,
    NUMERIC,
    OPACITIES,
    PICTURES,
    PLAIN,
    POSITIVE,
    REFERRING,
    SVG,
    TRANSFORMING,
    WORDED,
    XLINK,
    XML,
)
from publisher.sanitize.svg.weight import DEEPEST, MOST_STEPS, Cycle, TooMuch, steps
from publisher.sanitize.xml import parse_xml

MOST_BYTES = 10_000_000
"""How large the file of a drawing may be."""
MOST_ELEMENTS = 100_000
"""How many elements it may have."""
LARGEST = 100_000
"""How wide and how high a drawing may be, in its own units."""
MOST_COMMANDS = 250_000
"""How many commands all its paths may have, and how many points all its polygons."""
MOST_DASHES = 1_000
"""How many lengths a pattern of dashes may have."""
MOST_TILES = 1_000
"""How often a gradient or a pattern may repeat itself along a drawing."""
_NAMESPACES: Any = {None: SVG[1:-1], "xlink": XLINK[1:-1]}
_FRAGMENT = re.compile(r"#[^\s\"'()<>\\#]+")
_SIMPLE = re.compile(r"[\w.,;:%+# \t\n-]*")
"""A value without brackets, quotation marks, escapes and comments: it can name nothing."""
_RATIO = re.compile(r"(?:none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max))(?: (?:meet|slice))?")
_WEIGHT = re.compile(r"normal|bold|bolder|lighter|inherit|[1-9][0-9]{0,2}|1000")
_ANGLE = re.compile(rf"({svg_path.NUMBER})(?:deg)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a drawing, and in which of its lines."""

    message: str
    line: int
    is_size: bool = False
    """Whether the drawing is only too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A drawing as it is shipped, unless it has faults."""

    content: bytes
    width: int
    height: int
    faults: tuple[Fault, ...]
    steps: int = 0
    """How much drawing it takes, see `svg_weight`."""
    pictures: tuple[tuple[bytes, int], ...] = field(default=(), repr=False)
    """The pictures that are written into it, each with its line."""


def drawing(content: bytes) -> Drawing:
    """An SVG file rebuilt, with its size in its own units, and everything about it that may not be in a book."""
    if len(content) > MOST_BYTES:
        return _faulty(Fault(message=f"more than {MOST_BYTES:,} bytes", line=1, is_size=True))
    try:
        root = parse_xml(content, comments=False)
    except etree.XMLSyntaxError as error:
        words = " ".join((error.msg or "").partition(", line ")[0].split())
        return _faulty(Fault(message=f"not well-formed: {display(words, 200)}", line=max(error.lineno or 1, 1)))
    if root.tag != f"{SVG}svg":
        return _faulty(Fault(message='the root is not <svg xmlns="http://www.w3.org/2000/svg">', line=_line(root)))
    if sum(1 for _, _ in zip(root.iter(), range(MOST_ELEMENTS + 1), strict=False)) > MOST_ELEMENTS:
        return _faulty(Fault(message=f"more than {MOST_ELEMENTS:,} elements", line=_line(root), is_size=True))
    builder = _Builder(faults=list(_outside(root)))
    rebuilt = builder.element(root)
    assert rebuilt is not None
    width, height = _size(root)
    if not width or not height:
        builder.fault("the drawing has no viewBox and no size", root)
    weight = 0 if builder.faults else builder.escalate(rebuilt, root, max(width, height))
    if builder.faults:
        return _faulty(*builder.faults, width=width, height=height)
    etree.cleanup_namespaces(rebuilt)
    written = etree.tostring(rebuilt, encoding="utf-8", xml_declaration=False)
    return Drawing(
        content=written, width=width, height=height, faults=(), steps=weight, pictures=tuple(builder.pictures)
    )


def _faulty(*faults: Fault, width: int = 0, height: int = 0) -> Drawing:
    return Drawing(content=b"", width=width, height=height, faults=tuple(dict.fromkeys(faults)))


def _line(element: etree._Element) -> int:
    """The line of an element, counted from 1."""
    line: object = element.sourceline
    return line if isinstance(line, int) and line > 0 else 1


def _outside(root: etree._Element) -> Iterator[Fault]:
    """What is around the drawing: a document type may define entities, an instruction may name a style sheet."""
    docinfo: object = root.getroottree().docinfo
    if getattr(docinfo, "internalDTD", None) is not None:
        yield Fault(message="a document type (<!DOCTYPE …>)", line=1)
    for preceding in (True, False):
        for node in root.itersiblings(preceding=preceding):
            if isinstance(node, etree._ProcessingInstruction):
                yield Fault(message="a processing instruction", line=_line(node))


def _size(root: etree._Element) -> tuple[int, int]:
    try:
        box = svg_path.lengths(root.get("viewBox") or "") or ()
        if len(box) == 4 and not any(part[-1].isalpha() or part[-1] == "%" for part in box):
            return _whole(box[2]), _whole(box[3])
        sizes = [svg_path.lengths(root.get(name) or "") or () for name in ("width", "height")]
    except svg_path.TooLarge:
        return 0, 0
    plain = [size[0].removesuffix("px") for size in sizes if len(size) == 1]
    return (_whole(plain[0]), _whole(plain[1])) if len(plain) == 2 else (0, 0)


def _whole(number: str) -> int:
    """A length as a whole number, at least one where it is more than nothing; 0 where it is beyond all measure."""
    try:
        length = float(number)
    except ValueError:
        return 0
    return max(round(length), 1) if 0 < length <= LARGEST else 0


@dataclass(slots=True)
class _Builder:
    """A drawing being rebuilt."""

    faults: list[Fault] = field(default_factory=list)
    pictures: list[tuple[bytes, int]] = field(default_factory=list)
    commands: int = 0
    """How many commands of paths were rebuilt."""

    def fault(self, message: str, element: etree._Element, *, is_size: bool = False) -> None:
        self.faults.append(Fault(message=message, line=_line(element), is_size=is_size))

    def element(self, element: etree._Element) -> etree._Element | None:
        """The element with what is in it, rebuilt; None where it is left out, or a fault was noted."""
        if not isinstance(element.tag, str):
            self.fault("an entity or a processing instruction", element)
            return None
        name = etree.QName(element)
        if name.namespace != SVG[1:-1]:
            if not (name.namespace and INERT.fullmatch(name.namespace)):
                prefix = f"{element.prefix}:" if element.prefix else ""
                self.fault(f"the element <{prefix}{display(name.localname)}>, which is no SVG", element)
            return None
        if name.localname in LEFT_OUT or (element.get("requiredExtensions") or "").strip():
            return None
        if name.localname not in ELEMENTS:
            self.fault(f"the element <{display(name.localname)}>", element)
            return None
        if name.localname in ("tspan", "textPath") and next(element.iterancestors(f"{SVG}text"), None) is None:
            return None
        rebuilt = etree.Element(element.tag, nsmap=_NAMESPACES)
        for attribute, value in element.items():
            self._attribute(str(attribute), str(value), element, name.localname, rebuilt)
        self._inside(element, name.localname, rebuilt)
        is_empty = name.localname in EMPTY and not any(rebuilt.get(text) for text in EMPTY[name.localname])
        return None if is_empty else rebuilt

    def _inside(self, element: etree._Element, local: str, rebuilt: etree._Element) -> None:
        """The text and the elements in an element."""
        if local == "style":
            self._style(element, rebuilt)
            return
        worded = local in WORDED and (local != "a" or next(element.iterancestors(f"{SVG}text"), None) is not None)
        rebuilt.text = _keep(element.text, worded=worded)
        for child in element:
            inner = self.element(child)
            tail = _keep(child.tail, worded=worded)
            if inner is not None:
                inner.tail = tail
                rebuilt.append(inner)
            elif tail and len(rebuilt):
                rebuilt[-1].tail = (rebuilt[-1].tail or "") + tail
            elif tail:
                rebuilt.text = (rebuilt.text or "") + tail

    def _style(self, element: etree._Element, rebuilt: etree._Element) -> None:
        """A style sheet in the drawing."""
        if len(element):
            self.fault("an element in a style sheet", element)
        elif (element.get("type") or "text/css").strip().lower() != "text/css":
            self.fault(f"a style sheet that is no CSS: {display(element.get('type') or '')}", element)
        else:
            found = sanitized_sheet(element.text or "", allowed=in_itself)
            # the element's line is that of the end of its tag, where its text begins
            self._css(found, element, first=_line(element))
            rebuilt.text = found.text

    def _css(self, found: Sanitized, element: etree._Element, *, first: int | None = None) -> None:
        """Notes the faults of a style; `first` is the line at which its text begins, None for an attribute."""
        for fault in found.faults:
            if fault.why is Why.PROPERTY and fault.name.startswith("-"):
                continue
            line = _line(element) if first is None else first + fault.line - 1
            words = fault.words.replace("the edition", "the drawing")
            self.faults.append(Fault(message=words, line=line, is_size=fault.why is Why.SIZE))
        for token in flat(found.tokens):
            if token.type in ("number", "dimension", "percentage") and not abs(token.value) <= svg_path.LARGEST:
                self.fault(f"the number {token.representation[:20]} is beyond all measure", element, is_size=True)

    def _attribute(
        self, attribute: str, value: str, element: etree._Element, local: str, rebuilt: etree._Element
    ) -> None:
        name = etree.QName(attribute)
        plain = name.localname.lower()
        if plain.startswith("on"):
            self.fault(f"the script in {display(name.localname)}=…", element)
        elif plain == "href" and attribute in ("href", f"{XLINK}href"):
            self._href(attribute, value.strip(), element, local, rebuilt)
        elif plain in FORBIDDEN or plain == "href":
            self.fault(
                f"a reference to something outside the drawing: {display(name.localname)}={display(value)}", element
            )
        elif name.namespace in (None, XML[1:-1]):
            try:
                written = self._value(attribute, value, element, local)
            except svg_path.TooLarge as error:
                self.fault(str(error), element, is_size=True)
                return
            if written is not None:
                rebuilt.set(attribute, written)

    def _href(self, attribute: str, value: str, element: etree._Element, local: str, rebuilt: etree._Element) -> None:
        if not value:
            return
        data = re.sub(r"\s+", "", value) if value[:5].lower() == "data:" else ""
        if local in PICTURES and data and EMBEDDED.fullmatch(data) and data.startswith("data:image/"):
            try:
                self.pictures.append((base64.b64decode(data.partition(",")[2], validate=True), _line(element)))
            except (binascii.Error, ValueError):
                self.fault("a picture that is no base64", element)
            rebuilt.set(attribute, data)
        elif local in REFERRING and local != "image" and _FRAGMENT.fullmatch(value):
            rebuilt.set(attribute, value)
        else:
            self.fault(f"a reference to something outside the drawing: {display(value)}", element)

    def _value(self, name: str, value: str, element: etree._Element, local: str) -> str | None:
        """The value of an attribute as it is shipped; None where the attribute is left out."""
        if name == "style":
            found = sanitized_style(value, allowed=in_itself)
            self._css(found, element)
            return found.text
        if name == "d" or (name == "path" and local == "animateMotion"):
            written, count = svg_path.path(value, most=MOST_COMMANDS - self.commands)
            self.commands += count
            return written
        if name == "points":
            if len(value) > 20 * MOST_COMMANDS:
                raise svg_path.TooLarge("there are too many points")
            return svg_path.points(value)
        if name == "viewBox":
            box = svg_path.lengths(value)
            return " ".join(box) if box and len(box) == 4 else None
        if name == "attributeName":
            return self._animate(value.strip(), element)
        if name == "preserveAspectRatio":
            return value.strip() if _RATIO.fullmatch(value.strip()) else None
        if name == "orient":
            angle = _ANGLE.fullmatch(value.strip())
            return angle[1] if angle else value if value in ("auto", "auto-start-reverse") else None
        if name in TRANSFORMING:
            return svg_path.transformations(value)
        if name == "rotate" and local != "animateMotion":
            return _numbers(value) if not any(unit in value for unit in "%eimpx") else None
        if name in NUMERIC:
            return _numbers(value)
        if name in ("id", "class", f"{XML}lang", f"{XML}space", f"{XML}id") or name.startswith("aria-"):
            return value
        if name in MEASURED:
            return _measure(name, value)
        if name == "font-weight":
            return value if _WEIGHT.fullmatch(value) else None
        if name in PROPERTIES:
            return self._property(name, value, element)
        if name in PLAIN:
            return self._property(name, value, element) if local in ANIMATIONS else _simple(value)
        return None

    def _animate(self, name: str, element: etree._Element) -> str | None:
        if name.lower().endswith(("href", "src", "style")) or name.lower().startswith("on"):
            self.fault("an animated reference", element)
        return name if re.fullmatch(r"[A-Za-z-]+", name) else None

    def _property(self, name: str, value: str, element: etree._Element) -> str | None:
        """The value of a presentation attribute, or of an animation."""
        if name == "stroke-dasharray" and len(re.split(r"[\s,]+", value.strip())) > MOST_DASHES:
            self.fault(f"more than {MOST_DASHES:,} dashes", element, is_size=True)
        if _SIMPLE.fullmatch(value):
            for number in re.findall(svg_path.NUMBER, value) if any(map(str.isdigit, value)) else ():
                svg_path.check(number)
            return value
        found = _cache(value)
        self._css(found, element)
        return found.text

    def escalate(self, rebuilt: etree._Element, root: etree._Element, side: float) -> int:
        """How many steps the drawing takes; notes a fault where these are too many."""
        for fault in _repeating(rebuilt, side):
            self.fault(fault, root, is_size=True)
        try:
            return steps(rebuilt)
        except Cycle:
            self.fault("a part that shows itself", root)
        except (TooMuch, RecursionError):
            words = f"more than {MOST_STEPS:,} steps to draw, or parts more than {DEEPEST} deep in one another"
            self.fault(words, root, is_size=True)
        return 0


def _simple(value: str) -> str | None:
    return value if _SIMPLE.fullmatch(value) else None


@lru_cache(maxsize=512)
def _cache(value: str) -> Sanitized:
    return sanitized_value(value)


def _keep(text: str | None, *, worded: bool) -> str | None:
    """Text that counts, or white space between elements."""
    return text if text and (worded or not text.strip()) else None


def _measure(name: str, value: str) -> str | None:
    """One length, or a word that may represent it."""
    words = value.strip()
    is_number = name in OPACITIES or name == "stroke-miterlimit"
    found = svg_path.lengths(words)
    if found is None:
        return words if words == "inherit" or (not is_number and words.isalpha()) else None
    if len(found) != 1 or (is_number and found[0][-1].isalpha()):
        return None
    return None if found[0].startswith("-") and name in POSITIVE else found[0]


def _numbers(value: str) -> str | None:
    if value.strip() in KEYWORDS:
        return value.strip()
    found = svg_path.lengths(value)
    return None if found is None else " ".join(found)


def _repeating(root: etree._Element, side: float) -> Iterator[str]:
    """Gradients and patterns that repeat themselves more often than anyone can see."""
    for pattern in root.iter(f"{SVG}pattern"):
        whole = side if pattern.get("patternUnits") == "userSpaceOnUse" else 1.0
        sizes = [_share(pattern.get(name), whole) for name in ("width", "height")]
        if any(0 < size < whole / MOST_TILES for size in sizes):
            yield f"a pattern that repeats itself more than {MOST_TILES:,} times"
    gradients = tuple(root.iter(f"{SVG}linearGradient", f"{SVG}radialGradient"))
    if all(element.get("spreadMethod", "pad") == "pad" for element in gradients):
        return
    # a gradient may take its method, its units and its points from another
    widest = max(side, *(_extent(shape) for shape in root.iter(etree.Element)))
    for gradient in gradients:
        own = any(element.get("gradientUnits") == "userSpaceOnUse" for element in gradients)
        if any(
            "scale" in element.get("gradientTransform", "") or "m" in element.get("gradientTransform", "")
            for element in gradients
        ):
            yield "a gradient that repeats itself and is scaled"
        whole = widest if own else 1.0
        if 0 < _length(gradient, whole) < whole / MOST_TILES:
            yield f"a gradient that repeats itself more than {MOST_TILES:,} times"


def _length(gradient: etree._Element, whole: float) -> float:
    """How long a gradient is before it repeats itself; 0 where it does not say."""
    if etree.QName(gradient).localname == "radialGradient":
        return _share(gradient.get("r"), whole)
    if all(gradient.get(name) is None for name in ("x1", "x2", "y1", "y2")):
        return 0.0
    x1, y1, y2 = (_share(gradient.get(name), whole) for name in ("x1", "y1", "y2"))
    return math.hypot(_share(gradient.get("x2", "100%"), whole) - x1, y2 - y1) or 1e-9


def _extent(shape: etree._Element) -> float:
    """How far a shape can reach, at most."""
    said = " ".join(str(value) for name, value in shape.items() if name in ("d", "points") or name in NUMERIC)
    numbers = [abs(float(element)) for element in re.findall(svg_path.NUMBER, said)]
    return math.fsum(numbers) if any(map(str.islower, shape.get("d", ""))) else 2 * max(numbers, default=0)


def _share(length: str | None, whole: float) -> float:
    """A length in units of the drawing, or as a share of it."""
    if not length:
        return 0.0
    found = re.match(svg_path.NUMBER, length)
    return 0.0 if found is None else float(found[0]) * (whole / 100 if length.endswith("%") else 1)
