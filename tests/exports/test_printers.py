"""What a printer does not take is reported before the pages are laid out, and what their number needs afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.exports.conftest import EDITION

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import Diagnostic, PublisherError
from publisher.load.printers import PRINTERS
from publisher.model.printer import MarginRule, PageCountRule, Printer, RuleSource
from publisher.model.profile import points
from publisher.model.publication import Publication
from publisher.validate.printer import PageEdges, page_faults
from publisher.workspace import Folder

Altered = Callable[..., Path]
OUTPUT = "output: {name: proofs, formats: [epub, pdf]}"
ORIGIN = RuleSource(source="a page", read="2026-11-30")
OWN = """\
name: Our press
trims:
  source: their price list
  read: 2026-11-01
  sizes: [[120mm, 190mm]]
ink: {source: their price list, read: 2026-11-01, most: 260}
"""


def found(folder: Path) -> list[Diagnostic]:
    """What a check reports about a printer."""
    checked = pipeline.check(BuildRequest(folder=Folder(folder)))
    return [diagnostic for diagnostic in checked.warnings if diagnostic.code.startswith("U-")]


@pytest.mark.parametrize("name", PRINTERS)
def test_every_printer_can_be_read_and_each_rule_has_its_source_and_day(name: str, altered: Altered) -> None:
    folder = altered((OUTPUT, f"printer: {name}\n{OUTPUT}"))
    publication = pipeline.check(BuildRequest(folder=Folder(folder))).publication
    assert publication is not None
    printer = publication.printer
    assert printer is not None
    rules = [printer.trims, printer.pages, printer.margins, printer.bleed, printer.ink, printer.paper]
    assert printer.trims is not None
    assert all(rule.origin.source and rule.origin.read == "2026-11-30" for rule in rules if rule is not None)


def test_a_size_of_the_printer_is_not_reported_however_it_is_written(altered: Altered) -> None:
    output = "output: {name: proofs, formats: [pdf], page: %s, profiles: {print: {bleed: 4mm, marks: false}}}"
    folder = altered((OUTPUT, f"printer: kdp\n{output % '[152.4mm, 228.6mm]'}"))
    assert found(folder) == []


def test_a_printer_of_ones_own_is_a_file(altered: Altered) -> None:
    folder = altered((OUTPUT, f"printer: press.yaml\n{OUTPUT}"))
    (folder / "press.yaml").write_text(OWN, encoding="utf-8")
    (fault,) = found(folder)
    assert fault.code == "U-010"
    assert "their price list (read on 2026-11-01)" in (fault.hint or "")
    checked = pipeline.check(BuildRequest(folder=Folder(folder)))
    assert checked.settings.proof.ink == 260


@pytest.mark.parametrize(
    ("name", "content", "code", "file"),
    [
        ("kpd", None, "E-006", "edition.yaml"),
        ("press.yaml", None, "E-010", "edition.yaml"),
        ("../press.yaml", None, "E-011", "edition.yaml"),
        ("press.yaml", "name: Us\nink: {most: 260}\n", "E-004", "press.yaml"),
        ("press.yaml", "name: Us\ntrim: 3\n", "E-003", "press.yaml"),
        ("press.yaml", "name: [", "E-002", "press.yaml"),
        ("press.yaml", OWN.replace("190mm", "190"), "E-007", "press.yaml"),
    ],
)
def test_a_wrong_printer_is_shown_where_it_is_wrong(
    name: str, content: str | None, code: str, file: str, altered: Altered
) -> None:
    folder = altered((OUTPUT, f"printer: {name}\n{OUTPUT}"))
    if content is not None:
        (folder / "press.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(PublisherError) as caught:
        pipeline.check(BuildRequest(folder=Folder(folder)))
    faults = [diagnostic for diagnostic in caught.value.diagnostics if diagnostic.code == code]
    assert faults
    assert all(diagnostic.span is not None and diagnostic.span.source.name.endswith(file) for diagnostic in faults)


@pytest.fixture(scope="module")
def publication() -> Publication:
    """The edition composed."""
    made = pipeline.check(BuildRequest(folder=Folder(EDITION))).publication
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("pages", "inside", "codes"),
    [
        (100, 10.0, []),
        (101, 10.0, ["U-013"]),
        (22, 10.0, ["U-013"]),
        (802, 22.0, ["U-013"]),
        (200, 10.0, ["U-011"]),
        (200, 13.0, []),
        (700, 13.0, ["U-011"]),
        (23, 10.0, ["U-013", "U-013"]),
    ],
)
def test_the_number_of_pages_decides(pages: int, inside: float, codes: list[str], publication: Publication) -> None:
    printer = Printer(
        name="Us",
        pages=PageCountRule(origin=ORIGIN, least=24, most=800, multiple=2),
        margins=MarginRule(
            origin=ORIGIN,
            inside=((150, points("9.5mm")), (300, points("12.7mm")), (800, points("20mm"))),
            outside=0.0,
            top=0.0,
            bottom=0.0,
        ),
    )
    edges = PageEdges(inside=points(f"{inside}mm"), outside=0.0, top=0.0, bottom=0.0)
    faults = page_faults(publication, printer, pages=pages, thinnest=edges, edges=edges)
    assert [diagnostic.code for diagnostic in faults] == codes
