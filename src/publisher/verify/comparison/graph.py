"""The objects of two PDFs compared, everything that can be reached from their trailers (ISO 32000-1, 7.3).

The numbers of objects, how streams are packed, the order of keys and the spelling of strings say nothing. Objects are
compared in pairs; a pair that was compared once is the same everywhere, so that circles come to an end.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from publisher.verify.comparison.difference import LONGEST, Difference, Kind
from publisher.verify.comparison.markup import NotMarkup, markup_differences
from publisher.verify.comparison.streams import PACKING, TooLong, decode, longest_allowed

MOST = 200
"""How many differences are looked for."""
PAIRS_FOR_EACH = 40
"""How many pairs may be compared for each object that is expected; an honest file needs one or two."""
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
"""What a page may have from the nodes above it, ISO 32000-1, 7.7.3.4."""
PAGE_KEYS_APART = frozenset({"/Parent", "/Contents", *INHERITED})
TRAILER_APART = frozenset({"/Size", "/Prev", "/ID", "/XRefStm", "/Type", "/W", "/Index", "/Root", "/Encrypt", *PACKING})
"""Keys of a trailer that say how the file is written, or that are compared apart."""
CATALOG_APART = frozenset({"/Pages"})
CLOSE = Decimal("0.00001")
"""Numbers that are no further apart are one number, which programs have rounded."""

TOP: dict[str, tuple[Kind, str]] = {
    "/Outlines": (Kind.LINK, "bookmarks"),
    "/Dests": (Kind.LINK, "destinations"),
    "/Names": (Kind.LINK, "names"),
    "/OpenAction": (Kind.ACTION, "open action"),
    "/AA": (Kind.ACTION, "actions"),
    "/AcroForm": (Kind.ACTION, "form"),
    "/AF": (Kind.ACTION, "attached files"),
    "/Collection": (Kind.ACTION, "portfolio"),
    "/URI": (Kind.LINK, "base address"),
    "/StructTreeRoot": (Kind.SPOKEN, "structure tree"),
    "/MarkInfo": (Kind.SPOKEN, "mark information"),
    "/Lang": (Kind.SPOKEN, "language"),
    "/Metadata": (Kind.METADATA, "XMP metadata"),
    "/Info": (Kind.METADATA, "document information"),
    "/ViewerPreferences": (Kind.METADATA, "viewer preferences"),
    "/PageLabels": (Kind.METADATA, "page labels"),
    "/PageMode": (Kind.METADATA, "page mode"),
    "/PageLayout": (Kind.METADATA, "page layout"),
    "/OutputIntents": (Kind.RESOURCE, "output intents"),
    "/OCProperties": (Kind.DRAWING, "layers"),
}
"""What the keys of the catalog and the trailer are about."""
BELOW: dict[str, Kind] = {
    "/JavaScript": Kind.ACTION,
    "/JS": Kind.ACTION,
    "/AA": Kind.ACTION,
    "/EmbeddedFiles": Kind.ACTION,
    "/EF": Kind.ACTION,
    "/AF": Kind.ACTION,
    "/Annots": Kind.LINK,
    "/Dest": Kind.LINK,
    "/Alt": Kind.SPOKEN,
    "/ActualText": Kind.SPOKEN,
    "/Lang": Kind.SPOKEN,
    "/E": Kind.SPOKEN,
    "/Tabs": Kind.SPOKEN,
    "/StructParents": Kind.SPOKEN,
    "/ToUnicode": Kind.WORDS,
    "/Font": Kind.RESOURCE,
    "/Metadata": Kind.METADATA,
}
"""What keys are about wherever they are."""
SAFE_ACTIONS = frozenset({"/GoTo", "/URI"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a comparison is."""

    kind: Kind
    text: str
    path: str = ""
    """The keys from there on."""
    page: int | None = None
    """Index of the page that is expected there."""


