"""An edition with letters, a diary, a scene and plates: what its files say of them, and what the proof finds."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from publisher.build.request import BuildResult
from publisher.model.target import Format
from publisher.pdf.read.document import read_pdf
from publisher.pdf.read.syntax import Value
from publisher.verify.epub.check import epub_faults
from publisher.verify.pdf.lines import read_tree

EDITION = Path(__file__).parent / "edition"


@pytest.fixture(scope="module")
def built(built_once: Callable[..., BuildResult]) -> BuildResult:
    """The edition in both formats; a build proves each file that it makes."""
    result: BuildResult = built_once(EDITION, formats=(Format.EPUB, Format.PDF))
    return result


def content(built: BuildResult, ending: str) -> bytes:
    """The bytes of a finished file."""
    return next(artifact.content for artifact in built.artifacts if artifact.name.endswith(ending))


@pytest.fixture(scope="module")
def document(built: BuildResult) -> str:
    """The text in the EPUB."""
    with ZipFile(io.BytesIO(content(built, ".epub"))) as archive:
        return archive.read(next(name for name in archive.namelist() if name.endswith("/text.xhtml"))).decode()


@pytest.mark.parametrize(
    "markup",
    [
        'epub:prefix="z3998: http://www.daisy.org/z3998/2012/vocab/structure/, se: https://standardebooks.org/vocab/1.0"',
        '<article class="letter" id="chesterfield" epub:type="z3998:letter">',
        'class="addressee" epub:type="z3998:recipient">To the Right',
        'class="dateline" epub:type="se:letter.dateline"><time datetime="1755-02-07">7 February 1755</time></p>',
        'class="salutation" epub:type="z3998:salutation">My Lord,</p>',
        'class="valediction" epub:type="z3998:valediction">I am, my Lord,</p>',
        'class="signature" epub:type="z3998:signature"><abbr class="truncation" epub:type="z3998:truncation">Sam.',
        'class="postscript" epub:type="z3998:postscript">P.S. The <abbr class="title" epub:type="z3998:name-title">Dr.',
        '<abbr class="era" epub:type="se:era"><span class="all-small-caps">A.D.</span></abbr> 1755',
        '<span class="roman" epub:type="z3998:roman">MDCCLV</span>',
        '<cite class="work-title">The World</cite>',
        "<dfn>Patron</dfn>",
        'class="continued">and found him',
        'class="centred">ECLOGUE THE EIGHTH</p>',
        'class="right">lines 43 and 44</p>',
        '<p class="verse" id="garamantes" lang="la" xml:lang="la">',
        '<h3 id="fire"><time datetime="1666-09-02">2 September 1666</time></h3>',
        '<article class="entry" id="third" epub:type="z3998:diary-entry">',
        '<time datetime="1666-09-03">3d.</time> About four',
        '<span id="fourth"><time datetime="1666-09-04">4th.</time></span> Up by break',
        '<i class="ship" epub:type="se:name.vessel.ship">Naseby</i>',
        '<span class="foreign" lang="fr" xml:lang="fr"><i class="foreign">sans façon</i></span>',
        '<section class="epitaph" id=',
        '<section class="scene" id="scene" epub:type="z3998:scene">',
        'class="speaker" epub:type="z3998:persona">BERNARDO</p>',
        'class="stage-direction" epub:type="z3998:stage-direction">Enter BERNARDO',
        '<span class="speaker" epub:type="z3998:persona">BERNARDO.</span> Long live',
        '<i class="stage-direction" epub:type="z3998:stage-direction">He shivers.</i>',
        '<section class="poem" id="ghost" epub:type="z3998:poem">',
        '<span class="verse-number">5</span> Well, good night.',
        '<span class="verse-number">10</span> And liegemen',
        '<figure class="pictures of-2" id="ports">',
        '<figure class="plate" id="plate">',
        '<div class="page-break"></div>',
        '<a class="cross-reference" href="#square">the square</a>',
        '<a class="cross-reference" href="#patron">paragraph\u00a03</a>',
        '<a class="cross-reference" href="#third">3 September 1666</a>',
    ],
)
def test_epub_says_what_everything_is(document: str, markup: str) -> None:
    assert markup in document, markup


def test_paragraphs_of_letters_and_entries_are_counted_and_those_of_a_kind_are_not(document: str) -> None:
    numbered = re.findall(r'<p id="p(\d+)" class="numbered"', document)
    assert numbered == [str(number) for number in range(1, len(numbered) + 1)]
    assert re.search(r'<p id="p1"[^>]*><span class="paragraph-number">1</span> I have been lately informed', document)


def test_pdf_has_letters_and_entries_as_articles(built: BuildResult) -> None:
    file = (document := read_pdf(content(built, ".pdf"))).file
    waiting: list[Value] = [document.catalogue.get("StructTreeRoot")]
    kinds = []
    while waiting:
        known = file.dictionary(waiting.pop())
        kinds.append(str(known.get("S")))
        waiting += (item for item in file.array(known.get("K")) if isinstance(file.resolve(item), dict))
    assert kinds.count("Art") == 2


def test_plate_has_a_page_of_its_own(built: BuildResult) -> None:
    reading = read_tree(read_pdf(content(built, ".pdf")))
    pages = {line.text: line.page for line in reading.lines}
    before = next(page for text, page in pages.items() if "Before the plate" in text)
    plate = next(page for text, page in pages.items() if "three nested squares" in text)
    after = next(page for text, page in pages.items() if "After the plate." in text)
    later = next(page for text, page in pages.items() if "A new page" in text)
    assert [plate - before, after - plate, later - after] == [1, 1, 1]


@pytest.mark.parametrize(
    ("markup", "instead"),
    [
        ('datetime="1666-09-02"', 'datetime="1666-09-03"'),
        ('<cite class="work-title">The World</cite>', "The World"),
        ("<dfn>Patron</dfn>", "<em>Patron</em>"),
        ('<i class="ship"', '<i class="italic-type"'),
        ('class="salutation"', 'class="valediction"'),
        ('<article class="entry"', '<article class="letter"'),
        ('<span class="roman" epub:type="z3998:roman">MDCCLV</span>', "MDCCLV"),
        ('class="speaker" epub:type="z3998:persona">FRANCISCO', 'class="centred">FRANCISCO'),
    ],
)
def test_proof_finds_what_is_marked_otherwise(built: BuildResult, markup: str, instead: str) -> None:
    changed = io.BytesIO()
    with ZipFile(io.BytesIO(content(built, ".epub"))) as before, ZipFile(changed, "w") as after:
        for zip_info in before.infolist():
            data = before.read(zip_info)
            if zip_info.filename.endswith("/text.xhtml"):
                assert markup.encode() in data
                data = data.replace(markup.encode(), instead.encode(), 1)
            after.writestr(zip_info, data)
    found = list(epub_faults(changed.getvalue(), built.volume.publication, artifact="kinds.epub"))
    assert "V-064" in {diagnostic.code for diagnostic in found}


def lines_of_list(built: BuildResult, name: str) -> list[tuple[str, str]]:
    """The lines of a list in the EPUB, each with where it leads to."""
    with ZipFile(io.BytesIO(content(built, ".epub"))) as archive:
        found = next(text for text in archive.namelist() if text.endswith(f"/{name}.xhtml"))
        return re.findall(r'<a href="text.xhtml#([^"]+)"[^>]*>([^<]+)</a>', archive.read(found).decode())


def test_list_of_illustrations_has_plates_and_groups(built: BuildResult) -> None:
    assert lines_of_list(built, "illustrations") == [("ports", "Two figures of Euclid"), ("plate", "The plate")]


def test_index_of_dates_is_in_the_order_of_time(built: BuildResult) -> None:
    assert lines_of_list(built, "date-index") == [
        ("fire", "2 September 1666"),
        ("third", "3 September 1666"),
        (lines_of_list(built, "date-index")[2][0], "4 September 1666"),
        ("chesterfield", "7 February 1755"),
    ]


def test_lists_of_the_pdf_have_page_numbers(built: BuildResult) -> None:
    reading = read_tree(read_pdf(content(built, ".pdf")))
    folios = {line.text: line.folio for line in reading.lines if line.folio}
    assert (folios["The plate"], folios["7 February 1755"]) == ("5", "1")
