"""Tables stay in their room: in the text and in notes in the margin, on narrow trims, in every style."""

from __future__ import annotations

import hashlib
import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pikepdf
import pypdfium2
import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.layout.weasyprint.features.table_width import share_room
from publisher.model.profile import Style
from publisher.render.builtin import house_sheets
from publisher.render.tokens import points, tokens
from publisher.render.type_area import type_area
from publisher.workspace import Folder

Span = tuple[float, float]
SLACK = 1.2
"""In points: an f reaches beyond its own width."""
THREE = (
    "| mark | meaning | year |\n| --- | --- | ---: |\n| stet | let it stand | 1,204 |\n| dele | take it out | 87 |\n"
)
FOUR = """\
| Agreement | Signatories | Significance | Obligations |
| --- | --- | --- | --- |
| Helsinki Final Act | thirty-five participating states | recognises frontiers as inviolable | commitments of politics |
| Charter of Istanbul | Organization for Security | indivisibility of security | no state strengthens itself |
"""
FIVE = """\
| Internationally | Representative | Confidence-building | Neighbouring | Self-determination |
| --- | --- | --- | --- | --- |
| incomprehensibility | unconstitutional | responsibilities | nonproliferation | administrations |
"""
LONG = """\
| where | what |
| --- | --- |
| <https://example.org/an/address/without/an/end> | Donaudampfschifffahrtsgesellschaft |
"""
TABLES = (THREE, FOUR, FIVE, LONG)
CELLS = {"TH": 3 + 4 + 5 + 2, "TD": 6 + 8 + 5 + 2}
"""Of all of them together."""
SETTINGS = """\
title: Tables
language: en-GB
date: 2026-01-02
contributors: [{{name: Some Writer, role: aut}}]
source: {{file: text.md, sha256: {digest}}}
rights: {{status: public-domain, statement: None are claimed.}}
series: [{{id: n, title: Notes, file: n.md, marks: decimal, placement: {{pdf: {place}}}}}]
output: {{name: t, page: {trim}, paragraph-numbers: false}}
"""


def edition(folder: Path, *, trim: str, place: str, in_text: bool) -> Path:
    """Four tables, each in the text or in a note to a paragraph of its own."""
    prose = "Words of peace and of war are written on the line that follows the one before it, as always. " * 7
    after = [f"\n{table}\n" if in_text else "" for table in TABLES]
    inside = ["" if in_text else f"\n{table}\nAfter the table.\n" for table in TABLES]
    text = "# Volume\n\n" + "\n\n".join(f"Paragraph {at} speaks. {prose}\n{item}" for at, item in enumerate(after, 1))
    notes = "\n".join(
        f"## n{at}\n\n> **Paragraph {at}** speaks\n\nRemark {at}.\n{item}" for at, item in enumerate(inside, 1)
    )
    folder.mkdir()
    (folder / "text.md").write_text(text, "utf-8")
    (folder / "n.md").write_text(notes, "utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    (folder / "edition.yaml").write_text(SETTINGS.format(digest=digest, place=place, trim=trim), "utf-8")
    return folder


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter on a page; in points."""

    page: int
    sign: str
    left: float
    right: float
    bottom: float


def letters(content: bytes) -> Iterator[Letter]:
    for number, page in enumerate(pypdfium2.PdfDocument(content), 1):
        textpage = page.get_textpage()
        for at in range(textpage.count_chars()):
            left, bottom, right, _ = textpage.get_charbox(at)
            sign = textpage.get_text_range(at, 1)
            if right > left and not sign.isspace():
                yield Letter(page=number, sign=sign, left=left, right=right, bottom=bottom)


def columns(folder: Path, style: Style, *, notes: bool) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Where words may stand across a left and a right page: the type area, and the column of notes if there is one."""
    publication = pipeline.check(BuildRequest(folder=Folder(folder))).publication
    assert publication is not None
    sheets = house_sheets(("tokens.css",), style=style)
    wanted = tokens(sheet.content.decode() for sheet in sheets)
    area = type_area(publication.output, wanted, pages=20, margin_notes=notes)
    width = points(publication.output.page_width)
    right = [(area.inside, area.inside + area.measure)]
    if notes:
        right.append((area.inside + area.measure + area.gap, area.inside + area.measure + area.beside))
    return tuple((width - end, width - begin) for begin, end in right), tuple(right)


def astray(content: bytes, sides: tuple[tuple[Span, ...], tuple[Span, ...]]) -> str:
    """The letters that stand in no column."""
    return "".join(
        letter.sign
        for letter in letters(content)
        if not any(
            begin - SLACK <= letter.left and letter.right <= end + SLACK for begin, end in sides[letter.page % 2]
        )
    )


def printed_over(content: bytes) -> list[str]:
    """Letters that stand on others of the same line."""
    lines: dict[tuple[int, int], list[Letter]] = {}
    for letter in letters(content):
        if letter.sign.isalnum() and letter.sign not in "fgjpqyQ":
            lines.setdefault((letter.page, round(letter.bottom)), []).append(letter)
    rows = (sorted(line, key=lambda item: item.left) for line in lines.values())
    pairs = (pair for row in rows for pair in itertools.pairwise(row))
    return [item.sign + other.sign for item, other in pairs if item.right - other.left > 1.5]


def cells(content: bytes) -> dict[str, int]:
    """How many elements of a table the structure has."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        kinds = [str(dictionary.get("/S")) for dictionary in pdf.objects if isinstance(dictionary, pikepdf.Dictionary)]
    return {kind: kinds.count(f"/{kind}") for kind in CELLS}


@pytest.mark.parametrize("style", Style)
@pytest.mark.parametrize("trim", ["A5", "129x198mm", "5.5x8.5in"])
@pytest.mark.parametrize("place", ["text", "margin"])
def test_every_word_of_a_table_stands_in_its_column(
    tmp_path: Path, measured: ModuleType, style: Style, trim: str, place: str
) -> None:
    folder = edition(
        tmp_path / "edition", trim=trim, place="margin" if place == "margin" else "foot", in_text=place == "text"
    )
    content = measured.in_style(folder, tmp_path / "laid-out", style)
    assert astray(content, columns(tmp_path / "laid-out", style, notes=place == "margin")) == ""
    assert printed_over(content) == []
    assert cells(content) == CELLS


def test_a_table_that_has_room_keeps_its_words_whole(tmp_path: Path, measured: ModuleType) -> None:
    folder = edition(tmp_path / "edition", trim="A4", place="foot", in_text=True)
    content = measured.in_style(folder, tmp_path / "laid-out", Style.DEFAULT)
    printed = "\n".join(line.text for page in measured.lines_of(content) for line in page)
    assert set(re.findall(r"\w+", FOUR + FIVE)) <= set(re.findall(r"\w+", printed))


def test_columns_share_the_room_and_short_words_stay_whole() -> None:
    assert share_room(100, (20, 90, 90), (20, 30, 30)) == pytest.approx([20, 40, 40], abs=0.1)
    assert share_room(100, (20, 90, 90), (20, 60, 10)) == pytest.approx([20, 60, 20], abs=0.1)
    assert sum(share_room(100, (120, 90), (100, 60))) == pytest.approx(100)
