"""`publisher fonts`: the list of families, and open fonts for scripts that an edition lacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.fonts.conftest import Lay
from tests.fonts.made_fonts import GREEK, LATIN, made_font

from publisher.cli.program import program
from publisher.fonts.packages import open_font
from publisher.fonts.scripts import scripts
from publisher.workspace import font_files

TEXT = "# One\n\nἀρχῇ and 𞤀𞤣𞤤𞤢𞤥.\n"
ADLAM = "".join(map(chr, range(0x1E900, 0x1E95A)))


def run(*words: str) -> Result:
    return CliRunner().invoke(program, ["fonts", *words])


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder of installed fonts."""
    monkeypatch.setattr(font_files, "_OF_SYSTEMS", ())
    monkeypatch.setattr(font_files, "_OF_USERS", ())
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_DIRS", raising=False)
    folder = tmp_path / "fonts" / "some"
    folder.mkdir(parents=True)
    return folder


def test_families_are_listed_with_faces_scripts_and_licences(lay_edition: Lay) -> None:
    fonts = {
        "a.ttf": made_font("Own", LATIN + GREEK),
        "b.ttf": made_font("Own", LATIN, style="Bold", weight=700),
        "c.ttf": made_font("Bound", GREEK, embedding=2, licence="All rights reserved.", axis=(300, 400, 900)),
        "d.ttf": b"no font",
    }
    listed = run(str(lay_edition("# One\n\nTwo.\n", fonts))).output
    assert "face: Bold (weight 700) in " in listed
    assert "Latin (Latn) " in listed
    assert "licence: SIL OFL; may be embedded (fsType 0x0000)" in listed
    assert "licence: another one; may not be embedded without permission (F-011)" in listed
    assert "axis: wght 300 to 900, default 400" in listed
    assert "instances: Black, Normal" in listed
    assert "d.ttf is not a font" in listed


def test_a_package_is_named_for_each_script(lay_edition: Lay, installed: Path) -> None:
    told = run("suggest", str(lay_edition(TEXT, {})))
    assert told.exit_code == 0
    assert "suggested: GFS Didot (SIL OFL 1.1): sudo apt install fonts-gfs-didot" in told.output
    assert "suggested: Noto Sans Adlam (SIL OFL 1.1): sudo apt install fonts-noto-core" in told.output


def test_an_installed_open_font_is_copied_with_its_faces(lay_edition: Lay, installed: Path) -> None:
    folder = lay_edition(TEXT, {})
    files = {
        "other.ttf": made_font("Another Serif", GREEK),
        "didot.ttf": made_font("GFS Didot", GREEK),
        "didot-bold.ttf": made_font("GFS Didot", GREEK, style="Bold", weight=700),
        "didot-black.ttf": made_font("GFS Didot", GREEK, style="Black", weight=900),
        "closed.ttf": made_font("Closed Adlam", ADLAM, licence="All rights reserved."),
        "bound.ttf": made_font("Bound Adlam", ADLAM, embedding=2),
        "damaged.ttf": b"\0\1\0\0" + bytes(40),
    }
    for name, content in files.items():
        (installed / name).write_bytes(content)
    told = run("suggest", str(folder), "--copy")
    assert told.exit_code == 3
    assert sorted(path.name for path in (folder / "fonts").iterdir()) == ["didot-bold.ttf", "didot.ttf"]
    assert "Closed" not in told.output
    (installed / "adlam.ttf").write_bytes(made_font("Free Adlam", ADLAM))
    assert run("suggest", str(folder), "--copy").exit_code == 0
    assert run("suggest", str(folder)).output.endswith("the fonts have every character.\n")


def test_words_that_are_not_understood_are_refused(lay_edition: Lay) -> None:
    folder = str(lay_edition("# One\n\nTwo.\n", {}))
    assert run(folder, "--copy").exit_code == 2
    assert run("suggest", folder, folder).exit_code == 2
    assert run("sugest").exit_code == 2


def test_an_open_font_is_known_for_every_script_in_use() -> None:
    in_use = {"Arab", "Armn", "Beng", "Copt", "Cyrl", "Deva", "Ethi", "Geor", "Grek", "Guru", "Hani", "Hang", "Hebr"}
    in_use |= {"Hira", "Kana", "Khmr", "Laoo", "Latn", "Mlym", "Mong", "Mymr", "Syrc", "Taml", "Telu", "Thai", "Tibt"}
    assert all(open_font(script) for script in in_use)
    assert in_use <= set(scripts())
