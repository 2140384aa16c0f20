"""The preview in a browser, used as an editor uses it: notes, undo, errors, pages, EPUB, keyboard, axe."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from tests.preview.conftest import started

BROWSERS = {"chrome": ("chromium", "chromium-browser", "google-chrome"), "firefox": ("firefox-esr", "firefox")}


@pytest.fixture(scope="module", params=["chrome", pytest.param("firefox", marks=pytest.mark.nightly)])
def found(request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a browser has found; see browser.mjs."""
    program = next((path for name in BROWSERS[request.param] if (path := shutil.which(name))), None)
    node = shutil.which("node")
    assert program, f"{request.param} is not installed"
    assert node
    modules = root / ".tools" / "node_modules"
    axe = modules / "@daisy" / "axe-core-for-ace" / "axe.min.js"
    script = Path(__file__).with_name("browser.mjs")
    folder = tmp_path_factory.mktemp("browser") / "everything"
    shutil.copytree(root / "tests" / "editions" / "everything", folder)
    running = started(folder, "--no-browser")
    try:
        words = [node, script, modules, request.param, program, running.address, folder, axe]
        done = subprocess.run(list(map(str, words)), capture_output=True, text=True, timeout=900, check=False)
    finally:
        ended = running.end()
    assert done.returncode == 0, done.stderr[-3000:]
    assert ended == 0
    return json.loads(done.stdout)


def test_the_page_opens_without_the_token_in_its_address(found: Any) -> None:
    assert found["address"] == "/"
    assert found["status"] == "Up to date"
    assert found["stale"] == 0
    assert found["editButtons"] > 3


def test_nothing_fails_and_nothing_is_loaded_from_elsewhere(found: Any) -> None:
    # Firefox wants to load the next page ahead (rel=next), which the policy of the pages refuses
    expected = ("409 (Conflict)", "blocked the loading of a resource (default-src)")
    unexpected = [item for item in found["errors"] if not any(words in item for words in expected)]
    assert unexpected == []
    assert found["requests"] == []


def test_selected_words_become_a_note_in_its_file(found: Any) -> None:
    assert found["selected"] is True
    assert found["focus"] == "body"
    assert found["quoted"] == "everybody believes"
    assert found["inserted"].startswith("Not *everybody* does.[@")
    note = f"## everybody {{kind=context}}\n\n> everybody believes\n\n{found['inserted']}\n"
    assert note in found["written"]


def test_the_position_is_kept_when_a_note_changes(found: Any) -> None:
    assert found["before"]["id"] == found["after"]["id"]
    assert found["before"]["id"] != "p1"
    assert abs(found["before"]["top"] - found["after"]["top"]) <= 2


def test_undo_and_redo_and_what_they_refuse(found: Any) -> None:
    assert "H-004" in found["refusedUndo"]
    assert found["undone"] is True
    assert found["redone"] is True


def test_a_conflict_shows_both_and_loses_nothing(found: Any) -> None:
    assert "Theirs." in found["conflict"]
    assert "Theirs." in found["afterConflict"]
    assert "Mine." not in found["afterConflict"]
    assert "\nMine.\n" in found["mine"]


def test_an_error_is_at_its_words_and_the_page_is_marked_as_old(found: Any) -> None:
    assert found["errorStatus"] == "1 error: pages are not current"
    assert found["oldMark"].startswith("Not current: the files have errors")
    assert found["badge"] == "N-003"
    assert "everybody belives" in found["problem"]
    assert "nearest text" in found["problem"]
    assert "Every letter, punctuation mark and capital must match" in found["explained"]
    assert "> everybody believes\n" in found["chosen"]


def test_pages_findings_and_the_epub_are_shown(found: Any) -> None:
    assert found["pages"] > 10
    assert found["findings"] > 0
    assert found["foundOn"]["near"]
    assert "proof is" in found["foundOn"]["selected"]
    assert found["keyboardTab"] == "true"
    assert found["epub"] is True


def test_axe_objects_to_nothing_and_nothing_is_wider_than_a_phone(found: Any) -> None:
    assert found["violations"] == []
    assert found["wide1440"] <= 1
    assert found["wide390"] <= 1
