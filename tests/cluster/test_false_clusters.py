"""Clusters that die, hang or answer with anything: nothing of them runs here, and all sections are laid out."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import dask
import pytest
from click.testing import CliRunner
from distributed import Client

from publisher.cache.store import Store
from publisher.cli.program import program
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.layout.section import layout_sections
from publisher.layout.section_key import Task
from publisher.model.publication import MatterKind
from publisher.model.rendition import Asset, LayoutResources, PdfSection, Side
from publisher.pdf.assemble.section_pdf import SectionPdf
from publisher.render.builtin import house_fonts
from publisher.workers import cluster as clusters
from publisher.workers.executor import SerialExecutor
from publisher.workers.opening import ClusterOptions, open_executor

FACE = house_fonts()[0]
SHEET = f"@font-face {{ font-family: Own; src: url({FACE.href}) }} html {{ font-family: Own }}"
DRESS = LayoutResources(
    stylesheets=(Asset(href="own.css", media_type="text/css", content=SHEET.encode()),), assets=(FACE,)
)
"""A typeface, as every edition has: a section with fonts of the computer is not stored."""


def task(name: str) -> Task:
    """A section of one page."""
    body = f'<section id="{name}"><p id="{name}-1">{name}</p></section>'
    document = f'<html lang="en"><head><title>A</title></head><body>{body}</body></html>'
    section = PdfSection(id=name, matter=MatterKind.BODY, side=Side.RIGHT, document=document)
    return Task(section=section, dress=DRESS, hyphen="-")


TASKS = tuple(map(task, "abcdefgh"))


@pytest.fixture(scope="module")
def sections() -> tuple[SectionPdf, ...]:
    """What this machine makes of the tasks."""
    return layout_sections(SerialExecutor(), TASKS)


@pytest.fixture
def found() -> list[Diagnostic]:
    """The warnings about a cluster."""
    return []


def codes(found: list[Diagnostic]) -> list[str]:
    """The codes of warnings."""
    return [diagnostic.code for diagnostic in found]


def ready(there: Any, count: int = 1) -> None:
    """Nothing, as soon as a scheduler has so many workers."""
    with Client(there.address) as client:
        client.wait_for_workers(count, timeout=60)


def options(there: Any, found: list[Diagnostic], seconds: float = 120) -> ClusterOptions:
    """The cluster, with warnings put into a list."""
    return ClusterOptions(address=there.address, seconds=seconds, report=found.append)


def test_answers_that_are_no_sections_are_laid_out_here_and_run_nothing(
    machines: Any, sections: tuple[SectionPdf, ...], found: list[Diagnostic], tmp_path: Path
) -> None:
    there = machines()
    kinds = ("noise", "cut", "no PDF", "none", "words", "evil", "OSError", "evil error")
    false = there.false_worker(*kinds)
    ready(there)
    with open_executor(cluster=options(there, found), cache=Store(tmp_path / "store")) as executor:
        assert layout_sections(executor, TASKS) == sections
        assert codes(found) == ["L-022"]
        assert "7 more" in found[0].message
        assert layout_sections(executor, TASKS) == sections
    assert there.traces() <= {false.pid, there.scheduler.pid}


def test_a_scheduler_whose_answers_run_code_is_not_joined(
    machines: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "traces").mkdir()
    monkeypatch.setenv("TRACES", str(tmp_path / "traces"))
    there = machines("--preload", str(Path(__file__).parent / "false_worker.py"))
    cluster = ClusterOptions(address=there.address)
    with (
        pytest.raises(PublisherError, match=r"L-020.*pickle names builtins\.exec") as caught,
        open_executor(cluster=cluster),
    ):
        pass
    assert caught.value.exit_code is ExitCode.MISSING
    assert there.traces() <= {there.scheduler.pid}


UNPICKLE = """
import pickle, sys, cloudpickle, io
from distributed.protocol import deserialize, serialize
from distributed.protocol.pickle import loads
from publisher.workers.gateway import Refused, refuse_classes
class Evil:
    def __reduce__(self):
        return (print, ("evil",))
