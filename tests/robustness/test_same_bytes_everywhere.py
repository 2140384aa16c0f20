"""The same edition gives the same bytes: for any user, place, language, time zone, order of hashes, number of jobs."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from publisher import compose
from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.model.target import Format
from publisher.workspace import Folder

BUILD = """
import ctypes, os, sys
os.umask(int(sys.argv.pop(1), 8))
if (user := int(sys.argv.pop(1))) and os.getuid() == 0:
    libc = ctypes.CDLL(None)
    header, rights = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert libc.prctl(8, 1, 0, 0, 0) == libc.capget(header, rights) == 0
    os.setgid(user)
    os.setuid(user)
    rights[0], rights[2], rights[3] = rights[1], rights[1], rights[4]
    assert libc.capset(header, rights) == 0
    assert libc.prctl(47, 2, 1, 0, 0) == libc.prctl(47, 2, 2, 0, 0) == 0
from publisher.cli import main
main()
"""
"""`publisher` with a umask, and as another user where that can be.

That user may read what root may (capabilities are kept, by workers too): the interpreter can stand in the home of
root.
"""


def digests(folder: Path) -> dict[str, str]:
    """What was built, by name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def built(
    edition: Path,
    output: Path,
    *,
    umask: str = "022",
    user: int = 0,
    jobs: int = 1,
    variables: dict[str, str] | None = None,
) -> dict[str, str]:
    """What one run of its own builds, as digests by name."""
    output.mkdir(parents=True)
    if user and os.getuid() == 0:
        os.chown(output, user, user)
    bare = {"PATH": os.environ["PATH"], "HOME": str(output.parent), "TMPDIR": str(output.parent)}
    ended = subprocess.run(
        [sys.executable, "-B", "-c", BUILD, umask, str(user), "build", ".", "-o", str(output), "--jobs", str(jobs)],
        cwd=edition,
        env={**bare, **(variables or {})},
        capture_output=True,
        check=False,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    return digests(output)


def test_user_place_locale_time_zone_hash_seed_umask_and_jobs_change_nothing(tmp_path: Path, root: Path) -> None:
    starter = root / "src" / "publisher" / "scaffold" / "edition"
    first = built(starter, tmp_path / "one" / "output", variables={"PYTHONHASHSEED": "0"})
    variables = {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "LANG": "ar_EG", "PYTHONHASHSEED": "4242"}
    with tempfile.TemporaryDirectory() as shared:
        place = Path(shared)
        place.chmod(0o755)
        elsewhere = place / "a place with spaces, ümläuts" / "edition"
        shutil.copytree(starter, elsewhere)
        second = built(elsewhere, place / "books", umask="077", user=65534, jobs=3, variables=variables)
    assert set(first) >= {"on-reading-proofs.epub", "on-reading-proofs.pdf"}
    assert first == second


def test_where_an_edition_is_built_from_does_not_show_in_what_was_measured(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = tmp_path / "styles" / "edition"
    shutil.copytree(root / "src" / "publisher" / "scaffold" / "edition", edition)
    (edition / "styles").mkdir()
    (edition / "styles" / "screen.css").write_text(".a { color: #999 }", encoding="utf-8")
    found = set()
    for place in (edition, tmp_path, Path("/")):
        monkeypatch.chdir(place)
        artifacts = pipeline.build(BuildRequest(folder=Folder(edition), formats=(Format.EPUB,))).volume.artifacts
        found.add(tuple((artifact.name, artifact.content) for artifact in artifacts))
    assert len(found) == 1
    assert b'"where": "styles/screen.css:1:6"' in dict(found.pop())["on-reading-proofs.accessibility.json"]


@pytest.mark.parametrize("name", ["article.txt", "notes/editorial.md", "edition.yaml", "references.json"])
def test_a_source_that_changes_during_a_build_is_read_once(
    name: str, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def volume(folder: Path) -> tuple[bytes, ...]:
        built = pipeline.build(BuildRequest(folder=Folder(folder), formats=(Format.EPUB,))).volume
        return tuple(artifact.content for artifact in built.artifacts)

    edition = tmp_path / "edition"
    shutil.copytree(root / "src" / "publisher" / "scaffold" / "edition", edition)
    expected = volume(edition)
    original = compose.compose

    def meddled(*words: object, **more: object) -> object:
        (edition / name).write_bytes(b"changed meanwhile")
        return original(*words, **more)  # type: ignore[arg-type]  # whatever it is given

    monkeypatch.setattr(compose, "compose", meddled)
    assert volume(edition) == expected
    assert (edition / name).read_bytes() == b"changed meanwhile"
