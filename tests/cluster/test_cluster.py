"""Sections laid out on a cluster: the same bytes, workers that are lost or different, no cluster at all."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from distributed import Client

from publisher.build import pipeline
from publisher.build.request import BuildRequest
from publisher.cli.program import program
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.layout import section_key
from publisher.model.target import Format
from publisher.workers import cluster as clusters
from publisher.workers.executor import Executor, SerialExecutor
from publisher.workers.opening import ClusterOptions, open_executor
from publisher.workspace import Folder


@pytest.fixture(scope="module")
def edition(root: Path) -> Folder:
    return Folder(root / "src" / "publisher" / "scaffold" / "edition")


def joined_by(address: str) -> AbstractContextManager[Executor]:
    """The executor of a cluster, in which every warning is an error."""

    def refuse(warning: Diagnostic) -> None:
        raise AssertionError(warning)

    return open_executor(cluster=ClusterOptions(address=address, report=refuse))


def built(edition: Folder, executor: Any) -> bytes:
    """The PDF of an edition."""
    made = pipeline.build(BuildRequest(folder=edition, formats=(Format.PDF,), executor=executor))
    return made.volume.artifacts[0].content


def test_a_cluster_makes_the_bytes_that_one_process_makes_though_a_worker_is_killed(
    machines: Any, edition: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = machines()
    doomed, _ = there.worker(), there.worker()
    _wait_for_workers_of(there.address, 2)
    with joined_by(there.address) as executor:
        send = clusters.Cluster._send
        sent: list[object] = []

        def send_and_kill(self: Any, *given: Any) -> Any:
            sent.append(send(self, *given))
            if len(sent) == 4:
                doomed.kill()
            return sent[-1]

        monkeypatch.setattr(clusters.Cluster, "_send", send_and_kill)
        assert built(edition, executor) == built(edition, SerialExecutor())
        assert len(sent) > 4
    assert doomed.wait() != 0


def _wait_for_workers_of(address: str, count: int) -> None:
    with Client(address) as client:
        client.wait_for_workers(count, timeout=60)


def test_what_the_cluster_has_set_it_does_not_set_again(machines: Any, edition: Folder) -> None:
    there = machines()
    there.worker()
    _wait_for_workers_of(there.address, 1)
    with joined_by(there.address) as executor:
        first = built(edition, executor)
        assert built(edition, executor) == first


def test_a_worker_with_another_version_is_named(
    machines: Any, edition: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = machines()
    there.worker()
    _wait_for_workers_of(there.address, 1)
    monkeypatch.setattr(section_key, "tools", lambda: b"another version")
    with joined_by(there.address) as executor, pytest.raises(PublisherError, match=r"L-021.*127\.0\.0\.1") as caught:
        built(edition, executor)
    assert caught.value.exit_code is ExitCode.MISSING


def test_a_scheduler_without_workers_is_told(machines: Any) -> None:
    there = machines()
    with pytest.raises(PublisherError, match="has no workers"), joined_by(there.address):
        pass


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "no address at all"])
def test_a_scheduler_that_cannot_be_reached_is_told_with_how_to_start_one(
    address: str, edition: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clusters, "PATIENCE", 1)
    outcome = CliRunner().invoke(program, ["build", str(edition.root), "--cluster", address], prog_name="publisher")
    assert outcome.exit_code == ExitCode.MISSING
    assert "L-020" in outcome.stderr
    assert "dask scheduler" in outcome.stderr
    assert "dask worker" in outcome.stderr


def test_without_its_package_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PublisherError, match="L-023") as caught, joined_by("tcp://127.0.0.1:8786"):
        pass
    assert "publisher[cluster]" in (caught.value.diagnostics[0].hint or "")
