"""The semantic proof of finished files: read back from their bytes and compared with what the sources say."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from publisher import pipeline
from publisher.checked import Checked
from publisher.claims import claims_file
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.model.piece import Wanted
from publisher.model.profile import Profile, profile_of
from publisher.model.publication import Publication
from publisher.model.rendition import Artifact
from publisher.model.wish import Wish
from publisher.pieces import demand_whole
from publisher.pieces import proved as proved_excerpts
from publisher.render import shipped_files
from publisher.verification.rebuild import OpenExecutor
from publisher.verify import verify_any, verify_whole
from publisher.workspace import moment, read_file


def proved(
    checked: Checked, files: tuple[Artifact, ...], *, wanted: Wanted | None, wish: Wish, open_executor: OpenExecutor
) -> tuple[Publication, ...]:
    """For each file the volume or the excerpt that it is proved to carry.

    Raises `PublisherError` with exit code 5 and every difference, `UnknownPiece` if there is no excerpt of the name.
    """
    if wanted is not None:
        return proved_excerpts(checked, wanted, files, open_executor=open_executor, wish=wish)
    assert checked.publication is not None
    verify_whole(checked.whole(wish.audience), checked.publication, audience=wish.audience)
    demand_whole(checked.publication, files)
    archived = any(profile_of(one.name, name=checked.publication.output.name) is Profile.ARCHIVE for one in files)
    variants = pipeline.variants(checked, moment=moment(checked.date), wish=wish, archived=archived)
    return verify_any(variants, files, shipped=shipped_files)


def demand_measured(paths: Iterable[Path], checked: Checked, wish: Wish) -> None:
    """Compare the file of accessibility claims with what was measured.

    Raises `PublisherError` (V-020, exit code 5) if it says something else.
    """
    assert checked.publication is not None
    settings, name = checked.settings, f"{checked.publication.output.name}.accessibility.json"
    for path in (path for path in paths if path.name == name and path.is_file()):
        content = read_file(path)
        variants = pipeline.variants(checked, moment=moment(settings.date), wish=wish)
        if all(claims_file(one, settings=settings).content != content for one in variants):
            raise PublisherError(unmeasured(name), exit_code=ExitCode.UNPROVED)


def unmeasured(name: str) -> Diagnostic:
    """The error for a file of claims that says something else than was measured."""
    return Diagnostic(
        code="V-020",
        message=f"{name} does not say what was measured of this edition",
        hint="build the edition anew; nobody but publisher should write this file",
    )
