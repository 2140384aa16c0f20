"""The same book gives the same bytes, whatever surrounds the program."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.model.rendition import EpubRendition

SCRIPT = """
import os, pickle, sys, hashlib
from pathlib import Path
from publisher.epub.write.container import write_epub
os.umask(int(sys.argv[2], 8))
rendition = pickle.loads(Path(sys.argv[1]).read_bytes())
book = write_epub(rendition, name="on-promises.epub", moment="2026-11-24T00:00:00Z")
print(hashlib.sha256(book.content).hexdigest())
"""

SURROUNDINGS = [
    ({"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, "077"),
    ({"TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242", "SOURCE_DATE_EPOCH": "1"}, "000"),
]


@pytest.mark.parametrize(("variables", "umask"), SURROUNDINGS)
def test_time_zone_locale_folder_hash_seed_and_umask_change_nothing(
    rendition: EpubRendition, book: bytes, tmp_path: Path, variables: dict[str, str], umask: str
) -> None:
    pickled = tmp_path / "rendition.pickle"
    pickled.write_bytes(pickle.dumps(rendition))
    told = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT, pickled, umask],
        cwd=tmp_path,
        env={**os.environ, **variables},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (told.stdout.strip(), told.stderr) == (hashlib.sha256(book).hexdigest(), "")
