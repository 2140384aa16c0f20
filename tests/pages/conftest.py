"""Volumes of several kinds, each built once, and readers of their pages that owe nothing to the program."""

from __future__ import annotations

import ctypes
import hashlib
import random
import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from lxml import etree

from publisher.build.request import BuildResult
from publisher.model.target import Format

XHTML = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"
ENOUGH = 160
"""So many characters of a page are compared, white space not counted."""
VOCABULARY = """peace security agreement ministers conference representatives internationally responsibilities
    extraordinarily considered undertaking obligations sovereignty the of and in to that with which by from every
    neighbouring cooperation self-determination confidence-building arms"""
WORDS = tuple(VOCABULARY.split())
LINK = "[see the whole of the record of what was said](https://example.org/a-very/long/address/of-some-record)"
CODE = "\n".join(f"    line {number} of a long listing, word for word" for number in range(50))
TABLE = "\n".join(f"| row {number} | what stands in row {number} |" for number in range(60))


def _sentence(chance: random.Random, length: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(length)).capitalize() + "."


def _paragraph(chance: random.Random, number: int) -> str:
    sentences = [_sentence(chance, chance.randint(6, 24)) for _ in range(chance.randint(2, 9))]
    return f"Paragraph {number} speaks. " + " ".join(sentences)


