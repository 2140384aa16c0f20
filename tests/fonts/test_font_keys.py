"""The key `fonts`, the files that are read, and what is reported of characters that no font has."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from tests.fonts.conftest import Lay
from tests.fonts.made_fonts import GREEK, LATIN, made_font

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.cli.program import program
from publisher.render.own_fonts import own_fonts
from publisher.workspace import Folder

KEYS = {
    "a key that is none": ("fonts: {el: Own}", "E-003"),
    "a script that is none": ("fonts: {scripts: {Arabb: Own}}", "E-006"),
    "a language that is none": ("fonts: {languages: {greek language: Own}}", "E-007"),
    "a family that is not there": ("fonts: {sans: Owl}", "F-010"),
    "a list": ("fonts: [Own]", "E-005"),
    "a list of scripts": ("fonts: {scripts: [Arab]}", "E-005"),
    "no name": ("fonts: {text: }", "E-005"),
}


def checked(lay_edition: Lay, text: str, fonts: dict[str, bytes], more: str = "") -> str:
    folder = lay_edition(text, fonts, more=more)
    return CliRunner().invoke(program, ["check", str(folder), "--diagnostics", "short"]).output


@pytest.mark.parametrize(("more", "code"), KEYS.values(), ids=KEYS.keys())
def test_a_wrong_value_is_reported_at_its_place(lay_edition: Lay, more: str, code: str) -> None:
    found = checked(lay_edition, "# One\n\nTwo.\n", {"a.ttf": made_font("Own", LATIN)}, f"{more}\n")
    assert f"error[{code} " in found
    assert "edition.yaml:12:" in found


def test_each_script_is_reported_once(lay_edition: Lay) -> None:
    text = "# One\n\nλόγος ἀρχῇ, العربية، בְּרֵאשִׁית and 漢字 *漢字*, then ☃ and 漢.\n"
    lines = [line for line in checked(lay_edition, text, {}).splitlines() if "F-002" in line]
    assert [line.partition("has no ")[2][:14] for line in lines] == [
        "Greek letters:",
        "Arabic letters",
        "Hebrew letters",
        "Chinese charac",
        "“☃” (U+2603)",
    ]
    assert "“◌ְ” (U+05B0)" in lines[2]


def test_files_are_fonts_whatever_the_case_of_their_ends(lay_edition: Lay) -> None:
    text = "# One\n\nἀρχῇ\n"
    assert "F-002" not in checked(lay_edition, text, {"A.TTF": made_font("Own", GREEK), "OFL.txt": b"A licence."})
    assert "WOFF2" not in checked(lay_edition, text, {"a.woff": b"wOFF"})


def test_a_text_in_a_family_of_the_edition_needs_no_other(lay_edition: Lay) -> None:
    family = {
        "a.ttf": made_font("Own", GREEK + LATIN),
        "b.ttf": made_font("Own", GREEK + LATIN, style="Bold Italic", weight=700, italic=True),
    }
    assert checked(lay_edition, "# One\n\nἀρχῇ *ἀρχῇ*\n", family, "fonts: {text: own, sans: Source Sans Pro}\n") == ""


@pytest.mark.parametrize(("more", "raised"), [("fonts: {text: Own}\n", True), ("fonts: {sans: Own}\n", False)])
def test_calls_are_raised_if_the_text_has_no_raised_figures(lay_edition: Lay, more: str, raised: bool) -> None:
    folder = lay_edition("# One\n\nTwo.\n", {"a.ttf": made_font("Own", LATIN)}, more=more)
    publication = pipeline.check(BuildRequest(folder=Folder(folder))).publication
    assert publication is not None
    sheet = own_fonts(publication)[-1].content.decode()
    assert ("font-variant-position: normal" in sheet) is raised
