"""Files that are no volumes, made again: the printer's cover, and sheets of a finished PDF."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from publisher import workspace
from publisher.build.cover import CoverOrder, printed_cover
from publisher.build.cover import in_order as cover_ordered
from publisher.build.request import BuildRequest
from publisher.build.verification.candidates import is_moment
from publisher.diagnostics import PublisherError, amount
from publisher.model.marking import Marking
from publisher.model.profile import Profile
from publisher.pdf.impose import impose
from publisher.pdf.impose import in_order as sheets_ordered
from publisher.verify.comparison.statements import Statements
from publisher.workspace import Folder, NotThere, OutsideFolder


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A file made again."""

    content: bytes
    line: str
    """How it was made, in a few words."""


def cover_again(folder: Folder, told: Statements, *, name: str, output: Path) -> Again | None:
    """The cover as a file says that it was made; None if its pages are not known. Raises as `printed_cover`."""
    profile = Profile.PRINT if name.lower().endswith(f".{Profile.PRINT}.pdf") else Profile.SCREEN
    marked = None if told.marking is None else cover_ordered(told.marking.order, profile=profile)
    moment = told.moment if is_moment(told.moment) else None
    order = marked or CoverOrder(profile=profile)
    try:
        request = BuildRequest(
            folder=folder, output=output, moment=workspace.moment if moment is None else lambda _: str(moment)
        )
        made = printed_cover(request, order)
    except NotThere:
        return None
    return Again(content=made.artifact.content, line=f"cover for {amount(made.pages, 'page')}, {made.paper.name}")


def sheets_again(path: Path, marking: Marking) -> Again | None:
    """The sheets of the PDF in the same folder that a file says it was made from; None if it is not there."""
    order = sheets_ordered(marking.order)
    if order is None or marking.source is None:
        return None
    for name, content in _beside(path):
        if workspace.digest(content) == marking.source:
            made = impose(content, order, name=name)
            return Again(content=made.content, line=f"{order.scheme} of {name} on {order.sheet.name}")
    return None


def findings_line(path: Path, marking: Marking) -> str:
    """What is said of a copy with the findings of a proof, which is no edition."""
    source = next((name for name, content in _beside(path) if workspace.digest(content) == marking.source), None)
    return f"a copy of {source or 'another PDF'} with the findings of `publisher proof` drawn on it: not verified"


def _beside(path: Path) -> Iterator[tuple[str, bytes]]:
    """The other PDFs in the folder of a file."""
    folder = Folder(path.parent)
    for name in folder.matching("*.pdf"):
        if name != path.name:
            with suppress(NotThere, OutsideFolder, PublisherError):
                yield name, folder.read(name)