pickles = [pickle.dumps(Evil(), protocol) for protocol in range(6)] + [b"c__builtin__\\neval\\n(S'print(1)'\\ntR."]
header, frames = serialize(Evil(), serializers=["pickle"])
sys.addaudithook(refuse_classes)
refused = 0
ways = [pickle.loads, pickle._loads, loads, cloudpickle.loads, lambda one: pickle.Unpickler(io.BytesIO(one)).load()]
for one in pickles:
    for way in ways:
        try:
            way(one)
        except Refused:
            refused += 1
try:
    deserialize(header, frames)
except Refused:
    refused += 1
print(refused == len(pickles) * len(ways) + 1, pickle.loads(pickle.dumps([b"a", {"b": 1.5}, bytes])))
"""


def test_no_way_of_unpickling_runs_code_in_the_process_that_speaks_to_a_cluster() -> None:
    ran = subprocess.run([sys.executable, "-c", UNPICKLE], capture_output=True, text=True, check=True)
    assert ran.stdout == "True [b'a', {'b': 1.5}, <class 'bytes'>]\n"


def test_when_the_scheduler_is_killed_the_rest_is_laid_out_here(
    machines: Any, sections: tuple[SectionPdf, ...], found: list[Diagnostic]
) -> None:
    there = machines()
    there.false_worker("good", "hangs")
    ready(there)
    with open_executor(cluster=options(there, found)) as executor:
        killer = threading.Timer(2, there.scheduler.kill)
        killer.start()
        assert layout_sections(executor, TASKS) == sections
        killer.join()
        assert layout_sections(executor, TASKS) == sections
    assert "L-040" in codes(found)


def test_when_the_only_worker_is_lost_its_sections_are_laid_out_here(
    machines: Any, sections: tuple[SectionPdf, ...], found: list[Diagnostic], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "PATIENCE", 3)
    there = machines()
    there.false_worker("ends")
    ready(there)
    with open_executor(cluster=options(there, found)) as executor:
        assert layout_sections(executor, TASKS) == sections
    assert codes(found) == ["L-040"]
    assert "no workers any more" in found[0].message


def test_a_cluster_that_hangs_is_lost_after_the_time_that_was_given(
    machines: Any, sections: tuple[SectionPdf, ...], found: list[Diagnostic]
) -> None:
    there = machines()
    there.false_worker("hangs")
    ready(there)
    begin = time.monotonic()
    with open_executor(cluster=options(there, found, seconds=2)) as executor:
        assert layout_sections(executor, TASKS) == sections
        assert layout_sections(executor, TASKS) == sections
    assert codes(found) == ["L-040"]
    assert "nothing came from it for 2 seconds" in found[0].message
    assert time.monotonic() - begin >= 2


def test_a_section_that_ends_its_workers_is_laid_out_here(
    machines: Any, sections: tuple[SectionPdf, ...], found: list[Diagnostic], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    there = machines()
    there.false_worker("ends")
    there.worker()
    ready(there, 2)
    with open_executor(cluster=options(there, found)) as executor:
        assert layout_sections(executor, TASKS) == sections
    assert codes(found) == ["L-022"]
    assert "KilledWorker" in found[0].message


def test_strictly_a_lost_cluster_is_an_error(machines: Any, root: Path, tmp_path: Path) -> None:
    there = machines()
    there.false_worker("hangs")
    ready(there)
    edition = str(root / "src" / "publisher" / "scaffold" / "edition")
    command = ["build", edition, "-f", "pdf", "-o", str(tmp_path / "out"), "--no-cache", "-j", "1"]
    command += ["--cluster", there.address, "--cluster-timeout", "1", "--strict"]
    result = CliRunner().invoke(program, command, prog_name="publisher")
    assert (result.exit_code, "L-040" in result.stderr, (tmp_path / "out").exists()) == (3, True, False)


def test_what_a_cluster_has_set_is_not_taken_for_what_this_machine_has_and_goes_if_the_build_fails(
    machines: Any, sections: tuple[SectionPdf, ...], found: list[Diagnostic], tmp_path: Path
) -> None:
    there = machines()
    there.worker()
    ready(there)
    store = Store(tmp_path / "store")
    with (
        pytest.raises(PublisherError, match=r"L-042.*cannot be joined") as caught,
        open_executor(cluster=options(there, found), cache=store) as executor,
    ):
        _fail(layout_sections(executor, TASKS[:2]) == sections[:2] and len(list(store.root.glob("??/*"))) == 2)
    assert caught.value.exit_code is ExitCode.MISSING
    assert list(store.root.glob("??/*")) == []
    with open_executor(cluster=options(there, found), cache=store) as executor:
        layout_sections(executor, TASKS[:2])
    with open_executor(cache=store) as executor:
        layout_sections(executor, TASKS[:1])
    assert len(list(store.root.glob("??/*"))) == 3


def _fail(expected: bool) -> None:
    """Raise what joining raises for a section that only looks like one; something else if all was not as expected."""
    raise ZeroDivisionError("a section that cannot be joined" if expected else "other sections")


@pytest.fixture
def certificates(tmp_path: Path) -> dict[str, str]:
    """The configuration of Dask with an authority of its own, and a certificate from it."""
    place = tmp_path / "tls"
    place.mkdir()
    commands = (
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key -out ca.pem",
        "req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout key.pem -out request.pem",
        "x509 -req -in request.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -out certificate.pem",
    )
    for command in commands:
        subprocess.run(["openssl", *command.split()], cwd=place, check=True, capture_output=True)
    names = {f"{side}__{name}" for side in ("SCHEDULER", "WORKER", "CLIENT") for name in ("CERT", "KEY")}
    files = {"CERT": "certificate.pem", "KEY": "key.pem"}
    return {
        "DASK_DISTRIBUTED__COMM__TLS__CA_FILE": str(place / "ca.pem"),
        **{f"DASK_DISTRIBUTED__COMM__TLS__{name}": str(place / files[name[-4:].strip("_")]) for name in names},
    }


def test_with_certificates_a_cluster_is_reached_by_tls_and_without_them_it_is_not(
    machines: Any,
    sections: tuple[SectionPdf, ...],
    found: list[Diagnostic],
    certificates: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as patch:
        for name, value in certificates.items():
            patch.setenv(name, value)
        there = machines("--protocol", "tls")
        there.worker("--protocol", "tls")
        assert there.address.startswith("tls://")
        with dask.config.set(_configured(certificates)):
            ready(there)
        with open_executor(cluster=options(there, found)) as executor:
            assert layout_sections(executor, TASKS) == sections
    assert found == []
    monkeypatch.setattr(clusters, "PATIENCE", 2)
    for address in (there.address, there.address.replace("tls:", "tcp:")):
        with (
            pytest.raises(PublisherError, match="L-020") as caught,
            open_executor(cluster=ClusterOptions(address=address)),
        ):
            pass
        assert caught.value.exit_code is ExitCode.MISSING


def _configured(variables: dict[str, str]) -> dict[str, Any]:
    """Variables of Dask's configuration as this process reads it."""
    parts = (
        (name.removeprefix("DASK_").lower().replace("__", ".").replace("_", "-"), variables[name]) for name in variables
    )
    return dict(parts)


