"""Citations in the fields of Zotero and Mendeley: CSL-JSON in the instruction of a field.

See https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html#cite-items
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from publisher.importers.document import Cite
from publisher.model.inline import CitedReference

LABELS = {
    "page": ("p.", "pp."),
    "chapter": ("ch.", "chs."),
    "section": ("sec.", "secs."),
    "paragraph": ("para.", "paras."),
    "volume": ("vol.", "vols."),
    "verse": ("v.", "vv."),
    "folio": ("fol.", "fols."),
    "note": ("n.", "nn."),
    "line": ("l.", "ll."),
    "figure": ("fig.", "figs."),
    "column": ("col.", "cols."),
    "book": ("bk.", "bks."),
    "part": ("pt.", "pts."),
    "issue": ("no.", "nos."),
    "sub verbo": ("s.v.", "s.vv."),
    "sub-verbo": ("s.v.", "s.vv."),
    "opus": ("op.", "opp."),
}
"""What a locator of each kind is called, one and several."""
_SEVERAL = re.compile(r"\d\s*[-–,&]\s*\d")
_BIBLIOGRAPHY = re.compile(r"ADDIN\s+(?:ZOTERO_BIBL|Mendeley Bibliography|CSL_BIBLIOGRAPHY)|BIBLIOGRAPHY\b")
_CITATION = re.compile(r"ADDIN\s+(?:ZOTERO_ITEM\s+)?CSL_CITATION|ADDIN\s+Mendeley Citation|ADDIN ZOTERO_ITEM")


def is_bibliography(instruction: str) -> bool:
    """Whether a field prints a list of references."""
    return _BIBLIOGRAPHY.search(instruction) is not None


def is_citation(instruction: str) -> bool:
    """Whether a field is a citation of Zotero or Mendeley."""
    return _CITATION.search(instruction) is not None


@dataclass(slots=True)
class References:
    """The records that a document cites, each with a key of its own."""

    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By their keys."""
    _keys: dict[str, str] = field(default_factory=dict)
    """The key of each record by what identifies it."""

    def cite(self, instruction: str, shown: str) -> Cite | None:
        """The citation that a field holds; None if it cannot be read."""
        try:
            value = json.loads(instruction[instruction.index("{") : instruction.rindex("}") + 1])
            items = [record for record in value["citationItems"] if isinstance(record, dict)]
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        found = tuple(cited_reference for cited_reference in map(self._reference, items) if cited_reference is not None)
        if not found or len(found) < len(items):
            return None
        return Cite(references=found, shown=shown)

    def _reference(self, item: dict[str, Any]) -> CitedReference | None:
        record = item.get("itemData")
        if not isinstance(record, dict):
            return None
        label = str(item.get("label") or "page")
        locator = " ".join(str(item.get("locator") or "").split())
        suffix = " ".join(str(item.get("suffix") or "").split()).lstrip(",; ")
        if locator and locator[0].isdigit():
            text, several = LABELS.get(label, ("p.", "pp."))
            locator = f"{several if _SEVERAL.search(locator) else text} {locator}"
        return CitedReference(
            key=self.key(record, item),
            locator=", ".join(part for part in (locator, suffix) if part) or None,
            prefix=" ".join(str(item.get("prefix") or "").split()),
            suppress_author=bool(item.get("suppress-author")),
        )

    def key(self, record: dict[str, Any], item: dict[str, Any] | None = None) -> str:
        """The key of a record, which is retained if it is new."""
        uris = (item or {}).get("uris") or (item or {}).get("uri") or ()
        bare = {name: value for name, value in record.items() if name != "id"}
        identity = str(uris[0]) if isinstance(uris, list) and uris else json.dumps(bare, sort_keys=True)
        if identity not in self._keys:
            key = self._new_key(record)
            self._keys[identity] = key
            self.records[key] = {"id": key, **bare}
        return self._keys[identity]

    def _new_key(self, record: dict[str, Any]) -> str:
        base = _family(record) + _year(record) or "reference"
        letters = ("", *(chr(code) for code in range(ord("a"), ord("z") + 1)))
        free = (base + letter for letter in letters if base + letter not in self.records)
        return next(free, f"{base}-{len(self.records) + 1}")


def _family(record: dict[str, Any]) -> str:
    names: Any = next((record[role] for role in ("author", "editor", "translator") if record.get(role)), [])
    first = names[0] if isinstance(names, list) and names and isinstance(names[0], dict) else {}
    words = str(first.get("family") or first.get("literal") or record.get("title") or "")
    plain = unicodedata.normalize("NFKD", words)
    return re.sub(r"[^a-z]+", "", plain.encode("ascii", "ignore").decode().lower())[:24]


def _year(record: dict[str, Any]) -> str:
    issued = record.get("issued")
    found = re.search(r"\b\d{4}\b", json.dumps(issued)) if issued else None
    return found[0] if found else ""
