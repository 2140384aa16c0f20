"""Whatever a PDF of another program holds, its pages are bound, or the fault is reported with its page.

Each seed is one PDF. It is read as for a reader, imposed, and looked through by preflight; all that can be bound are
bound into one reader, and put into inks as for the printer. No step may raise anything but a diagnostic.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner
from tests.foreign_pdf.generated import generated

from publisher.cli.program import program
from publisher.diagnostics import PublisherError
from publisher.pdf.assemble.foreign_claims import allows_claims
from publisher.pdf.foreign import reading
from publisher.pdf.foreign.reading import PagesRead, Wanted
from publisher.pdf.impose import SHEETS, Order, Scheme, impose
from publisher.pdf.press.inking import Inking
from publisher.pdf.press.resources import Inkwell
from publisher.preflight import preflight

FEW, MANY, STEP = 100, 3_000, 250
"""How many files are tried always, at night, and in one test at night."""
LEAST_BOUND = 0.2
"""The part of the files that can be bound, at least: else what binds them is not tested."""
CODES = re.compile(r"C-01[1-4]|D-01[0-8]")
HEAD = "title: Course\nlanguage: en\ndate: 2026-09-01\ncopy: proof\nunits:\n  - title: One\n    readings:\n"
READING = """      - pdf: {name}
        slug: {slug}
        title: Pages {slug}
        citation: A. Author, *Pages*, 1999.
        rights: {{status: public-domain, holder: The author, statement: Free.}}
"""


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Reads files in this process, so that an exception is seen where it is raised."""
    saved: dict[str, Any] = pikepdf.settings.get_qpdf_limits()
    monkeypatch.setattr(reading, "run_limited", _called)
    yield
    pikepdf.settings.set_qpdf_limits(**saved)


def _called(function: str, request: bytes, *, limits: object) -> bytes:
    return reading.answer(request)


def read(content: bytes) -> PagesRead:
    (found,) = reading.read_pages((Wanted(content, None, None),))
    return found


def imposes(content: bytes) -> bool:
    """Whether a file can be imposed; raises what is no diagnostic."""
    (sheet,) = (item for item in SHEETS if item.name == "A3")
    order = Order(scheme=Scheme.BOOKLET, sheet=sheet, signature=16, folds=1, creep=0.0, flip=None)
    try:
        impose(content, order, name="a.pdf")
    except PublisherError:
        return False
    return True


def looked_through(content: bytes) -> None:
    """Nothing; raises what is no diagnostic."""
    with pytest.raises(PublisherError):
        preflight(content, name="a.pdf")


def inks(content: bytes) -> None:
    """Nothing; raises if rebuilt pages can neither be put into inks nor be refused."""
    inking = Inking(grey=True, is_one_ink=True, title="Grey", _transform=None)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            allows_claims(page.as_form_xobject())
            Inkwell(pdf=pdf, inking=inking).ink_page(page, lambda what, hint: None)


def binds(contents: Sequence[bytes], folder: Path) -> None:
    """Nothing; fails if a reader with these files cannot be built."""
    folder.mkdir()
    names = [f"p{at}.pdf" for at in range(len(contents))]
    for name, content in zip(names, contents, strict=True):
        (folder / name).write_bytes(content)
    listed = "".join(READING.format(name=name, slug=name[:-4]) for name in names)
    (folder / "reader.yaml").write_text(HEAD + listed)
    words = ["build", str(folder), "-o", str(folder / "output"), "-f", "pdf", "-j", "1"]
    done = CliRunner().invoke(program, words, prog_name="publisher", catch_exceptions=False)
    assert done.exit_code == 0, done.output


def run(seeds: range, folder: Path) -> None:
    """Everything, for some seeds."""
    bound: list[bytes] = []
    for seed in seeds:
        content = generated(seed)
        found = read(content)
        if found.fault is None:
            bound.append(content)
            inks(found.content)
        else:
            assert CODES.fullmatch(found.fault.code), seed
        imposes(content)
        looked_through(content)
    assert len(bound) >= LEAST_BOUND * len(seeds)
    binds(bound, folder)


@pytest.mark.usefixtures("here")
def test_any_foreign_pdf_is_bound_or_reported(tmp_path: Path) -> None:
    run(range(FEW), tmp_path / "course")


@pytest.mark.nightly
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("first", range(1_000, 1_000 + MANY, STEP))
def test_many_foreign_pdfs_are_bound_or_reported(tmp_path: Path, first: int) -> None:
    run(range(first, first + STEP), tmp_path / "course")
