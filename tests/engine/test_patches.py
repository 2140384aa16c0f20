"""The registry of patches: complete, in order, and compared with the engine that is installed."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from weasyprint import layout as engine_layout
from weasyprint.css import StyleFor
from weasyprint.layout import inline, page

from publisher.layout.weasyprint import patches
from publisher.layout.weasyprint.features.folios import Folios
from publisher.layout.weasyprint.hooks import Hook, after, apply_hooks, around, before
from publisher.layout.weasyprint.layout import EngineState
from publisher.layout.weasyprint.patches import PATCHES, Kind, Patch, Target, targets
from publisher.layout.weasyprint.sources import (
    changed_engine,
    changed_targets,
    digest,
    installed_source,
    installed_version,
    source_of,
)
from publisher.layout.weasyprint.speed import speed_hooks

HERE = Path("src/publisher/layout/weasyprint")
NOTES = "<div class='note margin'/>"


def by_name(name: str) -> Patch:
    """The patch of that name."""
    return next(patch for patch in PATCHES if patch.name == name)


def hooks() -> tuple[Hook, ...]:
    """Every hook that a document with notes in the margin has."""
    state = EngineState(root=fromstring(f"<html>{NOTES}</html>"))
    return (*speed_hooks(), *state.hooks(()))


# --- the registry


def test_each_patch_is_the_module_of_its_kind(root: Path) -> None:
    for patch in PATCHES:
        place = root / HERE / patch.kind / patch.name.replace("-", "_")
        assert place.is_dir() or place.with_suffix(".py").is_file(), patch.name
        assert patch.reason
        assert patch.versions == patches.VERSIONS


def test_no_place_is_the_target_of_two_entries() -> None:
    places = [target.place for target in targets()]
    assert sorted(places) == sorted(set(places))


def test_the_hooks_replace_exactly_what_the_registry_says() -> None:
    assert {hook.target for hook in hooks()} == set(targets())


def test_every_target_is_named_in_the_registry() -> None:
    known = {value for value in vars(patches).values() if isinstance(value, Target)}
    assert known == set(targets())


def test_each_test_and_reproducer_that_is_named_exists(root: Path) -> None:
    for patch in PATCHES:
        file, _, function = patch.test.partition("::")
        assert (root / file).exists(), patch.test
        assert function in (root / file).read_text(encoding="utf-8") if function else True, patch.test
        assert bool(patch.reproducers) == (patch.kind is Kind.FIX), patch.name
        assert all((root / "docs" / "upstream" / name).is_file() for name in patch.reproducers), patch.name


def test_each_reproducer_belongs_to_a_fix(root: Path) -> None:
    named = {name for patch in PATCHES for name in patch.reproducers}
    assert named == {path.name for path in (root / "docs" / "upstream").glob("*.html")}


def test_nothing_else_replaces_a_part_of_the_engine(root: Path) -> None:
    """No module assigns to an attribute of a module or class that it imports from the engine or its libraries."""
    found = []
    for path in sorted((root / "src" / "publisher").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            (alias.asname or alias.name).partition(".")[0]
            for node in ast.walk(tree)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for alias in node.names
            if re.match(r"weasyprint|pydyf|tinycss2|cssselect2", getattr(node, "module", None) or alias.name)
        }
        for node in (node for node in ast.walk(tree) if isinstance(node, ast.Assign)):
            for goal in (item for whole in node.targets for item in ast.walk(whole)):
                if isinstance(goal, ast.Attribute) and isinstance(goal.ctx, ast.Store):
                    value = goal.value
                    while isinstance(value, ast.Attribute):
                        value = value.value
                    if isinstance(value, ast.Name) and value.id in names:
                        found.append(f"{path.relative_to(root)}:{node.lineno}")
    assert found == []


def test_the_engine_is_loaded_by_its_module_wherever_it_is_imported(root: Path) -> None:
    """`engine` spares the search for libraries, and keeps the current folder out of it."""
    for path in sorted((root / HERE).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        modules = [getattr(node, "module", None) or node.names[0].name for node in imported]
        first = next((at for at, name in enumerate(modules) if name.partition(".")[0] == "weasyprint"), None)
        if first is None or path.name == "engine.py":
            continue
        package = root / HERE / path.relative_to(root / HERE).parts[0] / "__init__.py"
        text = package.read_text(encoding="utf-8") if package.is_file() else ""
        own = any(name == "publisher.layout.weasyprint" for name in modules[:first])
        assert own or "import engine" in text, path


# --- digests


def test_the_installed_engine_is_the_one_that_the_patches_were_written_for() -> None:
    assert [*changed_engine()] == []


@pytest.mark.parametrize("target", targets(), ids=lambda target: target.place)
def test_the_source_of_a_target_is_what_python_takes_for_it(target: Target) -> None:
    module, _, path = target.defined.partition(":")
    text = installed_source(module)
    assert text is not None
    node: ast.AST = ast.parse(text)
    for name in path.split("."):
        node = next(child for child in ast.iter_child_nodes(node) if name in _names(child))
    assert source_of(target) == ast.get_source_segment(text, node)


def _names(node: ast.AST) -> tuple[str, ...]:
    if isinstance(node, ast.Assign):
        return tuple(goal.id for goal in node.targets if isinstance(goal, ast.Name))
    return (node.name,) if isinstance(node, ast.FunctionDef | ast.ClassDef) else ()


def edited(module: str, change: Callable[[str], str]) -> Callable[[str], str | None]:
    """The sources of the engine with one module changed."""

    def read(name: str) -> str | None:
        text = installed_source(name)
        return change(text) if name == module and text is not None else text

    return read


def test_a_changed_function_gives_one_warning_that_names_its_patches() -> None:
    read = edited(
        "weasyprint.text.line_break", lambda text: text.replace("def split_first_line(", "def split_first_line(\n", 1)
    )
    (found,) = changed_engine(read, version="70.9")
    assert (found.code, found.severity) == ("D-030", "warning")
    assert found.message == (
        "WeasyPrint 70.9 differs from 70.0, for which patches were written: long-words, hanging-spaces, "
        "own-hyphenation, hyphenation-limits (changed: weasyprint.text.line_break:split_first_line)"
    )
    assert found.hint is not None
    assert "pip install weasyprint==70.0" in found.hint


def test_a_function_that_is_gone_is_a_changed_one() -> None:
    read = edited("weasyprint.layout.block", lambda text: text.replace("_linebox_layout", "_lines_layout"))
    (found,) = changed_engine(read)
    assert "footnote-loss (changed: weasyprint.layout.block:_linebox_layout)" in found.message


def test_what_changes_beside_the_functions_is_no_change() -> None:
    read = edited("weasyprint.layout.inline", lambda text: text + "\n\ndef justify_lines():\n    pass\n")
    assert [*changed_engine(read)] == []


def test_no_engine_is_reported_as_changed_in_all_patches() -> None:
    (found,) = changed_engine(lambda module: None, version="none")
    assert all(patch.name in found.message for patch in PATCHES if patch.targets)


def test_a_comment_before_the_next_function_belongs_to_that() -> None:
    target = Target(place="m:f", digest="")
    text = "def f(\n    a,\n):\n    return a\n\n\n# of g\ndef g():\n    pass\n"
    assert source_of(target, lambda module: text) == "def f(\n    a,\n):\n    return a"
    assert digest(target, lambda module: text.replace("# of g", "# of h")) == digest(target, lambda module: text)


def test_the_version_is_the_one_that_is_installed() -> None:
    assert installed_version().startswith("70.")
    assert changed_targets(by_name("lines")) == ()


# --- hooks


def test_hooks_of_one_target_are_composed_in_their_order_and_taken_away_again() -> None:
    told: list[str] = []

    def call(name: str) -> Callable[..., float]:
        def function(proceed: Callable[..., float], *given: object) -> float:
            told.append(name)
            return proceed(*given)

        return function

    original = inline.strut
    inner, outer = around(patches.STRUT, call("inner")), around(patches.STRUT, call("outer"))
    early = before(patches.STRUT, lambda style: told.append("before"))
    late = after(patches.STRUT, lambda found, style: (found, style))
    with apply_hooks((inner, outer, early, late)):
        assert inline.strut is not original
        with pytest.raises(TypeError):
            inline.strut(None)
    assert inline.strut is original
    assert told == ["before", "outer", "inner"]


def test_no_target_is_replaced_twice() -> None:
    hook = around(patches.MAKE_PAGE, lambda proceed, *given: proceed(*given))
    original = page.make_page
    with apply_hooks((hook,)):
        replaced = page.make_page
        with (
            pytest.raises(RuntimeError, match=r"weasyprint\.layout\.page:make_page is replaced already"),
            apply_hooks((hook,)),
        ):
            pass
        assert page.make_page is replaced
    assert page.make_page is original


def test_methods_and_static_methods_stay_what_they_are() -> None:
    told: list[tuple[object, ...]] = []

    def note(proceed: object, *given: object) -> bool:
        told.append(given)
        return False

    before_match = StyleFor.__dict__["_page_type_match"]
    with apply_hooks((around(patches.SELECTOR_MATCH, note),)):
        style_for = object.__new__(StyleFor)
        assert style_for._page_type_match("selector", "page") is False
    assert told == [("selector", "page")]
    assert StyleFor.__dict__["_page_type_match"] is before_match


def test_what_is_replaced_comes_back_after_an_error() -> None:
    original = engine_layout.make_margin_boxes
    with pytest.raises(ZeroDivisionError), apply_hooks(Folios().hooks()):
        raise ZeroDivisionError
    assert engine_layout.make_margin_boxes is original
