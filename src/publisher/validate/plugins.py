"""The checks of the plugins that an edition names."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Diagnostic, PublisherError
from publisher.model.edition import Edition
from publisher.plugins import Check, Plugin, call, demand_plugin


def plugin_findings(edition: Edition) -> Iterator[Diagnostic]:
    """Z-003 for each finding of a plugin's checks, Z-002 for a check that fails."""
    for name in edition.settings.plugins:
        plugin = demand_plugin(name)
        for check in plugin.checks:
            try:
                yield from call(name, lambda plugin=plugin, check=check: _find(plugin, check, edition))  # type: ignore[misc]
            except PublisherError as error:
                yield from error.diagnostics


def _find(plugin: Plugin, check: Check, edition: Edition) -> tuple[Diagnostic, ...]:
    return tuple(
        Diagnostic(
            code="Z-003",
            message=f"{finding.message} ({plugin.name}: {check.name})",
            span=finding.span,
            hint=finding.hint,
            severity=finding.severity,
        )
        for finding in check.findings(edition)
    )
