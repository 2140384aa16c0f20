"""What every test may use, and the rules that hold for all of them."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import pickle
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.workspace import Folder

ROOT = Path(__file__).parent.parent
PROGRAMS = (ROOT / ".tools" / "bin", Path(sys.executable).parent)
"""What `tools/setup` puts into `.tools`, and the programs of the environment that the tests run in."""

NOT_INHERITED = (
    "COLUMNS",
    "FORCE_COLOR",
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "NO_COLOR",
    "PYTHONHASHSEED",
    "SOURCE_DATE_EPOCH",
    "TZ",
)
"""Variables that would change what is built or printed; a test that wants one sets it itself."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--update-golden`."""
    parser.addoption("--update-golden", action="store_true", help="write what was built as the new golden files")


def pytest_configure() -> None:
    """Let every test find the programs that were set up, before those of the machine, and buffer as users do."""
    os.environ.pop("PYTHONUNBUFFERED", None)
    os.environ["PATH"] = os.pathsep.join((*map(str, PROGRAMS), os.environ.get("PATH", os.defpath)))
    _take_one_processor(os.environ.get("PYTEST_XDIST_WORKER"))


def _take_one_processor(worker: str | None) -> None:
    """Give each of the processes of a parallel run a processor of its own.

    So a build in a test lays its sections out in one process, as on a computer with one processor, unless it is asked
    for more: each further process would import the layout engine, which takes longer than most sections do.
    """
    if worker is not None and hasattr(os, "sched_setaffinity"):
        processors = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {processors[int(worker.removeprefix("gw")) % len(processors)]})


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The report of a test, failed where it was skipped: a test whose tool is missing has to say so by failing."""
    report = yield
    if report.skipped or hasattr(report, "wasxfail"):
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The report of a file, failed where it was skipped whole."""
    report = yield
    if report.skipped:
        _fail(report)
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip into a failure that gives its reason."""
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else getattr(report, "wasxfail", report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"skipped, which counts as failed here: {str(reason).removeprefix('Skipped: ')}"
    vars(report).pop("wasxfail", None)


@pytest.fixture(scope="session", autouse=True)
def cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A cache and a state folder that nobody else uses: nothing of another run is taken for what this one does."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))
    os.environ["XDG_STATE_HOME"] = str(tmp_path_factory.mktemp("state"))


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """Gives what `pipeline.build` makes of a folder, built once a run, whichever of its processes asks first.

    Folders with the same files are the same edition.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own

    def build(folder: Path, **how: Any) -> Any:
        stored = shared / f"built-{_key(folder, how)}.pickle"
        with stored.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not stored.exists():
                stored.write_bytes(pickle.dumps(pipeline.build(BuildRequest(folder=Folder(folder), **how))))
        return pickle.loads(stored.read_bytes())

    return build


def _key(folder: Path, how: dict[str, Any]) -> str:
    """A name for the files of a folder and for how they are built."""
    digest = hashlib.sha256(repr((folder.name, sorted(how.items()), os.environ.get("SOURCE_DATE_EPOCH"))).encode())
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder)} {len(content)} ".encode() + content)
    return digest.hexdigest()


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project."""
    return ROOT


@pytest.fixture(scope="session")
def update_golden(pytestconfig: pytest.Config) -> bool:
    """Whether golden files are to be written anew."""
    return bool(pytestconfig.getoption("--update-golden"))


@pytest.fixture
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """An environment without the variables that change what is built or printed; set in it what the test is about."""
    for name in NOT_INHERITED:
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.fixture(autouse=True)
def no_stray_log_lines(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fails a test in which a library logged a warning or worse; one that expects it calls `caplog.clear()`."""
    yield
    records = (*caplog.get_records("setup"), *caplog.get_records("call"))
    stray = [f"{record.name}: {record.getMessage()}" for record in records if record.levelno >= logging.WARNING]
    assert not stray, "log lines that nobody turned into diagnostics: " + "; ".join(stray)


@pytest.fixture(scope="session")
def everything() -> Path:
    """The folder of an edition that holds one of everything that an edition can hold."""
    return ROOT / "tests" / "editions" / "everything"
