"""The proof of a web edition finds every change of what a reader sees or follows, and nothing in an unspoilt one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.web.conftest import Built, Faults

from publisher import verify as verification
from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.render import shipped_files
from publisher.verify.epub.check import epub_faults

TEXT, START = "text/text.html", "index.html"
Spoil = Callable[[dict[str, bytes]], None]


def replaced(name: str, old: bytes, new: bytes) -> Spoil:
    """Replaces the first place of some bytes in a file."""

    def spoil(files: dict[str, bytes]) -> None:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1)

    return spoil


def matched(name: str, pattern: bytes, new: bytes) -> Spoil:
    """Replaces the first match of a pattern in a file."""

    def spoil(files: dict[str, bytes]) -> None:
        changed, count = re.subn(pattern, new, files[name], count=1, flags=re.DOTALL)
        assert count
        files[name] = changed

    return spoil


def added(name: str, content: bytes) -> Spoil:
    """Adds a file."""
    return lambda files: files.update({name: content})


def removed(name: str) -> Spoil:
    """Removes a file."""

    def spoil(files: dict[str, bytes]) -> None:
        del files[name]

    return spoil


def exchanged(files: dict[str, bytes]) -> None:
    """Exchanges two paragraphs."""
    first, second = re.findall(rb'<p id="p[12]".*?</p>', files[TEXT], re.DOTALL)[:2]
    files[TEXT] = files[TEXT].replace(first, b"@").replace(second, first).replace(b"@", second)


SPOILT = {
    "a word": replaced(TEXT, b"A proof is read twice", b"A proof is read once"),
    "a letter of a note": replaced(TEXT, b"handbooks", b"handbook"),
    "a space": replaced(TEXT, b"A proof is read", b"A proof  is read"),
    "a paragraph that is gone": matched(TEXT, rb'<p id="p2".*?</p>', b""),
    "a note that is gone": matched(TEXT, rb"<aside .*?</aside>", b""),
    "a paragraph that came in": replaced(TEXT, b'<p id="p2"', b'<p>Something else.</p><p id="p2"'),
    "two paragraphs exchanged": exchanged,
    "words outside of the documents": replaced(TEXT, b"</main>", b"More.</main>"),
    "a hidden paragraph": replaced(TEXT, b'<p id="p2"', b'<p hidden="" id="p2"'),
    "a paragraph out of sight": replaced(TEXT, b'<p id="p2"', b'<p style="display: none" id="p2"'),
    "the mark of a call": matched(TEXT, rb'(class="note-call[^>]*>)[^<]*', rb"\g<1>9"),
    "where a call leads": matched(TEXT, rb'(class="note-call[^>]* href=")#[^"]*', rb"\g<1>#p2"),
    "where a cross-reference leads": matched(TEXT, rb'href="agreements.html#[^"]*"', b'href="agreements.html"'),
    "a page number": matched(TEXT, rb'aria-label="Page 2"([^>]*)>2<', rb'aria-label="Page 3"\g<1>>3<'),
    "a page number that shows another": matched(TEXT, rb'(aria-label="Page 2"[^>]*>)2<', rb"\g<1>3<"),
    "the number of a paragraph": matched(TEXT, rb'(class="paragraph-number"[^>]*>)2<', rb"\g<1>3<"),
    "the language of a passage": matched(TEXT, rb'lang="fr"', b'lang="de"'),
    "a script in the text": replaced(TEXT, b'<p id="p2"', b'<script>alert(1)</script><p id="p2"'),
    "an event": replaced(TEXT, b'<p id="p2"', b'<p onclick="alert(1)" id="p2"'),
    "the policy of a page": replaced(TEXT, b"default-src", b"x-default-src"),
    "a frame": replaced(TEXT, b'class="site-footer"', b'class="site-foot"'),
    "the title of a page": matched(TEXT, rb"<title>[^<]*", b"<title>Another"),
    "the contents beside the text": matched(TEXT, rb'(aria-current="page">)[^<]*', rb"\g<1>Another"),
    "a style sheet": lambda files: files.update({"styles/web.css": files["styles/web.css"] + b"p { color: red }"}),
    "a script": lambda files: files.update({"site.js": files["site.js"] + b"\n"}),
    "the index of the search": replaced("search-index.js", b"read twice", b"read once"),
    "a picture": lambda files: files.update({"images/cover.png": files["images/cover.png"] + b"\0"}),
    "a page that came in": added("text/other.html", b"<!DOCTYPE html><title>Other</title>"),
    "a file that came in": added("other.txt", b"other"),
    "a page that is gone": removed("text/agreements.html"),
    "a script that is gone": removed("search.js"),
    "the EPUB to be downloaded": lambda files: files.update({"files/everything.epub": b"PK"}),
    "the PDF to be downloaded": lambda files: files.update({"files/everything.pdf": b"%PDF-1.7"}),
    "the EPUB that is gone": removed("files/everything.epub"),
    "an entry of the contents": matched(START, rb'(<nav [^>]*id="contents".*?<a href="[^"]*">)[^<]*', rb"\g<1>Another"),
}


def test_an_unspoilt_edition_is_proved(web: Built, faults: Faults) -> None:
    assert faults(web.files) == ()


def test_files_that_were_only_packed_again_are_proved(web: Built, faults: Faults) -> None:
    assert faults(dict(reversed([*web.files.items()]))) == ()


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_every_change_is_found(web: Built, faults: Faults, spoil: Spoil) -> None:
    files = dict(web.files)
    spoil(files)
    assert faults(files)


def test_a_book_that_is_proved_beside_the_web_edition_is_proved_once(
    web: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    proved: list[str] = []

    def counted(content: bytes, publication: Publication, *, artifact: str, **named: Any) -> Iterator[Diagnostic]:
        proved.append(artifact)
        return epub_faults(content, publication, artifact=artifact, **named)

    monkeypatch.setattr(verification, "epub_faults", counted)
    epub = Artifact(name="everything.epub", content=web.files["files/everything.epub"])
    verification.verify(web.publication, (epub, web.artifact), shipped=shipped_files, site=web.site)
    assert proved == ["everything.epub"]
    spoilt = Artifact(name=epub.name, content=epub.content[:-1])
    with pytest.raises(PublisherError):
        verification.verify(web.publication, (spoilt, web.artifact), shipped=shipped_files, site=web.site)
    assert proved == ["everything.epub"] * 3
