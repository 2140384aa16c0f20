"""The PDF of a volume: its sections set side by side, put in order, joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.layout.hyphen import own_hyphen
from publisher.layout.note_numbers import note_numbers, without_numbers
from publisher.layout.section import layout_sections
from publisher.layout.section_key import Task
from publisher.model.excerpt import Piece
from publisher.model.rendition import Artifact, MisplacedWords, PageFormat, PdfArtifact, PdfOutput, PdfRendition, Side
from publisher.pdf.assemble.cited_lines import lines_in_words
from publisher.pdf.assemble.join import Bound, join
from publisher.pdf.assemble.order import Order, folios, order, part
from publisher.pdf.assemble.section_pdf import SectionPdf
from publisher.workers.executor import Executor

ROUNDS = 8
"""How often a volume is laid out at most until its page numbers are those that it prints."""
_SHOWN = 6
"""So many sections are named that do not settle."""


class Render(Protocol):
    """Anyone who renders the documents of a volume."""

    def __call__(self, folios: Mapping[str, str], pages: int | None, before: PdfRendition | None, /) -> PdfRendition:
        """The rendition of a volume with so many pages and these labels, by ids of the elements that begin on them.

        None where no one knows yet. What is the same in one before may be retained.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class LaidOut:
    """A volume whose sections have been set."""

    rendition: PdfRendition
    tasks: tuple[Task, ...]
    """What was asked for each section."""
    sections: tuple[SectionPdf, ...]
    order: Order
    empty: tuple[SectionPdf, ...] = ()
    """What its empty pages carry, one for each side; nothing where there is none."""

    @property
    def sound(self) -> bool:
        """Whether every section could be laid out."""
        return not any(section.found for section in self.sections)

    def printed(self) -> Mapping[str, str]:
        """The labels of the pages that the rendition refers to, and the lines that its notes cite."""
        labels = folios(self.order, self.sections)
        cited = dict(lines_in_words(self.order, self.sections, self.rendition.sections))
        return {target: labels.get(target, "") for target in self.rendition.references} | cited


def write_pdf(render: Render, *, executor: Executor, name: str, moment: str) -> PdfArtifact:
    """The finished PDF under its file name, and the word at which each of its pages begins; raises as `write_pdfs`."""
    return write_pdfs(render, executor=executor, finishes=(PdfOutput(name=name),), moment=moment)[0]


def write_pdfs(
    render: Render, *, executor: Executor, finishes: Sequence[PdfOutput], moment: str
) -> tuple[PdfArtifact, ...]:
    """The finished PDFs, all of the same pages, and the word at which each of these begins.

    What depends on the pages, such as printed page numbers, is rendered and laid out again until it is right. Raises
    `PublisherError` with everything that is wrong with the sections, and if page
    numbers do not settle.
    """
    laid = settle(render, executor=executor)
    laid = replace(laid, empty=_empty(laid.rendition, executor))
    return tuple(_finish(laid, finish, moment) for finish in finishes)


def _empty(rendition: PdfRendition, executor: Executor) -> tuple[SectionPdf, ...]:
    hyphen = own_hyphen(section.document for section in rendition.sections)
    return _set(
        tuple(Task(section=pdf_section, dress=rendition.dress, hyphen=hyphen) for pdf_section in rendition.empty),
        executor,
        {},
    )


def _finish(laid: LaidOut, finish: PdfOutput, moment: str) -> PdfArtifact:
    """One file: the whole volume where anything is wrong with it, so that everything is reported."""
    chosen = _part(laid, finish.piece) if finish.piece and laid.sound else laid
    numbers = tuple(note_numbers(section.document) for section in chosen.rendition.sections)
    bound = Bound(sections=chosen.sections, empty=laid.empty, order=chosen.order, numbers=numbers)
    content, starts = join(bound, chosen.rendition, finish=finish, moment=moment)
    artifact = Artifact(name=finish.name, content=content)
    return PdfArtifact(
        artifact=artifact,
        page_starts=starts,
        printed=tuple(laid.printed().items()),
        misplaced=tuple(_find_misplaced(chosen)),
        sizes=tuple(_sizes(chosen)),
        divided=tuple(dict.fromkeys(word for section in chosen.sections for word in section.divided)),
        left=_count_left(chosen.sections),
        sections=tuple(
            (section.id, first, section.count)
            for section, first in zip(chosen.sections, chosen.order.firsts, strict=True)
        ),
    )


