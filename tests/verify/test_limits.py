"""A finished file that takes too much time or memory to be read is refused; it stops no command."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from click.testing import CliRunner, Result

from publisher.cli.program import program
from publisher.diagnostics import ExitCode

EDITION = str(Path(__file__).parent / "edition")
TEXT = "EPUB/text/text.xhtml"


def run(*words: str) -> Result:
    return CliRunner().invoke(program, words, prog_name="publisher")


def with_attributes(epub: bytes, count: int) -> bytes:
    """An EPUB with an element whose attributes take quadratic time to be read."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(epub)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == TEXT:
                attributes = b" ".join(b'a%d=""' % number for number in range(count))
                content = content.replace(b"</body>", b"<p %s/></body>" % attributes)
            new.writestr(ZipInfo(name), content, ZIP_STORED if name == "mimetype" else ZIP_DEFLATED)
    return out.getvalue()


@pytest.fixture
def slow(good: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The path of an EPUB that takes longer than may be."""
    monkeypatch.setattr("publisher.build.verification.semantic.SECONDS", 1)
    path = tmp_path / "on-promises.epub"
    path.write_bytes(with_attributes(good["on-promises.epub"], 200_000))
    return str(path)


def test_the_semantic_proof_reads_within_limits(slow: str) -> None:
    result = run("verify", "--semantic", EDITION, slow)
    assert (result.exit_code, "error[V-050 verification-limit]" in result.stderr) == (ExitCode.UNPROVED, True), (
        result.output
    )


def test_an_epub_in_which_words_are_looked_for_is_read_within_limits(slow: str) -> None:
    result = run("cite", "harbour was quiet", EDITION, "--epub", slow)
    assert (result.exit_code, "error[V-050 verification-limit]" in result.stderr) == (ExitCode.UNPROVED, True), (
        result.output
    )


def test_a_good_file_passes(good: dict[str, bytes], tmp_path: Path) -> None:
    path = tmp_path / "on-promises.epub"
    path.write_bytes(good["on-promises.epub"])
    assert run("verify", "--semantic", EDITION, str(path)).exit_code == ExitCode.DONE
