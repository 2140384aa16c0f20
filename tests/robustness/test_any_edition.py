"""Whatever an edition's files hold, the end is success or diagnostics that have a place."""

from __future__ import annotations

import random
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from publisher import compose
from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.diagnostics.report import caret, json, short
from publisher.render import render_epub, render_pdf
from publisher.workspace import Folder

LayDown = Callable[[Path, dict[str, bytes]], Path]
MOMENT = "2026-01-02T00:00:00Z"
SECONDS = 10
BYTES = 1_000_000_000

PIECES = (
    *"*_`[]()<>!#&\\|-+:@^{}~.1a \"',;%$/?=\u00a0é\u202e\u200b\ufeff\ufffe\x00\x07\U0001f600\u05d0\u0301",
    "\n", "\n\n", "\r\n", "\r", "\t", "    ", "> ", "- ", "1. ", "| ", "[^1]", "[^1]: ", "[@book]",
    "[@x, p. 1]", "](note:one)",
    "](agreement:charter#8)", "](javascript:a)", "{.small-caps}", "{lang=fr}", "{#8}", "```\n",
    "|---|\n", ": ", "![a](b.png)",
    "![a](../b.png)", "**", "&amp;", "&#0;", "&#x202e;", "<b>", "<!--", "]]>", "# ", "## one\n", "— ",
    "\\\n", "---\n", "first words",
    "title: ", "file: ", "null", "true", "[]", "{}", "&a ", "*a", "!!x ", "1999", "{{ 7*7 }}",
    "{% for %}", '"id": ', '{"id": "b"}',
    '"\\ud800"', "1e999", "-1", "99999999999999999999", "text.md", "../x", "/etc/passwd", "\ud7ff",
    "\U0010ffff",
)  # fmt: skip


class TooSlow(BaseException):
    """A case took more time than it may; no `except Exception` stops it."""


def _too_slow(number: int, frame: FrameType | None) -> None:
    raise TooSlow


@contextmanager
def within_bounds() -> Iterator[None]:
    """Stops what runs for more than 10 seconds of a processor, or takes 1 GB more than there is."""
    here = int(Path("/proc/self/statm").read_text().split()[5]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    before = signal.signal(signal.SIGPROF, _too_slow)
    resource.setrlimit(resource.RLIMIT_DATA, (here + BYTES, hard))
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
        signal.signal(signal.SIGPROF, before)


def found_in(folder: Path, *, whole: bool) -> tuple[Diagnostic, ...]:
    """What is found in an edition; where nothing is wrong, its documents were made, or the whole of it was built."""
    try:
        if whole:
            return pipeline.build(BuildRequest(folder=Folder(folder))).diagnostics
        checked = pipeline.check(BuildRequest(folder=Folder(folder)))
        publication = compose.compose(checked.annotated, moment=MOMENT)
        render_pdf(publication)
        render_epub(publication, cover=b"", page_break_source=None)
        return checked.warnings
    except PublisherError as error:
        if error.exit_code != ExitCode.CONTENT or not error.diagnostics:
            raise
        return error.diagnostics


def assert_told_at_a_place(found: tuple[Diagnostic, ...]) -> None:
    """Every diagnostic has a place in its source, and can be printed in every form."""
    for diagnostic in found:
        assert diagnostic.span is not None, diagnostic
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(diagnostic.span.source.text), diagnostic
    for form in (caret, short, json):
        form.render(found)


def tried(folder: Path, files: dict[str, bytes], lay_down: LayDown, *, whole: bool = False) -> None:
    """Nothing; an edition with these files was tried, within the bounds."""
    with within_bounds():
        assert_told_at_a_place(found_in(lay_down(folder, files), whole=whole))


def spoilt(content: bytes, *, chance: random.Random) -> bytes:
    """A file with one to four changes: something put in, taken out, doubled, moved, a byte turned."""
    text = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + int(chance.expovariate(0.05)))
        piece = chance.choice(PIECES).encode("utf-8", "surrogatepass")
        match chance.randrange(6):
            case 0 | 1:
                text[start:start] = piece
            case 2:
                text[start:end] = piece
            case 3:
                del text[start:end]
            case 4:
                text[start:start] = text[start:end] * chance.randint(1, 3)
            case _:
                text[start : start + 1] = bytes([chance.randrange(256)])
    return bytes(text)


