"""One store, two databases: whatever is tested here holds on a file and on a server."""

from __future__ import annotations

from tests.reckoning_once import reckoned_once
from tests.store.conftest import address, store

__all__ = ["address", "reckoned_once", "store"]
