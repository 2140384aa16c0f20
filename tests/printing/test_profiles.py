"""One edition for the screen, the printer and the archive: what each file is, and that every program takes it."""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import mode
from typing import Any
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name
from PIL import Image

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.profile import Profile
from publisher.model.rendition import Artifact
from publisher.model.target import Format
from publisher.validators import verapdf
from publisher.validators.conformance import verdicts
from publisher.validators.finding import Finding
from publisher.validators.registry import VALIDATORS
from publisher.verify import verify
from publisher.workspace import Folder

ALL = (Profile.SCREEN, Profile.PRINT, Profile.ARCHIVE)
BOXES = ("/TrimBox", "/BleedBox", "/MediaBox")
PDFS = (".pdf", ".print.pdf", ".archive.pdf")
PIXEL = 0.75
"""Points; sizes of type are written in pixels."""
Said = Callable[..., str]


def set_profiles(edition: Path, profiles: str) -> None:
    """Writes into the `edition.yaml` of a folder what PDFs are for."""
    path = edition / "edition.yaml"
    path.write_text(path.read_text("utf-8").replace("output:\n", f"output:\n  profiles: {profiles}\n"), "utf-8")


@pytest.mark.parametrize("ending", PDFS)
def test_qpdf_ghostscript_and_poppler_read_every_file_without_a_word(volume: Any, said: Said, ending: str) -> None:
    path = volume.path(ending)
    assert "No syntax or stream encoding errors found" in said("qpdf", "--check", path)
    assert "WARNING" not in said("qpdf", "--check", path)
    assert said("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dPDFSTOPONWARNING", "-sDEVICE=nullpage", path) == ""
    assert said("pdftotext", "-q", path, "-").count("Reading proofs") > 1
    assert "Syntax" not in said("pdfinfo", path)
    assert "Error" not in said("pdffonts", path)


def test_verapdf_finds_screen_and_archive_pdf_a_3a_and_pdf_ua_1(volume: Any) -> None:
    assert verapdf.validate(volume.path(".pdf")) == ()
    assert verapdf.validate(volume.path(".archive.pdf")) == ()


def test_poppler_sees_pdf_x_4_with_its_boxes(volume: Any, said: Said) -> None:
    told = said("pdfinfo", "-box", volume.path(".print.pdf"))
    assert re.search(r"PDF subtype: +PDF/X-4", told)
    assert re.search(r"BleedBox: +-8.50 +-8.50 +428.03 +603.78", told)
    assert re.search(r"TrimBox: +0.00 +0.00 +419.53 +595.28", told)


def test_ghostscript_sees_text_on_the_plate_for_black_alone(volume: Any, said: Said, tmp_path: Path) -> None:
    with pikepdf.open(volume.path(".print.pdf")) as pdf:
        for page in pdf.pages:
            page.obj.MediaBox = page.obj.TrimBox
        pdf.save(tmp_path / "trimmed.pdf")
    told = said("gs", "-q", "-dNOPAUSE", "-dBATCH", "-o", "-", "-sDEVICE=inkcov", tmp_path / "trimmed.pdf")
    pages = [[float(part) for part in line.split()[:4]] for line in told.splitlines()]
    assert len(pages) > 10
    assert [page for page in pages if any(page[:3])] == []
    assert max(page[3] for page in pages) > 0.01


def test_marks_are_on_every_plate(volume: Any, said: Said) -> None:
    told = said("gs", "-q", "-dNOPAUSE", "-dBATCH", "-o", "-", "-sDEVICE=inkcov", volume.path(".print.pdf"))
    assert all(min(float(part) for part in line.split()[:4]) > 0 for line in told.splitlines())


def test_the_archive_holds_every_file_that_was_read_as_its_source(volume: Any, everything: Path) -> None:
    with pikepdf.open(volume.path(".archive.pdf")) as pdf:
        specifications = list(pdf.Root.AF)
        assert {str(item.Desc).removeprefix("Source: ") for item in specifications} == {
            path.relative_to(everything).as_posix() for path in everything.rglob("*") if path.is_file()
        }
        for specification in specifications:
            content = everything.joinpath(str(specification.Desc).removeprefix("Source: ")).read_bytes()
            assert specification.EF.F.read_bytes() == content
            assert specification.AFRelationship == Name.Source
            assert int(specification.EF.F.Params.Size) == len(content)
            assert str(specification.EF.F.Params.ModDate) == "D:20260102000000Z"
        types = {str(item.UF): str(item.EF.F.Subtype) for item in specifications}
        assert types["notes--editorial.md"] == "/text/markdown"
        assert types["images--turned-letter.png"] == "/image/png"


