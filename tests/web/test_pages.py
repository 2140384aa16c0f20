"""The pages of a web edition: what they hold, where they lead, and that they load nothing from elsewhere."""

from __future__ import annotations

import io
import json
import posixpath
import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
import tinyhtml5
from click.testing import CliRunner
from tests.web.conftest import Built

from publisher.cli.program import program
from publisher.model.web import PLACE
from publisher.render.web.vocabulary import all_words

XHTML = "{http://www.w3.org/1999/xhtml}"


def pages(web: Built) -> dict[str, ElementTree.Element]:
    """The pages by their paths, parsed as browsers do."""
    return {name: tinyhtml5.parse(content.decode()) for name, content in web.files.items() if name.endswith(".html")}


def test_every_link_and_file_inside_the_edition_is_there(web: Built) -> None:
    parsed, files = pages(web), web.files
    ids = {name: {item.get("id") for item in root.iter() if item.get("id")} for name, root in parsed.items()}
    for name, root in parsed.items():
        for element in root.iter():
            for attribute in ("href", "src"):
                address = element.get(attribute)
                if address is None or urlsplit(address).scheme:
                    continue
                parts = urlsplit(address)
                path = unquote(parts.path)
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
                assert target in files, (name, address)
                if parts.fragment and target in ids:
                    assert parts.fragment in ids[target], (name, address)


def test_nothing_is_loaded_from_elsewhere(web: Built) -> None:
    for name, root in pages(web).items():
        for element in root.iter():
            loaded = element.get("src") or (element.get("href") if element.tag == f"{XHTML}link" else None)
            assert loaded is None or not urlsplit(loaded).scheme, (name, loaded)
            assert not any(text.startswith("on") or text == "style" for text in element.attrib), name
        policy = next(
            item.get("content", "") for item in root.iter() if item.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy.startswith("default-src 'none'; script-src 'self'")
        assert "unsafe" not in policy
    for name, content in web.files.items():
        if name.endswith((".css", ".js")) and name != "search-index.js":
            assert not re.search(rb"https?://", content), name


def test_ids_are_there_once(web: Built) -> None:
    for name, root in pages(web).items():
        found = [element.get("id") for element in root.iter() if element.get("id")]
        assert len(found) == len(set(found)), name


def test_the_printed_pages_are_those_of_the_pdf(web: Built) -> None:
    labels = [
        element.get("aria-label")
        for name, root in pages(web).items()
        if name != "index.html"
        for element in root.iter()
        if "page-number" in element.get("class", "").split()
    ]
    assert {"Page 1", "Page 2"} <= set(labels)
    content = web.files["search-index.js"].decode()
    index = json.loads(content.partition(" = ")[2].removesuffix(";\n"))
    for label, address in index["numbers"]:
        path, _, fragment = address.partition("#")
        assert any(element.get("id") == fragment for element in pages(web)[path].iter()), label


def test_programs_are_told_what_the_edition_is(web: Built) -> None:
    for root in pages(web).values():
        tags = {
            element.get("name"): element.get("content") for element in root.iter(f"{XHTML}meta") if element.get("name")
        }
        assert tags["citation_title"] == "On reading proofs: With one of everything"
        assert tags["citation_author"] == "Writer, Some"
        assert tags["citation_isbn"] == "978-3-16-148410-0"
        data = [element.text for element in root.iter(f"{XHTML}script") if element.get("type") == "application/ld+json"]
        assert json.loads(data[0] or "")["@context"] == "https://schema.org"


def test_citations_have_a_place_for_the_page(web: Built) -> None:
    root = pages(web)["text/text.html"]
    data = next(json.loads(element.text or "") for element in root.iter() if element.get("id") == "site-data")
    assert data["place"] == PLACE
    assert all(PLACE in data[name] for name in ("citation", "bibtex", "ris"))
    assert data["ris"].startswith("TY  - BOOK\n")


def test_the_frame_says_the_same_things_in_every_language() -> None:
    english = all_words()["en"]
    for language, words in all_words().items():
        assert words.keys() == english.keys(), language
        for name, text in words.items():
            assert text.strip(), (language, name)
            assert text.count("{0}") == english[name].count("{0}"), (language, name)


def test_the_command_writes_the_folder_and_the_file(root: Path, tmp_path: Path) -> None:
    edition, output = root / "tests" / "editions" / "everything", tmp_path / "out"
    arguments = ["build", str(edition), "-f", "web", "-o", str(output)]
    done = CliRunner().invoke(program, arguments)
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in output.iterdir()) == [
        "everything.accessibility.json",
        "everything.proof.json",
        "everything.web",
        "everything.web.zip",
    ]
    with zipfile.ZipFile(io.BytesIO((output / "everything.web.zip").read_bytes())) as archive:
        for name in archive.namelist():
            assert (output / "everything.web" / name).read_bytes() == archive.read(name)
    page = output / "everything.web" / "text" / "text.html"
    page.write_text("changed")
    refused = CliRunner().invoke(program, arguments)
    assert refused.exit_code == 4, refused.output
    assert "O-051" in refused.output
    assert page.read_text() == "changed"


@pytest.mark.parametrize("semantic", [(), ("--semantic",)])
def test_the_command_verifies_the_file(web: Built, root: Path, tmp_path: Path, semantic: tuple[str, ...]) -> None:
    edition, file = root / "tests" / "editions" / "everything", tmp_path / web.artifact.name
    file.write_bytes(web.artifact.content)
    done = CliRunner().invoke(program, ["verify", str(edition), str(file), *semantic])
    assert done.exit_code == 0, done.output
    spoilt = io.BytesIO()
    with zipfile.ZipFile(spoilt, "w") as archive:
        for name, content in web.files.items():
            archive.writestr(name, content.replace(b"read twice", b"read once"))
    file.write_bytes(spoilt.getvalue())
    done = CliRunner().invoke(program, ["verify", str(edition), str(file), *semantic])
    assert done.exit_code == 5, done.output
    assert "read once" in done.output
