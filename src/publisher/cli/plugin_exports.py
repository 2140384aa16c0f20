"""The commands below `publisher export` that installed plugins add."""

from __future__ import annotations

from pathlib import Path

import click

from publisher.cli.diagnostics_output import (
    OutputOptions,
    Verbosity,
    output_options,
    print_diagnostics,
    progress_for,
)
from publisher.cli.edition_folder import folder_argument
from publisher.cli.lazy import Entry
from publisher.cli.output_dir import output_option
from publisher.cli.target import target_options
from publisher.model.target import Target
from publisher.plugins import Exporter, call, installed_names, installed_plugins
from publisher.workspace import Folder
from publisher.workspace.commit import commit_files


def plugin_entries() -> tuple[Entry, ...]:
    """The exporters of the installed plugins, for the list of commands."""
    if not installed_names():
        return ()
    return tuple(
        Entry(name=exporter.name, summary=f"{exporter.summary} (plugin {plugin.name})")
        for plugin in installed_plugins()
        for exporter in plugin.exporters
    )


def plugin_command(name: str) -> click.Command | None:
    """The command of an exporter; None if no plugin has one of that name."""
    for plugin in installed_plugins():
        for exporter in plugin.exporters:
            if exporter.name == name:
                return _command(plugin.name, exporter)
    return None


def _command(plugin: str, exporter: Exporter) -> click.Command:
    @click.command(name=exporter.name, help=f"{exporter.summary}\n\nAdded by the plugin {plugin}.")
    @folder_argument
    @output_option("The folder for the files.")
    @target_options
    @output_options
    def command(folder: Folder, output: Path, target: Target, display: OutputOptions) -> None:
        from publisher.build import pipeline
        from publisher.build.request import BuildRequest

        request = BuildRequest(folder=folder, target=target, strict=display.strict, progress=progress_for(display))
        checked = pipeline.check(request)
        publication = checked.publication
        assert publication is not None
        files = call(plugin, lambda: tuple(exporter.files(publication)))
        paths = commit_files(output, files)
        print_diagnostics(checked.warnings, display=display)
        if display.loudness is not Verbosity.QUIET:
            click.echo("\n".join(path.as_posix() for path in paths))

    return command
