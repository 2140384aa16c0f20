"""WeasyPrint imported for the first time, without a search for its libraries.

It asks for each library by the names that it has on other systems first, and Python answers a name without an ending by
running `ldconfig`, compiler and linker: half of the time that the import takes, in every process. On Linux each library
has a name that the loader finds by itself.
"""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from publisher.isolation import OutsideCurrentFolder


@contextmanager
def _find_unsearched() -> Iterator[None]:
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = search


with _find_unsearched(), OutsideCurrentFolder():
    import weasyprint  # noqa: F401
