"""Readings and references as BibTeX, RIS and CSL-JSON: what is written is read again."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.exports.conftest import Runs

from publisher.diagnostics import Source
from publisher.load.findings import Findings
from publisher.load.references import references

READER = Path(__file__).parents[1] / "checks" / "clean-reader"


def read_again(content: bytes, name: str) -> dict[str, dict[str, object]]:
    """The records of a file as an edition would read them, by key."""
    findings = Findings()
    found = references(Source(name=name, text=content.decode()), findings=findings)
    assert findings.diagnostics == []
    return {reference.key: json.loads(reference.record) for reference in found}


@pytest.mark.parametrize("ending", ["bib", "ris", "csl.json"])
def test_what_is_written_is_read_again(ending: str, records: Mapping[str, bytes]) -> None:
    found = read_again(records[f"proofs.{ending}"], f"proofs.{ending}")
    assert list(found) == ["moxon2026", "moxon1683", "reed_2001"]
    article = found["reed_2001"]
    assert article["type"] == "article-journal"
    assert re.sub(r"<[^>]+>|[{}]", "", str(article["title"])) == "100% of proofs & more"
    assert article["container-title"] == "Journal of Printing"
    assert str(article["page"]).replace("-", "–").replace("––", "–") == "101–117"
    assert article["DOI"] == "10.5555/jop.12.3"
    assert "Moxon" in str(found["moxon1683"]["author"])
    assert "1683" in str(found["moxon1683"]["issued"])


@pytest.mark.parametrize("command", ["bibtex", "ris", "csl"])
def test_a_reader_gives_its_readings(command: str, runs: Runs, tmp_path: Path) -> None:
    done = runs("export", command, READER, "-o", tmp_path, "--copy", "proof")
    assert done.exit_code == 0, done.output
    (file,) = (path for path in tmp_path.iterdir() if not path.name.startswith("."))
    found = read_again(file.read_bytes(), file.name)
    assert len(found) >= 3
    assert len(found) == len(set(found))
