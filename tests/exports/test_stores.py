"""What shops are known to refuse is reported at its source, once for each shop that is asked for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from tests.exports.conftest import EDITION, Runs

from publisher.exports.store_rules import RULES, Store

WIDE = "\n".join(("|" + " a |" * 11, "|" + "---|" * 11, *(["|" + " b |" * 11] * 101)))
TEXT = f"""# On Reading Proofs

The Reader reads the first proof aloud [@moxon1683, p. 3; @reed_2001].

![A large grey field](large.png)

![A drawing with a word](drawing.svg)

![A field in WebP](field.webp)

{WIDE}
"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20"><title>Word</title>
<text x="5" y="15" font-family="Source Sans Pro">Word</text></svg>"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition with a large picture, a drawing with words, a picture in WebP and a wide table."""
    made = tmp_path_factory.mktemp("stores")
    settings = (EDITION / "edition.yaml").read_text(encoding="utf-8")
    old = hashlib.sha256((EDITION / "text.md").read_bytes()).hexdigest()
    (made / "text.md").write_text(TEXT, encoding="utf-8")
    (made / "edition.yaml").write_text(
        settings.replace(old, hashlib.sha256(TEXT.encode()).hexdigest()), encoding="utf-8"
    )
    (made / "references.json").write_bytes((EDITION / "references.json").read_bytes())
    (made / "drawing.svg").write_text(DRAWING, encoding="utf-8")
    Image.new("L", (2600, 2400), 128).save(made / "large.png")
    Image.new("L", (60, 40), 128).save(made / "field.webp")
    return made


@pytest.fixture(scope="module")
def reports(folder: Path, runs: Runs) -> Callable[..., set[tuple[str, int, str]]]:
    """What gives the file, line and message of each limit that is reported for some shops."""

    def report(*stores: str) -> set[tuple[str, int, str]]:
        options = [word for store in stores for word in ("--store", store)]
        done = runs("check", folder, *options, "--diagnostics", "json")
        assert done.exit_code == 0, done.output
        found = [load for load in json.loads(done.stderr or "[]") if load["code"] == "U-020"]
        return {(Path(item["file"]).name, item["line"], item["message"].split(", ")[0]) for item in found}

    return report


def test_limits_are_reported_where_they_are_broken(reports: Callable[..., set[tuple[str, int, str]]]) -> None:
    assert reports("kindle") == {
        ("text.md", 9, "Kindle: field.webp is webp"),
        ("text.md", 11, "Kindle: the table has 102 rows"),
        ("text.md", 11, "Kindle: the table has 11 columns"),
    }
    assert reports("apple", "kobo") == {
        ("text.md", 5, "Apple Books: large.png has 6.2 million pixels"),
        ("text.md", 7, "Apple Books: drawing.svg has words in the drawing"),
        ("text.md", 9, "Apple Books: field.webp is webp"),
        ("text.md", 11, "Kobo: the table has 11 columns"),
    }


def test_nothing_is_reported_of_shops_that_are_not_named(reports: Callable[..., set[tuple[str, int, str]]]) -> None:
    assert reports() == set()


def test_limits_are_errors_if_warnings_are(folder: Path, runs: Runs) -> None:
    assert runs("check", folder, "--store", "kobo", "--strict").exit_code == 1


def test_each_rule_has_a_source_and_a_day() -> None:
    assert {store_rule.store for store_rule in RULES} == set(Store) - {Store.GOOGLE}
    assert all(
        store_rule.url.startswith("https://") and len(store_rule.read) == 10 and store_rule.source
        for store_rule in RULES
    )


def test_an_unknown_shop_is_answered_with_the_nearest(folder: Path, runs: Runs) -> None:
    done = runs("check", folder, "--store", "kindel")
    assert done.exit_code == 2
    assert "kindle" in done.stderr
