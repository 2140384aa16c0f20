"""An EPUB's bytes as lines: its documents in reading order, every character in them, hidden ones apart.

EPUB 3.3, https://www.w3.org/TR/epub-33/. Nothing that wrote the book takes part in reading it.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote, urlsplit
from zipfile import BadZipFile, ZipFile

from lxml import etree

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.verify.line import PICTURE, Bond, Found, Link

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
TYPE = "{http://www.idpf.org/2007/ops}type"
INSIDE_LINES = frozenset(
    {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "kbd", "mark", "q", "ruby", "rt"}
    | {"s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
"""Elements that don't begin a line of their own; every other one does."""
HOLDING_WORDS = INSIDE_LINES | {"p", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "td", "th", "caption", "figcaption"}
"""Elements in which white space before the first word is part of the line; in others it is layout of the file."""
HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0*\.?0+\s*(?:;|$)|font-size\s*:\s*0"
    r"|color\s*:\s*transparent|clip(?:-path)?\s*:|position\s*:\s*(?:absolute|fixed)|text-indent\s*:\s*-\s*\d{3,}"
)
"""Declarations of a `style` attribute that take words away from the eye."""
SPOKEN = ("title", "aria-label", "aria-description", "aria-roledescription", "alt", "summary", "placeholder")
"""Attributes whose words somebody hears or sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Words that a reading system holds back."""

    text: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Words in an attribute."""

    text: str
    name: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePlace:
    """Where a page break stands."""

    label: str
    href: str
    """Its document."""
    first: int
    """Index of the first line of that document, its title apart."""
    line: int
    """Index of the line in which it stands; of the next where it stands between two."""
    offset: int
    """Its offset in that line."""


@dataclass(slots=True)
class Reading:
    """What was read in an EPUB."""

    lines: list[Found] = field(default_factory=list)
    pages: list[Link] = field(default_factory=list)
    """Its page breaks in reading order; the text is the label."""
    page_places: list[PagePlace] = field(default_factory=list)
    """Where they stand."""
    page_source: str | None = None
    """What the package document names as that whose pages they are."""
    hidden: list[Hidden] = field(default_factory=list)
    spoken: list[Spoken] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    """`text/text.xhtml#p1` for each element with an id, `text/text.xhtml` for each document."""
    repeated: list[str] = field(default_factory=list)
    """Ids that stand twice in one document."""
    unread: list[str] = field(default_factory=list)
    """Documents that the reading order leaves out."""


def read_lines(content: bytes) -> Reading:
    """What a reader meets in the bytes of an EPUB; raises `PublisherError` (V-010) where it can't be read."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _read(archive)
    except (BadZipFile, etree.XMLSyntaxError, KeyError, StopIteration, UnicodeDecodeError) as error:
        raise PublisherError(
            Diagnostic(
                code="V-010",
                message=f"the EPUB cannot be read back: {str(error) or 'something that every EPUB has is missing'}",
                hint="this is a fault of the program, not of your edition; please report it with this message",
            ),
            exit_code=ExitCode.UNPROVED,
        ) from error


def _read(archive: ZipFile) -> Reading:
    reading = Reading()
    container = _parsed(archive, "META-INF/container.xml")
    package_name = _required(next(container.iter(f"{CONTAINER}rootfile")), "full-path")
    package, folder = _parsed(archive, package_name), posixpath.dirname(package_name)
    items = {_required(item, "id"): item for item in package.iter(f"{OPF}item")}
    sources = (one.text for one in package.iter(f"{OPF}meta") if one.get("property") == "pageBreakSource")
    reading.page_source = next(sources, None)
    spine = [_href(items[_required(entry, "idref")]) for entry in package.iter(f"{OPF}itemref")]
    for href in spine:
        _Document(reading, href).read(_parsed(archive, posixpath.join(folder, href)))
    for item in items.values():
        if item.get("media-type") == "application/x-dtbncx+xml":
            name = _href(item)
            _read_ncx(_parsed(archive, posixpath.join(folder, name)), name, reading)
    read = {posixpath.normpath(posixpath.join(folder, href)) for href in spine}
    reading.unread += [name for name in archive.namelist() if name.endswith((".xhtml", ".html")) and name not in read]
    return reading


