"""Volumes that were built before, of which nothing has changed: a file that is one of theirs needs no build.

It imports next to nothing, so that the usual answer takes a fraction of a second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from publisher.build.data.proof_file import read_proof_file
from publisher.cache.builds import BuildCache, BuildKey, CachedBuild
from publisher.model.profile import Profile
from publisher.model.proof_file import ENDING, Making
from publisher.model.target import BOOKS, Audience, Copy, Format, Target
from publisher.workspace import Folder


def recall(folder: Folder, memory: BuildCache | None, target: Target, *, any_audience: bool) -> tuple[Recalled, ...]:
    """The volumes of a folder that were built before and of which nothing has changed since."""
    if memory is None:
        return ()
    found = (memory.lookup(asked) for asked in _asked_builds(folder, target, any_audience=any_audience))
    return tuple(Recalled(volume=cached_build) for cached_build in found if cached_build is not None)


def recalled_names(folder: Folder, memory: BuildCache | None, target: Target) -> tuple[str, ...] | None:
    """The names of the files that a build without options has made; None if nothing is known of one."""
    asked = BuildKey(folder=folder, audience=target.audience, copy=target.copy)
    found = None if memory is None else memory.lookup(asked)
    return None if found is None else tuple(name for name, _ in found.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """A volume that was built before."""

    volume: CachedBuild

    def digests(self) -> dict[str, str]:
        """The SHA-256 of each file by its name."""
        return dict(self.volume.files)

    def content(self, name: str) -> bytes | None:
        """The bytes of a file; None if they are no longer stored."""
        digest = self.digests().get(name)
        return None if digest is None else self.volume.content(digest)

    def making(self) -> Making | None:
        """How the volume was made, which its record says."""
        name = next((name for name in self.digests() if name.endswith(ENDING)), None)
        content = None if name is None else self.content(name)
        record = None if content is None else read_proof_file(content)
        return None if record is None else record.making


def _asked_builds(folder: Folder, target: Target, *, any_audience: bool) -> Iterator[BuildKey]:
    """Every way in which a volume can have been asked for on the command line; to look for one takes microseconds."""
    formats = ((), (Format.PDF,), (Format.EPUB,), (Format.WEB,), BOOKS, tuple(reversed(BOOKS)), tuple(Format))
    profiles = (
        (),
        *((profile,) for profile in Profile),
        *((profile, other) for profile in Profile for other in Profile if profile is not other),
    )
    profiles = (*profiles, tuple(Profile))
    audiences = tuple(Audience) if any_audience else (target.audience,)
    copies = (None, *Copy) if target.copy is None else (target.copy,)
    for audience, copy, some, wanted, strict in product(audiences, copies, formats, profiles, (False, True)):
        yield BuildKey(
            folder=folder,
            formats=tuple(some),
            profiles=tuple(wanted),
            audience=audience,
            copy=copy,
            strict=strict,
        )
