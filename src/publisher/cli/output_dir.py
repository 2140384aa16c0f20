"""The option that says where finished files are put."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from publisher.workspace.output_path import demand_within

USUAL = Path("output")
"""The folder for finished files if no other one is named."""

Callback = TypeVar("Callback", bound=Callable[..., Any])


def output_option(about: str) -> Callable[[Callback], Callback]:
    """The command with its option `--output`, a folder; the usual one may not be a link out of the current folder."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        default=USUAL,
        show_default=True,
        callback=_place,
        help=about,
    )


def _place(context: click.Context, parameter: click.Parameter, path: Path) -> Path:
    """The folder; raises `PublisherError` (O-052) if nobody named it and it is elsewhere."""
    assert parameter.name is not None
    if context.get_parameter_source(parameter.name) is ParameterSource.DEFAULT:
        demand_within(path)
    return path
