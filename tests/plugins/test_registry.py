"""Plugins as the registry loads them: by entry points, each once, their faults as diagnostics."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from types import ModuleType

import pytest

from publisher.diagnostics import ExitCode, PublisherError
from publisher.plugins import Check, demand_plugin, hookimpl, installed_names, installed_plugins, registry

Install = Callable[..., None]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Pretends that a package with these functions is installed."""

    def pretend(name: str, **functions: object) -> None:
        module = ModuleType(name.replace("-", "_"))
        vars(module).update(functions)
        monkeypatch.setitem(sys.modules, module.__name__, module)
        entry = EntryPoint(name=name, value=module.__name__, group="publisher")
        monkeypatch.setattr(registry, "entry_points", lambda group: (entry,) if group == "publisher" else ())

    registry._entry_points.cache_clear()
    registry._load.cache_clear()
    yield pretend
    registry._entry_points.cache_clear()
    registry._load.cache_clear()


def _failing() -> list[Check]:
    raise KeyError("no house")


def test_names_are_known_without_loading(install: Install) -> None:
    install("broken", checks=hookimpl(_failing))
    assert installed_names() == ("broken",)


def test_plugin_may_have_one_function_only(install: Install) -> None:
    check = Check(name="nothing", findings=lambda edition: ())
    install("small", checks=hookimpl(lambda: [check]))
    (plugin,) = installed_plugins()
    assert (plugin.checks, plugin.importers, plugin.citation_styles) == ((check,), (), ())


@pytest.mark.parametrize(
    ("function", "said"),
    [(_failing, "failed with KeyError: 'no house'"), (lambda: ["text"], "it returns 'text', which is no Check")],
)
def test_fault_of_a_plugin_is_a_diagnostic(install: Install, function: Callable[[], object], said: str) -> None:
    install("broken", checks=hookimpl(function))
    with pytest.raises(PublisherError) as raised:
        demand_plugin("broken")
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.code == "Z-002"
    assert said in diagnostic.message
    assert raised.value.exit_code is ExitCode.MISSING


def test_module_that_cannot_be_imported_is_a_diagnostic(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    install("gone")
    monkeypatch.delitem(sys.modules, "gone")
    with pytest.raises(PublisherError, match="Z-002"):
        demand_plugin("gone")
