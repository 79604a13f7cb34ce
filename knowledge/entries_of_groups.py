"""What stands on the shelves for groups: quiz questions, and replies that advisers keep ready."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.entries import Words


@dataclass(frozen=True, slots=True)
class Quiz:
    """A question put to a group: its options, which of them is right (counted from 0), and why, by which facts.

    ``title`` names it to advisers, who choose it.
    """

    id: str
    title: Words
    question: Words
    options: tuple[Words, ...]
    right: int
    why: Words
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready:
    """A reply kept ready for advisers: a short name for its button, its words, and the facts they rest on."""

    id: str
    title: Words
    words: Words
    facts: tuple[str, ...] = ()
