"""For whom and for what a volume is made: `--audience` and `--copy`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import click

from publisher.model.target import Audience, Copy, Target


def target_options(command: Callable[..., None]) -> Callable[..., None]:
    """The command with the options that say what is wished for; it gets them as one argument, `target`."""

    @click.option(
        "--audience",
        type=click.Choice([str(item) for item in Audience]),
        default=str(Audience.STUDENT),
        show_default=True,
        help="For whom: notes and blocks marked for others are left out, everywhere.",
    )
    @click.option(
        "--copy",
        "kind",
        type=click.Choice([str(copy) for copy in Copy]),
        help="To be given away, or a proof. Without it: of a course reader, what reader.yaml says.",
    )
    @wraps(command)
    def with_wish(*, audience: str, kind: str | None, **others: object) -> None:
        command(target=Target(audience=Audience(audience), copy=Copy(kind) if kind else None), **others)

    return with_wish
