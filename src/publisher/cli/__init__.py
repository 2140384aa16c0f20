"""The command line: parse, call, print, exit."""

from publisher.isolation import isolate


def main() -> None:
    """Run the command that was typed, and exit.

    The folder that it runs in may come from strangers, so nothing else is imported before the program is isolated from
    it. A character that an encoding lacks is printed as `\\u2026`.
    """
    isolate()
    from publisher.cli.program import program
    from publisher.cli.streams import open_standard_streams

    open_standard_streams()
    program()


__all__ = ["main"]
