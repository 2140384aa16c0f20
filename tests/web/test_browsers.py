"""A web edition in Chromium and Firefox: widths, colours, keyboard, notes, search, citation, print, without script."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.web.conftest import Built

from publisher.workspace.commit_folder import commit_folder

PAGE = "text/text.html"
BROWSERS = {"chrome": ("chromium", "chromium-browser", "google-chrome"), "firefox": ("firefox-esr", "firefox")}


@pytest.fixture(scope="session", params=BROWSERS)
def found(request: pytest.FixtureRequest, web: Built, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a browser has found on the pages, opened from a disk."""
    folder = commit_folder(tmp_path_factory.mktemp("site"), "everything.web", web.files)
    program = next((path for name in BROWSERS[request.param] if (path := shutil.which(name))), None)
    assert program, f"{request.param} is not installed"
    modules = root / ".tools" / "node_modules"
    axe = modules / "@daisy" / "axe-core-for-ace" / "axe.min.js"
    script = Path(__file__).with_name("browser.mjs")
    node = shutil.which("node")
    assert node
    command = [node, script, modules, request.param, program, folder, PAGE, axe]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return {"browser": request.param, **json.loads(done.stdout)}


def test_no_page_is_wider_than_its_window(found: Any) -> None:
    assert found["pages"] >= 27
    assert found["wide"] == []


def test_axe_objects_to_nothing(found: Any) -> None:
    assert found["violations"] == []


def test_nothing_fails_and_nobody_is_called(found: Any) -> None:
    assert found["errors"] == []
    assert found["requests"] == []


def test_the_keyboard_is_enough(found: Any) -> None:
    steps = ("skipLink", "skipped", "noteInPlace", "noteClosed", "searchFocused", "followed")
    assert [name for name in steps if found[name] is not True] == []
    assert found["results"] > 0


def test_a_page_number_finds_the_page(found: Any) -> None:
    assert found["pageFound"] is True


def test_notes_are_beside_the_text_and_over_nothing(found: Any) -> None:
    assert found["beside"]["count"] > 5
    assert found["beside"] == {"count": found["beside"]["count"], "apart": True, "outside": True, "inside": True}


def test_a_series_can_be_hidden(found: Any) -> None:
    assert found["hiddenSeries"] is True


def test_selected_words_are_cited(found: Any) -> None:
    words, place, link, citation, reference, bibtex, ris = found["cited"]["rows"]
    assert words.startswith("“")
    assert place.endswith(f"¶\u00a0{found['cited']['number']}")
    assert f"#{found['cited']['id']}:~:text=" in link
    assert place.rpartition("p.")[2] in citation
    assert "On Reading Proofs" in reference
    assert bibtex.startswith("@book{")
    assert ris.endswith("ER  - \n")


def test_the_colours_that_were_chosen_are_remembered(found: Any) -> None:
    assert found["remembered"] == "dark"


def test_without_script_every_note_is_there(found: Any) -> None:
    if found["browser"] == "chrome":  # Firefox runs nothing in a page whose scripts are off, not even this test
        assert found["withoutScript"] is True


def test_a_printed_page_has_the_text_and_no_tools(found: Any, tmp_path: Path) -> None:
    if found["browser"] == "chrome":
        file = tmp_path / "printed.pdf"
        file.write_bytes(base64.b64decode(found["pdf"]))
        done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
        text = " ".join(done.stdout.split())
        assert "A proof is read twice" in text
        assert "So at least the handbooks say" in text
        assert "Search" not in text
