"""One document of an EPUB as lines: every character in it, hidden ones apart."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from lxml import etree

from publisher.model.kinds import PARAGRAPHS, is_kind
from publisher.verify.epub.found import MATHML, XHTML, FoundFormula, Hidden, PagePlace, Reading, Spoken
from publisher.verify.formulas import canonical
from publisher.verify.kinds import found_element
from publisher.verify.line import PICTURE, Bond, CellPlace, Found, Link, MarkedWords, Tongue
from publisher.verify.tables import TableGrid, span_cells

TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
INSIDE_LINES = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "ruby", "rt"}
    | {"s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
"""Elements that don't begin a line of their own; every other one does."""
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
HOLDING_WORDS = INSIDE_LINES | {"p", *HEADINGS, "dt", "td", "th", "caption", "figcaption"}
"""Elements in which white space before the first word is part of the line; in others it is layout of the file."""
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0+\s*(?:;|$)|font-size\s*:\s*0"
    r"|color\s*:\s*transparent|clip(?:-path)?\s*:|position\s*:\s*(?:absolute|fixed)|text-indent\s*:\s*-\s*\d{3,}"
)
"""Declarations of a `style` attribute that take words away from the eye."""
SPOKEN = ("title", "aria-label", "aria-description", "aria-roledescription", "alt", "summary", "placeholder")
"""Attributes whose words somebody hears or sees."""


class Pictures:
    """What distinguishes pictures : the digests of the files that they are in."""

    def __init__(self, read: Callable[[str], bytes], folder: str) -> None:
        """Take the folder that addresses begin at, and what reads a file by its path or raises KeyError."""
        self._read = read
        self._folder = folder
        self._known: dict[str, str] = {}

    def digest(self, name: str) -> str:
        """The SHA-256 of a file; nothing where there is none of that name."""
        path = posixpath.normpath(posixpath.join(self._folder, name))
        if path not in self._known:
            try:
                self._known[path] = sha256(self._read(path)).hexdigest()
            except KeyError:
                self._known[path] = ""
        return self._known[path]


