"""Addresses inside a volume while it is laid out: none of them is ever fetched."""

from __future__ import annotations

BASE = "https://edition.invalid/"
"""An address that never resolves (RFC 2606), below which assets are found by their `href`."""
ELSEWHERE = f"{BASE}volume#"
"""How the address of an element in another section begins."""
