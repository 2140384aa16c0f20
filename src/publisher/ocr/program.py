"""OCRmyPDF and Tesseract: which are installed, and one run of them in a child process.

The programs see few variables, work in a folder of their own, and use one thread, so that the result depends on the
file alone.
"""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import msgspec
import pikepdf

from publisher.isolation import search_path
from publisher.workspace.tempdir import scratch_folder

OPTIONS = (
    *("--quiet", "--keep-temporary-files", "--jobs", "1", "--skip-text", "--output-type", "pdf", "--optimize", "0"),
    *("--pdf-renderer", "sandwich", "--tesseract-timeout", "120", "--max-image-mpixels", "150"),
)
"""Pages that have words stay as they are; pictures are not changed."""
_CONFIGURATION = "tessedit_create_tsv 1\n"
"""Tesseract writes a table of its words next to them."""
_LONGEST = 7200
"""Seconds that a run may take on the clock."""
_LAYER = "/OCR-"
"""How the names of layers of words begin."""
DOUBTFUL = 60
"""Words of which Tesseract is less sure, in per cent, are reported."""
_WORD, _COLUMNS = "5", 12
"""In the table: the level of words, and how many columns a line has."""


class Word(msgspec.Struct, frozen=True, array_like=True):
    """A word that was recognised."""

    page: int
    """In the file, counted from 1."""
    text: str
    confidence: int
    """In per cent."""


class Programs(msgspec.Struct, frozen=True, array_like=True):
    """What is installed."""

    ocrmypdf: str
    tesseract: str
    versions: tuple[str, ...]
    languages: tuple[str, ...]
    """For which Tesseract has data, as it names them."""


class Recognised(msgspec.Struct, frozen=True, array_like=True):
    """A PDF whose scanned pages have their words."""

    content: bytes
    doubtful: tuple[Word, ...] = ()
    """The words of which Tesseract is not sure."""


class Request(msgspec.Struct, frozen=True, array_like=True):
    """What the child process is asked."""

    content: bytes
    first: int | None
    last: int | None
    language: str
    """As Tesseract names it."""
    programs: Programs


def find_programs() -> Programs | None:
    """Return both programs with their versions; None if one is missing."""
    path = search_path(os.environ.get("PATH", os.defpath))
    ocrmypdf, tesseract = (shutil.which(name, path=path) for name in ("ocrmypdf", "tesseract"))
    return None if ocrmypdf is None or tesseract is None else _describe(ocrmypdf, tesseract)


@lru_cache(maxsize=4)
def _describe(ocrmypdf: str, tesseract: str) -> Programs | None:
    try:
        versions = [_output(ocrmypdf, "--version"), _output(tesseract, "--version").partition("\n")[0]]
        languages = _output(tesseract, "--list-langs").splitlines()[1:]
    except (OSError, subprocess.SubprocessError):
        return None
    return Programs(ocrmypdf, tesseract, tuple(versions), tuple(languages))


def _output(*command: str) -> str:
    """What a program prints of itself."""
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, env=_variables(), cwd="/", check=True, errors="replace"
    )
    return done.stdout.strip() or done.stderr.strip()


def _variables(folder: Path | None = None) -> dict[str, str]:
    """What the programs see of the environment."""
    known = {"PATH": search_path(os.environ.get("PATH", os.defpath)), "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    known |= {name: os.environ[name] for name in ("TESSDATA_PREFIX", "LD_LIBRARY_PATH") if name in os.environ}
    return known if folder is None else known | dict.fromkeys(("HOME", "TMPDIR"), str(folder))


def answer(request: bytes) -> bytes:
    """Return a PDF with the words of its scanned pages, and those that are doubtful; runs in the child.

    Raises `RuntimeError` with the reason if OCRmyPDF makes nothing.
    """
    asked = msgspec.msgpack.decode(request, type=Request)
    with scratch_folder() as folder:
        source, made, configuration = (folder / name for name in ("source.pdf", "made.pdf", "words"))
        source.write_bytes(asked.content)
        configuration.write_text(_CONFIGURATION, encoding="utf-8")
        pages = () if asked.first is None else ("--pages", f"{asked.first}-{asked.last}")
        own = ("--language", asked.language, "--tesseract-config", str(configuration), *pages)
        _run((asked.programs.ocrmypdf, *OPTIONS, *own, str(source), str(made)), folder)
        doubtful = tuple(word for word in _words(folder) if word.confidence < DOUBTFUL)
        return msgspec.msgpack.encode(Recognised(_with_steady_names(made.read_bytes()), doubtful))


def _run(command: Sequence[str], folder: Path) -> None:
    """Run OCRmyPDF; everything that it started ends with it."""
    started = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=_variables(folder),
        cwd=folder,
        process_group=0,
    )
    try:
        _, said = started.communicate(timeout=_LONGEST)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
    if started.returncode:
        raise RuntimeError(_reason(said.decode(errors="replace"), folder) or f"status {started.returncode}")


def _with_steady_names(content: bytes) -> bytes:
    """The file with numbers in the names of its layers of words, which OCRmyPDF makes by chance."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            things = page.obj.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
            layers = [name for name in things.keys() if name.startswith(_LAYER)]  # noqa: SIM118
            if layers:
                page.contents_coalesce()
                drawn = page.obj.Contents.read_bytes()
                for number, name in enumerate(sorted(layers, key=lambda name: drawn.find(name.encode()))):
                    things[f"/PublisherWords{number}"] = things[name]
                    drawn = drawn.replace(name.encode() + b" ", b"/PublisherWords%d " % number)
                    del things[name]
                page.obj.Contents = pdf.make_stream(drawn)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _reason(said: str, folder: Path) -> str:
    """The last line that OCRmyPDF printed, without where its files are."""
    lines = [line for line in said.splitlines() if line.strip() and str(folder) not in line]
    return lines[-1].strip()[:300] if lines else ""


def _words(folder: Path) -> Iterator[Word]:
    """Yield every word of the tables that Tesseract wrote, page by page."""
    for table in sorted(folder.glob("ocrmypdf.io.*/*_tess.tsv")):
        page = int(table.name.partition("_")[0])
        for line in table.read_text(encoding="utf-8", errors="replace").splitlines()[1:]:
            cells = line.split("\t")
            if len(cells) == _COLUMNS and cells[0] == _WORD and cells[-1].strip():
                yield Word(page, cells[-1].strip(), max(round(float(cells[-2])), 0))
