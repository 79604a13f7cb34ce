"""funnel: how people fared with each question, in all or apart by language or edition; small cells are hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from bot.admin.arguments import Arguments
from bot.admin.desk import READERS, AdminCommand, Cell, Desk, Sheet, Told
from bot.admin.hiding import SURE_PERCENT, share_bar, shown
from bot.dialogue.consenting import FEWEST
from bot.dialogue.messages import Bars
from bot.dialogue.standing import STEPS
from bot.store.engine import reading
from bot.store.funnel import TURN, Passage, Place, read_funnel

_MOST_BARS = 12


class _Funnel(Arguments):
    language: Literal["all", "zh", "zh-hant", "en"] = "all"
    apart: Literal["together", "language", "edition"] = "together"


def _funnel(desk: Desk, given: _Funnel) -> Told:
    with reading(desk.store) as connection:
        found = read_funnel(connection, STEPS, desk.now)
    rows: dict[tuple[str, ...], list[Passage]] = defaultdict(list)
    for place, passage in found.items():
        if given.language in {"all", place.language}:
            rows[_key(place, given.apart)].append(passage)
    order = {name: number for number, name in enumerate(desk.library.questions)}
    keys = sorted(rows, key=lambda key: (order.get(key[0], len(order)), key))
    extra = () if given.apart == "together" else (given.apart,)
    header = ("question", *extra, "shown", *STEPS, "went_away", "median_seconds")
    titles = {name: desk.read_out(one.label) for name, one in desk.library.questions.items()}
    sheet = Sheet(header, tuple((*key, *_cells(rows[key])) for key in keys), titles=titles)
    words = desk.say("office.funnel.words", fewest=FEWEST, none=not rows)
    return Told(
        words, sheet, None if extra else _chart(desk, [(titles.get(key[0], key[0]), rows[key]) for key in keys])
    )


def _chart(desk: Desk, rows: list[tuple[str, list[Passage]]]) -> Bars:
    """Of the people who were shown a question, the share that answered it, as far as they are many."""
    bars = []
    for question, passages in rows:
        seen, answered = (sum(one.people.get(step, 0) for one in passages) for step in (TURN, "answer"))
        if seen >= FEWEST:
            bars.append(share_bar(question, answered, seen))
    most = sorted(bars, key=lambda bar: bar.value or 0.0)[:_MOST_BARS]
    return Bars(
        title=desk.say("office.funnel.title"),
        rows=tuple(most),
        share=True,
        note=desk.say("office.funnel.note", sure=SURE_PERCENT),
    )


def _key(place: Place, apart: str) -> tuple[str, ...]:
    return (place.question,) if apart == "together" else (place.question, getattr(place, apart))


def _cells(passages: list[Passage]) -> Iterable[Cell]:
    """People at each step of a row, and the time; somebody who met two languages or editions counts in both."""
    people = [sum(passage.people.get(step, 0) for passage in passages) for step in (TURN, *STEPS)]
    seconds = [second for passage in passages for second in passage.seconds]
    middle = Passage({}, 0, tuple(seconds)).median_seconds
    away = sum(passage.away for passage in passages)
    told = round(middle, 1) if middle is not None and len(seconds) >= FEWEST else ""
    return (*map(shown, people), shown(away), told)


COMMAND = AdminCommand(
    "funnel",
    "how people fared with each question",
    _funnel,
    roles=READERS,
    arguments=_Funnel,
    traced=False,
    group="sight",
)
