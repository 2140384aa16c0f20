"""What an installed package can add: importers, checks, exporters, style sheets, citation styles.

A package announces its plugin by an entry point of the group `publisher`
(https://packaging.python.org/en/latest/specifications/entry-points/), and implements any of the functions of
`Specification`, each marked with `hookimpl` (https://pluggy.readthedocs.io). An edition can only name plugins that are
installed; nothing from its folder is imported.
"""

from publisher.plugins.contributions import Check, Exporter, Finding, Importer, StyleSheet
from publisher.plugins.registry import Plugin, call, demand_plugin, installed_names, installed_plugins
from publisher.plugins.specification import Specification, hookimpl

__all__ = [
    "Check",
    "Exporter",
    "Finding",
    "Importer",
    "Plugin",
    "Specification",
    "StyleSheet",
    "call",
    "demand_plugin",
    "hookimpl",
    "installed_names",
    "installed_plugins",
]