def test_a_source_that_is_changed_lost_or_strange_does_not_pass_the_proof(volume: Any, tmp_path: Path) -> None:
    for change, code in ((b"other", "V-001"), (None, "V-002")):
        with pikepdf.open(volume.path(".archive.pdf")) as pdf:
            names = pdf.Root.Names.EmbeddedFiles.Names
            if change:
                names[1].EF.F.write(change)
            else:
                del names[0], names[0]
                del pdf.Root.AF[0]
            pdf.save(tmp_path / "changed.pdf")
        artifact = Artifact(name="everything.archive.pdf", content=(tmp_path / "changed.pdf").read_bytes())
        with pytest.raises(PublisherError) as raised:
            verify(volume.publication, (artifact,))
        assert [diagnostic.code for diagnostic in raised.value.diagnostics] == [code]


def test_poppler_takes_the_sources_out_of_the_archive(
    volume: Any, said: Said, tmp_path: Path, everything: Path
) -> None:
    said("pdfdetach", "-saveall", "-o", tmp_path, volume.path(".archive.pdf"))
    assert tmp_path.joinpath("text.md").read_bytes() == everything.joinpath("text.md").read_bytes()
    assert tmp_path.joinpath("agreements--1-rule-book.md").is_file()


def test_screen_and_archive_have_the_same_pages(volume: Any, said: Said) -> None:
    screen, archive = (
        said("pdftotext", "-q", "-layout", volume.path(ending), "-") for ending in (".pdf", ".archive.pdf")
    )
    assert screen == archive


def test_paper_has_pages_and_addresses_in_the_place_of_links_and_the_screen_has_links_alone(
    volume: Any, said: Said
) -> None:
    screen, printed = (" ".join(said("pdftotext", "-q", volume.path(ending), "-").split()) for ending in PDFS[:2])
    assert "See Rule Book [A2] (p. 6) and the second rule (p. 6)." in printed
    assert "(p. " not in screen
    assert "Cited in note 1 (p. 1); Introduction (p. vii)." in printed


def test_the_page_list_of_the_epub_counts_the_printed_pages(everything: Path, tmp_path: Path) -> None:
    longer = shutil.copytree(everything, tmp_path / "edition")
    with (longer / "introduction.md").open("a", encoding="utf-8") as file:
        file.write("\n" + "See [](agreement:rule-book) and [a page](https://www.example.org/with/an/address).\n\n" * 40)
    pages = {}
    for profile in (Profile.SCREEN, Profile.PRINT):
        artifacts = pipeline.build(BuildRequest(folder=Folder(longer), profiles=(profile,))).volume.artifacts
        pdf = next(artifact for artifact in artifacts if artifact.name.endswith(".pdf"))
        epub = next(artifact for artifact in artifacts if artifact.name.endswith(".epub"))
        pages[profile] = (_labels(pdf.content, tmp_path), _page_list(epub.content, tmp_path))
    assert len(pages[Profile.PRINT][0]) > len(pages[Profile.SCREEN][0])
    assert all(labels == listed for labels, listed in pages.values())


def test_with_the_references_of_print_the_screen_has_its_pages(everything: Path, tmp_path: Path) -> None:
    edition = shutil.copytree(everything, tmp_path / "edition")
    set_profiles(edition, "{ screen: { references: true }, print: }")
    screen, printed = pipeline.build(BuildRequest(folder=Folder(edition))).volume.artifacts[1:3]
    assert (screen.name, printed.name) == ("everything.pdf", "everything.print.pdf")
    texts = [_page_texts(artifact.content, tmp_path) for artifact in (screen, printed)]
    assert texts[0] == texts[1]
    assert any("(p." in text for text in texts[0])


def test_a_page_number_that_is_wrong_on_paper_does_not_pass_the_proof(volume: Any, tmp_path: Path) -> None:
    with pikepdf.open(volume.path(".print.pdf")) as pdf:
        pdf.Root.PageLabels.Nums[3].St = 2
        pdf.save(tmp_path / "wrong.pdf")
    content = (tmp_path / "wrong.pdf").read_bytes()
    with pytest.raises(PublisherError) as raised:
        verify(volume.publication, (Artifact(name="everything.print.pdf", content=content),))
    assert raised.value.exit_code is ExitCode.UNPROVED
    assert {"V-001", "V-014"} <= {diagnostic.code for diagnostic in raised.value.diagnostics}


def test_print_can_have_a_trim_of_its_own_for_the_copier(everything: Path, tmp_path: Path) -> None:
    edition = shutil.copytree(everything, tmp_path / "edition")
    set_profiles(edition, "{ print: { page: [6in, 9in], bleed: 0mm, marks: false, inks: black } }")
    (pdf,) = (
        artifact
        for artifact in pipeline.build(BuildRequest(folder=Folder(edition))).volume.artifacts
        if artifact.name.endswith(".pdf")
    )
    (tmp_path / "copier.pdf").write_bytes(pdf.content)
    with pikepdf.open(tmp_path / "copier.pdf") as printed:
        boxes = {tuple(float(edge) for edge in page.obj[key]) for page in printed.pages for key in BOXES}
    assert boxes == {(0, 0, 432, 648)}


