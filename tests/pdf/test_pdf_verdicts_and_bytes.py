"""What validators say of the bound PDF, what it says of itself, and that it is the same bytes everywhere."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Name

from publisher.validators import pagevalidation, qpdf, verapdf

SCRIPT = """
import hashlib, pickle, sys
from pathlib import Path
from publisher.workers.opening import open_executor
from publisher.layout.document import write_pdf
if __name__ == "__main__":
    rendition = pickle.loads(Path(sys.argv[1]).read_bytes())
    with open_executor(jobs=int(sys.argv[2])) as executor:
        made = write_pdf(lambda *_: rendition, executor=executor, name="book.pdf", moment="2026-11-24T00:00:00Z")
    print(hashlib.sha256(made.artifact.content).hexdigest())
"""


def test_verapdf_finds_it_pdf_ua_1_and_pdf_a_3a(bound: Any) -> None:
    assert verapdf.validate(bound.path) == ()


def test_page_validation_and_qpdf_find_nothing(bound: Any) -> None:
    assert pagevalidation.validate(bound.path) == ()
    assert qpdf.validate(bound.path) == ()


def test_verapdf_reports_faults_that_are_planted(bound: Any, tmp_path: Path) -> None:
    path = tmp_path / "faulty.pdf"
    with pikepdf.open(bound.path) as pdf:
        elements = [pdf.get_object(item.at.objgen) for item in bound.elements if item.kind in ("Figure", "Note")]
        for element in elements:
            for key in ("/Alt", "/ID"):
                if key in element:
                    del element[key]
        pdf.Root.ViewerPreferences.DisplayDocTitle = False
        pdf.save(path)
    rules = {finding.rule for finding in verapdf.validate(path)}
    assert rules >= {"ua1 7.3-1", "ua1 7.9-1", "ua1 7.1-10"}


def test_metadata_says_the_same_twice(bound: Any) -> None:
    packet = bound.pdf.Root.Metadata
    assert "/Filter" not in packet
    said = packet.read_bytes().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert "On Promises &amp; Paper: An annotated edition" in said
    assert "urn:isbn:9780306406157" in said
    assert said.count("2026-11-24T00:00:00Z") == 3
    entries = {key: str(value) for key, value in bound.pdf.docinfo.items()}
    assert entries["/Title"] == "On Promises & Paper: An annotated edition"
    assert (entries["/Author"], entries["/Keywords"]) == ("An Author", "Treaties, Diplomacy")
    assert entries["/CreationDate"] == entries["/ModDate"] == "D:20261124000000Z"
    assert (str(bound.pdf.Root.Lang), bound.pdf.Root.PageMode) == ("en-GB", Name.UseOutlines)


@pytest.mark.parametrize(
    ("jobs", "variables"),
    [
        (1, {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}),
        (3, {"TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242", "SOURCE_DATE_EPOCH": "1"}),
    ],
)
def test_jobs_time_zone_locale_folder_and_hash_seed_change_no_byte(
    bound: Any, tmp_path: Path, jobs: int, variables: dict[str, str]
) -> None:
    pickled = tmp_path / "rendition.pickle"
    pickled.write_bytes(pickle.dumps(bound.rendition))
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT, pickled, str(jobs)],
        cwd=tmp_path,
        env={**os.environ, **variables},
        capture_output=True,
        check=False,
        text=True,
    )
    assert (told.stdout.strip(), told.stderr) == (hashlib.sha256(bound.content).hexdigest(), "")
