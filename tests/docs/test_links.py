"""Every link of the documentation leads to a file and a heading, in the project and in the site."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CODE = re.compile(r"^(```+).*?^\1$|^ {4}.*?$|`[^`\n]+`(?!\])", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def anchors(text: str) -> set[str]:
    """Return the anchors of a page: its headings as GitHub makes names of them, and its ids."""
    found: set[str] = set()
    for heading in re.findall(
        r"^#+ (.+)$", CODE.sub(lambda match: match[0] if match[1] is None else "", text), re.MULTILINE
    ):
        words = re.sub(r"[^\w\- ]", "", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()).replace(" ", "-")
        name, count = words, 0
        while name in found:
            count += 1
            name = f"{words}-{count}"
        found.add(name)
    return found | set(re.findall(r'\bid="([^"]+)"', text))


def pages(root: Path) -> list[Path]:
    """Return the Markdown pages that people read, those of the tests left out."""
    names = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md")
    return [
        *(root / name for name in names),
        *(root / "docs").rglob("*.md"),
        *(root / "src/publisher/diagnostics/codes").glob("*.md"),
    ]


def broken(path: Path, inside: Path) -> Iterator[str]:
    """Yield the links of a page that lead nowhere, or out of a folder."""
    text = path.read_text(encoding="utf-8")
    for address in LINK.findall(CODE.sub("", text)):
        file, _, anchor = address.partition("#")
        if re.match(r"[a-z]+:", address):
            continue
        target = (path.parent / file).resolve() if file else path
        if not target.exists() or not target.is_relative_to(inside):
            yield f"{path}: {address}"
        elif anchor and target.suffix == ".md" and anchor not in anchors(target.read_text(encoding="utf-8")):
            yield f"{path}: {address} has no such heading"


def test_every_link_leads_to_a_file_and_a_heading(root: Path) -> None:
    assert [line for page in pages(root) for line in broken(page, root)] == []


@pytest.fixture(scope="module")
def site(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources of the site."""
    folder = tmp_path_factory.mktemp("site") / "sources"
    subprocess.run([sys.executable, root / "tools/site", "prepare", folder], check=True)
    return folder


def test_every_link_of_the_site_stays_inside_it(site: Path) -> None:
    found = sorted(site.rglob("*.md"))
    assert len(found) > 300
    assert [line for page in found for line in broken(page, site)] == []


def test_every_page_of_the_site_is_in_its_menu(site: Path, root: Path) -> None:
    menu = set(re.findall(r"^ +- .+: (\S+\.md)$", (root / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE))
    assert {name for name in menu if not (site / name).is_file()} == set()
    unlisted = {path.relative_to(site).as_posix() for path in site.rglob("*.md")} - menu
    assert {name for name in unlisted if not name.startswith(("codes/", "decisions/"))} <= {"security-policy.md"}


def test_the_glossary_has_at_most_25_terms_in_order(root: Path) -> None:
    terms = re.findall(r"^\| (.+?) \|", (root / "docs/glossary.md").read_text(encoding="utf-8"), re.MULTILINE)[1:]
    assert terms == sorted(terms, key=str.lower)
    assert 15 <= len(terms) <= 25
