"""Words that a style sheet of an EPUB takes away: which elements it hides, by the cascade.

CSS Cascading 4, https://www.w3.org/TR/css-cascade-4/; the rules that could hide anything are looked for first, so
that a book whose sheets have none costs next to nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import cssselect2
import tinycss2
from lxml import etree

from publisher.verify.epub.forbidden import (
    FAINT,
    GROUNDS,
    INHERITED,
    INKS,
    Colour,
    Tokens,
    alike,
    colour,
    conceals,
    reveals,
)
from publisher.verify.epub.rules import Rule, Sheet, declare

WHITE, BLACK = (1.0, 1.0, 1.0), (0.0, 0.0, 0.0)
OFFSETS = ("left", "top", "right", "bottom")
"""What moves an element only where it is positioned."""
MEASURES = ("width", "height", "max-width", "max-height")
"""What cuts the words of an element off only where they may not overflow it."""
OF_WORDS = (None, "first-letter", "first-line")
"""The parts of an element that have words of its own."""
Weight = tuple[bool, bool, tuple[int, ...], int]
"""Important, of the element itself, specificity, order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concealed:
    """Words that a declaration takes away."""

    text: str
    declaration: str
    element: etree._Element


@dataclass(slots=True)
class Styles:
    """The style sheets of a document, weighed."""

    sheets: Sequence[Sheet]
    unweighed: list[tuple[Sheet, Rule]] = field(default_factory=list)
    """Rules that could hide something and whose selectors no one here understands."""
    _suspects: cssselect2.Matcher = field(default_factory=cssselect2.Matcher)
    _all: dict[str, cssselect2.Matcher] = field(default_factory=dict)
    _properties: dict[str, Tokens] = field(default_factory=dict)
    _grounds: list[Colour] = field(default_factory=list)
    _any: bool = False

    def __post_init__(self) -> None:
        """Compute custom properties and index the rules."""
        rules = [(sheet, rule) for sheet in self.sheets for rule in sheet.rules]
        for _, rule in rules:
            if rule.selector in (":root", "html"):
                self._properties |= {name: value for name, (value, _) in rule.declarations.items() if name[:2] == "--"}
        self._grounds = [WHITE, *filter(None, (self._ground(rule.declarations) for _, rule in rules))]
        for sheet, rule in rules:
            if any(self._suspect(name, tokens) for name, (tokens, _) in rule.declarations.items()):
                self._any = True
                self._weigh(sheet, rule)

    def conceal(self, root: etree._Element) -> Iterator[Concealed]:
        """The words of a document that its style takes away; `root` is its root element."""
        if self._any or _has_styles(root):
            for element in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree():
                yield from self._of(element)

    def _weigh(self, sheet: Sheet, rule: Rule) -> None:
        try:
            for selector in cssselect2.compile_selector_list(rule.selector):
                self._suspects.add_selector(selector, rule)
        except cssselect2.SelectorError:
            self.unweighed.append((sheet, rule))

    def _suspect(self, name: str, tokens: Tokens) -> bool:
        if name not in INKS:
            return conceals(name, tokens)
        found = colour(tokens, self._properties)
        return found is not None and (found[1] < FAINT or any(alike(found[0], ground) for ground in self._grounds))

    def _ground(self, declarations: Mapping[str, tuple[Tokens, bool]]) -> Colour | None:
        for name in GROUNDS:
            found = colour(declarations[name][0], self._properties) if name in declarations else None
            if found is not None and found[1] > 0.5:
                return found[0]
        return None

    def _of(self, element: cssselect2.ElementWrapper) -> Iterator[Concealed]:
        """What a declaration for one element takes away."""
        found = [rule for _, _, pseudo, rule in self._suspects.match(element) if pseudo in OF_WORDS]
        own = declare(element.etree_element.get("style", ""))
        suspects = {(name, rule.condition) for rule in found for name in rule.declarations} | {(n, "") for n in own}
        for name, condition in sorted(suspects):
            tokens = self._winning(element, name, condition)
            if tokens is None or not self._hides(element, name, tokens, condition):
                continue
            text = self._text(element, name, condition)
            if text.strip() or any(item.local_name == "img" for item in element.iter_subtree()):
                declaration = f"{name}: {tinycss2.serialize(tokens).strip()}"
                yield Concealed(text=text, declaration=declaration, element=element.etree_element)
                return

    def _hides(self, element: cssselect2.ElementWrapper, name: str, tokens: Tokens, condition: str) -> bool:
        if name not in INKS:
            return conceals(name, tokens) and self._bears(element, name, condition)
        found = colour(tokens, self._properties)
        return found is not None and (found[1] < FAINT or alike(found[0], self._under(element, condition)))

    def _bears(self, element: cssselect2.ElementWrapper, name: str, condition: str) -> bool:
        """Whether what hides does so only together with another property, and that is there too."""
        other = "position" if name in OFFSETS else "overflow" if name in MEASURES else ""
        if not other:
            return True
        tokens = self._winning(element, other, condition)
        return tokens is not None and tinycss2.serialize(tokens).strip().lower() not in ("static", "visible")

    def _under(self, element: cssselect2.ElementWrapper, condition: str) -> Colour:
        """The colour of the ground under an element."""
        for around in (element, *reversed(element.ancestors)):
            for name in GROUNDS:
                tokens = self._winning(around, name, condition)
                found = colour(tokens, self._properties) if tokens is not None else None
                if found is not None and found[1] > 0.5:
                    return found[0]
        return BLACK if "dark" in condition else WHITE

    def _winning(self, element: cssselect2.ElementWrapper, name: str, condition: str) -> Tokens | None:
        """The value that the cascade gives a property of an element where a condition holds."""
        best: tuple[Weight, Tokens] | None = None
        for specificity, order, pseudo, rule in self._matcher(name).match(element):
            if pseudo in OF_WORDS and rule.condition in ("", condition):
                tokens, important = rule.declarations[name]
                weight = (important, False, specificity, order)
                best = (weight, tokens) if best is None or weight > best[0] else best
        own = declare(element.etree_element.get("style", "")).get(name)
        if own is not None:
            weight = (own[1], True, (0, 0, 0), 0)
            best = (weight, own[0]) if best is None or weight > best[0] else best
        return None if best is None else best[1]

    def _matcher(self, name: str) -> cssselect2.Matcher:
        """What finds the rules that declare a property."""
        if name not in self._all:
            matcher = self._all[name] = cssselect2.Matcher()
            for rule in (rule for sheet in self.sheets for rule in sheet.rules if name in rule.declarations):
                for selector in _compile(rule.selector):
                    matcher.add_selector(selector, rule)
        return self._all[name]

    def _text(self, element: cssselect2.ElementWrapper, name: str, condition: str) -> str:
        """The words of an element that are hidden with it: all of them, or those that nothing makes seen again."""
        if name not in INHERITED:
            return "".join(map(str, element.etree_element.itertext()))
        parts = [element.etree_element.text or ""]
        for child in element.iter_children():
            tokens = self._winning(child, name, condition)
            if tokens is None or self._hides(child, name, tokens, condition) or not reveals(name, tokens):
                parts.append(self._text(child, name, condition))
            parts.append(child.etree_element.tail or "")
        return "".join(parts)


def _compile(selector: str) -> Iterable[object]:
    try:
        return tuple(cssselect2.compile_selector_list(selector))
    except cssselect2.SelectorError:
        return ()


def _has_styles(root: etree._Element) -> bool:
    return bool(root.xpath("boolean(//@style)"))