class DocumentReader:
    """One document being read, line by line."""

    def __init__(self, reading: Reading, href: str, pictures: Pictures) -> None:
        """Begin with the document at this address."""
        self._reading = reading
        self._pictures = pictures
        self._href = href
        self._text: list[str] = []
        self._length = 0
        self._links: list[Link] = []
        self._ids: list[str] = []
        self._place = ""
        self._first = 0
        self._language = ""
        self._tongues: list[Tongue] = []
        self._level = 0
        self._grid: TableGrid | None = None
        """The table that is being read."""
        self._cell: CellPlace | None = None
        """Where in it the cell is that is being read."""
        self._marked: list[MarkedWords] = []
        self._kind = ""
        self._within: tuple[str, ...] = ()

    def read(self, root: etree._Element) -> None:
        """Everything in the document, title and body."""
        self._reading.ids.add(self._href)
        self._language = language_of(root, "")
        for title in root.iter(f"{XHTML}title"):
            self._element(title, hidden=False)
            self._end()
        body, self._first = root.find(f"{XHTML}body"), len(self._reading.lines)
        if body is not None:
            self._element(body, hidden=False)
        self._end()

    def _element(self, element: etree._Element, *, hidden: bool, literal: bool = False) -> None:
        name = _name(element)
        begins_line = name not in INSIDE_LINES
        if name == "br":
            self._add("\n")
            return
        if name == "rp":
            return  # what reading systems without readings show around them; `markup` allows parentheses alone
        if element.tag == f"{MATHML}math":
            self._formula(element)
            return
        if begins_line:
            self._end()
        around, self._language = self._language, language_of(element, self._language)
        table = self._grid, self._cell
        self._step_in_table(element, name)
        self._level = int(name[1]) if name in HEADINGS else self._level if not begins_line else 0
        around_kind = self._step_in_kind(element, name, begins_line=begins_line)
        self._note_id(element)
        hidden = self._note_hidden(element, hidden=hidden)
        self._attributes(element, name)
        start = self._length
        literal = literal or name == "pre"
        self._characters(element.text, element, literal=literal)
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, hidden=hidden, literal=literal)
            self._characters(child.tail, element, literal=literal)
        if name == "a" and element.get("href") is not None:
            self._link(element, start)
        if mark := found_element(name, element.get("class", "")):
            text = "".join(self._text)[start:]
            self._marked.append(MarkedWords(element=mark, text=text, value=element.get("datetime", "")))
        if begins_line:
            self._end()
        self._language, self._within = around, around_kind
        if name in ("table", "td", "th"):
            self._grid, self._cell = table

    def _step_in_kind(self, element: etree._Element, name: str, *, begins_line: bool) -> tuple[str, ...]:
        """Follows letters, plays and their paragraphs; what is around an element, to be restored after it."""
        around, said = self._within, element.get("class", "").split()
        if begins_line:
            self._kind = said[0] if name == "p" and said and said[0] in PARAGRAPHS else ""
        if name in ("article", "section", "figure") and said and is_kind(said[0]):
            self._within = (*around, said[0])
        return around

    def _formula(self, element: etree._Element) -> None:
        """A formula: its words, with its markup apart."""
        if not self._text:
            self._place = f"{self._href}, line {element.sourceline}"
        words = element.get("alttext", "")
        self._reading.formulas.append(FoundFormula(markup=canonical(element), text=words, place=self._place))
        self._add(words)

    def _step_in_table(self, element: etree._Element, name: str) -> None:
        """Follows the rows and cells of a table; a cell may hold a table of its own."""
        if name == "table":
            self._grid, self._cell = TableGrid(), None
        elif self._grid is None:
            return
        elif name in ("thead", "tbody", "tfoot"):
            self._grid.next_part()
        elif name == "tr":
            self._grid.next_row()
        elif name in ("td", "th"):
            columns, rows = span_cells(element.get("colspan")), span_cells(element.get("rowspan"))
            self._cell = self._grid.place(columns=columns, rows=rows, header=name == "th")

    def _characters(self, text: str | None, element: etree._Element, *, literal: bool) -> None:
        if not text or (not self._text and not text.strip(" \t\r\n") and _name(element) not in HOLDING_WORDS):
            return
        if not self._text:
            self._place = f"{self._href}, line {element.sourceline}"
        self._add(text if literal else fold(text))

    def _add(self, text: str) -> None:
        if self._tongues and self._tongues[-1].language == self._language:
            start = self._tongues.pop().start
        else:
            start = self._length
        self._text.append(text)
        self._length += len(text)
        self._tongues.append(Tongue(start=start, end=self._length, language=self._language))

    def _note_id(self, element: etree._Element) -> None:
        id = element.get("id")
        if id is None:
            return
        key = f"{self._href}#{id}"
        if key in self._reading.ids:
            self._reading.repeated.append(key)
        self._reading.ids.add(key)
        self._ids.append(id)

    def _note_hidden(self, element: etree._Element, *, hidden: bool) -> bool:
        """Whether the words of an element are held back; the lists of pages and landmarks may be."""
        style = element.get("style", "")
        conceals = (
            element.get("hidden") is not None or element.get("aria-hidden") == "true" or bool(HIDING.search(style))
        )
        lists = {"landmarks", "page-list"} & set(element.get(TYPE, "").split())
        text = "".join(map(str, element.itertext())).strip()
        if conceals and not hidden and not lists and (text or element.tag == f"{XHTML}img"):
            place = f"{self._href}, line {element.sourceline}"
            self._reading.hidden.append(Hidden(text=text, place=place))
        return hidden or conceals

    def _page(self, label: str) -> None:
        place = PagePlace(
            label=label, href=self._href, first=self._first, line=len(self._reading.lines), offset=self._length
        )
        self._reading.page_places.append(place)

    def _attributes(self, element: etree._Element, name: str) -> None:
        place = f"{self._href}, line {element.sourceline}"
        role = element.get("role", "").split()
        if "doc-pagebreak" in role:
            label, id = element.get("aria-label", ""), element.get("id", "")
            self._reading.pages.append(Link(start=0, text=label, target=id))
            self._page(label)
            return
        if name == "img":
            digest = self._pictures.digest(target_of(element.get("src", ""), self._href))
            alternative = PICTURE + element.get("alt", "")
            heard = Tongue(start=0, end=len(alternative), language=self._language)
            picture = Found(
                text=alternative,
                place=place,
                ids=tuple(self._ids),
                picture=digest,
                tongues=(heard,),
                within=self._within,
            )
            self._end()
            self._reading.lines.append(picture)
            self._ids.clear()
        for attribute in SPOKEN:
            text = element.get(attribute)
            if text and not (name == "img" and attribute == "alt"):
                self._reading.spoken.append(Spoken(text=text, name=attribute, place=place))

    def _link(self, element: etree._Element, start: int) -> None:
        role = element.get("role", "").split()
        bond = Bond.NOTE if {"doc-noteref", "doc-backlink"} & set(role) else Bond.OTHER
        target = target_of(require(element, "href"), self._href)
        text = "".join(self._text)[start:]
        self._links.append(Link(start=start, text=text, target=target, bond=bond, id=element.get("id")))

    def _end(self) -> None:
        """Ends the line, if there is one; ids wait for the next where there is none."""
        text = "".join(self._text)
        if text.strip(" \t\r\n"):
            self._reading.lines.append(
                Found(
                    text=text,
                    links=tuple(self._links),
                    place=self._place,
                    ids=tuple(self._ids),
                    tongues=tuple(self._tongues),
                    level=self._level,
                    cell=self._cell,
                    marked=tuple(self._marked),
                    kind=self._kind,
                    within=self._within,
                )
            )
            self._ids.clear()
        self._text.clear()
        self._marked.clear()
        self._tongues.clear()
        self._links.clear()
        self._length = 0


def target_of(address: str, base: str) -> str:
    """Where a link leads to, from the package document's folder; an address outside the book stays as it is."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return address
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path))) if parts.path else base
    return f"{path}#{unquote(parts.fragment)}" if parts.fragment else path


def fold(text: str) -> str:
    """The text with its line ends as spaces, as HTML reads them."""
    return text.replace("\r\n", " ").replace("\n", " ")


def language_of(element: etree._Element, around: str) -> str:
    """The language of an element, which is that around it unless it names another; both attributes have to agree."""
    named = {name for name in (element.get("lang"), element.get(XML_LANG)) if name is not None}
    return " and ".join(sorted(named)) if named else around


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def require(element: etree._Element, name: str) -> str:
    """An attribute that has to be there; raises KeyError where it is not."""
    return str(element.attrib[name])