def _edition(folder: Path, *, text: str, notes: str, page: str) -> Path:
    """An edition in a folder: one text, one series of notes."""
    folder.mkdir(parents=True)
    folder.joinpath("text.md").write_text(text, encoding="utf-8")
    folder.joinpath("notes.md").write_text(notes, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    folder.joinpath("edition.yaml").write_text(
        f"""title: A generated volume
language: en-GB
date: 2026-01-02
contributors: [{{name: Some Writer, role: aut}}]
source: {{file: text.md, sha256: {digest}}}
rights: {{status: public-domain, statement: None are claimed.}}
series: [{{id: editorial, title: Notes, file: notes.md}}]
output: {{name: volume, page: {page}}}
""",
        encoding="utf-8",
    )
    return folder


def _long(folder: Path) -> Path:
    """An edition of two hundred pages."""
    chance = random.Random(20261124)
    blocks = [_paragraph(chance, number) for number in range(1, 78)]
    notes = [f"## n{at}\n\n> **Paragraph {at} speaks.**\n\n{_sentence(chance, 20)}\n" for at in range(5, 78, 6)]
    for at in range(10, 70, 20):
        blocks[at] = f"## Part {at}\n\n{blocks[at]}"
    return _edition(
        folder,
        text="# Volume\n\n" + "\n\n".join(blocks) + "\n",
        notes="\n".join(notes),
        page="[90mm, 110mm], margins: {top: 24mm, bottom: 24mm, inside: 25mm, outside: 24mm}",
    )


def _noted(folder: Path) -> Path:
    """An edition in which notes run over page ends, and code, a table, links and italics too."""
    chance = random.Random(7)
    blocks = [_paragraph(chance, number) for number in range(1, 40)]
    blocks[8] += f" *{_sentence(chance, 120)}* {LINK} {LINK}"
    blocks[12] = "\n".join((blocks[12], "", CODE))
    blocks[16] += f"\n\n| head | words |\n| --- | --- |\n{TABLE}"
    blocks[20] = "\n".join(f"- {_sentence(chance, 30)}" for _ in range(20))
    blocks[24] = "> " + _sentence(chance, 200)
    blocks[28] = "\n".join(f"| {_sentence(chance, 5)}" for _ in range(50))
    blocks[30] += " " + LINK * 12
    noted = (2, 4, 5, 7, 11, 15, 26, 33, 38)
    notes = [
        f"## n{at}\n\n> **Paragraph {at} speaks.**\n\n"
        + " ".join(_sentence(chance, 18) for _ in range(chance.choice((1, 12, 24))))
        + "\n"
        for at in noted
    ]
    return _edition(
        folder, text="# Volume\n\n" + "\n\n".join(blocks) + "\n", notes="\n".join(notes), page="[110mm, 160mm]"
    )


def _marked(chance: random.Random) -> str:
    """A few words with markup in, around and between them."""
    text, two, three = (chance.choice(WORDS) for _ in range(3))
    return chance.choice(
        (
            f"{text[:4]}*{text[4:] or two}*{two}",
            f"**{text}**—{two}",
            f"[{text} {two}]{{lang=fr}}",
            f"[{text}]{{.small-caps}}[2]{{.superscript}}",
            f"`{text} {two} {three}`",
            f"[{text} *{two}* {three}](https://example.org/{three})",
            f"{text}’s {two}\u00a0{three}",
            f"1,000.50\u00a0{text}–{two}/{three}",
            f"*{text} **{two}** {three}*",
        )
    )


def _mixed_block(chance: random.Random, number: int) -> str:
    """A block of any kind, longer than a small page more often than not."""

    def said(length: int) -> str:
        return " ".join(_marked(chance) if chance.random() < 0.3 else chance.choice(WORDS) for _ in range(length))

    match number % 9:
        case 0:
            return f"## Part {number} {said(14)}\n\n{said(50)}"
        case 1:
            return "\n".join(f"- {said(25)}\n\n  - {said(30)}\n" for _ in range(4))
        case 2:
            return f"{said(4)}\n: {said(60)}\n\n{said(3)}\n: {said(50)}"
        case 3:
            return f"> {said(70)}\n>\n> > {said(50)}\n>\n> — {said(6)}"
        case 4:
            return "\n".join(f"| {said(6)}" for _ in range(18))
        case 5:
            rows = "\n".join(f"| {said(8)} | {said(12)} |" for _ in range(9))
            return f"| {said(1)} | {said(2)} |\n| --- | --- |\n{rows}"
        case 6:
            return "\n".join(f"    {chance.choice(WORDS)} {chance.choice(WORDS)} {at}" for at in range(24))
        case _:
            return f"Paragraph {number} speaks. {said(60)}"


def _mixed(folder: Path, seed: int = 3) -> Path:
    """An edition in which everything runs over page ends, with notes at the foot, in the margin and at the end."""
    chance = random.Random(seed)
    blocks = [_mixed_block(chance, number) for number in range(1, 19)]
    spoken = [number for number in range(1, 19) if number % 9 in (7, 8)]
    notes = "".join(
        f"## n{at}\n\n> **Paragraph {at} speaks.**\n\n"
        + " ".join(_sentence(chance, 18) for _ in range(50 if at == 8 else chance.choice((1, 3, 16))))
        + "\n\n"
        for at in spoken
    )
    text = "# Volume of *mixed* matter\n\n" + "\n\n".join(blocks) + "\n"
    _edition(folder, text=text, notes=notes, page="[140mm, 150mm]")
    settings = folder.joinpath("edition.yaml").read_text(encoding="utf-8")
    series = ""
    for name, length, placement in (
        ("aside", 9, "{pdf: margin, epub: pop-up}"),
        ("last", 160, "{pdf: end, epub: end}"),
    ):
        written = "".join(
            f"## {name}{at}\n\n> Paragraph **{at}** speaks\n\n{_sentence(chance, length)}\n\n" for at in spoken
        )
        folder.joinpath(f"{name}.md").write_text(written, encoding="utf-8")
        series += f", {{id: {name}, title: Notes {name}, file: {name}.md, marks: lower-alpha, placement: {placement}}}"
    settings = settings.replace("file: notes.md}]", f"file: notes.md}}{series}]")
    folder.joinpath("edition.yaml").write_text(settings, encoding="utf-8")
    return folder


def _listed(folder: Path) -> Path:
    """An edition whose notes stand at the end of the section that calls them, page after page."""
    chance = random.Random(11)
    blocks = [_paragraph(chance, number) for number in range(1, 14)]
    notes = "".join(f"## n{at}\n\n> **Paragraph {at} speaks.**\n\n{_sentence(chance, 200)}\n\n" for at in range(1, 13))
    _edition(folder, text="# Volume\n\n" + "\n\n".join(blocks) + "\n", notes=notes, page="[110mm, 120mm]")
    settings = folder.joinpath("edition.yaml").read_text(encoding="utf-8")
    settings = settings.replace("file: notes.md}", "file: notes.md, placement: {pdf: section}}")
    folder.joinpath("edition.yaml").write_text(settings, encoding="utf-8")
    return folder


def _at_the_foot(edition: Path, folder: Path) -> Path:
    """A copy of an edition with all its notes at the foot."""
    shutil.copytree(edition, folder)
    settings = folder / "edition.yaml"
    settings.write_text(settings.read_text("utf-8").replace("pdf: section", "pdf: foot"), encoding="utf-8")
    return folder


class Pages:
    """A built volume, page by page."""

    def __init__(self, folder: Path, copy: Path, build: Callable[..., BuildResult], *, listed: bool = False) -> None:
        self._listed = listed
        folder = shutil.copytree(folder, copy)
        with folder.joinpath("edition.yaml").open("a", encoding="utf-8") as settings:
            settings.write("\npages: frozen\n")
        built = build(folder, formats=(Format.EPUB, Format.PDF), freezing=True)
        assert built.page_map is not None
        self.folder, self.page_map = folder, built.page_map.content
        files = {Path(artifact.name).suffix: artifact.content for artifact in built.volume.artifacts}
        self.epub, self.pdf = files[".epub"], files[".pdf"]
        with ZipFile(BytesIO(self.epub)) as archive:
            names = archive.namelist()
            self.files = {name: archive.read(name) for name in names}

    def labels_of_pdf(self) -> list[str]:
        """The label of every page of the PDF."""
        pdf = pypdfium2.PdfDocument(self.pdf)
        return [pdf.get_page_label(page) for page in range(len(pdf))]

    def list_all(self) -> list[tuple[str, str, str]]:
        """The page list: label, document and id."""
        nav = etree.fromstring(self.files["EPUB/text/nav.xhtml"])
        lists = [element for element in nav.iter(f"{XHTML}nav") if element.get(TYPE) == "page-list"]
        links = [link for element in lists for link in element.iter(f"{XHTML}a")]
        split = [(str(link.text), str(link.get("href")).partition("#")) for link in links]
        return [(label, document, target) for label, (document, _, target) in split]

    def spine(self) -> list[str]:
        """The names of the documents in reading order."""
        package = etree.fromstring(self.files["EPUB/content.opf"])
        hrefs = {
            element.get("id"): str(element.get("href"))
            for element in package.iter("{http://www.idpf.org/2007/opf}item")
        }
        refs = package.iter("{http://www.idpf.org/2007/opf}itemref")
        return [hrefs[ref.get("idref")].removeprefix("text/") for ref in refs]

    def words_of_pdf(self) -> list[str]:
        """The main text of every page, white space left out: no notes, no running heads, no marks in the margin."""
        pdf = pypdfium2.PdfDocument(self.pdf)
        return [_compact(_page_words(pdf[page], listed=self._listed)) for page in range(len(pdf))]

    def words_after(self, document: str, target: str) -> str:
        """The main text of the EPUB from a target on, white space left out."""
        names = self.spine()
        listed = self._listed
        said = "".join(_words(etree.fromstring(self.files[f"EPUB/text/{document}"]), after=target, listed=listed))
        for name in names[names.index(document) + 1 :]:
            if len(said) > 4 * ENOUGH:
                break
            said += "".join(_words(etree.fromstring(self.files[f"EPUB/text/{name}"]), listed=listed))
        return _compact(said)


def _compact(text: str) -> str:
    """The text without white space, hyphens (line ends have theirs) and what is not seen; list marks are no words."""
    return re.sub("[\\s\x02\u00ad\u200b\u2060\ufeff•◦▪–-]", "", text)


def _words(root: etree._Element, *, after: str = "", listed: bool = False) -> Iterator[str]:
    """The main text after the element with an id; all of it where there is no id."""

    def aside(element: etree._Element) -> bool:
        return _aside(element, listed=listed)

    body = root.find(f"{XHTML}body")
    assert body is not None
    reached = not after
    if after:
        yield _number_before(next(item for item in body.iter() if item.get("id") == after))
    for kind, element in etree.iterwalk(body, events=("start", "end")):
        if kind == "start":
            reached = reached or element.get("id") == after
            if reached and not aside(element):
                yield element.text or ""
        elif reached and element is not body and not any(map(aside, element.iterancestors())):
            yield element.tail or ""


def _number_before(target: etree._Element) -> str:
    """The number in the margin, where the target is the first word of a paragraph."""
    before = target.getprevious()
    while before is not None and before.get("role") == "doc-pagebreak" and not before.tail:
        before = before.getprevious()
    is_number = before is not None and before.get("class") == "paragraph-number"
    return (before.text or "") if before is not None and is_number and not (before.tail or "").strip() else ""


def _aside(element: etree._Element, *, listed: bool) -> bool:
    """Whether an element, or one around it, is no main text; notes that are listed in their sections are."""
    lineage = (element, *element.iterancestors())
    gathered = any("section notes" in str(item.get("class")) for item in lineage)
    return any(
        (str(item.get("class")).startswith("notes ") and not gathered and not listed)
        or item.get("hidden") == "hidden"
        or item.get("role") in ("doc-noteref", "doc-backlink" if listed else "doc-footnote")
        for item in lineage
    )


def _page_words(page: pypdfium2.PdfPage, *, listed: bool) -> str:
    """What the structure tree of a page says in reading order, notes left out that stand in no list."""
    said: dict[int, str] = {}
    textpage = page.get_textpage()
    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,)):
        mcid = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
        length = pdfium.FPDFTextObj_GetText(item.raw, textpage.raw, None, 0)
        buffer = (ctypes.c_ushort * (length // 2))()
        pdfium.FPDFTextObj_GetText(item.raw, textpage.raw, buffer, length)
        said[mcid] = said.get(mcid, "") + bytes(buffer).decode("utf-16-le").rstrip("\0")
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    try:
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        roots = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, at) for at in range(count)]
        return "".join(words for root in roots for words in _spoken(root, said, listed=listed))
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _spoken(element: object, said: dict[int, str], *, listed: bool, noted: bool = False) -> Iterator[str]:
    """What an element says; hyphens that the layout has set are no words."""
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_StructElement_GetType(element, buffer, size)
    kind = buffer.raw.decode("utf-16-le").rstrip("\0")
    if kind == "Reference" or (kind == "Note" and not listed) or (kind == "Lbl" and noted):
        return
    for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
        mcid = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
        if mcid >= 0:
            yield said.get(mcid, "")
        elif child:
            yield from _spoken(child, said, listed=listed, noted=kind == "Note")


@pytest.fixture(scope="session")
def volume(
    root: Path, tmp_path_factory: pytest.TempPathFactory, built_once: Callable[..., BuildResult]
) -> Callable[[str], Pages]:
    """Builds a volume by its name, once."""
    built: dict[str, Pages] = {}
    folder = tmp_path_factory.mktemp("volumes")
    editions: dict[str, Callable[[], Path]] = {
        "book": lambda: _at_the_foot(root / "book", folder / "book"),
        "listed": lambda: _listed(folder / "listed"),
        "everything": lambda: root / "tests" / "editions" / "everything",
        "long": lambda: _long(folder / "long"),
        "mixed": lambda: _mixed(folder / "mixed"),
        "noted": lambda: _noted(folder / "noted"),
    }

    def build(name: str) -> Pages:
        if name not in built:
            built[name] = Pages(editions[name](), folder / "copies" / name, built_once, listed=name == "listed")
        return built[name]

    return build
