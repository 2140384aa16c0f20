"""Whatever `check` prints, every other command prints that begins with it, also if one of its later stages fails."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from publisher.cli.program import program
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError

HERE = Path(__file__).parent
EPOCH = "1795478400"
FAILURE = Diagnostic(code="V-001", message="a later stage has failed")
READER = "of-doubts/course"
LAYOUT = "publisher.layout.document.write_pdfs"
Found = frozenset[tuple[str, str, str, str]]


def _is_bound(directory: Path) -> bool:
    """Whether a directory is laid over the clean reader."""
    return directory.name.startswith("C-") or (directory / "pdfs").exists()


def _only_warns(directory: Path) -> bool:
    """Whether `check` alone finds what is doubtful in a directory, and no error."""
    expected = directory / "expected.txt"
    if not expected.exists() or (directory / "command").exists():
        return False
    text = expected.read_text(encoding="utf-8")
    return "warning[" in text and "error[" not in text


WARNING = tuple(sorted(path.name for path in HERE.iterdir() if _only_warns(path)))


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Every edition and reader that only warns, each in a folder of its own."""
    folder = tmp_path_factory.mktemp("warning") / "catalogue"
    for name in WARNING:
        place = folder / name / ("course" if _is_bound(HERE / name) else "book")
        shutil.copytree(HERE / ("clean-reader" if _is_bound(HERE / name) else "clean"), place)
        shutil.copytree(HERE / name, place, dirs_exist_ok=True)
        (place / "expected.txt").unlink()
    _bind(folder / READER)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder.parent)
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        yield Path("catalogue")


def _bind(reader: Path) -> None:
    """A reader whose edition has a doubt of its own, and a reading with a doubt about its rights."""
    shutil.copytree(HERE / "clean-reader", reader)
    with (reader / "edition" / "edition.yaml").open("a", encoding="utf-8") as settings:
        settings.write("waivers: [{code: T-006, reason: It was so.}]\n")
    course = (reader / "reader.yaml").read_text(encoding="utf-8")
    course = course.replace("status: permission, granted: 2026-10-02", "status: permission")
    (reader / "reader.yaml").write_text(f"copy: proof\n{course}", encoding="utf-8")


LINE = re.compile(r"(?m)^(.*?:\d+):\d+-\d+:\d+: (\w+)\[(.-\d+)\]: (.*)$")


def _expected(name: str) -> Found:
    """What `check` prints of a directory, as its golden file has it."""
    text = (HERE / name / "expected.txt").read_text(encoding="utf-8")
    return frozenset((code, severity, message, place) for place, severity, code, message in LINE.findall(text))


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, BaseException], None]:
    """Let a stage raise."""

    def fail(stage: str, error: BaseException) -> None:
        def raising(*_: object, **__: object) -> object:
            raise error

        monkeypatch.setattr(stage, raising)

    return fail


def _run(*words: str) -> str:
    """What a command prints on standard error."""
    done = CliRunner().invoke(program, [*words, "--diagnostics", "json"], prog_name="publisher")
    assert done.exit_code
    return done.stderr


def _found(diagnostics: list[dict[str, str]]) -> Found:
    return frozenset(
        (
            diagnostic["code"],
            diagnostic["severity"],
            diagnostic["message"],
            f"{diagnostic['file']}:{diagnostic['line']}",
        )
        for diagnostic in diagnostics
    )


def test_the_directories_have_every_kind_of_part() -> None:
    codes = {code for name in WARNING for code, *_ in _expected(name)}
    assert len(codes) >= 20
    assert {code[0] for code in codes} >= {*"BCDEFJMNRST"}


def test_a_batch_reports_what_check_prints_of_each_volume_that_is_not_laid_out(
    catalogue: Path, failing: Callable[[str, BaseException], None]
) -> None:
    failing(LAYOUT, PublisherError(FAILURE, exit_code=ExitCode.UNPROVED))
    _run("build-all", str(catalogue), "-o", "output", "--jobs", "1")
    report = json.loads(re.sub(r"catalogue/[^/]+/", "", Path("output/report.json").read_text(encoding="utf-8")))
    found = {item["volume"].partition("/")[0]: _found(item["diagnostics"]) for item in report["volumes"]}
    assert {name: sorted(_expected(name) - found[name]) for name in WARNING} == {name: [] for name in WARNING}
    assert all("V-001" in {code for code, *_ in item} for item in found.values())
    assert {code for code, *_ in found["of-doubts"]} == {"E-020", "C-010", "V-001"}


@pytest.mark.parametrize(
    "error", [PublisherError(FAILURE, exit_code=ExitCode.UNPROVED), ValueError("a bug")], ids=["error", "bug"]
)
@pytest.mark.parametrize("command", ["build", "cover"])
def test_a_failing_layout_loses_no_warning(
    catalogue: Path, failing: Callable[[str, BaseException], None], command: str, error: BaseException
) -> None:
    failing(LAYOUT, error)
    options = ("--pages", "100") if command == "cover" else ("--jobs", "1")
    told = _run(command, str(catalogue / READER), "-o", f"output-{command}", *options)
    found = json.loads(told[: told.rindex("]") + 1])
    assert {item["code"] for item in found} >= {"E-020", "C-010"}
    assert ("bug" in told) is isinstance(error, ValueError)
    assert not list(Path(f"output-{command}").glob("*"))
