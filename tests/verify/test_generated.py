"""Corruptions made from seeds: each is named by the comparison, and by the proof that a build ends with."""

from __future__ import annotations

import importlib.util
import io
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pikepdf
import pytest

from publisher.model.target import BOOKS, Format
from publisher.verify.comparison import compare

Faults = Callable[[str, bytes], tuple[str, ...]]
EPUB, PDF = "on-promises.epub", "on-promises.pdf"
FEW, MANY = 50, 1_000
"""How many corruptions of each format are tried: of each kind one at least, in `make test` and in `make nightly`."""
KINDS_OF_CHANGE = frozenset(
    {"cover", "clip", "colour", "move", "order", "add", "replace", "link", "language", "claim", "container", "action"}
)


def _beside(name: str) -> ModuleType:
    """A module that stands beside this one."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parent / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


IN_EPUB, IN_PDF = _beside("generated_epub"), _beside("generated_pdf")
KINDS = {Format.EPUB: IN_EPUB.KINDS, Format.PDF: IN_PDF.KINDS}


def spoilt(good: dict[str, bytes], form: Format, number: int) -> tuple[str, bytes]:
    """What the corruption of a number is, and the file after it."""
    kind = KINDS[form][number % len(KINDS[form])]
    chance = Random(f"{kind.name} {number // len(KINDS[form])}")
    if form is Format.EPUB:
        return kind.name, kind.spoil(chance, IN_EPUB.files_of(good[EPUB]))
    return kind.name, IN_PDF.spoilt(good[PDF], kind, chance)


def unnamed(good: dict[str, bytes], faults: Faults, form: Format, numbers: range) -> tuple[list[str], list[str]]:
    """The corruptions that the comparison passes over, and those that the proof does and ought to name."""
    name = EPUB if form is Format.EPUB else PDF
    compared, proved = [], []
    for number in numbers:
        kind, content = spoilt(good, form, number)
        if not compare(good[name], content, form):
            compared.append(f"{number} {kind}")
        if KINDS[form][number % len(KINDS[form])].proved and not faults(name, content):
            proved.append(f"{number} {kind}")
    return compared, proved


@pytest.mark.parametrize("form", list(BOOKS))
def test_a_corruption_of_each_kind_is_named(good: dict[str, bytes], faults: Faults, form: Format) -> None:
    assert unnamed(good, faults, form, range(max(FEW, len(KINDS[form])))) == ([], [])


@pytest.mark.nightly
@pytest.mark.parametrize("part", range(10))
@pytest.mark.parametrize("form", list(BOOKS))
def test_a_thousand_corruptions_are_named(good: dict[str, bytes], faults: Faults, form: Format, part: int) -> None:
    """The comparison names all; the proof takes a running head printed twice, and words moved elsewhere on a page."""
    compared, proved = unnamed(good, faults, form, range(part * MANY // 10, (part + 1) * MANY // 10))
    assert compared == []
    assert len(proved) * 50 <= MANY // 10, proved


@pytest.mark.parametrize("form", list(BOOKS))
def test_there_are_corruptions_of_every_kind(form: Format) -> None:
    names = Counter(kind.name for kind in KINDS[form])
    assert {name.partition(":")[0] for name in names} == KINDS_OF_CHANGE
    assert max(names.values()) == 1


@pytest.mark.parametrize("form", list(BOOKS))
def test_a_seed_makes_the_same_corruption_again(good: dict[str, bytes], form: Format) -> None:
    for number in range(0, len(KINDS[form]), 7):
        assert spoilt(good, form, number) == spoilt(good, form, number)


SAVED: dict[str, dict[str, Any]] = {
    "as it is": {},
    "linearized": {"linearize": True},
    "without object streams": {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
    "with object streams": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
    "uncompressed": {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.generalized},
    "recompressed": {"recompress_flate": True},
    "normalized": {"normalize_content": True, "compress_streams": False},
    "as text": {"qdf": True},
}


@pytest.mark.parametrize("options", SAVED.values(), ids=SAVED)
def test_a_pdf_that_was_only_saved_again_is_proved(
    good: dict[str, bytes], faults: Faults, options: dict[str, Any]
) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(good[PDF])) as pdf:
        pdf.save(out, **options)
    assert faults(PDF, out.getvalue()) == ()


@pytest.mark.parametrize("level", [0, 1, 9])
@pytest.mark.parametrize("reverse", [False, True], ids=["in order", "in another order"])
@pytest.mark.parametrize("folders", [False, True], ids=["files alone", "with folders"])
def test_an_epub_that_was_only_packed_again_is_proved(
    good: dict[str, bytes], faults: Faults, level: int, reverse: bool, folders: bool
) -> None:
    files = IN_EPUB.files_of(good[EPUB])
    first = files.pop("mimetype")
    names = sorted(files, reverse=reverse)
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr(ZipInfo("mimetype", (2026, 11, 30, 12, 0, 0)), first, ZIP_STORED)
        for name in ("META-INF/", "EPUB/", "EPUB/text/") if folders else ():
            archive.writestr(ZipInfo(name, (2026, 11, 30, 12, 0, 0)), b"", ZIP_STORED)
        for name in names:
            how = ZIP_DEFLATED if level else ZIP_STORED
            archive.writestr(ZipInfo(name, (2026, 11, 30, 12, 0, 0)), files[name], how, level or None)
    assert faults(EPUB, out.getvalue()) == ()


def test_an_epub_that_was_packed_as_a_stream_is_proved(good: dict[str, bytes], faults: Faults) -> None:
    class Stream(io.RawIOBase):
        """Something that can be written and not gone back in."""

        def __init__(self) -> None:
            self.content = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: Any, /) -> int:
            self.content += data
            return len(data)

    stream = Stream()
    with ZipFile(stream, "w") as archive:
        for name, data in IN_EPUB.files_of(good[EPUB]).items():
            archive.writestr(ZipInfo(name), data, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    assert faults(EPUB, bytes(stream.content)) == ()
