"""What can go wrong around a preview: each is shown, nothing is lost, and every process ends with the command."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import stat
import time
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from tests.preview.conftest import PATIENCE, Running, command, small_edition, started


def alive(processes: set[int]) -> set[int]:
    return {
        process
        for process in processes
        if Path(f"/proc/{process}").exists() and "Z" not in Path(f"/proc/{process}/stat").read_text()
    }


def demand_ended(processes: set[int]) -> None:
    """Fail if a process is still there after some seconds."""
    end = time.monotonic() + 30
    while alive(processes) and time.monotonic() < end:
        time.sleep(0.1)
    assert alive(processes) == set()


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_every_process_ends_with_the_command(edition: Path, by: signal.Signals, tmp_path: Path) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    running = started(edition, "--no-browser", TMPDIR=str(scratch))
    running.until(lambda state: bool(state["results"]))
    family = running.family()
    assert family
    status = running.end(by)
    assert status == (-signal.SIGKILL if by is signal.SIGKILL else 0)
    demand_ended(family)
    if by is not signal.SIGKILL:
        assert list(scratch.iterdir()) == []
        assert running.printed[-1] == "The preview has ended.\n"


def test_a_port_in_use_is_reported(edition: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = command("preview", edition.name, "--port", str(taken.getsockname()[1]), folder=edition.parent)
        out, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 4
    assert "[H-001 port-unavailable]" in out
    assert "leave --port out" in out


def test_without_a_browser_the_address_is_printed(edition: Path) -> None:
    running = started(edition)
    assert running.end() == 0
    assert "No browser was found: open this address in one.\n" in running.printed


def test_a_browser_gets_the_address(edition: Path, tmp_path: Path) -> None:
    seen, browser = tmp_path / "seen", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {seen}\n')
    browser.chmod(browser.stat().st_mode | stat.S_IXUSR)
    running = started(edition, BROWSER=str(browser))
    assert running.end() == 0
    assert seen.read_text().strip() == running.address
    assert not any("No browser" in line for line in running.printed)


def test_a_folder_that_goes_and_comes_back(preview: Running) -> None:
    away = preview.folder.with_name("away")
    state = preview.changed(lambda: preview.folder.rename(away), phase="gone")
    assert not any(item["current"] for item in state["results"].values())
    state = preview.changed(lambda: away.rename(preview.folder))
    assert all(item["current"] for item in state["results"].values())
    copy = preview.folder.with_name("copy")
    shutil.copytree(preview.folder, copy)
    preview.changed(lambda: shutil.rmtree(preview.folder), phase="gone")
    preview.changed(lambda: copy.rename(preview.folder))


def test_invalid_yaml_leaves_the_last_pages_and_says_that_they_are_old(preview: Running) -> None:
    settings = preview.folder / "edition.yaml"
    good = settings.read_text(encoding="utf-8")
    shown = preview.state()["results"]["text"]["run"]
    for broken in ("title: [", "title: '\n", "", "\x00", "- - -"):
        state = preview.changed(partial(settings.write_text, broken, encoding="utf-8"), phase="errors")
        assert state["results"]["text"] == {"run": shown, "part": "whole", "current": False}
        assert state["results"]["problems"]["errors"] >= 1
        assert preview.made(state, "text", "text.json")["title"] == "On Reading Proofs"
    preview.changed(lambda: settings.write_text(good, encoding="utf-8"))


def test_a_file_that_is_saved_in_halves_ends_up_current(preview: Running) -> None:
    notes = preview.folder / "notes" / "editorial.md"
    good = notes.read_bytes()

    def halves() -> None:
        with notes.open("wb") as file:
            for part in (good[:200], good[200:900], good[900:]):
                file.write(part)
                file.flush()
                time.sleep(0.15)

    preview.changed(halves)
    partial = notes.with_name(".editorial.md.swp")
    before = preview.state()["revision"]
    partial.write_bytes(b"what an editor writes beside the file")
    partial.rename(notes.with_name("editorial.md~"))
    time.sleep(0.6)
    assert preview.state()["revision"] == before, "files of editors beside a file are no change"
    notes.with_name("editorial.md~").unlink()


def test_ten_changes_a_second_get_diagnostics_and_end_up_current(preview: Running) -> None:
    notes = preview.folder / "notes" / "editorial.md"
    good = notes.read_text(encoding="utf-8")
    before = preview.state()["results"]["problems"]["run"]
    seen = set()
    for number in range(30):
        notes.write_text(good.replace("Joseph Moxon", f"Joseph Moxon {number}"), encoding="utf-8")
        time.sleep(0.1)
        state = preview.state()
        seen.add(state["results"]["problems"]["run"])
        text = state["results"]["text"]
        assert not (text["current"] and state["phase"] == "checking")
    state = preview.until(lambda state: state["phase"] == "current")
    run, part = state["results"]["text"]["run"], state["results"]["text"]["part"]
    assert b"Joseph Moxon 29" in preview.ask(f"/run/{run}/{part}/web/text/text.html").content
    assert run > before
    preview.changed(lambda: notes.write_text(good, encoding="utf-8"))


def test_two_previews_of_one_edition_see_each_other(preview: Running) -> None:
    other = started(preview.folder, "--no-browser")
    try:
        other.until(lambda state: state["phase"] == "current")
        where = {"file": "small/notes/editorial.md", "note": "evidence"}
        item, two = preview.act("read", **where).json(), other.act("read", **where).json()
        before = (preview.folder / "notes" / "editorial.md").read_bytes()
        seen = other.state()["revision"]
        preview.changed(lambda: preview.act("change", **where, digest=item["digest"], body="One.", kind="context"))
        answer = other.act("change", **where, digest=two["digest"], body="Two.", kind="context")
        assert (answer.status, answer.json()["now"]["body"]) == (409, "One.")
        other.until(lambda state: state["revision"] > seen and state["phase"] == "current")
        assert other.act("undo").status == 422, "what the other preview wrote is not taken back here"
        preview.changed(lambda: preview.act("undo"))
        assert (preview.folder / "notes" / "editorial.md").read_bytes() == before
        own = preview.ask("/state", headers={"Cookie": f"publisher-preview-{preview.port}={other.token}"})
        assert own.status == 403
    finally:
        other.end()


def resident(process: int) -> int:
    """Kilobytes of memory of a process that it shares with no other (smaps_rollup)."""
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    return sum(
        int(line.split()[1]) for line in text.splitlines() if line.startswith(("Private_Clean", "Private_Dirty"))
    )


def _memory(preview: Running, changes: int) -> tuple[int, int]:
    """Kilobytes of the server after ten changes, and after many more."""
    notes = preview.folder / "notes" / "editorial.md"
    good = notes.read_text(encoding="utf-8")
    first = 0
    for number in range(changes):
        words = good.replace("Joseph Moxon", f"Joseph Moxon {number}")
        preview.changed(partial(notes.write_text, words, encoding="utf-8"))
        if number == 9:
            first = resident(preview.process.pid)
    last = resident(preview.process.pid)
    preview.changed(lambda: notes.write_text(good, encoding="utf-8"))
    return first, last


def test_memory_and_files_stay_level_after_many_changes(preview: Running) -> None:
    first, last = _memory(preview, 25)
    assert last < first * 1.1 + 1024
    end = time.monotonic() + PATIENCE
    while len(preview.family()) > 1 and time.monotonic() < end:
        time.sleep(0.2)
    assert len(preview.family()) == 1, "hosts and jobs that have ended are gone"
    scratch = next(iter(preview.made_folders()))
    assert len(list(scratch.iterdir())) <= 8


@pytest.mark.nightly
def test_memory_stays_level_after_a_thousand_changes(preview: Running) -> None:
    first, last = _memory(preview, 1000)
    assert last < first * 1.1 + 1024


def test_a_job_that_ends_unexpectedly_is_reported_and_the_next_one_runs(preview: Running) -> None:
    notes = preview.folder / "notes" / "editorial.md"
    before = preview.state()["revision"]
    for process in preview.family():
        os.kill(process, signal.SIGKILL)
    notes.write_bytes(notes.read_bytes() + b"\n")
    state = preview.until(lambda state: state["revision"] > before and state["phase"] in ("current", "failed"))
    if state["phase"] == "failed":
        state = preview.changed(lambda: notes.write_bytes(notes.read_bytes().rstrip() + b"\n"))
    assert state["phase"] == "current"


def test_nothing_is_written_without_a_request(preview: Running) -> None:
    before = {path: path.read_bytes() for path in preview.folder.rglob("*") if path.is_file()}
    for path in ("/", "/state", "/explain/N-003", "/static/app.js", "/page/1/0/800"):
        preview.ask(path)
    for action in ("outline", "lost", "changes"):
        assert preview.act(action).status == 200
    preview.act("locate", selected={"exact": "read"})
    assert {path: path.read_bytes() for path in preview.folder.rglob("*") if path.is_file()} == before
    assert sorted(path.name for path in preview.folder.parent.iterdir()) == [preview.folder.name]


def test_a_large_picture_does_not_keep_the_server_from_answering(edition: Path) -> None:
    text = edition / "introduction.md"
    picture = edition / "huge.png"
    Image.effect_noise((2600, 2600), 90).save(picture, compress_level=0)
    text.write_text(f"{text.read_text(encoding='utf-8')}\n![Noise](huge.png)\n", encoding="utf-8")
    running = started(edition, "--no-browser")
    try:
        slowest, end = 0.0, time.monotonic() + PATIENCE
        while time.monotonic() < end:
            begin = time.monotonic()
            state = running.state()
            slowest = max(slowest, time.monotonic() - begin)
            if state["phase"] in ("current", "errors"):
                break
            time.sleep(0.05)
        assert state["phase"] == "current", running.made(state, "problems", "problems.json")
        assert slowest < 10
        assert resident(running.process.pid) < 120_000
    finally:
        running.end()


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """A reader with an edition in a folder beside it."""
    top = tmp_path_factory.mktemp("reader")
    small_edition(top / "small", root)
    folder = top / "course"
    folder.mkdir()
    (folder / "reader.yaml").write_text(
        "title: A course\nlanguage: en-GB\ndate: 2026-11-24\ninstructor: Somebody\n"
        "output:\n  formats: [epub]\nunits:\n  - title: One\n    readings:\n      - edition: ../small\n",
        encoding="utf-8",
    )
    return folder


def test_a_note_in_a_reader_goes_into_its_edition(reader: Path) -> None:
    running = started(reader, "--no-browser")
    notes = reader.parent / "small" / "notes" / "editorial.md"
    try:
        state = running.until(lambda state: state["phase"] in ("current", "errors"))
        assert state["phase"] == "current", running.made(state, "problems", "problems.json")
        selected = {"exact": "Hence the oldest rule"}
        given = {"selected": selected, "series": "editorial", "id": "rule", "kind": "", "body": "A rule."}
        state = running.changed(lambda: running.act("create", **given))
        assert b"## rule\n\n> Hence the oldest rule\n" in notes.read_bytes()
        page = running.made(state, "text", "text.json")
        (name,) = [item for item, origin in page["notes"].items() if origin["note"] == "rule"]
        assert page["notes"][name] == {"file": "small/notes/editorial.md", "note": "rule"}
        running.changed(lambda: running.act("undo"))
        assert b"## rule" not in notes.read_bytes()
    finally:
        running.end()


def test_watch_reports_each_change_and_builds(edition: Path) -> None:
    process = command("watch", edition.name, "-f", "epub", "-o", "out", folder=edition.parent)
    assert process.stdout is not None
    notes = edition / "notes" / "editorial.md"
    good = notes.read_text(encoding="utf-8")
    lines = []

    def until(words: str) -> None:
        for line in process.stdout or ():
            lines.append(line)
            if words in line:
                return
        raise AssertionError(lines)

    try:
        until("built")
        assert (edition.parent / "out" / "on-reading-proofs.epub").exists()
        first = (edition.parent / "out" / "on-reading-proofs.epub").read_bytes()
        notes.write_text(good.replace("> They read aloud.", "> They readd aloud."), encoding="utf-8")
        until("1 error; nothing was built")
        assert any("[N-003 lemma-not-found]" in line for line in lines)
        assert (edition.parent / "out" / "on-reading-proofs.epub").read_bytes() == first
        notes.write_text(good, encoding="utf-8")
        until("built")
        family = Running(process=process, folder=edition).family()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 0
        demand_ended(family)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
