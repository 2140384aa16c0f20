"""The record of the build that has made a file, if it is in the same folder. Another person may have written it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from publisher.build.data.proof_file import LONGEST, read_proof_file
from publisher.build.verification.candidates import is_moment
from publisher.diagnostics import PublisherError
from publisher.model.excerpt import wanted_by
from publisher.model.profile import Profile
from publisher.model.proof_file import ENDING, Making, ProofFile
from publisher.model.target import Audience, Copy, Format
from publisher.workspace import Folder, NotThere, OutsideFolder


def record_proof(path: Path) -> ProofFile | None:
    """The record next to a file, of which it is the most closely named; None if there is none, or it is damaged."""
    folder = Folder(path.parent)
    stems = (path.name[: -len(ending)] for ending in _endings(path.name))
    for stem in stems:
        with suppress(NotThere, OutsideFolder, PublisherError):
            found = folder.locate(f"{stem}{ENDING}")
            if found.stat().st_size <= LONGEST:
                record = read_proof_file(folder.read(f"{stem}{ENDING}"))
                if record is not None and is_possible(record.making):
                    return record
    return None


def _endings(name: str) -> tuple[str, ...]:
    """The ends of a name, each with one more full stop: `.pdf`, `.print.pdf`."""
    parts = name.split(".")
    return tuple("." + ".".join(parts[at:]) for at in range(len(parts) - 1, 0, -1))


def is_possible(making: Making) -> bool:
    """Whether a volume can be made in the way that a record says."""
    return (
        {*making.formats} <= {*Format}
        and bool(making.formats)
        and {*making.profiles} <= {*Profile}
        and making.audience in [*Audience]
        and making.copy in [None, *Copy]
        and is_moment(making.moment)
        and (making.piece is None or wanted_by(making.piece) is not None)
        and (bool(making.profiles) == (Format.PDF in making.formats))
    )
