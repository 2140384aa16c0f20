"""The command line: parse, call, print, exit."""

import sys
from io import TextIOWrapper

from publisher.isolation import isolate


def main() -> None:
    """Run the command that was typed, and exit.

    The folder that it runs in may come from strangers, so nothing else is imported before the program is isolated from
    it. A character that standard output cannot encode is printed as `\\u2026`.
    """
    isolate()
    from publisher.cli.program import program

    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    program()


__all__ = ["main"]