def _read_ncx(root: etree._Element, href: str, reading: Reading) -> None:
    """The labels of the contents for older reading systems."""
    for label in root.iter(f"{NCX}text"):
        text = _folded(label.text or "")
        point = next(label.iterancestors(f"{NCX}navPoint"), None)
        content = None if point is None else point.find(f"{NCX}content")
        target = None if content is None else _target(_required(content, "src"), href)
        links = () if target is None else (Link(start=0, text=text, target=target),)
        reading.lines.append(Found(text=text, links=links, place=f"{href}, line {label.sourceline}"))


class _Document:
    """One document being read, line by line."""

    def __init__(self, reading: Reading, href: str) -> None:
        self._reading = reading
        self._href = href
        self._text: list[str] = []
        self._length = 0
        self._links: list[Link] = []
        self._ids: list[str] = []
        self._place = ""
        self._first = 0

    def read(self, root: etree._Element) -> None:
        """Everything in the document, title and body."""
        self._reading.ids.add(self._href)
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
        if begins_line:
            self._end()
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
        if begins_line:
            self._end()

    def _characters(self, text: str | None, element: etree._Element, *, literal: bool) -> None:
        if not text or (not self._text and not text.strip(" \t\r\n") and _name(element) not in HOLDING_WORDS):
            return
        if not self._text:
            self._place = f"{self._href}, line {element.sourceline}"
        self._add(text if literal else _folded(text))

    def _add(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)

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

    def _attributes(self, element: etree._Element, name: str) -> None:
        place = f"{self._href}, line {element.sourceline}"
        role = element.get("role", "").split()
        if "doc-pagebreak" in role:
            label, id = element.get("aria-label", ""), element.get("id", "")
            self._reading.pages.append(Link(start=0, text=label, target=id))
            self._page(label)
            return
        if name == "img":
            picture = Found(text=PICTURE + element.get("alt", ""), place=place, ids=tuple(self._ids))
            self._end()
            self._reading.lines.append(picture)
            self._ids.clear()
        for attribute in SPOKEN:
            text = element.get(attribute)
            if text and not (name == "img" and attribute == "alt"):
                self._reading.spoken.append(Spoken(text=text, name=attribute, place=place))

    def _page(self, label: str) -> None:
        place = PagePlace(
            label=label, href=self._href, first=self._first, line=len(self._reading.lines), offset=self._length
        )
        self._reading.page_places.append(place)

    def _link(self, element: etree._Element, start: int) -> None:
        role = element.get("role", "").split()
        bond = Bond.NOTE if {"doc-noteref", "doc-backlink"} & set(role) else Bond.OTHER
        target = _target(_required(element, "href"), self._href)
        text = "".join(self._text)[start:]
        self._links.append(Link(start=start, text=text, target=target, bond=bond, id=element.get("id")))

    def _end(self) -> None:
        """Ends the line, if there is one; ids wait for the next where there is none."""
        text = "".join(self._text)
        if text.strip(" \t\r\n"):
            self._reading.lines.append(
                Found(text=text, links=tuple(self._links), place=self._place, ids=tuple(self._ids))
            )
            self._ids.clear()
        self._text.clear()
        self._links.clear()
        self._length = 0


def _target(address: str, base: str) -> str:
    """Where a link leads to, from the package document's folder; an address outside the book stays as it is."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return address
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(parts.path))) if parts.path else base
    return f"{path}#{unquote(parts.fragment)}" if parts.fragment else path


def _folded(text: str) -> str:
    """The text with its line ends as spaces, as HTML reads them."""
    return text.replace("\r\n", " ").replace("\n", " ")


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _parsed(archive: ZipFile, name: str) -> etree._Element:
    """The root of an XML file of the container, no entity resolved and nothing fetched."""
    return etree.fromstring(archive.read(name), etree.XMLParser(resolve_entities=False, no_network=True))


def _href(item: etree._Element) -> str:
    """The path of a file of the manifest, from the package document's folder."""
    return unquote(_required(item, "href"))


def _required(element: etree._Element, name: str) -> str:
    """An attribute that has to be there; raises KeyError where it is not."""
    return str(element.attrib[name])