@dataclass(slots=True)
class Graph:
    """Both files side by side."""

    want: pikepdf.Pdf
    have: pikepdf.Pdf
    pairs: tuple[tuple[int, int], ...]
    """The pages that belong together: their indexes in both files."""
    differences: list[tuple[Place, Difference]] = field(default_factory=list)
    exhausted: bool = False
    """Whether the file was so large that the comparison was given up."""
    _wanted_pages: dict[tuple[int, int], int] = field(default_factory=dict)
    _found_pages: dict[tuple[int, int], int] = field(default_factory=dict)
    _seen: set[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=set)
    _stack: list[tuple[Any, Any, Place]] = field(default_factory=list)

    def compare(self) -> None:
        """Compares everything; what differs is in `differences` then."""
        self._wanted_pages = {self.want.pages[at].obj.objgen: at for at, _ in self.pairs}
        self._found_pages = {self.have.pages[there].obj.objgen: at for at, there in self.pairs}
        self._tables()
        for at, there in reversed(self.pairs):
            self._page(at, there)
        self._run()

    def _tables(self) -> None:
        """Puts the keys of the trailers and of the catalogs on the stack."""
        for want, have, apart in (
            (self.want.trailer, self.have.trailer, TRAILER_APART),
            (self.want.Root, self.have.Root, CATALOG_APART),
        ):
            for key in sorted({*want.keys(), *have.keys()} - apart):
                kind, text = TOP.get(key, (Kind.OBJECT, key))
                self._stack.append((want.get(key), have.get(key), Place(kind=kind, text=text)))

    def _page(self, at: int, there: int) -> None:
        """Puts what a page has on the stack, with what it has from above; its content is compared with its drawing."""
        want, have = self.want.pages[at].obj, self.have.pages[there].obj
        place = Place(kind=Kind.OBJECT, text=f"page {there + 1}", page=at)
        for key in sorted({*want.keys(), *have.keys()} - PAGE_KEYS_APART):
            self._stack.append((want.get(key), have.get(key), self._below(place, key)))
        for key in INHERITED:
            drawn = replace(place, kind=Kind.DRAWING, path=key)
            item, other = inherit(want, key), inherit(have, key)
            if key == "/Rotate":
                item, other = item or 0, other or 0
            self._stack.append((item, other, drawn))

    def _run(self) -> None:
        """Compares what is on the stack, and what that leads to, until nothing is left."""
        most = PAIRS_FOR_EACH * (len(self.want.objects) + 1000)
        steps = 0
        while self._stack:
            steps += 1
            if len(self.differences) >= MOST or steps > most * 10 or len(self._seen) > most:
                self.exhausted = True
                return
            self._compare(*self._stack.pop())

    def _compare(self, want: Any, have: Any, place: Place) -> None:
        if not isinstance(want, Object) or not isinstance(have, Object):
            if not same_value(want, have):
                self._differ(place, want, have)
            return
        if want.is_indirect and have.is_indirect:
            pair = (want.objgen, have.objgen)
            if pair in self._seen:
                return
            self._seen.add(pair)
        pages = self._wanted_pages.get(want.objgen), self._found_pages.get(have.objgen)
        if pages != (None, None) and want.is_indirect and have.is_indirect:
            if pages[0] != pages[1]:
                self._differ(place, want, have)
            return
        if isinstance(want, Stream) and isinstance(have, Stream):
            self._streams(want, have, place)
        elif isinstance(want, Dictionary) and isinstance(have, Dictionary):
            self._dictionaries(want, have, place)
        elif isinstance(want, Array) and isinstance(have, Array):
            self._arrays(want, have, place)
        elif not same_value(want, have):
            self._differ(place, want, have)

    def _dictionaries(self, want: Any, have: Any, place: Place, apart: frozenset[str] = frozenset()) -> None:
        if _is_page_tree(want) and _is_page_tree(have):
            return
        place = self._entered(want, have, place)
        for key in {*want.keys(), *have.keys()} - apart:
            item, other = want.get(key), have.get(key)
            if item is None and other is None:
                continue
            self._stack.append((item, other, self._below(place, key)))

    def _arrays(self, want: Any, have: Any, place: Place) -> None:
        if len(want) != len(have):
            message = f"the number of entries{f' of {place.path}' if place.path else ''} differs"
            self._add(place, message, *map(self._value, (want, have)))
        named = place.path.endswith("/Names")
        for at, (item, other) in reversed([*enumerate(zip(want, have, strict=False))]):
            path = f"{place.path} “{_text(want[at - 1])}”" if named and at % 2 else f"{place.path}[{at}]"
            self._stack.append((item, other, replace(place, path=path)))

    def _streams(self, want: Any, have: Any, place: Place) -> None:
        self._dictionaries(want, have, place, PACKING)
        expected, left = decode(want, most=1 << 40)
        try:
            found, left_there = decode(have, most=longest_allowed(expected))
        except TooLong:
            self._add(replace(place, kind=Kind.LIMIT), "a stream is many times as long as it should be")
            return
        if expected == found and left == left_there:
            if left:
                self._stack.append((want.get("/DecodeParms"), have.get("/DecodeParms"), place))
            return
        if place.text == "XMP metadata":
            self._packets(expected, found, place)
        elif not (_is_drawing(want) and same_content(want, have)):
            self._add(place, f"the data of {_key_name(want, place)} differ")

    def _packets(self, expected: bytes, found: bytes, place: Place) -> None:
        """Compares two XMP packets statement by statement."""
        try:
            self.differences += (
                (place, difference)
                for difference in markup_differences(expected, found, name=place.text, kind=Kind.METADATA)
            )
        except NotMarkup as error:
            self._add(place, f"the packet is no XML: {error}")

    def _entered(self, want: Any, have: Any, place: Place) -> Place:
        """The place in a dictionary, named after what it is: a bookmark, a link, an element of the structure."""
        if "/Title" in want and "/Parent" in want and place.text.startswith("bookmark"):
            return replace(place, text=f"bookmark “{_text(want.Title)}”", path="")
        if want.get("/Type") == Name.StructElem or ("/S" in want and "/P" in want):
            return self._element(want, place)
        action = have.get("/S")
        if (
            "/S" in have
            and place.path.endswith("/A")
            and (not isinstance(action, Name) or str(action) not in SAFE_ACTIONS)
        ):
            return replace(place, kind=Kind.ACTION)
        return place

    def _element(self, want: Any, place: Place) -> Place:
        page = want.get("/Pg")
        at = self._wanted_pages.get(page.objgen) if isinstance(page, Dictionary) and page.is_indirect else None
        number = "" if at is None else f"page {at + 1}, "
        return Place(kind=Kind.SPOKEN, text=f"{number}structure element {str(want.get('/S', '')).lstrip('/')}", page=at)

    def _below(self, place: Place, key: str) -> Place:
        """The place under a key of a dictionary."""
        kind = BELOW.get(key, place.kind)
        if key == "/Contents" and "/Annots" in place.path:
            kind = Kind.SPOKEN
        elif key in ("/Kids", "/K", "/First", "/Next", "/Last", "/Prev", "/Parent", "/P"):
            return replace(place, kind=kind) if not place.path else replace(place, kind=kind, path=_shorten(place, key))
        return replace(place, kind=kind, path=_shorten(place, key))

    def _differ(self, place: Place, want: Any, have: Any) -> None:
        kind = place.kind
        if kind is Kind.LINK and _is_active(have):
            kind = Kind.ACTION
        if have is None:
            self._add(place, f"{place.path or 'it'} is missing", self._value(want), None)
        elif want is None:
            self._add(replace(place, kind=kind), f"{place.path or 'it'} was added", None, self._value(have))
        else:
            sides = self._value(want), self._value(have)
            self._add(replace(place, kind=kind), f"{place.path or 'it'} differs", *sides)

    def _value(self, value: Any) -> str:
        """A value as it is shown; a page by its number."""
        if isinstance(value, Array):
            return f"[{' '.join(self._value(item) for item in list(value)[:6])}{' …' if len(value) > 6 else ''}]"
        if isinstance(value, Dictionary) and value.is_indirect:
            for pages in (self._wanted_pages, self._found_pages):
                if value.objgen in pages and value.get("/Type") == Name.Page:
                    return f"page {pages[value.objgen] + 1}"
        return _value(value)

    def _add(self, place: Place, message: str, expected: str | None = None, found: str | None = None) -> None:
        difference = Difference(kind=place.kind, place=place.text, message=message, expected=expected, found=found)
        self.differences.append((place, difference))