def test_inks_and_marks_of_own_style_sheets(everything: Path, tmp_path: Path) -> None:
    edition = shutil.copytree(everything, tmp_path / "edition")
    (edition / "styles").mkdir()
    (edition / "styles" / "press.css").write_text("h1 { color: device-cmyk(0% 100% 80% 20%) }")
    (edition / "styles" / "print.css").write_text("@page { marks: crop cross; bleed: 12mm }")
    screen, printed = pipeline.build(BuildRequest(folder=Folder(edition), profiles=ALL[:2])).volume.artifacts[1:3]
    (tmp_path / "screen.pdf").write_bytes(screen.content)
    assert verapdf.validate(tmp_path / "screen.pdf") == ()
    with pikepdf.open(io.BytesIO(printed.content)) as pdf:
        title = pdf.pages[2]
        inks = [item.operands for item in pikepdf.parse_content_stream(title) if str(item.operator) == "k"]
        assert [0, 1, 0.8, 0.2] in [[float(part) for part in ink] for ink in inks]
        painted = [str(item.operator) for item in pikepdf.parse_content_stream(title.obj.Contents[0])]
        assert not {"S", "f", "Do"} & set(painted)


def test_validators_of_the_screen_are_not_asked_about_the_file_for_the_printer(volume: Any) -> None:
    asked: list[str] = []

    def validator(path: Path) -> tuple[Finding, ...]:
        asked.append(path.name)
        return ()

    panel = (replace(next(item for item in VALIDATORS if item.name == verapdf.NAME), validate=validator, needs=()),)
    artifacts = [Artifact(name=f"everything{ending}", content=volume.content(ending)) for ending in PDFS]
    assert verdicts(artifacts, publication=volume.publication, panel=panel) == ()
    assert sorted(asked) == ["everything.archive.pdf", "everything.pdf"]


def test_every_profile_is_the_same_bytes_each_time(volume: Any, everything: Path, tmp_path: Path) -> None:
    elsewhere = shutil.copytree(everything, tmp_path / "elsewhere")
    again = pipeline.build(
        BuildRequest(folder=Folder(elsewhere), profiles=(Profile.ARCHIVE, Profile.PRINT, Profile.SCREEN))
    ).volume
    for artifact in again.artifacts:
        assert artifact.content == volume.path(artifact.name.removeprefix("everything")).read_bytes(), artifact.name