def _count_left(sections: Sequence[SectionPdf]) -> tuple[tuple[str, int], ...]:
    """How many paragraphs were not broken as wholes, by the reason: the most frequent ones first."""
    counts: Counter[str] = Counter()
    for section in sections:
        counts.update(dict(section.left))
    return tuple(counts.most_common())


def _find_misplaced(laid: LaidOut) -> Iterator[MisplacedWords]:
    """The words on the pages of a volume that no one can read."""
    for section, first in zip(laid.sections, laid.order.firsts, strict=True):
        for misplaced in section.misplaced:
            yield MisplacedWords(
                page=laid.order.labels[first + misplaced.page], words=misplaced.words, over=misplaced.over
            )


def _part(laid: LaidOut, piece: Piece) -> LaidOut:
    """The sections of a piece, where they are in the volume."""
    sections = laid.rendition.sections
    taken = tuple(at for at, section in enumerate(sections) if section.id in piece.section_ids)
    rendition = replace(
        laid.rendition,
        metadata=piece.metadata,
        sections=tuple(sections[at] for at in taken),
        contents=piece.contents,
    )
    counts = [section.count for section in laid.sections]
    sides = any(section.side is not Side.ONLY for section in sections)
    return LaidOut(
        rendition=rendition,
        tasks=tuple(laid.tasks[at] for at in taken),
        sections=tuple(laid.sections[at] for at in taken),
        order=part(laid.order, taken, counts, sides=sides),
    )


def _sizes(laid: LaidOut) -> Iterator[PageFormat]:
    """How large the pages of a volume are."""
    for section, first in zip(laid.sections, laid.order.firsts, strict=True):
        for size in section.sizes:
            yield PageFormat(page=laid.order.labels[first + size.page], width=size.width, height=size.height)


def settle(render: Render, *, executor: Executor) -> LaidOut:
    """Return every section laid out on its side, with the page numbers that are printed in it.

    Both follow from what was laid out before: until neither changes, what depends on it is laid out again. If a section
    cannot be laid out, the volume is returned as it is. Raises `PublisherError` (D-005) with the names of the sections
    that change in each round, after `ROUNDS` rounds.
    """
    known: dict[Task, SectionPdf] = {}
    rendition = render({}, None, None)
    sides = tuple(_assumed_side(section.side) for section in rendition.sections)
    for _ in range(ROUNDS):
        laid = _laid_out(rendition, sides, executor, known)
        if not laid.sound:
            return laid
        following = render(laid.printed(), laid.order.count, rendition)
        placed = tuple(
            _side(section.side, first) for section, first in zip(following.sections, laid.order.firsts, strict=True)
        )
        if (following, placed) == (rendition, sides):
            return laid
        rendition, sides = following, placed
    raise _unsettled_error(_changing(laid, _tasks(rendition, sides)))


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPages:
    """The pages of one section, as a PDF of their own."""

    content: bytes
    first: int
    """Index in the volume of its first page."""
    count: int


def section_pages(
    rendition: PdfRendition, section_id: str, *, counts: Mapping[str, int], executor: Executor, moment: str
) -> SectionPages | None:
    """Return the pages of one section, laid out for its place after sections of which `counts` has the pages.

    None if it cannot be laid out, prints what depends on other pages, or a section is not in `counts`.
    """
    sections = rendition.sections
    at = next((index for index, section in enumerate(sections) if section.id == section_id), None)
    if at is None or {section.id for section in sections} != {*counts}:
        return None
    lengths = [counts[section.id] for section in sections]
    sides = tuple(_assumed_side(section.side) for section in sections)
    first = order(sections, lengths).firsts[at]
    task = _tasks(rendition, (*sides[:at], _side(sections[at].side, first), *sides[at + 1 :]))[at]
    made = _set((task,), executor, {})[0]
    if made.found or made.strange or made.missing or made.lost:
        return None
    lengths[at] = made.count
    piece = Piece(name="", section_ids=(section_id,), metadata=rendition.metadata, contents=(), line="")
    placed = part(order(sections, lengths), (at,), lengths, sides=False)
    alone = replace(rendition, sections=(sections[at],), contents=())
    numbers = (note_numbers(sections[at].document),)
    bound = Bound(sections=(made,), empty=(), order=placed, numbers=numbers)
    content, _ = join(bound, alone, finish=PdfOutput(name="section.pdf", piece=piece), moment=moment)
    return SectionPages(content=content, first=first, count=made.count)


