"""How a directory of a fault is run: laid over what is clean, its commands one after the other, and what is told last.

Without a file `command`, `publisher check` looks at the edition. A `command` holds a step in each line: a command of
`publisher` as it is typed, or what somebody does between two commands (`STEPS`), such as damaging what was built.
"""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import pikepdf
import pytest
from click.testing import CliRunner, Result

from publisher import compose
from publisher.cli.program import program
from publisher.model.publication import Publication, Section

HERE = Path(__file__).parent
CLEAN = {"book": HERE / "clean", "course": HERE / "clean-reader"}
"""What faults are laid over, by the name of the folder that the commands see."""
EPOCH = "1795478400"
"""24 November 2026, so that permissions are as valid as on that day."""
MISTAKES = pytest.MonkeyPatch()
"""What a step has made the program do wrong."""
OWN = ("command", "expected.txt")
"""What belongs to a directory, and not to the edition."""


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What was built before, by what it was built from: most faults are damages to the same files."""

    folder: Path
    built: dict[str, Path] = field(default_factory=dict)

    def build(self, words: list[str]) -> Result | None:
        """The files of a build of the same edition with the same words, put into `output`; None where there is none."""
        key = self._key(words)
        if key not in self.built:
            done = _run(words)
            if done.exit_code:
                return done
            self.built[key] = self.folder / str(len(self.built))
            shutil.copytree("output", self.built[key])
            return done
        shutil.copytree(self.built[key], "output", dirs_exist_ok=True)
        return None

    def _key(self, words: list[str]) -> str:
        files = sorted(path for path in Path().rglob("*") if path.is_file() and path.parts[0] != "output")
        made = hashlib.sha256(repr(words).encode())
        for path in files:
            made.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
        return made.hexdigest()


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """What this process has built."""
    return Shelf(folder=tmp_path_factory.mktemp("built"))


@pytest.fixture
def finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shelf: Shelf) -> Iterator[Callable[..., str]]:
    """What is told in the end of a directory, with more words for its last command."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)

    def find(directory: Path, *options: str) -> str:
        base = _laid_down(directory)
        written = directory / "command"
        lines = written.read_text(encoding="utf-8").splitlines() if written.exists() else [f"check {base}"]
        return _after(lines, shelf, *options)

    yield find
    MISTAKES.undo()


@pytest.fixture
def sees(finds: Callable[..., str], shelf: Shelf) -> Callable[..., str]:
    """What is told in the end of some commands, in the folder in which `finds` has laid something down."""
    return lambda *lines: _after(lines, shelf)


def _after(lines: Iterable[str], shelf: Shelf, *options: str) -> str:
    """What the last step tells; those before it have to end well."""
    *before, last = [shlex.split(line) for line in lines]
    for step in before:
        done = _step(step, shelf)
        assert done is None or done.exit_code == 0, done.output
    return _told(_run([*last, *options]))


def _laid_down(directory: Path) -> str:
    """The name of the folder in which the files of a directory now lie over those of the clean edition or reader."""
    bound = directory.name.startswith("C-") or (directory / "pdfs").exists()
    base = "course" if bound or directory == CLEAN["course"] else "book"
    shutil.copytree(CLEAN[base], base)
    shutil.copytree(directory, base, dirs_exist_ok=True)
    for name in OWN:
        Path(base, name).unlink(missing_ok=True)
    return base


def _step(words: list[str], shelf: Shelf) -> Result | None:
    """What a command says that was run now; None for what was run before, and for what is no command."""
    if words[0] in STEPS:
        STEPS[words[0]](*words[1:])
        return None
    return shelf.build(words) if words[0] == "build" else _run(words)


def _run(words: list[str]) -> Result:
    """What a command says, after the variables before it are set; a build sets its pages in this process."""
    variables = dict(word.split("=", 1) for word in words if re.match(r"[A-Z_]+=", word))
    typed = [word for word in words if not re.match(r"[A-Z_]+=", word)]
    more = ["--jobs", "1"] if typed[0] == "build" and "--cluster" not in typed else []
    return CliRunner(env=variables).invoke(
        program, [*typed, *more, "--diagnostics", "json"], prog_name="publisher", catch_exceptions=False
    )


def _told(outcome: Result) -> str:
    """Each finding in a line, with its hint and related places below, and the exit status."""
    found = json.loads(outcome.stderr) if outcome.stderr.startswith("[") else []
    lines = (
        f"{item['file']}:{item['line']}:{item['column']}-{item['endLine']}:{item['endColumn']}: "
        f"{item['severity']}[{item['code']}]: {item['message']}\n  hint: {item['hint']}\n"
        + "".join(f"  {also['message']}: {also['file']}:{also['line']}:{also['column']}\n" for also in item["related"])
        for item in found
    )
    told = "".join((*lines, f"exit {outcome.exit_code}\n"))
    return re.sub(r"lack .+ of this computer", "lack … of this computer", told)