@pytest.mark.parametrize("words", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", bytes(64), b"\xff" * 64])
def test_what_is_no_scheduler_is_not_joined(words: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "PATIENCE", 1)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    connections.append(connection)
                    connection.sendall(words)

        connections: list[socket.socket] = []
        threading.Thread(target=answer, daemon=True).start()
        cluster = ClusterOptions(address=f"tcp://127.0.0.1:{server.getsockname()[1]}")
        with pytest.raises(PublisherError, match="L-020") as caught, open_executor(cluster=cluster):
            pass
        server.shutdown(socket.SHUT_RDWR)
    for item in connections:
        item.close()
    assert caught.value.exit_code is ExitCode.MISSING


def test_a_volume_of_a_cluster_that_is_not_proved_is_the_fault_of_the_cluster(
    machines: Any, found: list[Diagnostic], tmp_path: Path
) -> None:
    there = machines()
    there.worker()
    ready(there)
    store = Store(tmp_path / "store")
    unproved = PublisherError(Diagnostic(code="V-001", message="another word"), exit_code=ExitCode.UNPROVED)
    with (
        pytest.raises(PublisherError, match=r"L-042.*V-001") as caught,
        open_executor(cluster=options(there, found), cache=store) as executor,
    ):
        _raise(unproved, after=layout_sections(executor, TASKS[:1]))
    assert caught.value.exit_code is ExitCode.MISSING
    assert list(store.root.glob("??/*")) == []


def _raise(error: Exception, *, after: object) -> None:
    assert after
    raise error