def lay_out_volume(rendition: PdfRendition, *, executor: Executor) -> LaidOut:
    """Return every section of a rendition that prints no page numbers, laid out; raises as `settle`."""
    return settle(lambda *_: rendition, executor=executor)


def _laid_out(
    rendition: PdfRendition, sides: Sequence[Side], executor: Executor, known: dict[Task, SectionPdf]
) -> LaidOut:
    """The sections laid out once for these sides; those that are known are not laid out again."""
    tasks = _tasks(rendition, sides)
    sections = _set(tasks, executor, known)
    found = order(rendition.sections, [section.count for section in sections])
    return LaidOut(rendition=rendition, tasks=tasks, sections=sections, order=found)


def _tasks(rendition: PdfRendition, sides: Sequence[Side]) -> tuple[Task, ...]:
    hyphen = own_hyphen(section.document for section in rendition.sections)
    return tuple(
        Task(section=replace(section, side=side), dress=rendition.dress, hyphen=hyphen)
        for section, side in zip(rendition.sections, sides, strict=True)
    )


def _changing(laid: LaidOut, tasks: Sequence[Task]) -> tuple[str, ...]:
    """The names of the sections that would be laid out otherwise now; all of them if what they share has changed."""
    changed = (new.section.id for old, new in zip(laid.tasks, tasks, strict=True) if old.section != new.section)
    return tuple(changed) or tuple(task.section.id for task in tasks)


def _set(tasks: Sequence[Task], executor: Executor, known: dict[Task, SectionPdf]) -> tuple[SectionPdf, ...]:
    """The sections of the tasks; those that are known are not set again.

    They are laid out without the numbers of their notes, or with them if these cannot be set later.
    """
    bare = {task: without_numbers(task) for task in dict.fromkeys(tasks)}
    missing = tuple(task for task in dict.fromkeys(bare.values()) if task not in known)
    known.update(zip(missing, layout_sections(executor, missing), strict=True))
    whole = tuple(task for task, item in bare.items() if not _is_settable(known[item]) and task not in known)
    known.update(zip(whole, layout_sections(executor, whole), strict=True))
    return tuple(known[bare[task] if _is_settable(known[bare[task]]) else task] for task in tasks)


def _is_settable(section: SectionPdf) -> bool:
    """Whether a section that was laid out without the numbers of its notes can get them, and reports nothing else."""
    return section.settable and not (section.lost or section.misplaced)


def _assumed_side(side: Side) -> Side:
    """The side that a section is laid out for while no one knows where it begins."""
    return Side.LEFT if side is Side.LEFT else Side.RIGHT


def _side(side: Side, first: int) -> Side:
    """The side on which a section begins whose first page has this index."""
    if side is not Side.NEXT:
        return _assumed_side(side)
    return Side.LEFT if first % 2 else Side.RIGHT


def _unsettled_error(names: Sequence[str]) -> PublisherError:
    """D-005: the pages are others each time that they are laid out."""
    shown = ", ".join(f"“{name}”" for name in names[:_SHOWN]) + (", …" if names[_SHOWN:] else "")
    return PublisherError(
        Diagnostic(
            code="D-005",
            message=f"the page numbers do not settle: after {ROUNDS} layouts these sections still change: {shown}",
            hint="let sections begin on right-hand pages, or take page numbers out of the text; "
            "with notes that cite lines, a word more or less in one, or line-numbers: {by: section}",
        )
    )
