"""What goes in and out of a turn: arrivals and replies as plain frozen data, the same for every door."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal, Self

from pydantic import Field, JsonValue, model_validator

from bot.dialogue.footing import Footing, Happening, Standing
from bot.dialogue.plain import Plain
from bot.dialogue.polls import Poll

Finding = Literal["id_number", "bank_card", "phone", "code", "offer", "lure", "distress"]
"""What a group is protected from: own numbers, offers of scammers, talk of them; and words of somebody in danger."""


class Arrival(Plain):
    """Something that came in through a door, once.

    ``key`` tells repeats apart; ``at`` is when it came (aware). Exactly one of the others is set: ``text`` typed,
    ``action`` of a pressed button with the ``revision`` it was shown under, ``command`` with ``text`` as its
    argument, ``media`` (sticker, voice, photo, …) that cannot be read, with its caption as ``text``, or what fell
    ``due`` though nobody said a word: a "checkin" (or "here", when its person has just come in anyway), one that
    "lapsed" undelivered, or the person is "gone" and cannot be reached. ``again`` says that the same words had come
    just before, when the next card had not been seen yet; ``public`` that others read along; ``secondhand`` that
    somebody else wrote them, or may have: they were forwarded, or made by another bot. ``found`` stands in place of
    words that must not be kept, ``crowded`` are other such messages that came while too many did; ``place`` is the
    message that was written or pressed; ``press`` proves to the platform, for a few seconds, that somebody has just
    pressed a button in a group.

    In a group ``speaker`` is the private talk of whoever spoke (None for nobody in particular, such as somebody who
    writes as the group), ``topic`` the forum topic, ``standing`` how they stand, where an act needs to know;
    ``happened`` is an event there, ``footing`` what the bot may do. A "table" is due when a sitting's has to be drawn,
    and "work", with a command line as its ``text``, when it was said that something which takes seconds is begun.
    """

    key: str
    at: dt.datetime
    text: str | None = None
    action: str | None = None
    revision: int | None = None
    command: str | None = None
    media: str | None = None
    due: Literal["checkin", "here", "lapsed", "gone", "table", "work"] | None = None
    happened: Happening | None = None
    again: bool = False
    public: bool = False
    secondhand: bool = False
    locale: str | None = None
    speaker: str | None = None
    topic: int | None = None
    found: Finding | None = None
    crowded: tuple[int, ...] = ()
    place: int | None = None
    press: str | None = None
    standing: Standing | None = None
    footing: Footing | None = None


class Toast(Plain):
    """What whoever pressed a button sees for a moment, and nobody else: words, or the private talk.

    With ``start`` that talk opens and begins with the code; an ``alert`` stays until it is tapped away.
    """

    press: str
    words: str = ""
    alert: bool = False
    start: str = ""


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


class Bar(Plain):
    """One row of a chart: a value from ``low`` to ``high`` where that is known, or words in place of a hidden value."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    instead: str = ""


class Bars(Plain):
    """Numbers beside each other, for a chart: a bar for each, with its range as a thin line.

    Values are counts in words of ``unit``, said with so many ``digits``; with ``share`` they are fractions of one and
    said in percent on a scale that ends at one. ``mark`` is a value drawn through all rows, with a label; ``note`` is a
    sentence below. Rows keep their order.
    """

    kind: Literal["bars"] = "bars"
    title: str
    rows: tuple[Bar, ...]
    unit: str = ""
    share: bool = False
    digits: int = 0
    mark: float | None = None
    mark_label: str = ""
    note: str = ""

    @property
    def mark_words(self) -> str:
        """What the mark is, with its value; nothing where there is none."""
        return "" if self.mark is None else f"{self.mark_label} {self.said(self.mark)}".strip()

    @property
    def small_print(self) -> tuple[str, ...]:
        """What stands below where the chart is written out."""
        return tuple(filter(None, (self.unit, self.mark_words, self.note)))

    def told(self, row: Bar) -> str:
        """A row's value as it is said, with its range."""
        if row.value is None:
            return row.instead
        span = "" if row.low is None or row.high is None else f" ({self.said(row.low)}\u2013{self.said(row.high)})"
        return f"{self.said(row.value)}{span}"

    def said(self, value: float) -> str:
        """A value on this chart's scale."""
        return f"{value * 100:,.{self.digits}f}%" if self.share else f"{value:,.{self.digits}f}"


class Picture(Plain):
    """A chart that a door which can show pictures draws, with a caption in small Markdown; others write it out."""

    kind: Literal["picture"] = "picture"
    of: Annotated[Fan | Waterfall | Bars, Field(discriminator="kind")]
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


Block = Annotated[Text | Table | Fan | Waterfall | Bars | Picture | Paper | Poll, Field(discriminator="kind")]


class Reply(Plain):
    """One message to send; with a ``slot`` it replaces in place the last message of the same slot.

    With ``anew`` it comes below all the same, and what it would have replaced stays, without its buttons. One that
    ``lapses`` is not delivered after that moment, nor once it has been taken back.
    One that ``whisper_to`` somebody's private talk is seen in the group by that person alone, or else in that talk, or
    nowhere; ``press`` is the press that it answers. One that ``removes`` messages of the group, or ``closes`` the poll
    of a message, shows nothing. A poll stands alone in its reply.
    A ``board`` is a message of its own: drawn anew, it replaces the one that it is in, whatever was pressed, and no
    other message touches it; one that ``amends`` it is not said anew where that message is gone. ``topic`` is the forum
    topic that it goes to, ``answers`` the message that it answers.
    ``news`` is the broadcast to many people that it belongs to, which goes out behind everything else.
    One for a ``room`` goes to that topic of ours, which is opened under the name that it ``opens`` where there is none;
    without blocks it ends the room. Where that is refused, or a whisper reaches nobody, words ``instead`` are said.
    ``shuts`` deletes a topic.
    """

    blocks: tuple[Block, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    slot: str | None = None
    hint: Literal["number", "letter", "none"] = "number"
    lapses: dt.datetime | None = None
    anew: bool = False
    whisper_to: str | None = None
    press: str | None = None
    removes: tuple[int, ...] = ()
    closes: int | None = None
    board: str | None = None
    amends: bool = False
    topic: int | None = None
    answers: int | None = None
    news: int | None = None
    room: str | None = None
    opens: str = ""
    instead: str = ""
    shuts: int | None = None

    @model_validator(mode="after")
    def _poll_stands_alone(self) -> Self:
        if len(self.blocks) > 1 and any(isinstance(block, Poll) for block in self.blocks):
            raise ValueError("a poll stands alone in its reply")
        return self

    @property
    def in_place(self) -> bool:
        """Whether this may take the place of the message that it was pressed on."""
        return self.slot is not None and not self.anew
