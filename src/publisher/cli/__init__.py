"""The command line: parse, call, print, exit."""

from __future__ import annotations

from publisher.cli.program import program


def main() -> None:
    """Runs the program that the words on the command line ask for, and exits."""
    program()


__all__ = ["main", "program"]
