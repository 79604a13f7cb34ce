"""Consultations are kept on the same two databases as everything else."""

from __future__ import annotations

from tests.store.conftest import address

__all__ = ["address"]
