"""Chance that can be replayed: every draw is a function of the seed and of what it is drawn for."""

from __future__ import annotations

from hashlib import blake2b


def draw(seed: int, *what: object) -> int:
    """A whole number below 2**62, the same for the same seed and words."""
    text = repr((seed, *what)).encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest()) >> 2


def share(seed: int, *what: object) -> float:
    """A number from 0 up to but not including 1, the same for the same seed and words."""
    return draw(seed, *what) / (1 << 62)


def token(seed: int, length: int, *what: object) -> str:
    """A word of hexadecimal digits, the same for the same seed and words."""
    return blake2b(repr((seed, *what)).encode(), digest_size=(length + 1) // 2).hexdigest()[:length]
