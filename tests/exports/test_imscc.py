"""Cartridges of a course reader: modules, pages, links and topics, for students and for instructors."""

from __future__ import annotations

import io
import posixpath
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree, html
from tests.exports.conftest import Runs

CLEAN = Path(__file__).parents[1] / "checks" / "clean-reader"
QUESTIONS = """\
        questions:
          - "Who *says* so? See [](reading:part)."
          - "And who \\\\<i>not\\\\</i> & why?"
"""
KEY = """\
      - document: readings/key.md
        audience: instructor
        contributors: [{name: The editors, role: aut}]
        rights: {status: public-domain}
        questions: [What is the answer?]
"""
LINK = "      - link: https://www.example.org/article\n"
READING = "      - edition: edition\n"
Cartridge = Mapping[str, bytes]
CP = "{http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1}"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The clean reader with questions, a reading for instructors, and an EPUB alone."""
    folder = Path(shutil.copytree(CLEAN, tmp_path_factory.mktemp("course") / "reader"))
    (folder / "readings" / "key.md").write_text("# The key\n\nThe answers of the instructor.\n", encoding="utf-8")
    text = (folder / "reader.yaml").read_text(encoding="utf-8")
    text = text.replace(READING, READING + QUESTIONS, 1).replace(LINK, KEY + LINK)
    (folder / "reader.yaml").write_text(f"{text}output: {{formats: [epub]}}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def makes(course: Path, runs: Runs, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Cartridge]:
    """What gives the files of the cartridge that is made with some options, made once."""
    made: dict[tuple[str, ...], Cartridge] = {}

    def make(*options: str) -> Cartridge:
        if options not in made:
            output = tmp_path_factory.mktemp("cartridge")
            done = runs("export", "imscc", course, "-o", output, *options)
            assert done.exit_code == 0, done.output
            (file,) = output.glob("*.imscc")
            with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as archive:
                made[options] = {name: archive.read(name) for name in archive.namelist()}
        return made[options]

    return make


def manifest(cartridge: Cartridge) -> etree._Element:
    """The manifest without its namespaces."""
    text = re.sub(rb' xmlns="[^"]+"', b"", cartridge["imsmanifest.xml"])
    return etree.fromstring(text)


def resources(cartridge: Cartridge) -> dict[str, etree._Element]:
    """The resources by their ids."""
    return {str(element.get("identifier")): element for element in manifest(cartridge).iter("resource")}


def lines(cartridge: Cartridge) -> list[tuple[str, list[tuple[str, str]]]]:
    """The modules: title, and title and type of what each line leads to."""
    listed = resources(cartridge)
    (top,) = manifest(cartridge).findall("organizations/organization/item")
    return [
        (
            module.findtext("title", ""),
            [
                (element.findtext("title", ""), str(listed[str(element.get("identifierref"))].get("type")))
                for element in module.findall("item")
            ],
        )
        for module in top.findall("item")
    ]


def broken(cartridge: Cartridge) -> Iterator[str]:
    """Everything that the manifest or a page names and the cartridge has not."""
    root = manifest(cartridge)
    ids = [str(item.get("identifier")) for item in root.iter() if item.get("identifier")]
    yield from (f"twice: {text}" for text in {item for item in ids if ids.count(item) > 1})
    references = [str(item.get("identifierref")) for item in root.iter() if item.get("identifierref")]
    yield from (f"no resource {reference}" for reference in references if reference not in resources(cartridge))
    files = {str(item.get("href")) for item in root.iter("file")}
    yield from (f"no file {file}" for file in files - cartridge.keys())
    yield from (f"not listed: {key}" for key in cartridge.keys() - files - {"imsmanifest.xml"})
    for name, content in cartridge.items():
        if name.endswith(".html"):
            page = html.fromstring(content)
            assert not list(page.iter("script"))
            for element in page.iter("a", "img", "link"):
                yield from _missing(name, element.get("href") or element.get("src") or "", cartridge)


def _missing(name: str, address: str, cartridge: Cartridge) -> Iterator[str]:
    parts = urlsplit(address)
    if not address or parts.scheme:
        return
    path = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(parts.path))) if parts.path else name
    if path not in cartridge or (parts.fragment and f'id="{unquote(parts.fragment)}"' not in cartridge[path].decode()):
        yield f"{name}: {address}"


def test_each_unit_is_a_module_with_its_readings_links_and_topics(makes: Callable[..., Cartridge]) -> None:
    found = lines(makes())
    page, link, topic = "webcontent", "imswl_xmlv1p1", "imsdt_xmlv1p1"
    assert [title for title, _ in found][1:3] == ["Week 1", "Week 2"]
    week_1, week_2 = (dict(found)[name] for name in ("Week 1", "Week 2"))
    assert [kind for _, kind in week_1] == [page, page, topic, topic, page]
    assert [kind for _, kind in week_2] == [page, page, page, page, page, link]
    assert ("Two pages (PDF)", page) in week_2


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--audience", "instructor", "--version", "1.3"),
        ("--thin", "https://www.example.org/course/"),
        ("--pdf",),
    ],
    ids=["full", "instructor", "thin", "pdf"],
)
def test_nothing_is_named_that_is_not_there(options: tuple[str, ...], makes: Callable[..., Cartridge]) -> None:
    assert sorted(broken(makes(*options))) == []


def test_topics_have_the_questions_without_links(makes: Callable[..., Cartridge]) -> None:
    texts = [
        "".join(map(str, html.fromstring(etree.fromstring(content).findtext("{*}text", "")).itertext()))
        for name, content in sorted(makes().items())
        if "-topic-" in name
    ]
    assert texts[0].startswith("Who says so? See A part of it")
    assert texts[1] == "And who <i>not</i> & why?"
    assert not any(b"href" in content for name, content in makes().items() if "-topic-" in name)


def test_only_the_cartridge_of_instructors_has_their_readings(makes: Callable[..., Cartridge]) -> None:
    students, instructors = makes(), makes("--audience", "instructor", "--version", "1.3")
    assert not any(b"The key" in content or b"the answer?" in content for content in students.values())
    marked = [
        element.get("identifier")
        for element in manifest(instructors).iter("resource")
        if element.find(".//{*}intendedEndUserRole/{*}value") is not None
    ]
    assert marked == ["res-reading-key", "res-reading-key-topic-1"]
    assert any(b"The answers of the instructor" in content for content in instructors.values())


def test_versions_have_their_names(makes: Callable[..., Cartridge]) -> None:
    old, new = makes()["imsmanifest.xml"], makes("--audience", "instructor", "--version", "1.3")["imsmanifest.xml"]
    thin = makes("--thin", "https://www.example.org/course/")
    assert b"<schemaversion>1.1.0<" in old
    assert b"imsccv1p1/imscp_v1p1" in old
    assert b"<schemaversion>1.3.0<" in new
    assert b"imsccv1p1" not in new
    assert b"<schema>IMS Thin Common Cartridge<" in thin["imsmanifest.xml"]


def test_a_thin_cartridge_has_links_and_topics_alone(makes: Callable[..., Cartridge]) -> None:
    thin = makes("--thin", "https://www.example.org/course/")
    assert {str(resource.get("type")) for resource in resources(thin).values()} == {"imswl_xmlv1p3", "imsdt_xmlv1p3"}
    assert all(name.endswith(".xml") for name in thin)
    urls = [
        etree.fromstring(content).find("{*}url")
        for name, content in thin.items()
        if name.startswith("reading-edition/")
    ]
    assert [url.get("href") for url in urls if url is not None] == [
        "https://www.example.org/course/text/reading-edition.html"
    ]


def test_readings_can_be_pdfs(makes: Callable[..., Cartridge]) -> None:
    made = makes("--pdf")
    names = [name for name in made if name.endswith(".pdf")]
    assert len(names) == 4
    assert all(made[name].startswith(b"%PDF") for name in names)
    assert not any(name.startswith("text/reading-edition") for name in made)


def test_the_order_of_elements_is_that_of_the_schema(makes: Callable[..., Cartridge]) -> None:
    root = manifest(makes())
    assert [child.tag for child in root] == ["metadata", "organizations", "resources"]
    head = root.find("metadata")
    assert head is not None
    assert [etree.QName(child).localname for child in head] == ["schema", "schemaversion", "lom"]
    for resource in root.iter("resource"):
        order = [("metadata", "file", "dependency").index(element.tag) for element in resource]
        assert order == sorted(order)
    for item in root.iter("item"):
        assert [child.tag for child in item if child.tag == "title"] == (
            [] if item.get("identifier") == "root" else ["title"]
        )


def test_a_reader_without_rights_is_refused_whatever_it_says_of_itself(
    course: Path, runs: Runs, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(course, tmp_path / "reader"))
    settings = folder / "reader.yaml"
    text = (
        settings.read_text(encoding="utf-8")
        .replace("granted: 2026-10-02, ", "")
        .replace("title: A Small", "copy: proof\ntitle: A Small")
    )
    settings.write_text(text, encoding="utf-8")
    done = runs("export", "imscc", folder, "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert re.search(r"reader\.yaml:\d+:\d+: error\[C-0", done.stderr)
    assert not (tmp_path / "out").exists()


def test_the_same_reader_gives_the_same_bytes(course: Path, runs: Runs, tmp_path: Path) -> None:
    for name in ("one", "two"):
        options = ("--thin", "http://example.org", "-o", tmp_path / name)
        assert runs("export", "imscc", course, *options).exit_code == 0
    (path,), (two,) = ((tmp_path / name).glob("*.imscc") for name in ("one", "two"))
    assert path.read_bytes() == two.read_bytes()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--thin", "https://example.org", "--version", "1.1"), "no thin cartridges in 1.1"),
        (("--thin", "example.org"), "no web address"),
        (("--thin", "https://example.org", "--pdf"), "no PDFs"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    options: tuple[str, ...], words: str, course: Path, runs: Runs
) -> None:
    done = runs("export", "imscc", course, *options)
    assert done.exit_code == 2
    assert words in done.stderr


def test_an_edition_is_no_course(runs: Runs) -> None:
    done = runs("export", "imscc", CLEAN / "edition")
    assert done.exit_code == 2
    assert "course reader" in done.stderr
