"""Notes that several passages call, in every place: printed once, called from each, and missed where one call is."""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pikepdf
import pypdfium2
import pytest

from publisher.build import pipeline
from publisher.build.excerpt import build_excerpt
from publisher.build.request import BuildRequest
from publisher.diagnostics import PublisherError
from publisher.model.excerpt import Wanted
from publisher.model.inline import NoteCall
from publisher.model.profile import Profile
from publisher.model.publication import PlacedNote
from publisher.model.rendition import Artifact, Volume
from publisher.model.target import Format
from publisher.model.walk import inlines_of
from publisher.validators import epubcheck, pagevalidation, verapdf
from publisher.verify import verify
from publisher.workspace import Folder

PLACES = {
    "foot": "{pdf: foot}",
    "margin": "{pdf: margin}",
    "section": "{pdf: section}",
    "end": "{pdf: end, epub: end}",
}
CALLED = {"near": (1, 2), "far": (2, 4), "thrice": (1, 3, 4), "once": (3,)}
"""The paragraphs from which each note of a series is called; the second part begins with the third."""
LEMMAS = {
    "near": "**Paragraph {0}** says",
    "far": "Paragraph {0} **says**",
    "thrice": "Paragraph {0} says",
    "once": "Paragraph **{0} says**",
}
WORDS = "Nobody has asked for it, and it was said at length all the same, as is the custom. " * 6


def _edition(folder: Path, *, more: str = "") -> Path:
    folder.mkdir()
    said = [f"Paragraph {at} says what it says. {WORDS}" for at in range(1, 5)]
    text = "\n\n".join(("# Volume", *said[:2], "## Second part", *said[2:])) + "\n"
    (folder / "text.md").write_text(text, encoding="utf-8")
    listed = ""
    for series, place in PLACES.items():
        notes = "\n\n".join("\n\n".join(_note(series, name)) for name in CALLED)
        (folder / f"{series}.md").write_text(notes, encoding="utf-8")
        listed += f"\n  - {{id: {series}, title: Notes {series}, file: {series}.md, placement: {place}{more}}}"
    (folder / "edition.yaml").write_text(
        f"""title: A volume
language: en-GB
date: 2026-01-02
contributors: [{{name: Some Writer, role: aut}}]
source: {{file: text.md, sha256: {hashlib.sha256(text.encode()).hexdigest()}}}
rights: {{status: public-domain, statement: None are claimed.}}
series:{listed}
output: {{name: volume, page: A5, chapters: true{", line-numbers: {every: 5, by: section}" if more else ""}}}
""",
        encoding="utf-8",
    )
    return folder


