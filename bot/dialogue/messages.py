"""What goes in and out of a turn: arrivals and replies as plain frozen data, the same for every door."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue


class Plain(BaseModel):
    """Frozen data that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Arrival(Plain):
    """Something that came in through a door, once.

    ``key`` tells repeats apart; ``at`` is when it came (aware). Exactly one of the others is set: ``text`` typed,
    ``action`` of a pressed button with the ``revision`` it was shown under, ``command`` with ``text`` as its
    argument, ``media`` (sticker, voice, photo, …) that cannot be read, with its caption as ``text``, or what fell
    ``due`` though nobody said a word: a "checkin" (or "here", when its person has just come in anyway), one that
    "lapsed" undelivered, or the person is "gone" and cannot be reached. ``again`` says that the same words had come
    just before, when the next card had not been seen yet; ``public`` that others read along; ``secondhand`` that
    somebody else wrote them, or may have: they were forwarded, or made by another bot.
    """

    key: str
    at: dt.datetime
    text: str | None = None
    action: str | None = None
    revision: int | None = None
    command: str | None = None
    media: str | None = None
    due: Literal["checkin", "here", "lapsed", "gone"] | None = None
    again: bool = False
    public: bool = False
    secondhand: bool = False
    locale: str | None = None


class Button(Plain):
    """A choice under a message: what it says and the action it stands for."""

    label: str
    action: str


class Text(Plain):
    """Words: paragraphs, ``**bold**``, lists and headings in a small Markdown."""

    kind: Literal["text"] = "text"
    markup: str


class Table(Plain):
    """Rows of cells under a header; columns named in ``right`` are numbers."""

    kind: Literal["table"] = "table"
    title: str = ""
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()


class Fan(Plain):
    """Ranges by month (yuan: low, middle, high) without and with the plan, for a chart, labelled for the user.

    ``target`` is an amount (yuan) that somebody aims at, drawn across; ``reported`` are months with the amounts (yuan)
    that came true, drawn as points.
    """

    kind: Literal["fan"] = "fan"
    title: str
    months: tuple[int, ...]
    without: tuple[tuple[float, float, float], ...]
    with_plan: tuple[tuple[float, float, float], ...] = ()
    without_label: str = ""
    with_label: str = ""
    month_label: str = ""
    target: float | None = None
    target_label: str = ""
    reported: tuple[tuple[float, float], ...] = ()
    reported_label: str = ""


class Waterfall(Plain):
    """How an amount comes about, for a chart: from one amount over signed steps (yuan) to another, each labelled."""

    kind: Literal["waterfall"] = "waterfall"
    title: str
    start: tuple[str, float]
    steps: tuple[tuple[str, float], ...]
    end: tuple[str, float]


class Picture(Plain):
    """A chart that a door which can show pictures draws, with a caption in small Markdown; others write it out."""

    kind: Literal["picture"] = "picture"
    of: Annotated[Fan | Waterfall, Field(discriminator="kind")]
    caption: str = ""
    language: str = "zh"
    dark: bool = False


class Paper(Plain):
    """A file that is made at the door from plain data: which form, its name without a folder, and what is in it."""

    kind: Literal["paper"] = "paper"
    form: Literal["report", "calendar", "sheet", "export", "record"]
    name: str
    language: str = "zh"
    caption: str = ""
    content: dict[str, JsonValue]


Block = Annotated[Text | Table | Fan | Waterfall | Picture | Paper, Field(discriminator="kind")]


class Reply(Plain):
    """One message to send; with a ``slot`` it replaces in place the last message of the same slot.

    With ``anew`` it comes below all the same, and what it would have replaced stays, without its buttons.
    One that ``lapses`` is not delivered after that moment, nor once it has been taken back.
    """

    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    slot: str | None = None
    hint: Literal["number", "letter", "none"] = "number"
    lapses: dt.datetime | None = None
    anew: bool = False

    @property
    def in_place(self) -> bool:
        """Whether this may take the place of the message that it was pressed on."""
        return self.slot is not None and not self.anew