def inherit(page: Any, key: str) -> Any:
    """The value of a page under a key, or of the nearest node above it; None if none has it."""
    node, passed = page, set[tuple[int, int]]()
    while isinstance(node, Dictionary) and node.objgen not in passed:
        if key in node:
            return node[key]
        passed.add(node.objgen)
        node = node.get("/Parent")
    return None


def same_value(want: Any, have: Any) -> bool:
    """Whether two simple values are the same, however they are written."""
    if isinstance(want, bool) or isinstance(have, bool) or want is None or have is None:
        return want is have
    if isinstance(want, int | Decimal | float) and isinstance(have, int | Decimal | float):
        return _same_number(want, have)
    if isinstance(want, String) and isinstance(have, String):
        return bytes(want) == bytes(have) or str(want) == str(have)
    if isinstance(want, Object) and isinstance(have, Object):
        return type(want) is type(have) and bool(want == have)
    return type(want) is type(have) and bool(want == have)


def _same_number(want: int | Decimal | float, have: int | Decimal | float) -> bool:
    if want == have:
        return True
    decimal, other = Decimal(str(want)), Decimal(str(have))
    return abs(decimal - other) <= CLOSE * max(Decimal(1), abs(decimal))


def same_content(want: Any, have: Any) -> bool:
    """Whether two pages or streams have the same instructions, however they are spaced."""
    try:
        wanted, others = (list(pikepdf.parse_content_stream(item)) for item in (want, have))
    except (pikepdf.PdfError, TypeError, ValueError):
        return False
    return len(wanted) == len(others) and all(
        _same_instruction(item, other) for item, other in zip(wanted, others, strict=True)
    )


