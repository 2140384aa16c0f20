"""Sections that were set before: taken from the shelf where nothing has changed, and the same as when they are set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from publisher.model.rendition import Asset
from publisher.shelf import Shelf
from publisher.write import remembering
from publisher.write.bind.bound import BoundSection
from publisher.write.crew import Alone
from publisher.write.remembering import Remembering, key
from publisher.write.setting import Task


class Counted(Alone):
    """A crew that knows how many sections it was asked for."""

    def __init__(self) -> None:
        self.count = 0

    def set_all(self, tasks: Sequence[Task]) -> tuple[BoundSection, ...]:
        self.count += len(tasks)
        return super().set_all(tasks)


@pytest.fixture
def tasks(bound: Any) -> tuple[Task, ...]:
    """The sections of the document with everything in it."""
    rendition = bound.rendition
    return tuple(Task(section=section, dress=rendition.dress, hyphen="-") for section in rendition.sections)


def test_what_was_set_is_not_set_again_and_is_the_same(tasks: tuple[Task, ...], tmp_path: Path) -> None:
    first, second = Counted(), Counted()
    made = Remembering(first, Shelf(tmp_path)).set_all(tasks)
    assert Remembering(second, Shelf(tmp_path)).set_all(tasks) == made == Alone().set_all(tasks)
    assert (first.count, second.count) == (3, 0)


def test_only_what_changed_is_set_again(tasks: tuple[Task, ...], tmp_path: Path) -> None:
    Remembering(Alone(), Shelf(tmp_path)).set_all(tasks)
    changed = replace(tasks[1], section=replace(tasks[1].section, document="<html lang='en'><p>Other.</p></html>"))
    crew = Counted()
    Remembering(crew, Shelf(tmp_path)).set_all((tasks[0], changed, tasks[2]))
    assert crew.count == 1


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
    monkeypatch.setattr(remembering, "tools", lambda: b"another version of the engine")
    keys.add(key(task))
    assert len(keys) == 6


def test_a_section_that_the_layout_complained_of_is_not_kept(tasks: tuple[Task, ...], tmp_path: Path) -> None:
    sheet = Asset(href="styles/print.css", media_type="text/css", content=b"p { margin-lft: 2em }")
    faulty = replace(tasks[0], dress=replace(tasks[0].dress, stylesheets=(sheet,)))
    (made,) = Remembering(Alone(), Shelf(tmp_path)).set_all((faulty,))
    assert made.found
    assert not [*tmp_path.iterdir()]


def test_an_entry_of_another_kind_is_passed_over(tasks: tuple[Task, ...], tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put(key(tasks[0]), b"\x00")
    assert Remembering(Alone(), shelf).set_all(tasks[:1]) == Alone().set_all(tasks[:1])
