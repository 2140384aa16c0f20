"""An edition in PDF/UA-2 and WTPDF 1.0: veraPDF finds nothing, faults that are planted are found, and it is proved."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from publisher.build import pipeline
from publisher.build.request import BuildResult
from publisher.model.profile import Profile
from publisher.validators import pagevalidation, qpdf, verapdf
from publisher.verify.pdf.check import pdf_faults

Plant = Callable[[pikepdf.Pdf], None]


@pytest.fixture(scope="session")
def built(everything: Path, tmp_path_factory: pytest.TempPathFactory, built_once: Callable[..., BuildResult]) -> Any:
    """The edition in PDF/UA-2, for the screen and for the archive."""
    folder = tmp_path_factory.mktemp("second") / "everything"
    shutil.copytree(everything, folder)
    settings = folder / "edition.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("output:\n", "output:\n  pdf-standard: ua-2\n"), encoding="utf-8")
    return built_once(folder, profiles=(Profile.SCREEN, Profile.ARCHIVE)).volume


@pytest.fixture(scope="session")
def second(built: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the files."""
    folder = tmp_path_factory.mktemp("second-files")
    pipeline.keep(built, output=folder)
    return folder


def elements(pdf: pikepdf.Pdf, kind: str) -> Iterator[Any]:
    """Yield the elements of a type."""
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get("/S") == Name(f"/{kind}") and "/P" in thing:
            yield thing


@pytest.mark.parametrize("name", ["everything.pdf", "everything.archive.pdf"])
def test_validators_find_nothing(second: Path, name: str) -> None:
    path = second / name
    wanted = "4f" if "archive" in name else "4"
    assert verapdf.claimed_flavours(path.read_bytes()) == ("ua2", "wt1a", "wt1r", wanted)
    assert verapdf.validate(path) == ()
    assert qpdf.validate(path) == ()
    assert pagevalidation.validate(path) == ()


def test_it_is_pdf_2_0_without_what_that_has_not(second: Path) -> None:
    assert (second / "everything.pdf").read_bytes().startswith(b"%PDF-2.0")
    with pikepdf.open(second / "everything.pdf") as pdf:
        assert "/Info" not in pdf.trailer
        assert not list(elements(pdf, "Note"))
        assert pdf.Root.StructTreeRoot.Namespaces[0] == pdf.Root.StructTreeRoot.K[0].NS
        assert {str(element.A.ListNumbering) for element in elements(pdf, "L")} <= {
            "/Decimal",
            "/Disc",
            "/Description",
            "/None",
        }


def test_notes_and_calls_refer_to_each_other(second: Path) -> None:
    with pikepdf.open(second / "everything.pdf") as pdf:
        notes = list(elements(pdf, "FENote"))
        assert notes
        for note in notes:
            assert len(note.Ref) >= 1
            assert all([item.objgen for item in call.Ref] == [note.objgen] for call in note.Ref)


def test_links_bookmarks_and_contents_lead_to_elements(second: Path) -> None:
    with pikepdf.open(second / "everything.pdf") as pdf:
        actions = [one.A for page in pdf.pages for one in page.obj.get("/Annots", ()) if Name.GoTo == one.A.S]
        assert actions
        assert all(action.SD[0].Type == Name.StructElem for action in actions)
        assert not [one for page in pdf.pages for one in page.obj.get("/Annots", ()) if "/Dest" in one]
        with pdf.open_outline() as outline:
            assert outline.root
            assert all(item.action and item.action.SD[0].Type == Name.StructElem for item in outline.root)
        entries = list(elements(pdf, "TOCI"))
        assert entries
        assert all(entry.Ref[0].Type == Name.StructElem for entry in entries)


def no_reference(pdf: pikepdf.Pdf) -> None:
    del next(elements(pdf, "FENote"))["/Ref"]


def no_reference_of_contents(pdf: pikepdf.Pdf) -> None:
    del next(elements(pdf, "TOCI"))["/Ref"]


def old_note(pdf: pikepdf.Pdf) -> None:
    note = next(elements(pdf, "FENote"))
    note.S = Name.Note
    del note["/NS"]


def old_root(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.K[0]["/NS"]


def only_a_place(pdf: pikepdf.Pdf) -> None:
    annotation = next(item for page in pdf.pages for item in page.obj.get("/Annots", ()) if "/SD" in item.A)
    del annotation.A["/SD"]


def unnumbered(pdf: pikepdf.Pdf) -> None:
    described = next(element for element in elements(pdf, "L") if element.A.ListNumbering != Name("/None"))
    described.A.ListNumbering = Name("/None")


@pytest.mark.parametrize(
    ("clause", "plant"),
    [
        ("8.2.5.14", no_reference),
        ("8.2.5.14", old_note),
        ("8.2.5.2", old_root),
        ("8.2.5.8", no_reference_of_contents),
        ("8.2.5.25", unnumbered),
        ("8.8", only_a_place),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
@pytest.mark.nightly
def test_verapdf_finds_what_is_planted(second: Path, tmp_path: Path, clause: str, plant: Plant) -> None:
    with pikepdf.open(second / "everything.pdf") as pdf:
        plant(pdf)
        pdf.save(tmp_path / "planted.pdf", force_version="2.0")
    found = {finding.rule.split()[1].rpartition("-")[0] for finding in verapdf.validate(tmp_path / "planted.pdf")}
    assert clause in found


def lead_elsewhere(pdf: pikepdf.Pdf) -> None:
    last = list(elements(pdf, "P"))[-1]
    for page in pdf.pages:
        for item in page.obj.get("/Annots", ()):
            if Name.GoTo == item.A.S:
                item.A.SD = Array([last, *list(item.A.SD)[1:]])


def exchange_notes(pdf: pikepdf.Pdf) -> None:
    notes = {element.objgen: element for element in elements(pdf, "FENote")}
    links = [item for page in pdf.pages for item in page.obj.get("/Annots", ()) if Name.GoTo == item.A.S]
    to_notes = [link for link in links if link.A.SD[0].objgen in notes]
    first = to_notes[0]
    other = next(to_note for to_note in to_notes if to_note.A.SD[0].objgen != first.A.SD[0].objgen)
    first.A.SD, other.A.SD = Array(list(other.A.SD)), Array(list(first.A.SD))


def information(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Another"


def other_namespace(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.Namespaces[0].NS = pikepdf.String("http://example.org/mine")


@pytest.mark.parametrize(
    ("code", "plant"),
    [
        (None, lambda _: None),
        ("V-007", lead_elsewhere),
        ("V-007", exchange_notes),
        ("V-003", information),
        ("V-003", other_namespace),
    ],
    ids=["nothing", "another page", "another note", "information", "another namespace"],
)
def test_the_proof_finds_what_is_planted(built: Any, second: Path, code: str | None, plant: Plant) -> None:
    out = io.BytesIO()
    with pikepdf.open(second / "everything.pdf") as pdf:
        plant(pdf)
        pdf.save(out, force_version="2.0")
    found = {diagnostic.code for diagnostic in pdf_faults(out.getvalue(), built.publication, artifact="everything.pdf")}
    assert code in found if code else not found
