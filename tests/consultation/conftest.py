"""Consultations are kept on the same two databases as everything else."""

from __future__ import annotations

from tests.reckoning_once import reckoned_once
from tests.store.conftest import address

__all__ = ["address", "reckoned_once"]
