"""Sections that were set before: taken from the shelf where nothing has changed, and the same as when they are set."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from publisher.cache.store import Store
from publisher.diagnostics import Diagnostic, ExitCode, PublisherError
from publisher.layout import section_key
from publisher.layout.section import fits, layout_sections
from publisher.layout.section_key import Task, key
from publisher.model.rendition import Asset
from publisher.pdf.assemble.section_pdf import SectionPdf, Spot
from publisher.workers.cached_executor import CachedExecutor
from publisher.workers.executor import Done, SerialExecutor
from publisher.workers.opening import open_executor
from publisher.workers.remote import Given, Made, Remote


class Counted(SerialExecutor):
    """A executor that knows how many sections it was asked for."""

    def __init__(self) -> None:
        self.count = 0

    def map(
        self, function: Remote[Given, Made], values: Sequence[Given], *, done: Done | None = None
    ) -> tuple[Made, ...]:
        self.count += len(values)
        return super().map(function, values, done=done)


@pytest.fixture
def tasks(bound: Any) -> tuple[Task, ...]:
    """The sections of the document with everything in it."""
    rendition = bound.rendition
    return tuple(Task(section=section, dress=rendition.dress, hyphen="-") for section in rendition.sections)


def test_what_was_set_is_not_set_again_and_is_the_same(tasks: tuple[Task, ...], tmp_path: Path) -> None:
    first, second = Counted(), Counted()
    made = layout_sections(CachedExecutor(first, Store(tmp_path)), tasks)
    assert (
        layout_sections(CachedExecutor(second, Store(tmp_path)), tasks)
        == made
        == layout_sections(SerialExecutor(), tasks)
    )
    assert (first.count, second.count) == (3, 0)


def test_only_what_changed_is_set_again(tasks: tuple[Task, ...], tmp_path: Path) -> None:
    layout_sections(CachedExecutor(SerialExecutor(), Store(tmp_path)), tasks)
    changed = replace(tasks[1], section=replace(tasks[1].section, document="<html lang='en'><p>Other.</p></html>"))
    executor = Counted()
    layout_sections(CachedExecutor(executor, Store(tmp_path)), (tasks[0], changed, tasks[2]))
    assert executor.count == 1


def test_everything_that_a_section_depends_on_changes_its_key(
    tasks: tuple[Task, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    task = tasks[1]
    sheet = Asset(href="styles/print.css", media_type="text/css", content=b"p { color: red }")
    keys = {
        key(task),
        key(replace(task, hyphen="\u2010")),
        key(replace(task, section=replace(task.section, document=task.section.document + " "))),
        key(replace(task, dress=replace(task.dress, stylesheets=(sheet,)))),
        key(replace(task, dress=replace(task.dress, assets=task.dress.assets[1:]))),
    }
    monkeypatch.setattr(section_key, "tools", lambda: b"another version of the engine")
    keys.add(key(task))
    assert len(keys) == 6


def test_a_section_that_the_layout_complained_of_is_not_kept(tasks: tuple[Task, ...], tmp_path: Path) -> None:
    sheet = Asset(href="styles/print.css", media_type="text/css", content=b"p { margin-lft: 2em }")
    faulty = replace(tasks[0], dress=replace(tasks[0].dress, stylesheets=(sheet,)))
    (made,) = layout_sections(CachedExecutor(SerialExecutor(), Store(tmp_path)), (faulty,))
    assert made.found
    assert not [*tmp_path.iterdir()]


def test_an_entry_of_another_kind_is_passed_over(tasks: tuple[Task, ...], tmp_path: Path) -> None:
    shelf = Store(tmp_path)
    shelf.put(key(tasks[0]), b"\x00")
    assert layout_sections(CachedExecutor(SerialExecutor(), shelf), tasks[:1]) == layout_sections(
        SerialExecutor(), tasks[:1]
    )


def _stored(tasks: tuple[Task, ...]) -> tuple[SectionPdf, bytes]:
    """A section and the bytes that it is stored as."""
    (made,) = layout_sections(SerialExecutor(), tasks[:1])
    return made, msgspec.msgpack.encode(made)


def test_a_section_of_another_task_or_with_places_on_pages_that_it_lacks_is_set_again(
    tasks: tuple[Task, ...], tmp_path: Path
) -> None:
    made, _ = _stored(tasks)
    shelf = Store(tmp_path)
    assert fits(tasks[0], made)
    for other in (
        replace(made, id="another"),
        replace(made, count=made.count + 1),
        replace(made, count=-1, starts=()),
        replace(made, content=b"no PDF"),
        replace(made, lost=((99, "words"),)),
        replace(made, spots=(("x", Spot(page=-1, top=None)),)),
        replace(made, found=(Diagnostic(code="D-001", message="forged"),)),
    ):
        shelf.put(key(tasks[0]), msgspec.msgpack.encode(other))
        assert layout_sections(CachedExecutor(SerialExecutor(), shelf), tasks[:1]) == (made,)


def test_whatever_bytes_are_signed_they_are_a_section_that_fits_or_none(
    tasks: tuple[Task, ...], tmp_path: Path
) -> None:
    made, whole = _stored(tasks)
    shelf, chance = Store(tmp_path), Random(12)

    class Prepared(SerialExecutor):
        def map(self, function: Any, values: Sequence[Any], *, done: Done | None = None) -> tuple[Any, ...]:
            return (made,) if values else ()

    for _ in range(400):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        other = chance.choice(
            [bytes(spoilt), whole[: chance.randrange(len(whole))], chance.randbytes(50), b"\x91" * 9999]
        )
        shelf.put(key(tasks[0]), other)
        (section,) = layout_sections(CachedExecutor(Prepared(), shelf), tasks[:1])
        assert fits(tasks[0], section)


@pytest.mark.parametrize(("code", "stored"), [(ExitCode.UNPROVED, 0), (ExitCode.CONTENT, 1)])
def test_sections_of_a_volume_that_is_not_proved_are_not_used_again(
    tasks: tuple[Task, ...], tmp_path: Path, code: ExitCode, stored: int
) -> None:
    shelf = Store(tmp_path)
    with open_executor(cache=shelf) as executor:
        layout_sections(executor, tasks[:1])
    error = PublisherError(Diagnostic(code="V-001", message="another word"), exit_code=code)
    with suppress(PublisherError), open_executor(cache=shelf) as executor:
        layout_sections(executor, tasks[:1])
        raise error
    assert len(list(tmp_path.glob("??/*"))) == stored