def test_without_a_profile_for_the_press_it_is_told_how_to_get_one(
    everything: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("publisher.workspace.HOUSE_PROFILES", ())
    with pytest.raises(PublisherError) as raised:
        pipeline.build(BuildRequest(folder=Folder(everything), profiles=(Profile.PRINT,)))
    (found,) = raised.value.diagnostics
    assert (raised.value.exit_code, found.code) == (ExitCode.MISSING, "L-003")
    assert "sudo apt-get install libgs-common" in str(found.hint)


def _labels(content: bytes, folder: Path) -> list[str]:
    path = folder / "labels.pdf"
    path.write_bytes(content)
    with pikepdf.open(path) as pdf:
        return [page.label for page in pdf.pages]


def _page_list(content: bytes, folder: Path) -> list[str]:
    path = folder / "pages.epub"
    path.write_bytes(content)
    with ZipFile(path) as archive:
        nav = archive.read(next(name for name in archive.namelist() if name.endswith("nav.xhtml"))).decode()
    listed = nav[nav.index('epub:type="page-list"') :]
    return re.findall(r"<a [^>]*>([^<]+)</a>", listed[: listed.index("</nav>")])


def _page_texts(content: bytes, folder: Path) -> list[str]:
    """The words of each page, whatever stands around it."""
    document = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return texts


def test_the_printed_page_can_have_sides_and_margins_of_its_own(everything: Path, tmp_path: Path) -> None:
    edition = shutil.copytree(everything, tmp_path / "edition")
    set_profiles(
        edition, "{screen: , print: {page: A5, bleed: 0mm, marks: false, sides: one, margins: {inside: 90pt}}}"
    )
    made = pipeline.build(BuildRequest(folder=Folder(edition), formats=(Format.PDF,)))
    screen, printed = (_left_edges(artifact) for artifact in made.volume.artifacts if artifact.name.endswith(".pdf"))
    assert screen[0] != screen[1]
    assert printed == (90, 90)


def _left_edges(artifact: Artifact) -> tuple[int, int]:
    """Where most lines of right-hand and of left-hand pages begin, in points from the left edge."""
    with pypdfium2.PdfDocument(artifact.content) as pdf:
        pages = [page.get_textpage() for page in pdf]
        edges = [[round(page.get_rect(at)[0]) for at in range(page.count_rects())] for page in pages]
    right, left = (mode(edge for page in edges[first::2] for edge in page) for first in (0, 1))
    return right, left


def test_each_profile_can_have_pages_of_its_own_and_each_is_proved(everything: Path, tmp_path: Path) -> None:
    edition = shutil.copytree(everything, tmp_path / "edition")
    set_profiles(
        edition,
        "{screen: {style: compact, page: A5}, archive: {page: A4, line-numbers: {every: 5}},"
        " print: {style: accessible, page: B5, sides: one, marks: false, bleed: 0mm}}",
    )
    made = pipeline.build(BuildRequest(folder=Folder(edition))).volume
    files = {artifact.name.removeprefix("everything"): artifact.content for artifact in made.artifacts}
    looks = {ending: _look(files[ending]) for ending in PDFS}
    assert looks == {
        ".pdf": ((148, 210), 9.2),
        ".archive.pdf": ((210, 297), 10.4),
        ".print.pdf": ((176, 250), 16.0),
    }
    assert _line_numbers(files[".archive.pdf"])
    assert not _line_numbers(files[".pdf"])
    assert _page_list(files[".epub"], tmp_path) == _labels(files[".print.pdf"], tmp_path)


def _look(content: bytes) -> tuple[tuple[int, int], float]:
    """The trim in millimetres, and the size in points of most letters."""
    with pypdfium2.PdfDocument(content) as pdf:
        width, height = (round(length / 72 * 25.4) for length in pdf[0].get_size())
        pages = [page.get_textpage() for page in pdf]
        sizes = [pypdfium2.raw.FPDFText_GetFontSize(page, at) for page in pages for at in range(page.count_chars())]
    return (width, height), round(mode(sizes) * PIXEL, 1)


def _line_numbers(content: bytes) -> bool:
    """Whether lines with nothing but 5, 10 and 15 stand on one page."""
    with pypdfium2.PdfDocument(content) as pdf:
        pages = [set(page.get_textpage().get_text_bounded().split()) for page in pdf]
    return any({"5", "10", "15", "20"} <= words for words in pages)


def test_an_archive_with_pages_of_its_own_is_counted_where_it_is_built_alone(everything: Path, tmp_path: Path) -> None:
    edition = shutil.copytree(everything, tmp_path / "edition")
    set_profiles(edition, "{archive: {page: A4, style: accessible}}")
    files = {
        artifact.name: artifact.content
        for artifact in pipeline.build(BuildRequest(folder=Folder(edition))).volume.artifacts
    }
    assert _page_list(files["everything.epub"], tmp_path) == _labels(files["everything.archive.pdf"], tmp_path)


def test_a_margin_of_the_printed_page_that_leaves_no_text_is_told_where_it_is_named(
    everything: Path, tmp_path: Path
) -> None:
    edition = shutil.copytree(everything, tmp_path / "edition")
    set_profiles(edition, "{screen: , print: {margins: {inside: 120mm}}}")
    with pytest.raises(PublisherError) as raised:
        pipeline.build(BuildRequest(folder=Folder(edition), formats=(Format.PDF,)))
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.code == "S-015"
    assert diagnostic.span is not None
    assert "inside: 120mm" in diagnostic.span.source.text[diagnostic.span.start : diagnostic.span.end]


def test_a_picture_with_too_few_pixels_for_print_is_a_warning_until_it_is_waived(
    everything: Path, tmp_path: Path
) -> None:
    edition = shutil.copytree(everything, tmp_path / "edition")
    Image.new("RGB", (60, 40), (200, 30, 30)).save(edition / "images" / "coarse.png")
    with edition.joinpath("introduction.md").open("a", encoding="utf-8") as text:
        text.write("\n![A red square](images/coarse.png)\n")

    def warned(profile: Profile) -> list[Diagnostic]:
        built = pipeline.build(BuildRequest(folder=Folder(edition), formats=(Format.PDF,), profiles=(profile,)))
        return [item for item in built.diagnostics if "60 × 40 pixels" in item.message]

    assert warned(Profile.SCREEN) == []
    (diagnostic,) = warned(Profile.PRINT)
    assert diagnostic.code == "P-010"
    assert diagnostic.span is not None
    assert diagnostic.span.source.text[diagnostic.span.start :].startswith("![A red square]")
    settings = edition / "edition.yaml"
    settings.write_text(settings.read_text("utf-8") + 'waivers: [{code: P-010, reason: "a sketch"}]\n', "utf-8")
    assert warned(Profile.PRINT) == []
