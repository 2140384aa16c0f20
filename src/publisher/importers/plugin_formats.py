"""Formats that installed plugins read: a plugin turns a file into TEI P5, in a child process with limits."""

from __future__ import annotations

import base64
import json
from pathlib import PurePosixPath

from publisher.diagnostics import PublisherError
from publisher.importers.failures import damage_error, too_much
from publisher.plugins import Importer, call, demand_plugin, installed_plugins
from publisher.workers.limited import ChildFailed, LimitExceeded, Limits, run_limited

LIMITS = Limits(seconds=60, memory=2 << 30, output=256 << 20)
"""What a plugin may take to read a file."""
_FUNCTION = "publisher.importers.plugin_formats:answer"


def plugin_importer(name: str) -> tuple[str, Importer] | None:
    """The plugin whose importer reads files with the end of this name, and the importer; None if none does."""
    suffix = PurePosixPath(name).suffix.lower()
    for plugin in installed_plugins():
        for importer in plugin.importers:
            if suffix and suffix in importer.suffixes:
                return plugin.name, importer
    return None


def as_tei(content: bytes, *, name: str, plugin: str) -> bytes:
    """What a plugin makes of a file. Raises `PublisherError`: W-002, W-004, Z-002."""
    request = {"plugin": plugin, "name": name, "content": base64.b64encode(content).decode()}
    try:
        return run_limited(_FUNCTION, json.dumps(request).encode(), limits=LIMITS)
    except LimitExceeded as error:
        raise too_much(name, f"the plugin “{plugin}” exceeds the limit on {error.limit}") from error
    except ChildFailed as error:
        raise damage_error(name, f"the plugin “{plugin}” cannot read it ({error.message[:200]})") from error


def answer(content: bytes) -> bytes:
    """The TEI document for a request; runs in the child."""
    request = json.loads(content)
    name, plugin = str(request["name"]), str(request["plugin"])
    demand_plugin(plugin)
    found = plugin_importer(name)
    assert found is not None
    try:
        return call(plugin, lambda: _convert(found[1], base64.b64decode(request["content"])))
    except PublisherError as error:
        if isinstance(error.__cause__, ValueError):
            raise damage_error(name, str(error.__cause__)) from error
        raise


def _convert(importer: Importer, content: bytes) -> bytes:
    """The TEI document. Raises `TypeError` if the plugin returns anything but bytes."""
    made = importer.tei(content)
    if not isinstance(made, bytes):
        raise TypeError("it returns no bytes")
    return made
