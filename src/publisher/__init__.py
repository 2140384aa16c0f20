"""Turns an annotated text into EPUB and PDF without changing a letter of it.

For Python: `Edition` and `Reader`, `Diagnostic`, `PublisherError`. They are imported when they are first used.
This file imports nothing, since it runs before the command is isolated from the current folder (`isolation.py`).
"""

TYPE_CHECKING = False
"""What type checkers take for true (https://typing.python.org/en/latest/guides/libraries.html)."""
if TYPE_CHECKING:
    from publisher.api import Edition, Reader
    from publisher.diagnostics import Diagnostic, PublisherError

__version__ = "0.2.0"
__all__ = ["Diagnostic", "Edition", "PublisherError", "Reader", "__version__"]

_HOMES = {
    "Diagnostic": "publisher.diagnostics",
    "Edition": "publisher.api",
    "PublisherError": "publisher.diagnostics",
    "Reader": "publisher.api",
}
"""The modules of the names for Python."""


def __getattr__(name: str) -> object:
    """Return one of the names for Python. Raises `AttributeError` for any other."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