def _note(series: str, name: str) -> Iterator[str]:
    yield f"## {series}-{name} {{calls={len(CALLED[name])}}}"
    yield from (f"> {LEMMAS[name].format(at)}" for at in CALLED[name])
    yield f"Remark {name} of the {series}."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition."""
    return _edition(tmp_path_factory.mktemp("called") / "e")


@pytest.fixture(scope="module")
def volume(folder: Path) -> Volume:
    """The edition, built and proved."""
    return pipeline.build(BuildRequest(folder=Folder(folder))).volume


@pytest.fixture(scope="module")
def files(volume: Volume) -> dict[str, bytes]:
    """The finished files by the ends of their names."""
    return {Path(artifact.name).suffix: artifact.content for artifact in volume.artifacts}


def _notes(volume: Volume) -> dict[str, PlacedNote]:
    return {note.note_id: note for section in volume.publication.sections for note in section.notes}


def _targets(pdf: pikepdf.Pdf) -> Counter[str]:
    links = (item for page in pdf.pages for item in page.get("/Annots", []))
    return Counter(str(link.Dest) for link in links if "/Dest" in link)


def _documents(epub: bytes) -> str:
    with ZipFile(io.BytesIO(epub)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml"))


def _elements(element: Any, kind: str) -> Iterator[Any]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if f"/{kind}" == kid.S:
                yield kid
            yield from _elements(kid, kind)


def test_each_note_counts_once_and_every_call_has_its_number(volume: Volume) -> None:
    notes = _notes(volume)
    blocks = [block for section in volume.publication.sections for block in section.blocks]
    calls = [note_call for note_call in inlines_of(blocks) if isinstance(note_call, NoteCall)]
    for series in PLACES:
        assert {notes[f"{series}-{name}"].mark for name in CALLED} == {"1", "2", "3", "4"}
        for name, places in CALLED.items():
            note = notes[f"{series}-{name}"]
            own = [call for call in calls if call.note_id == note.id]
            assert {call.mark for call in own} == {note.mark}
            assert [call.id for call in own] == [note.call_id, *note.called_again]
            assert len(own) == len(places)


def test_the_pdf_prints_a_note_once_and_every_call_leads_to_it(files: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(files[".pdf"])) as pdf:
        targets = _targets(pdf)
        assert {
            f"{series}-{name}": targets[f"note-{series}-{series}-{name}"] for series in PLACES for name in CALLED
        } == {f"{series}-{name}": len(CALLED[name]) for series in PLACES for name in CALLED}
        assert len(list(_elements(pdf.Root.StructTreeRoot, "Note"))) == len(PLACES) * len(CALLED)


def test_the_epub_has_a_note_once_and_every_call_leads_to_it(files: dict[str, bytes]) -> None:
    whole = _documents(files[".epub"])
    for series in PLACES:
        for name, places in CALLED.items():
            note = f"note-{series}-{series}-{name}"
            assert whole.count(f'id="{note}"') == 1
            assert len(re.findall(rf'href="[^"]*#{note}"[^>]*role="doc-noteref"', whole)) == len(places)
            assert whole.count(f"Remark {name} of the {series}.") == 1


def test_a_list_leads_back_to_every_call_and_says_to_which(files: dict[str, bytes]) -> None:
    whole = _documents(files[".epub"])
    for series in PLACES:
        for name, places in CALLED.items():
            note = re.search(rf'<aside [^>]*id="note-{series}-{series}-{name}".*?</aside>', whole)
            assert note
            back = re.findall(r'href="[^"]*#(call[^"]*)" role="doc-backlink" title="([^"]*)">([^<]*)</a>', note[0])
            assert back[0][:2] == (f"call-{series}-{series}-{name}", "Back to the text")
            assert back[1:] == [
                (f"call{at}-{series}-{series}-{name}", f"Back to the text ({at})", f"[{at}]")
                for at in range(2, len(places) + 1)
            ]


def test_a_list_of_the_pdf_leads_back_to_every_call_and_a_note_at_its_call_to_that(files: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(files[".pdf"])) as pdf:
        targets = _targets(pdf)
        labels = [len(list(_elements(element, "Link"))) for element in _elements(pdf.Root.StructTreeRoot, "Lbl")]
    for series in PLACES:
        back = {f"call{nth}-{series}-{series}-thrice": targets[f"call{nth}-{series}-{series}-thrice"] for nth in "23"}
        assert set(back.values()) == ({1} if series in ("section", "end") else {0})
        assert targets[f"call-{series}-{series}-thrice"] == 1
    assert Counter(labels)[3] == 2


def test_paper_has_no_ways_back(folder: Path) -> None:
    """The file is proved and looked through as a printer does."""
    built = pipeline.build(
        BuildRequest(folder=Folder(folder), formats=(Format.PDF,), profiles=(Profile.PRINT,))
    ).volume.artifacts
    pdf = pypdfium2.PdfDocument(next(artifact.content for artifact in built if artifact.name.endswith(".print.pdf")))
    assert "[2]" not in "".join(page.get_textpage().get_text_range() for page in pdf)


def test_every_program_takes_the_files(tmp_path: Path, files: dict[str, bytes]) -> None:
    for ending, content in files.items():
        (tmp_path / f"volume{ending}").write_bytes(content)
    assert epubcheck.validate(tmp_path / "volume.epub") == ()
    assert verapdf.validate(tmp_path / "volume.pdf") == ()
    assert pagevalidation.validate(tmp_path / "volume.pdf") == ()


def _damaged_pdf(content: bytes, damage: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        damage(pdf)
        pdf.save(out)
    return out.getvalue()


def _second_call(pdf: pikepdf.Pdf, note: str) -> Any:
    return [item for page in pdf.pages for item in page.get("/Annots", []) if item.get("/Dest") == note][1]


def a_call_points_at_another_note(pdf: pikepdf.Pdf) -> None:
    _second_call(pdf, "note-foot-foot-near").Dest = pikepdf.String("note-foot-foot-far")


def a_call_is_missing(pdf: pikepdf.Pdf) -> None:
    link = _second_call(pdf, "note-foot-foot-near")
    call = next(
        element
        for element in _elements(pdf.Root.StructTreeRoot, "Reference")
        if any(
            isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR" and kid.Obj.objgen == link.objgen
            for kid in element.K[0].K
        )
    )
    kids = call.P.K
    del kids[next(at for at, kid in enumerate(kids) if getattr(kid, "objgen", None) == call.objgen)]


def a_list_leads_back_to_another_call(pdf: pikepdf.Pdf) -> None:
    links = (item for page in pdf.pages for item in page.get("/Annots", []))
    next(link for link in links if link.get("/Dest") == "call2-end-end-far").Dest = pikepdf.String("call-end-end-far")


def a_note_is_read_twice(pdf: pikepdf.Pdf) -> None:
    note = next(_elements(pdf.Root.StructTreeRoot, "Note"))
    note.P.K.append(note)


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (a_call_points_at_another_note, "V-007"),
        (a_list_leads_back_to_another_call, "V-007"),
        (a_call_is_missing, "V-006"),
        (a_note_is_read_twice, "V-004"),
    ],
)
def test_what_is_wrong_with_a_second_call_of_a_pdf_is_found(
    volume: Volume, files: dict[str, bytes], damage: Callable[[pikepdf.Pdf], None], code: str
) -> None:
    with pytest.raises(PublisherError) as caught:
        verify(volume.publication, (Artifact(name="volume.pdf", content=_damaged_pdf(files[".pdf"], damage)),))
    assert code in {diagnostic.code for diagnostic in caught.value.diagnostics}


CALL = re.compile(r'<a [^>]*id="call2-end-end-far".*?</a>')
BACK = re.compile(r'<a class="note-way-back" href="[^"]*#call2-end-end-far".*?</a>')
NOTE = re.compile(r'<aside [^>]*id="note-foot-foot-far".*?</aside>', re.DOTALL)


@pytest.mark.parametrize(
    ("pattern", "changed", "code"),
    [
        (CALL, lambda call: "", "V-006"),
        (CALL, lambda call: call.replace("#note-end-end-far", "#note-end-end-near"), "V-007"),
        (BACK, lambda back: back.replace("#call2-", "#call-"), "V-007"),
        (BACK, lambda back: back.replace("text (2)", "text (9)"), "V-003"),
        (NOTE, lambda note: note + re.sub(r' id="[^"]*"', "", note), "V-004"),
    ],
    ids=["call is missing", "call to another note", "way back to another call", "way back says what", "note twice"],
)
def test_what_is_wrong_with_a_second_call_of_an_epub_is_found(
    volume: Volume, files: dict[str, bytes], pattern: re.Pattern[str], changed: Callable[[str], str], code: str
) -> None:
    out = io.BytesIO()
    with ZipFile(io.BytesIO(files[".epub"])) as good, ZipFile(out, "w", ZIP_STORED) as bad:
        for name in good.namelist():
            content = good.read(name)
            if name.endswith(".xhtml"):
                content = pattern.sub(lambda found: changed(found[0]), content.decode()).encode()
            bad.writestr(name, content)
    assert out.getvalue() != files[".epub"]
    with pytest.raises(PublisherError) as caught:
        verify(volume.publication, (Artifact(name="volume.epub", content=out.getvalue()),))
    assert code in {diagnostic.code for diagnostic in caught.value.diagnostics}


def test_notes_that_cite_lines_cite_those_of_their_first_passage(tmp_path: Path) -> None:
    """A build ends with the proof, which counts the lines anew."""
    built = pipeline.build(BuildRequest(folder=Folder(_edition(tmp_path / "e", more=", cite: lines")))).volume
    assert {name: note.cited for name, note in _notes(built).items() if name.startswith("end")} == {
        "end-near": "Paragraph 1]",
        "end-far": "says]",
        "end-thrice": "Paragraph 1 says]",
        "end-once": "3 says]",
    }


@pytest.mark.parametrize("section", ["text", "text-second-part"])
def test_a_part_that_calls_a_note_again_can_be_handed_out_alone(folder: Path, section: str) -> None:
    """The file is proved; the second part has the numbers of notes that the first prints, and they lead nowhere."""
    (pdf,) = build_excerpt(BuildRequest(folder=Folder(folder), excerpt=Wanted(section=section))).artifacts
    with pikepdf.open(io.BytesIO(pdf.content)) as read:
        again = _targets(read)["note-foot-foot-far"]
    assert again == (2 if section == "text" else 0)
