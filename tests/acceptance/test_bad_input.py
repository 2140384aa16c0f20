"""Whatever an editor gets wrong is shown where it was done, and what was built before stays as it was."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import publisher
from publisher.workspace import Folder, ownership

Command = Callable[..., Any]
Change = Callable[[Path], object]

BEFORE = {"on-reading-proofs.epub": b"an EPUB of yesterday", "on-reading-proofs.pdf": b"a PDF of yesterday"}
LINES = len(Folder(Path(publisher.__file__).parent / "scaffold/edition").read("edition.yaml").splitlines())
"""How many lines the settings of the starter have."""
PIXEL = "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'/>"


@pytest.fixture(autouse=True)
def _untouched(starting: Path) -> Iterator[None]:
    """What was built yesterday is there, and after the test it is there still, and nothing else."""
    output = starting.parent / "output"
    output.mkdir()
    for name, content in BEFORE.items():
        output.joinpath(name).write_bytes(content)
    statuses = {name: output.joinpath(name).stat() for name in BEFORE}
    ownership.add_to_record(
        output,
        {
            name: ownership.Writing(digest=sha256(content).hexdigest(), device=at.st_dev, inode=at.st_ino)
            for (name, content), at in zip(BEFORE.items(), statuses.values(), strict=True)
        },
    )
    times = {path.name: path.stat().st_mtime_ns for path in output.iterdir()}
    yield
    assert {path.name: path.read_bytes() for path in output.iterdir()} == BEFORE
    assert {path.name: path.stat().st_mtime_ns for path in output.iterdir()} == times


def put(name: str, content: str | bytes) -> Change:
    """Writes a file of the edition anew."""

    def change(folder: Path) -> None:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    return change


def swap(name: str, old: str, new: str) -> Change:
    """Replaces words that a file has once."""

    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return change


def add(name: str, words: str) -> Change:
    """Adds a paragraph at the end of a file."""

    def change(folder: Path) -> None:
        path = folder / name
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{words}\n", encoding="utf-8")

    return change


def introduction(words: str) -> Change:
    """Adds a paragraph to the introduction: it is line 16."""
    return add("introduction.md", words)


def spoilt_bytes(folder: Path) -> None:
    """A quotation mark as an old program writes it, in the third paragraph."""
    content = (folder / "article.txt").read_bytes()
    (folder / "article.txt").write_bytes(content.replace(b'"Comma', b"\x93Comma"))


def link_out(folder: Path) -> None:
    """A picture that is only a link to one elsewhere."""
    secret = folder.parent / "secret.svg"
    secret.write_text(PIXEL, encoding="utf-8")
    (folder / "linked.svg").symlink_to(secret)
    introduction("![A square](linked.svg)")(folder)


def image(address: str) -> Change:
    """A picture of the introduction with this address."""
    return introduction(f"![A square]({address})")


CASES: list[tuple[str, Change, list[str], str]] = [
    ("text missing", lambda folder: (folder / "article.txt").unlink(), ["E-010 mine/edition.yaml:26:9"], "article.txt"),
    (
        "text empty",
        put("article.txt", "\n \n"),
        ["T-003 mine/article.txt:1:1", "T-004 mine/edition.yaml:27:11"],
        "empty",
    ),
    (
        "not UTF-8",
        spoilt_bytes,
        ["T-001 mine/article.txt:5:230", "T-004 mine/edition.yaml:27:11"],
        "byte 93 at offset 628",
    ),
    (
        "YAML",
        swap("edition.yaml", "subtitle: A", "subtitle: 'A"),
        ["E-002 mine/edition.yaml:8:11"],
        "a quotation mark is opened",
    ),
    ("key unknown", add("edition.yaml", "colour: red"), [f"E-003 mine/edition.yaml:{LINES + 2}:1"], "colour"),
    (
        "key mistyped",
        swap("edition.yaml", "\nsubtitle:", "\nsubtitel:"),
        ["E-003 mine/edition.yaml:8:1"],
        "did you mean “subtitle”?",
    ),
    ("sha256", swap("edition.yaml", "sha256: fe29", "sha256: ab29"), ["T-004 mine/edition.yaml:27:11"], "sha256: fe29"),
    (
        "lemma lost",
        swap("notes/editorial.md", "> They read aloud.", "> They read allowed."),
        ["N-003 mine/notes/editorial.md:3:3"],
        'nearest text is "They read aloud." (mine/article.txt:5:31)',
    ),
    (
        "lemma ambiguous",
        swap("notes/editorial.md", "> They read aloud.", "> the proof"),
        ["N-004 mine/notes/editorial.md:3:3"],
        "**the proof**",
    ),
    (
        "note twice",
        swap("notes/textual.md", "## can-not", "## recieve"),
        ["N-001 mine/notes/textual.md:7:1"],
        "recieve",
    ),
    ("reference", introduction("See [@moxon1684]."), ["R-005 mine/introduction.md:16:6"], "moxon1683"),
    ("agreement", introduction("See [](agreement:bern-1886)."), ["A-005 mine/introduction.md:16:5"], "berne-1886"),
    ("provision", introduction("See [](agreement:berne-1886#7)."), ["A-006 mine/introduction.md:16:5"], "6bis"),
    ("note", introduction("See [](note:receive)."), ["N-012 mine/introduction.md:16:5"], "recieve"),
    ("image missing", image("square.svg"), ["I-001 mine/introduction.md:16:1"], "square.svg"),
    ("image above", image("../square.svg"), ["I-002 mine/introduction.md:16:1"], "folder"),
    ("image absolute", image("/etc/square.svg"), ["I-002 mine/introduction.md:16:1"], "folder"),
    ("image linked", link_out, ["I-002 mine/introduction.md:16:1"], "is a link that leads out"),
    ("image file:", image("file:///etc/square.svg"), ["I-002 mine/introduction.md:16:1"], "folder"),
    ("image http:", image("http://example.org/square.svg"), ["I-002 mine/introduction.md:16:1"], "folder"),
    (
        "image without words",
        lambda folder: (put("square.svg", PIXEL)(folder), introduction("![](square.svg)")(folder)),
        ["I-004 mine/introduction.md:16:1"],
        "say between the brackets what it shows",
    ),
    (
        "raw HTML",
        introduction("A <b>bold</b> word."),
        ["M-001 mine/introduction.md:16:3"],
        "write **words** for bold",
    ),
    (
        "template syntax",
        put("templates/section.xhtml.j2", "{% for one in %}\n"),
        ["S-010 mine/templates/section.xhtml.j2:1:1"],
        "template",
    ),
    (
        "template word",
        put("templates/section.xhtml.j2", "<section>\n{{ sectoin.id }}</section>\n"),
        ["S-010 mine/templates/section.xhtml.j2:2:1"],
        "sectoin",
    ),
    (
        "template document",
        put("templates/half-title.xhtml.j2", "{% macro section(s, c) %}\n<section><p></section>\n{% endmacro %}\n"),
        ["S-011 mine/templates/half-title.xhtml.j2:1:1"],
        "not well-formed",
    ),
    (
        "template macro",
        put("templates/section.xhtml.j2", "<section/>\n"),
        ["S-010 mine/templates/section.xhtml.j2:1:1"],
        "lacks the macro “section”",
    ),
    (
        "style sheet",
        put("styles/own.css", "p { color: black }\n\nem { colour: red }\n"),
        ["S-001 mine/styles/own.css:3:6"],
        "colour",
    ),
    (
        "style sheet cut off",
        put("styles/own.css", "p { color: black }\n\n} em\n"),
        ["S-001 mine/styles/own.css:3:5"],
        "} em",
    ),
    ("glyph", introduction("The sign 字."), ["F-002 mine/introduction.md:16:10"], "字"),
    (
        "citation style",
        swap("edition.yaml", "style: chicago-author-date", "style: chicago-autor-date"),
        ["R-010 mine/edition.yaml:57:1"],
        "chicago-author-date",
    ),
]


@pytest.mark.parametrize(("change", "places", "words"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_fault_is_shown_where_it_is(
    starting: Path, publisher: Command, change: Change, places: list[str], words: str
) -> None:
    change(starting)
    told = publisher("build", "mine", "--diagnostics", "short")
    human = publisher("build", "mine")
    assert told.places == places
    assert (told.status, told.printed) == (1, "")
    assert words in human.complaints


ALL_THAT_IS_READ = (
    swap("edition.yaml", "\nsubtitle:", "\nsubtitel:"),
    swap("edition.yaml", "sha256: fe29", "sha256: ab29"),
    add("references.json", "x"),
    swap("notes/textual.md", "> recieve\n\n", ""),
    introduction("A <b>word\n\n![A square](../square.svg)\n\n![](square.svg)"),
    swap("agreements/berne-1886.md", "force: treaty-in-force", "force: treaty-in-farce"),
)
ALL_THAT_IS_REFERRED_TO = (
    swap("notes/editorial.md", "> They read aloud.", "> They read allowed."),
    swap("notes/editorial.md", "> leaves room for a second edition", "> the proof"),
    swap("notes/textual.md", "## can-not", "## recieve"),
    introduction("See [@moxon1684], [](agreement:bern-1886), [](agreement:berne-1886#7), [](note:receive) and 字."),
)
REFERRED_TO = ["A-005", "A-006", "F-002", "N-001", "N-003", "N-004", "N-012", "R-005"]
ALTERED_TEXT = swap("edition.yaml", "sha256: fe29", "sha256: ab29")


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        (ALL_THAT_IS_READ, ["E-003", "E-006", "I-001", "I-002", "I-004", "M-001", "N-007", "R-001", "T-004"]),
        (ALL_THAT_IS_REFERRED_TO, REFERRED_TO),
        ((ALTERED_TEXT, *ALL_THAT_IS_REFERRED_TO), [*REFERRED_TO, "T-004"]),
    ],
    ids=["read", "referred to", "referred to, beside an altered text"],
)
def test_all_faults_are_told_in_one_run(
    starting: Path, publisher: Command, changes: tuple[Change, ...], codes: list[str]
) -> None:
    for change in changes:
        change(starting)
    told = publisher("build", "mine", "--diagnostics", "short")
    assert told.status == 1
    assert sorted({place.split()[0] for place in told.places}) == codes
    assert all(" mine/" in place for place in told.places)


def test_a_file_in_place_of_the_output_folder_exits_with_4(starting: Path, publisher: Command) -> None:
    (starting.parent / "taken").write_text("mine", encoding="utf-8")
    told = publisher("build", "mine", "-f", "epub", "-o", "taken")
    assert (told.status, told.printed) == (4, "")
    assert "error[O-002 output-not-writable]: taken cannot be written" in told.complaints
    assert (starting.parent / "taken").read_text(encoding="utf-8") == "mine"


LIMITED = """
import resource, signal, sys
from publisher.cli import main
from publisher.workspace import commit
commit_files = commit.commit_files

def keep_on_a_full_disk(folder, contents):
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    return commit_files(folder, contents)

commit.commit_files = keep_on_a_full_disk
sys.argv[1:] = ["build", "mine", "-f", "epub", "-o", sys.argv[1]]
main()
"""


@pytest.mark.parametrize("output", ["output", "new"])
def test_a_full_disk_exits_with_4_and_leaves_nothing_half_written(starting: Path, output: str) -> None:
    """The limit is set when the files are ready, since the libraries write caches of their own before."""
    command = [sys.executable, "-c", LIMITED, output]
    done = subprocess.run(command, cwd=starting.parent, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (4, "")
    assert f"error[O-002 output-not-writable]: {output} cannot be written: File too large" in done.stderr
    assert not list(starting.parent.glob("new/*"))
