"""How much drawing a drawing takes: every part counted as often as it is drawn.

`use`, patterns, masks, markers, clipping paths and filters draw other parts again
(https://www.w3.org/TR/SVG2/struct.html#UseElement), each in what it is drawn in. The count is an upper bound: of
several rules that may hold for an element, all are counted. One step is about 60 microseconds of WeasyPrint.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import cssselect2
import tinycss2
from lxml import etree

from publisher.sanitize.css import address_of
from publisher.sanitize.css.write import flat
from publisher.sanitize.svg.lists import SVG, XLINK

MOST_STEPS = 100_000
"""How many steps a drawing may take."""
DEEPEST = 100
"""How deep parts may be drawn in one another."""
MOST_COMPARED = 5_000_000
"""How many comparisons of a selector with an element a drawing may need."""
LOOKUP = 120
"""How many elements are passed in one step where a part is looked for by its id."""

SHAPES = frozenset({"circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "text", "textPath", "tspan"})
INHERITED = ("fill", "stroke", "marker-start", "marker-mid", "marker-end")
OF_ITSELF = ("clip-path", "mask", "filter")
REFERRING = (*INHERITED, "marker", *OF_ITSELF)
"""Properties that name other parts of the drawing."""
NOTHING: frozenset[str] = frozenset()
Inherited = tuple[frozenset[str], ...]


class Cycle(Exception):
    """A part draws itself."""


class TooMuch(Exception):
    """A drawing takes more steps than it may, or its parts are drawn too deep in one another."""


def steps(root: etree._Element) -> int:
    """How many steps a drawing takes. Raises `Cycle` and `TooMuch`."""
    return _Weight(root=root).all()


@dataclass(slots=True)
class _Weight:
    root: etree._Element
    count: int = 0
    """How many elements there are."""
    named: dict[str, etree._Element] = field(default_factory=dict)
    rules: dict[etree._Element, dict[str, frozenset[str]]] = field(default_factory=dict)
    """What style sheets name for an element, by property."""
    known: dict[tuple[etree._Element, Inherited], float] = field(default_factory=dict)
    open: set[etree._Element] = field(default_factory=set)
    visits: int = 0
    fading: bool = False
    """Whether a style sheet gives something an opacity."""

    def all(self) -> int:
        for element in self.root.iter(etree.Element):
            self.count += 1
            name = element.get("id")
            if name:
                self.named.setdefault(name, element)
        self._match()
        total = self.weigh(self.root, (NOTHING,) * len(INHERITED), 0) + self._lookups()
        if total > MOST_STEPS:
            raise TooMuch
        return int(total)

    def _match(self) -> None:
        """Finds the elements for which the rules of the style sheets name other parts."""
        self.fading = any("opacity" in (style.text or "") for style in self.root.iter(f"{SVG}style"))
        rules = [rule for style in self.root.iter(f"{SVG}style") for rule in _rules(style.text or "")]
        if len(rules) * self.count > MOST_COMPARED:
            raise TooMuch
        matcher = cssselect2.Matcher()
        for prelude, named in rules:
            try:
                for selector in cssselect2.compile_selector_list(prelude):
                    matcher.add_selector(selector, named)
            except cssselect2.SelectorError:
                continue
        if any(named for _, named in rules):
            for wrapper in cssselect2.ElementWrapper.from_xml_root(self.root).iter_subtree():
                found: dict[str, frozenset[str]] = {}
                for *_, named in matcher.match(wrapper):
                    for name, ids in named.items():
                        found[name] = found.get(name, NOTHING) | ids
                if found:
                    self.rules[wrapper.etree_element] = found

    def _lookups(self) -> float:
        """What it takes to look for the parts that are named."""
        sought = {ids for element in self.root.iter(etree.Element) for ids in self._named_by(element)}
        return len(sought) * self.count / LOOKUP

    def _named_by(self, element: etree._Element) -> Iterator[str]:
        for name in REFERRING:
            yield from self._refers(element, name) or ()
        shown = _href(element)
        if shown:
            yield shown

    def _refers(self, element: etree._Element, name: str) -> frozenset[str] | None:
        """The ids that a property of an element names; None where it says nothing of its own."""
        found = self.rules.get(element, {}).get(name)
        said = element.get(name)
        if said is not None:
            found = (found or NOTHING) | frozenset(_ids(said))
        if element.get("style"):
            own = _declare(str(element.get("style"))).get(name)
            found = found if own is None else (found or NOTHING) | own
        return found

    def weigh(self, element: etree._Element, around: Inherited, depth: int) -> float:
        """The steps of an element with everything that it draws, in what it inherits."""
        if element in self.open:
            raise Cycle
        if depth > DEEPEST or self.visits > MOST_STEPS:
            raise TooMuch
        marker = self._refers(element, "marker")
        inherited = tuple(
            outer if (own := self._refers(element, name)) is None else own
            for name, outer in zip(INHERITED, around, strict=True)
        )
        if marker:
            inherited = (*inherited[:2], *(ids | marker for ids in inherited[2:]))
        key = (element, inherited)
        if key not in self.known:
            self.visits += 1
            self.open.add(element)
            self.known[key] = self._weighed(element, inherited, depth)
            self.open.discard(element)
            if self.known[key] > MOST_STEPS:
                raise TooMuch
        return self.known[key]

    def _weighed(self, element: etree._Element, inherited: Inherited, depth: int) -> float:
        local = etree.QName(element).localname
        total = 1 + _own(element, local) * (4 if self._is_measured(element, inherited) else 1)
        if local in SHAPES:
            vertices = 2 + _commands(element, local)
            total += sum(self._painted(ids, inherited, depth) for ids in inherited[:2])
            total += vertices * sum(self._drawn(ids, depth) for ids in inherited[2:])
        for name in OF_ITSELF:
            total += self._drawn(self._refers(element, name) or NOTHING, depth)
        shown = _href(element)
        if shown and local == "use" and shown in self.named:
            total += self.weigh(self.named[shown], inherited, depth + 1)
        elif shown and shown in self.named:
            total += self._chain(element)
        if local not in ("clipPath", "marker", "mask", "pattern", "symbol", "defs") or depth == 0:
            return total + sum(self.weigh(child, inherited, depth + 1) for child in _elements(element))
        # they are drawn where they are named; what is in them is looked at here too, for what draws itself
        for child in _elements(element):
            self.weigh(child, inherited, depth + 1)
        return total

    def _is_measured(self, element: etree._Element, inherited: Inherited) -> bool:
        """Whether WeasyPrint asks how large an element is: for gradients, patterns and opacity."""
        said = (element.get("opacity"), "opacity" in (element.get("style") or ""))
        return bool(inherited[0] or inherited[1] or any(said) or self.fading)

    def _drawn(self, ids: Iterable[str], depth: int) -> float:
        """The steps of parts that are drawn for an element: what is in them, once."""
        return sum(self._inside(self.named[name], depth) for name in ids if name in self.named)

    def _painted(self, ids: Iterable[str], inherited: Inherited, depth: int) -> float:
        """The steps of gradients and patterns; a pattern reads its own style sheets and looks for its own parts."""
        total = 0.0
        for name in ids:
            part = self.named.get(name)
            if part is not None:
                total += self._inside(part, depth) + self._chain(part) + 1
                if etree.QName(part).localname == "pattern":
                    total += 20 + sum(1 for _ in part.iter(etree.Element)) * (1 + self.count / LOOKUP / 10)
        return total

    def _inside(self, part: etree._Element, depth: int) -> float:
        if part in self.open:
            raise Cycle
        key = (part, ())
        if key not in self.known:
            self.open.add(part)
            nothing = (NOTHING,) * len(INHERITED)
            self.known[key] = 1 + sum(self.weigh(child, nothing, depth + 1) for child in _elements(part))
            self.open.discard(part)
        return self.known[key]

    def _chain(self, element: etree._Element) -> float:
        """The steps of a chain of gradients or patterns that take from one another. Raises `Cycle`."""
        seen = [element]
        while (shown := _href(seen[-1])) and shown in self.named:
            following = self.named[shown]
            if following in seen:
                raise Cycle
            if len(seen) > DEEPEST:
                raise TooMuch
            seen.append(following)
        inside = (self._inside(item, 1) for item in seen[1:] if etree.QName(item).localname == "pattern")
        return len(seen) - 1 + sum(inside)


def _elements(element: etree._Element) -> Iterator[etree._Element]:
    yield from element.iterchildren(etree.Element)


def _href(element: etree._Element) -> str | None:
    """The id that an element refers to with `href`."""
    said = element.get("href") or element.get(f"{XLINK}href") or ""
    return said[1:] if said.startswith("#") else None


def _own(element: etree._Element, local: str) -> float:
    """The steps of an element by itself: of path data, of points one by one, of letters."""
    if local == "path":
        return _commands(element, local) / 4
    if local in ("polygon", "polyline"):
        count = _commands(element, local)
        return count / 4 + count * len(element.get("points", "")) / 300_000
    if local in ("text", "textPath", "tspan", "a"):
        return len(element.text or "") + sum(len(child.tail or "") for child in element)
    return 0


def _commands(element: etree._Element, local: str) -> int:
    """How many points a shape has, at most."""
    if local == "path":
        return sum(1 for letter in element.get("d", "") if letter.isalpha())
    if local in ("polygon", "polyline"):
        return element.get("points", "").count(" ") // 2 + 1
    return 4


def _ids(value: str) -> Iterator[str]:
    if "(" in value:
        for token in flat(tinycss2.parse_component_value_list(value)):
            address = address_of(token)
            if address and address.startswith("#"):
                yield address[1:]


def _declare(style: str) -> Mapping[str, frozenset[str]]:
    """The ids that each property of a `style` attribute names."""
    return _named_in(tinycss2.parse_blocks_contents(style, True, True))


def _named_in(nodes: Iterable[Any]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for node in nodes:
        if node.type == "declaration" and node.lower_name in REFERRING:
            addresses = (address_of(token) for token in flat(node.value))
            ids = frozenset(address[1:] for address in addresses if address and address.startswith("#"))
            found[node.lower_name] = found.get(node.lower_name, NOTHING) | ids
    return found


def _rules(text: str) -> Iterator[tuple[list[Any], dict[str, frozenset[str]]]]:
    """The rules of a style sheet, those in conditions too, each with the ids that it names."""
    yield from _in(tinycss2.parse_stylesheet(text, True, True))


def _in(nodes: Iterable[Any]) -> Iterator[tuple[list[Any], dict[str, frozenset[str]]]]:
    for node in nodes:
        if node.type == "qualified-rule":
            yield node.prelude, _named_in(tinycss2.parse_blocks_contents(node.content, True, True))
        elif node.type == "at-rule" and node.content is not None:
            yield from _in(tinycss2.parse_rule_list(node.content, True, True))
