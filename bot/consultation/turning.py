"""Turning: a long list a page at a time, with the buttons that turn it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.consultation.hosting import Host
from bot.dialogue.messages import Button

T = TypeVar("T")

_DIGITS = 4
"""No list of ours has pages with so many digits."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of a list: what stands on this page, which page it is (from nought), of how many, and what all are."""

    items: tuple[T, ...]
    number: int
    pages: int
    first: int
    total: int

    @property
    def last(self) -> int:
        """The place of its last item, counted from one."""
        return self.first + len(self.items) - 1


def page_of(every: Sequence[T], number: int, size: int) -> Page[T]:
    """One page of a list; a number that is too large gives the last page, for lists grow shorter meanwhile."""
    pages = max(1, -(-len(every) // size))
    here = min(max(number, 0), pages - 1)
    return Page(tuple(every[here * size : (here + 1) * size]), here, pages, here * size + 1, len(every))


def page_number(told: str) -> int:
    """The number of a page as a button carries it; the first for anything else."""
    return int(told) if told.isdecimal() and len(told) < _DIGITS else 0


def turning_buttons(host: Host, page: Page[T], way: str) -> tuple[Button, ...]:
    """Back and on, where there is something; ``way`` is the action to which the page's number is added."""
    turns = (("desk.page_back", page.number - 1), ("desk.page_on", page.number + 1))
    return tuple(host.button(key, f"{way}:{number}") for key, number in turns if 0 <= number < page.pages)