def _same_instruction(want: Any, have: Any) -> bool:
    if str(want.operator) != str(have.operator) or len(want.operands) != len(have.operands):
        return False
    return all(_same_operand(operand, other) for operand, other in zip(want.operands, have.operands, strict=True))


def _same_operand(want: Any, have: Any) -> bool:
    """Whether operands are the same; strings by their bytes, for they are codes of glyphs."""
    if isinstance(want, pikepdf.PdfInlineImage) and isinstance(have, pikepdf.PdfInlineImage):
        return bool(want.unparse() == have.unparse())
    if isinstance(want, String) and isinstance(have, String):
        return bytes(want) == bytes(have)
    if isinstance(want, Array) and isinstance(have, Array):
        return len(want) == len(have) and all(_same_operand(*pair) for pair in zip(want, have, strict=True))
    if isinstance(want, Dictionary) and isinstance(have, Dictionary):
        keys = {*want.keys()}
        return keys == {*have.keys()} and all(_same_operand(want[key], have[key]) for key in keys)
    return same_value(want, have)


def _is_page_tree(node: Any) -> bool:
    return "/Kids" in node and "/Count" in node and "/Title" not in node


def _is_drawing(stream: Any) -> bool:
    """Whether a stream holds instructions: a form, or a tile of a pattern."""
    return bool(stream.get("/Subtype") == Name.Form or stream.get("/PatternType") == 1)


def _is_active(value: Any) -> bool:
    """Whether a value is an action that does more than to lead somewhere."""
    return isinstance(value, Dictionary) and "/S" in value and str(value.get("/S")) not in SAFE_ACTIONS


def _key_name(stream: Any, place: Place) -> str:
    return place.path or str(stream.get("/Subtype", stream.get("/Type", "a stream"))).lstrip("/")


def _shorten(place: Place, key: str) -> str:
    """The path under a key; of a long one, its end."""
    path = f"{place.path}{key}"
    return path if len(path) <= 80 else f"…{path[-70:]}"


def _text(value: Any) -> str:
    return " ".join(str(value).split())[:LONGEST]


def _value(value: Any) -> str:
    """A value as it is shown."""
    if isinstance(value, Stream):
        return "a stream"
    if isinstance(value, Dictionary):
        if "/S" in value and "/P" in value:
            return str(value.get("/S"))
        return f"a dictionary of {', '.join(sorted(value.keys())[:8])}"
    return _text(value)
