"""The command line: parse, call, print, exit."""

from __future__ import annotations

import sys
from io import TextIOWrapper

from publisher.cli.program import program


def main() -> None:
    """Runs the command that was typed, and exits; what standard output has no character for, it prints as `\\u2026`."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    program()


__all__ = ["main", "program"]
