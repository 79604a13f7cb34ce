"""What a report is put together from: plain parts with words that are said already, for a page to set."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from bot.dialogue.messages import Fan, Table, Waterfall
from bot.dialogue.plain import Plain


class Figure(Plain):
    """One figure of a headline: what it is, the figure, and its range or rest."""

    label: str
    big: str
    small: str = ""


class Headline(Plain):
    """The result at a glance: a few figures and the words under them in small Markdown."""

    kind: Literal["headline"] = "headline"
    figures: tuple[Figure, ...]
    markup: str


class Words(Plain):
    """Words in small Markdown; ``care`` and ``example`` stand in a box of their own."""

    kind: Literal["words"] = "words"
    markup: str
    tone: Literal["plain", "care", "example"] = "plain"


class Pairs(Plain):
    """What was asked and what was told."""

    kind: Literal["pairs"] = "pairs"
    title: str
    rows: tuple[tuple[str, str], ...]


class Stage(Plain):
    """One step of a plan: when it starts, what and why, what it takes, and when it may show (or nothing)."""

    when: str
    what: str
    why: str
    effort: str
    shows: str = ""


class Stages(Plain):
    """A plan in the order of its months."""

    kind: Literal["stages"] = "stages"
    title: str
    markup: str
    stages: tuple[Stage, ...]


class Guess(Plain):
    """One possible cause: its rank, title, side, likelihood in words and as a share, and labelled words about it."""

    rank: int
    title: str
    side: str
    likely: str
    share: float
    points: tuple[tuple[str, str], ...]


class Guesses(Plain):
    """Possible causes, the likeliest first."""

    kind: Literal["guesses"] = "guesses"
    guesses: tuple[Guess, ...]


class Cited(Plain):
    """One fact that is cited: its words, who said it, when, how good it is, and the reservation (or nothing)."""

    statement: str
    title: str
    published: str
    grade: str
    note: str = ""


class Sources(Plain):
    """Every fact a report rests on."""

    kind: Literal["sources"] = "sources"
    title: str
    cited: tuple[Cited, ...]


Part = Annotated[
    Headline | Words | Pairs | Table | Fan | Waterfall | Stages | Guesses | Sources, Field(discriminator="kind")
]


class Report(Plain):
    """A report: title, about whom and from when, its parts in order, and what stands at the end and under each page.

    ``footer`` has ``{page}`` and ``{pages}`` where the numbers belong.
    """

    title: str
    about: str
    parts: tuple[Part, ...]
    disclaimer: str
    footer: str
