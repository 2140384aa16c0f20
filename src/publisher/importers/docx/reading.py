"""What is shared while the parts of one DOCX are read: its definitions, its pictures, and the report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from publisher.importers.csl_fields import References
from publisher.importers.document import Entry, Kind
from publisher.importers.docx.names import attribute
from publisher.importers.docx.numbering import Numbering
from publisher.importers.docx.styles import Styles
from publisher.importers.package import Package, joined_path


class Changes(StrEnum):
    """What to do with tracked changes."""

    ACCEPT = "accept"
    REJECT = "reject"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What a part refers to."""

    target: str
    kind: str
    """The last part of its type: `image`, `hyperlink`."""
    is_external: bool


@dataclass(slots=True, kw_only=True)
class Reading:
    """The state of reading one document."""

    package: Package
    styles: Styles
    numbering: Numbering
    changes: Changes
    references: References = field(default_factory=References)
    entries: list[Entry] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    picture_names: dict[str, str] = field(default_factory=dict)
    """The name that each picture of the package has in the edition."""
    tracked: Counter[str] = field(default_factory=Counter)
    counts: dict[str, list[str]] = field(default_factory=dict)
    """Changes that are reported once, with the places at which they happened."""
    languages: Counter[str] = field(default_factory=Counter)
    """How many characters are in each language."""
    language: str = ""

    def report(self, kind: Kind, where: str, what: str, words: str = "") -> None:
        """Add an entry to the report."""
        self.entries.append(Entry(kind=kind, where=where, what=what, words=words))

    def count(self, what: str, where: str) -> None:
        """Count a change of a kind that can be frequent."""
        self.counts.setdefault(what, []).append(where)

    def counted(self) -> list[Entry]:
        """An entry for each kind of change that was counted."""
        return [
            Entry(kind=Kind.CHANGED, where=_places(places), what=f"{what}: {len(places)}")
            for what, places in self.counts.items()
        ]


def _places(places: list[str]) -> str:
    """The first places of several."""
    named = list(dict.fromkeys(places))
    return "; ".join(named[:5]) + (f"; and {len(named) - 5} more" if len(named) > 5 else "")


def relations(package: Package, part: str) -> dict[str, Relation]:
    """What a part of the package refers to, by the ids it uses (ECMA-376, part 2, 6.5)."""
    folder, _, file = part.rpartition("/")
    root = package.xml(f"{folder}/_rels/{file}.rels".lstrip("/"))
    found: dict[str, Relation] = {}
    for element in root if root is not None else ():
        target = attribute(element, "Target") or ""
        external = attribute(element, "TargetMode") == "External"
        found[attribute(element, "Id") or ""] = Relation(
            target=target if external else joined_path(part, target),
            kind=(attribute(element, "Type") or "").rpartition("/")[2],
            is_external=external,
        )
    return found
