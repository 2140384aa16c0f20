"""The functions that a plugin can have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pluggy

from publisher.plugins.contributions import Check, Exporter, Importer, StyleSheet

PROJECT = "publisher"
"""The name under which pluggy knows these functions, and the group of the entry points."""
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)
"""Marks the functions of a plugin."""


class Specification:
    """Every function is optional, takes nothing and returns what the plugin adds."""

    @hookspec
    def importers(self) -> Sequence[Importer]:  # type: ignore[empty-body]
        """Return importers for the files of other programs."""

    @hookspec
    def checks(self) -> Sequence[Check]:  # type: ignore[empty-body]
        """Return checks, run for editions that name the plugin."""

    @hookspec
    def exporters(self) -> Sequence[Exporter]:  # type: ignore[empty-body]
        """Return exporters, each a command below `publisher export`."""

    @hookspec
    def style_sheets(self) -> Sequence[StyleSheet]:  # type: ignore[empty-body]
        """Return style sheets, used by editions that name the plugin."""

    @hookspec
    def citation_styles(self) -> Mapping[str, str]:  # type: ignore[empty-body]
        """Return CSL 1.0 styles by the names that `citation-style` can have."""
