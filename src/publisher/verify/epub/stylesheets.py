"""The style sheets that a document of an EPUB is dressed in, and what they hide."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import urlsplit
from zipfile import ZipFile

from lxml import etree

from publisher.verify.epub.document import TYPE, require, target_of
from publisher.verify.epub.found import XHTML, Hidden, Reading, Strange
from publisher.verify.epub.rules import Sheet, sheet
from publisher.verify.epub.visibility import Styles


def undress(reading: Reading, root: etree._Element, href: str, archive: ZipFile, folder: str) -> None:
    """Notes what the style sheets of a document hide."""
    names = [
        target_of(require(link, "href"), href)
        for link in root.iter(f"{XHTML}link")
        if "stylesheet" in link.get("rel", "").split()
    ]
    own = [sheet(f"{href}, line {item.sourceline}", item.text or "") for item in root.iter(f"{XHTML}style")]
    styles = Styles([*(item for name in names for item in _sheets(reading, name, archive, folder)), *own])
    for concealed in styles.conceal(root):
        element = concealed.element
        lists = (around for around in (element, *element.iterancestors()))
        if not any({"landmarks", "page-list"} & set(around.get(TYPE, "").split()) for around in lists):
            place = f"{href}, line {element.sourceline}"
            reading.hidden.append(Hidden(text=concealed.text.strip(), place=place, by=concealed.declaration))
    for of, rule in styles.unweighed:
        reading.hidden.append(Hidden(text=rule.selector, place=f"{of.name}, line {rule.line}", by="what it declares"))
    reading.sheets |= {item.name: item for item in own}


def _sheets(reading: Reading, name: str, archive: ZipFile, folder: str) -> Iterator[Sheet]:
    """A style sheet of the container, after those that it brings in."""
    if name not in reading.sheets:
        if urlsplit(name).scheme:
            reading.strange.append(Strange(words=f"a style sheet comes from outside the book: {name}", place=name))
            return
        text = archive.read(posixpath.normpath(posixpath.join(folder, name))).decode()
        reading.sheets[name] = sheet(name, text)
    for address in reading.sheets[name].imports:
        if target_of(address, name) != name:
            yield from _sheets(reading, target_of(address, name), archive, folder)
    yield reading.sheets[name]
