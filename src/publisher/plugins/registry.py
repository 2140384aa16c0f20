"""The plugins that are installed, found by their entry points and loaded only when something asks for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, TypeVar

import pluggy

from publisher.diagnostics import Diagnostic, ExitCode, PublisherError, Span
from publisher.plugins.contributions import Check, Exporter, Importer, StyleSheet
from publisher.plugins.specification import PROJECT, Specification

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plugin:
    """An installed plugin with everything that it adds."""

    name: str
    version: str
    """The version of the package that brings it."""
    importers: tuple[Importer, ...] = ()
    checks: tuple[Check, ...] = ()
    exporters: tuple[Exporter, ...] = ()
    style_sheets: tuple[StyleSheet, ...] = ()
    citation_styles: tuple[tuple[str, str], ...] = ()


@cache
def _entry_points() -> tuple[EntryPoint, ...]:
    found = {entry_point.name: entry_point for entry_point in entry_points(group=PROJECT)}
    return tuple(found[name] for name in sorted(found))


def installed_names() -> tuple[str, ...]:
    """The names of the installed plugins, sorted; none of them is loaded."""
    return tuple(entry_point.name for entry_point in _entry_points())


def installed_plugins() -> tuple[Plugin, ...]:
    """Every installed plugin, loaded. Raises `PublisherError` (Z-002) if one cannot be."""
    return tuple(_load(name) for name in installed_names())


def demand_plugin(name: str, *, span: Span | None = None) -> Plugin:
    """The plugin of that name, loaded. Raises `PublisherError` (Z-002) if it cannot be."""
    return call(name, lambda: _load(name), span=span)


def call(name: str, work: Callable[[], Value], *, span: Span | None = None) -> Value:
    """What a function returns that calls a plugin's code. Raises `PublisherError` (Z-002) for what that raises."""
    try:
        return work()
    except PublisherError:
        raise
    except Exception as error:
        raise _plugin_error(name, error, span) from error


@cache
def _load(name: str) -> Plugin:
    """Load a plugin and ask it for everything that it adds; raises `PublisherError` (Z-002) for what it raises."""
    entry = next(entry_point for entry_point in _entry_points() if entry_point.name == name)
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Specification)
    try:
        manager.register(entry.load(), name)
        manager.check_pending()
        hooks: Any = manager.hook
        return Plugin(
            name=name,
            version=entry.dist.version if entry.dist else "",
            importers=_flat(hooks.importers(), Importer),
            checks=_flat(hooks.checks(), Check),
            exporters=_flat(hooks.exporters(), Exporter),
            style_sheets=_flat(hooks.style_sheets(), StyleSheet),
            citation_styles=tuple(
                (str(key), str(text))
                for citation_style in hooks.citation_styles()
                for key, text in citation_style.items()
            ),
        )
    except Exception as error:
        raise _plugin_error(name, error, None) from error


def _flat(answers: list[Any], kind: type[Value]) -> tuple[Value, ...]:
    """The values in the answers of a hook. Raises `TypeError` if one is of another type."""
    found = tuple(entry for answer in answers for entry in answer)
    for item in found:
        if not isinstance(item, kind):
            raise TypeError(f"it returns {item!r}, which is no {kind.__name__}")
    return found


def _plugin_error(name: str, error: Exception, span: Span | None) -> PublisherError:
    """The error Z-002 for an exception that a plugin raised."""
    lines = str(error).strip().splitlines()
    said = f": {lines[0][:200]}" if lines else ""
    diagnostic = Diagnostic(
        code="Z-002",
        message=f"the plugin “{name}” failed with {type(error).__name__}{said}",
        span=span,
        hint="report this to the makers of the plugin, or uninstall it",
    )
    return PublisherError(diagnostic, exit_code=ExitCode.MISSING)
