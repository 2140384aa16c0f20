"""Lists of a DOCX: which paragraphs are numbered how, and by which number (ECMA-376, 17.9)."""

from __future__ import annotations

from dataclasses import dataclass, field

from publisher.importers.docx.names import Element, attribute, child, children, name, number, value

LEVELS = 9
UNNUMBERED = ("bullet", "none")
FIGURES = ("decimal", "decimalZero")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMark:
    """The place of a paragraph in a list."""

    list: str
    """Which list, so that two that follow each other stay apart."""
    level: int
    ordered: bool
    number: int
    format: str
    """As the file names it: `decimal`, `lowerLetter`, `bullet`."""


@dataclass(slots=True, kw_only=True)
class _Level:
    format: str = "decimal"
    start: int = 1


@dataclass(slots=True)
class Numbering:
    """The definitions of lists, and how far each has counted."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    """The levels of each list by its `w:numId`."""
    families: dict[str, str] = field(default_factory=dict)
    """The abstract definition of each list, whose lists count on together."""
    overridden: dict[str, set[int]] = field(default_factory=dict)
    """The levels that begin again in a list."""
    counted: dict[str, list[int]] = field(default_factory=dict)
    used: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: Element | None) -> Numbering:
        """The definitions in `word/numbering.xml`."""
        found = cls()
        if root is None:
            return found
        abstract = {attribute(item, "w:abstractNumId") or "": _levels(item) for item in children(root, "w:abstractNum")}
        for element in children(root, "w:num"):
            identity, family = attribute(element, "w:numId") or "", value(element, "w:abstractNumId") or ""
            levels = dict(abstract.get(family, {}))
            overridden = set()
            for override in children(element, "w:lvlOverride"):
                level = number(attribute(override, "w:ilvl")) or 0
                given = child(override, "w:lvl")
                start = number(value(override, "w:startOverride"))
                if given is not None:
                    levels[level] = _level(given)
                if start is not None:
                    known = levels.get(level, _Level())
                    levels[level] = _Level(format=known.format, start=start)
                    overridden.add(level)
            found.levels[identity], found.families[identity] = levels, family
            found.overridden[identity] = overridden
        return found

    def mark(self, properties: Element | None) -> ListMark | None:
        """The mark of the next paragraph with this `w:numPr`; None if that is in no list."""
        identity = value(properties, "w:numId")
        if properties is None or identity is None or identity == "0" or identity not in self.levels:
            return None
        level = min(max(number(value(properties, "w:ilvl")) or 0, 0), LEVELS - 1)
        definition = self.levels[identity].get(level, _Level())
        if definition.format == "none":
            return None
        is_ordered = definition.format not in UNNUMBERED
        return ListMark(
            list=self.families[identity] if is_ordered else identity,
            level=level,
            ordered=is_ordered,
            number=self._count(identity, level),
            format=definition.format,
        )

    def _count(self, identity: str, level: int) -> int:
        family = self.families[identity]
        counts = self.counted.setdefault(family, [-1] * LEVELS)
        begins = level in self.overridden[identity] and (identity, level) not in self.used
        self.used.add((identity, level))
        start = self.levels[identity].get(level, _Level()).start
        counts[level] = start if begins or counts[level] < 0 else counts[level] + 1
        counts[level + 1 :] = [-1] * (LEVELS - level - 1)
        return counts[level]


def _levels(abstract: Element) -> dict[int, _Level]:
    return {
        number(attribute(element, "w:ilvl")) or 0: _level(element) for element in abstract if name(element) == "w:lvl"
    }


def _level(element: Element) -> _Level:
    return _Level(format=value(element, "w:numFmt") or "decimal", start=max(number(value(element, "w:start")) or 0, 0))