def _replace(where: str, pattern: str, instead: str) -> None:
    """`replace FILE PATTERN WORDS`: words in a text, in a document of an EPUB or in a stream of a PDF, once.

    `FILE` is a path, `book.epub!NAME` or `book.pdf!PATH`; the pattern is a regular expression.
    """

    def replaced(content: bytes) -> bytes:
        text, count = re.subn(pattern, instead, content.decode("latin-1"), count=1, flags=re.DOTALL)
        assert count, f"{pattern!r} is not in {where}"
        return text.encode("latin-1")

    pattern, instead = (entry.encode().decode("latin-1") for entry in (pattern, instead))
    name, _, inside = where.partition("!")
    path = Path(name)
    if not inside:
        path.write_bytes(replaced(path.read_bytes()))
    elif path.suffix == ".epub":
        with ZipFile(BytesIO(path.read_bytes())) as old, ZipFile(path, "w", ZIP_STORED) as new:
            assert inside in old.namelist()
            for item in old.namelist():
                new.writestr(item, replaced(old.read(item)) if item == inside else old.read(item))
    else:
        with _changing(path) as pdf:
            for holder, key in _reached(pdf, inside):
                holder[key].write(replaced(holder[key].read_bytes()))


@contextmanager
def _changing(path: Path) -> Iterator[pikepdf.Pdf]:
    """A PDF that is written back with what was done to it; identifiers that can stay as they are do."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            if isinstance(page.obj.get("/Contents"), pikepdf.Array):
                page.contents_coalesce()
        yield pdf
        pdf.save(path, deterministic_id=True, force_version=pdf.pdf_version)


def _reached(pdf: pikepdf.Pdf, path: str) -> Iterator[tuple[Any, Any]]:
    """The holders and keys that a path means: `Root/OutputIntents`, `Pages/2/Resources/Font/*/Subtype`, `ID`."""
    first, *rest = path.split("/")
    holders: list[Any] = [pdf.pages[int(rest.pop(0))].obj] if first == "Pages" else [pdf.trailer]
    rest = rest if first == "Pages" else [first, *rest]
    for name in rest[:-1]:
        holders = [holder[key] for holder in holders for key in _keys(holder, name)]
    yield from ((holder, key) for holder in holders for key in _keys(holder, rest[-1]))


def _keys(holder: Any, name: str) -> list[Any]:
    """What a step of a path means in a dictionary or an array; `*` is everything."""
    if isinstance(holder, pikepdf.Array):
        return list(range(len(holder))) if name == "*" else [int(name)]
    return list(holder.keys()) if name == "*" else [f"/{name}"]


def _put(file: str, path: str, value: str) -> None:
    """`put FILE PATH VALUE`: something else in that place of a PDF."""
    with _changing(Path(file)) as pdf:
        for holder, key in _reached(pdf, path):
            holder[key] = pikepdf.Object.parse(value.encode())


def _drop(file: str, path: str) -> None:
    """`drop FILE PATH`: nothing in that place of a PDF."""
    with _changing(Path(file)) as pdf:
        for holder, key in reversed(list(_reached(pdf, path))):
            del holder[key]


def _paint(file: str, page: str, instructions: str) -> None:
    """`paint FILE PAGE INSTRUCTIONS`: something more on a page of a PDF, counted from 0."""
    with _changing(Path(file)) as pdf:
        pdf.pages[int(page)].contents_add(instructions.encode())


def _encrypt(file: str, password: str) -> None:
    """`encrypt FILE PASSWORD`: a PDF that nobody may change without the password."""
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(owner=password, user=""))


def _compact(file: str) -> None:
    """`compact FILE`: the objects of a PDF in streams, as PDF 1.5 knows them, whatever it says of its version."""
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        version = pdf.pdf_version.encode()
        mode = pikepdf.ObjectStreamMode.generate
        pdf.save(file, deterministic_id=True, min_version="1.5", object_stream_mode=mode)
    path = Path(file)
    path.write_bytes(b"%PDF-" + version + path.read_bytes()[8:])


def _cut(file: str, count: str) -> None:
    """`cut FILE COUNT`: so many bytes of a file only."""
    Path(file).write_bytes(Path(file).read_bytes()[: int(count)])


def _repeat(file: str, words: str, count: str) -> None:
    """`repeat FILE WORDS COUNT`: words of a file so often, one after the other."""
    path = Path(file)
    text = path.read_text(encoding="utf-8")
    assert words in text
    path.write_text(text.replace(words, f"{words} " * int(count), 1), encoding="utf-8")


def _lose(name: str) -> None:
    """`lose ID`: from here on the program loses the block of the text with that id, as it never should."""
    whole = compose.compose

    def without(*given: Any, **named: Any) -> Publication:
        publication = whole(*given, **named)
        return replace(publication, sections=tuple(_without(section, name) for section in publication.sections))

    MISTAKES.setattr(compose, "compose", without)


def _without(section: Section, name: str) -> Section:
    return replace(section, blocks=tuple(block for block in section.blocks if getattr(block, "id", None) != name))


STEPS: dict[str, Callable[..., None]] = {
    "replace": _replace,
    "put": _put,
    "drop": _drop,
    "paint": _paint,
    "encrypt": _encrypt,
    "compact": _compact,
    "cut": _cut,
    "repeat": _repeat,
    "lose": _lose,
}
"""What can be done between two commands."""
