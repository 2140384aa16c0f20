"""Fonts that an edition brings: those that are damaged, or made to keep a program busy, are errors at their file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.robustness.font_files import (
    changed,
    cmap,
    composites,
    font_of,
    groups,
    overlapping,
    small_font,
    tables,
)

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import ExitCode
from publisher.fonts.font_file import CHARACTERS, font_file
from publisher.workspace import Folder

LayDown = Callable[[Path, dict[str, bytes]], Path]
TEXT = "# A text\n\nThe first words of the text, 一 and 丂.\n".encode()
CHAIN = [(at + 3,) for at in range(30)]
FAN = [(at + 3,) * 10 for at in range(12)]

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "four thousand million characters": (lambda: changed(cmap(groups(12, (0, 0xFFFFFFFE, 1)))), "claims to have"),
    "all characters, often": (lambda: changed(cmap(groups(12, *[(0, 0x10FFFF, 1)] * 1000))), "claims to have"),
    "one glyph for all characters": (lambda: changed(cmap(groups(13, (0, 0x10FFFF, 2)))), "claims to have"),
    "characters of no glyph": (lambda: changed(cmap(groups(12, (0x4E00, 0x4E0F, 9)))), "it names 16 glyphs"),
    "a glyph made of itself": (lambda: composites((), (), (2,), ()), "made of each other"),
    "glyphs made of each other": (lambda: composites((), (), (3,), (2,)), "made of each other"),
    "glyphs in a long row": (lambda: composites((), (), *CHAIN, ()), "made of each other"),
    "glyphs that multiply": (lambda: composites((), (), *FAN, ()), "made of each other"),
    "a collection of nothing": (lambda: b"ttcf\0\1\0\0\0\0\0\1\0\0\0\xff" + small_font(), "not a font"),
    "a collection without end": (lambda: b"ttcf\0\1\0\0\xff\xff\xff\xff" + small_font(), "collection"),
    "WOFF": (lambda: b"wOFF" + small_font()[4:], "WOFF"),
    "WOFF2": (lambda: b"wOF2" + small_font()[4:], "decompressed"),
    "a web page": (lambda: b"<!DOCTYPE html><title>404</title>" * 9, "not a font"),
    "a head alone": (lambda: b"OTTO" + bytes(8), "not a font"),
    "too many tables": (lambda: b"\0\1\0\0\xff\xff" + bytes(6) + b"cmap" * 4 * 65535, "65535 tables"),
    "tables behind its end": (lambda: small_font()[:-200], "ends before"),
    "no table of names": (lambda: font_of({t: c for t, c in tables(small_font()).items() if t != b"name"}), "lacks"),
    "no outlines": (lambda: font_of({t: c for t, c in tables(small_font()).items() if t != b"glyf"}), "no outlines"),
    "no scale": (lambda: changed({b"head": tables(small_font())[b"head"][:18] + bytes(36)}), "no scale"),
    "lookups that are none": (lambda: changed({b"GSUB": b"\0\1\0\0\0\x0a\0\x0a\0\x0a" + b"\xff" * 9000}), "damaged"),
}  # fmt: skip
"""What is refused, and the words of the message."""


@pytest.mark.parametrize(("font", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_a_hostile_font_is_refused(font: Callable[[], bytes], words: str) -> None:
    found = font_file(font())
    assert words in found.fault
    assert found.characters == frozenset()


def test_a_font_that_takes_too_long_is_told_at_its_file(
    tmp_path: Path, bounded: Callable[..., object], lay_down: LayDown
) -> None:
    slow = changed(cmap(overlapping(8_000), 1))
    folder = lay_down(tmp_path, {"fonts/a.ttf": slow, "fonts/b.ttf": slow + b"\0", "text.md": TEXT})
    outcome = bounded("check", folder)
    assert outcome.status == ExitCode.CONTENT, outcome.said  # type: ignore[attr-defined]  # an Outcome
    assert outcome.said.count("takes more than 6 seconds") == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("fine", [small_font(), composites((), (), (3,), ())], ids=["simple", "made of others"])
def test_a_font_that_is_fine_is_used(fine: bytes, tmp_path: Path, lay_down: LayDown) -> None:
    assert font_file(fine).fault == ""
    assert {0x4E00, 0x4E02} <= font_file(fine).characters
    built = pipeline.build(BuildRequest(folder=Folder(lay_down(tmp_path, {"fonts/own.ttf": fine, "text.md": TEXT}))))
    assert built.volume.artifacts


def test_no_font_in_use_has_as_many_characters_as_are_refused() -> None:
    assert CHARACTERS > 2 * 149_000
