"""The semantic proof of finished files: read back from their bytes and compared with what the sources say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec

from publisher.build import pipeline
from publisher.build.accessibility import claims_file
from publisher.build.checked import Checked
from publisher.build.excerpt import demand_whole
from publisher.build.excerpt import prove as proved_excerpts
from publisher.build.verification.rebuild import OpenExecutor
from publisher.build.web import sites
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.excerpt import Wanted
from publisher.model.profile import Profile, profile_of
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.model.target import Format, Target, format_of
from publisher.render import shipped_files
from publisher.verify import tally, verify_any, verify_whole
from publisher.verify.comparison import Difference, Kind, diagnostic
from publisher.workers.forked import call_limited
from publisher.workers.limited import ChildFailed, LimitExceeded, Limits
from publisher.workspace import moment, read_file

SECONDS = 6
"""Seconds of CPU for a proof; for each `WORDS` bytes of sources there is one more."""
WORDS = 10_000
MEMORY = 900 * 1024 * 1024
OUTPUT = 16 * 1024 * 1024
BEYOND_LIMITS = frozenset({"V-050", "V-051"})
"""The errors for a file that takes too much to be read, or cannot be read, whatever it is compared with."""


def prove_file(
    checked: Checked, files: tuple[Artifact, ...], *, wanted: Wanted | None, target: Target, open_executor: OpenExecutor
) -> tuple[str, ...]:
    """How much each file was proved to carry, in a few words. Files of a volume are read within limits.

    Raises `PublisherError` with exit code 5 and every difference, and if a file exceeds a limit (V-050) or cannot be
    read (V-051); `UnknownPiece` if there is no excerpt of the name.
    """
    if wanted is not None:
        found = proved_excerpts(checked, wanted, files, open_executor=open_executor, target=target)
        return _tallies(found, files)
    assert checked.publication is not None
    verify_whole(checked.whole(target.audience), checked.publication, audience=target.audience)
    demand_whole(checked.publication, files)
    archived = any(
        profile_of(artifact.name, name=checked.publication.output.name) is Profile.ARCHIVE for artifact in files
    )
    variants = pipeline.variants(checked, moment=moment(checked.date), target=target, archived=archived)
    words = sum(map(len, checked.sources().values()))
    composed: list[Publication] = []

    site = sites(checked.publication, settings=checked.settings)

    def prove() -> bytes:
        return msgspec.msgpack.encode(_tallies(verify_any(composed, files, shipped=shipped_files, site=site), files))

    failed: PublisherError | None = None
    for publication in variants:  # composed here: the processor of citations needs more addresses than a limit leaves
        composed.append(publication)
        try:
            return msgspec.msgpack.decode(within_limits(prove, files, words=words), type=tuple[str, ...])
        except PublisherError as error:
            failed = error
            if any(item.code in BEYOND_LIMITS for item in error.diagnostics):
                break
    assert failed is not None
    raise failed


def within_limits(prove: Callable[[], bytes], files: tuple[Artifact, ...], *, words: int) -> bytes:
    """Return the answer of a proof of files; it may take longer for an edition whose sources have more words.

    Raises `PublisherError` with exit code 5 as the proof does, and if it exceeds a limit (V-050) or fails (V-051).
    """
    size = sum(len(artifact.content) for artifact in files)
    limits = Limits(seconds=SECONDS + words // WORDS, memory=MEMORY + 20 * size, output=OUTPUT)
    name = files[0].name if len(files) == 1 else "one of the files"
    try:
        return call_limited(prove, limits=limits)
    except LimitExceeded as error:
        fault = Difference(kind=Kind.LIMIT, place="", message=f"reading it takes too much {error.limit}")
    except ChildFailed as error:
        fault = Difference(kind=Kind.UNREADABLE, place="", message=f"reading it fails: {error.message}")
    raise PublisherError(diagnostic(fault, artifact=name), exit_code=ExitCode.UNPROVED)


def _tallies(publications: tuple[Publication, ...], files: tuple[Artifact, ...]) -> tuple[str, ...]:
    forms = (format_of(artifact.name) or Format.PDF for artifact in files)
    return tuple(str(tally(publication, form)) for publication, form in zip(publications, forms, strict=True))


def demand_measured(paths: Iterable[Path], checked: Checked, target: Target) -> None:
    """Compare the file of accessibility claims with what was measured.

    Raises `PublisherError` (V-020, exit code 5) if it says something else.
    """
    assert checked.publication is not None
    settings, name = checked.settings, f"{checked.publication.output.name}.accessibility.json"
    for path in (path for path in paths if path.name == name and path.is_file()):
        content = read_file(path)
        variants = pipeline.variants(checked, moment=moment(settings.date), target=target)
        if all(claims_file(publication, settings=settings).content != content for publication in variants):
            raise PublisherError(claims_error(name), exit_code=ExitCode.UNPROVED)


def claims_error(name: str) -> Diagnostic:
    """The error for a file of claims that says something else than was measured."""
    return Diagnostic(
        code="V-020",
        message=f"{name} does not say what was measured of this edition",
        hint="build the edition again; only publisher should write this file",
    )
