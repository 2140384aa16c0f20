"""The plugins that `edition.yaml` and `reader.yaml` name: only installed ones, and what they add to the style."""

from __future__ import annotations

from publisher.diagnostics import Diagnostic, PublisherError, Source
from publisher.load.findings import Findings, nearest
from publisher.load.yaml.types import Placed
from publisher.plugins import Plugin, demand_plugin, installed_names


def named_plugins(names: tuple[Placed, ...], *, findings: Findings) -> tuple[Plugin, ...]:
    """The plugins of these names, in their order. Notes Z-001 for one that is not installed, Z-002 for a broken one."""
    found: dict[str, Plugin] = {}
    known = installed_names() if names else ()
    for placed in names:
        if placed.text not in known:
            _note_unknown(placed, known, findings)
            continue
        try:
            found[placed.text] = demand_plugin(placed.text, span=placed.span)
        except PublisherError as error:
            findings.diagnostics += error.diagnostics
    return tuple(found.values())


def plugin_sheets(plugins: tuple[Plugin, ...]) -> tuple[Source, ...]:
    """Their style sheets; messages name the plugin as the folder."""
    return tuple(
        Source(name=f"{plugin.name}/{sheet.name}", text=sheet.css)
        for plugin in plugins
        for sheet in plugin.style_sheets
    )


def _note_unknown(placed: Placed, known: tuple[str, ...], findings: Findings) -> None:
    near = nearest(placed.text, known)
    install = "install the package that brings it, in the environment of publisher"
    findings.diagnostics.append(
        Diagnostic(
            code="Z-001",
            message=f"no plugin “{placed.text}” is installed",
            span=placed.span,
            hint=f"did you mean “{near[0]}”?" if near else f"{install}; installed: {', '.join(known) or 'none'}",
        )
    )