def read(folder: Path) -> dict[str, bytes]:
    """The files of an edition."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def spoil(
    folder: Path, files: dict[str, bytes], *, chance: random.Random, lay_down: LayDown, whole: bool = False
) -> None:
    """Nothing; an edition with one spoilt file was tried; it holds nothing of the small one."""
    name = chance.choice([file for file in files if not file.endswith(".png")])
    changed = {**files, name: spoilt(files[name], chance=chance)}
    tried(folder, changed, lay_down, whole=whole)


PHASES = (Phase.generate, Phase.shrink)
NAMES = ("edition.yaml", "text.md", "notes.md", "agreements/charter.md", "references.json")
SPAN, FEW = 50, 5
SLIPS = [*range(0, 250, SPAN), *(pytest.param(at, marks=pytest.mark.nightly) for at in range(250, 5_000, SPAN))]


def typed(pieces: list[str]) -> bytes:
    """What was typed."""
    return "".join(pieces).encode("utf-8", "surrogatepass")


TYPED = st.lists(st.sampled_from(PIECES), max_size=30).map(typed)


def check_typed(folder: Path, small: dict[str, bytes], lay_down: LayDown, *, count: int) -> None:
    """Nothing; so many editions were tried into which somebody typed something."""

    @settings(
        max_examples=count, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), phases=PHASES
    )
    @given(st.sampled_from(NAMES), TYPED, st.floats(0, 1), st.booleans())
    def holds(name: str, words: bytes, where: float, alone: bool) -> None:
        at = int(where * len(small[name]))
        content = words if alone else small[name][:at] + words + small[name][at:]
        tried(folder, {**small, name: content}, lay_down)

    holds()


@pytest.mark.parametrize("count", [240, pytest.param(5_000, marks=pytest.mark.nightly)])
def test_whatever_is_typed_into_a_small_edition(
    count: int, tmp_path: Path, small: dict[str, bytes], lay_down: LayDown
) -> None:
    check_typed(tmp_path, small, lay_down, count=count)


@pytest.mark.parametrize("first", SLIPS)
def test_whatever_a_slip_does_to_a_small_edition(
    first: int, tmp_path: Path, small: dict[str, bytes], lay_down: LayDown
) -> None:
    for seed in range(first, first + SPAN):
        spoil(tmp_path, small, chance=random.Random(seed), lay_down=lay_down)


@pytest.mark.parametrize("first", [0, *(pytest.param(at, marks=pytest.mark.nightly) for at in range(FEW, 500, FEW))])
@pytest.mark.parametrize("edition", ["book", "tests/editions/everything"])
def test_whatever_a_slip_does_to_a_real_edition(
    first: int, edition: str, tmp_path: Path, root: Path, lay_down: LayDown
) -> None:
    files = read(root / edition)
    for seed in range(first, first + FEW):
        spoil(tmp_path, files, chance=random.Random(seed), lay_down=lay_down)


@pytest.mark.parametrize("first", [0, *(pytest.param(at, marks=pytest.mark.nightly) for at in range(FEW, 200, FEW))])
def test_whatever_a_slip_does_to_a_whole_build(
    first: int, tmp_path: Path, small: dict[str, bytes], lay_down: LayDown
) -> None:
    for seed in range(first, first + FEW):
        spoil(tmp_path, small, chance=random.Random(-1 - seed), lay_down=lay_down, whole=True)


STEPS = {
    test_whatever_is_typed_into_a_small_edition: 1,
    test_whatever_a_slip_does_to_a_small_edition: SPAN,
    test_whatever_a_slip_does_to_a_real_edition: 2 * FEW,
    test_whatever_a_slip_does_to_a_whole_build: FEW,
}
"""How many editions a row of each test tries; the first has its count in the row."""


def cases(*, nightly: bool) -> int:
    """How many editions are tried by the rows that always run, or by those of the night."""
    found = 0
    for test, many in STEPS.items():
        (mark,) = (var for var in vars(test)["pytestmark"] if var.args[0] in ("count", "first"))
        rows = [item for item in mark.args[1] if isinstance(item, int) is not nightly]
        numbers = [row.values[0] if nightly else row for row in rows]
        found += sum(numbers) if mark.args[0] == "count" else many * len(numbers)
    return found


def test_five_hundred_editions_are_tried_always_and_ten_thousand_at_night() -> None:
    assert cases(nightly=False) >= 500
    assert cases(nightly=True) >= 10_000
