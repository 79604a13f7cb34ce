"""The group's view: what an adviser brings to a group, worded from cards, letters and public knowledge alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.consultation.anonymising import Card
from bot.consultation.sitting import LASTS, Sitting
from bot.consultation.supposing import Outlook, outlooks
from bot.consultation.wording import shielded
from bot.dialogue.cards import said
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Bar, Bars, Picture, Reply, Text
from bot.dialogue.polls import Poll
from bot.dialogue.scene import Scene
from bot.dialogue.sources import source_lines
from knowledge.entries_of_groups import Quiz, Ready
from simulator.results import Range

VOTED_ON = 5
"""More steps than these in one vote and nobody reads them all."""

_MOST_ROWS = 16
"""Bars of one chart; of more cases only what all steps together bring is drawn, and the words tell the rest."""

LONGEST_OPTION = 100
"""Letters of an option that the platform's polls take."""


def supposed(group: Conversation, sitting: Sitting, steps: Sequence[str], scene: Scene) -> Reply:
    """What some steps would bring to every case on the table, as a picture with words; for the group's eyes.

    ``group`` is the group's own talk, or that of an adviser who looks before the group does: only its language counts.
    """
    if len(steps) > 1:
        return compared(group, sitting, steps, scene)
    found = _alike(outlooks(sitting, steps, scene))
    titles = [said(group, scene, scene.library.actions[name].title) for name in steps if name in scene.library.actions]
    cases = [{"letters": _letters(same), **same[0]._asdict()} for same in found]
    words = scene.say(group, "consultation.outlook.words", titles=titles, cases=cases)
    return _charted(group, sitting, words, tuple(row for same in found for row in _rows(group, same, scene)), scene)


def _alike(found: Sequence[Outlook]) -> list[list[Outlook]]:
    """Outlooks of equal cards together, in the order of their first letters; equal ones are told once."""
    alike = dict[Card, list[Outlook]]()
    for one in found:
        alike.setdefault(one.card, []).append(one)
    return [*alike.values()]


def _letters(same: Sequence[Outlook]) -> list[str]:
    return [one.letter for one in same]


def _charted(group: Conversation, sitting: Sitting, words: str, rows: tuple[Bar, ...], scene: Scene) -> Reply:
    """Words with a chart above them, where there is anything to draw."""
    if not rows:
        return Reply(blocks=(Text(markup=words),), topic=sitting.topic)
    chart = Bars(
        title=scene.say(group, "consultation.outlook.title"),
        rows=rows,
        share=True,
        unit=scene.say(group, "consultation.outlook.unit"),
        mark=1.0,
        mark_label=scene.say(group, "consultation.outlook.today"),
        note=scene.say(group, "consultation.outlook.note"),
    )
    return Reply(blocks=(Picture(of=chart, language=group.language), Text(markup=words)), topic=sitting.topic)


def _rows(group: Conversation, same: Sequence[Outlook], scene: Scene) -> list[Bar]:
    """A bar for cases as they are, and one with the step where it changes anything, as parts of their line today.

    Lines of a few thousand and of a million would not fit beside each other; the words say them in yuan.
    """
    one = same[0]
    changed = one.after if one.after != one.before else None
    told = (("before", one.before), ("after", changed))
    return [
        Bar(
            label=scene.say(group, f"consultation.outlook.bar_{name}", letters=_letters(same)),
            value=_part(ends.p50, one.today),
            low=_part(ends.p10, one.today),
            high=_part(ends.p90, one.today),
        )
        for name, ends in told
        if ends is not None and one.today > 0
    ]


def compared(group: Conversation, sitting: Sitting, steps: Sequence[str], scene: Scene) -> Reply:
    """Some steps beside each other for every case: each alone, and all together; equal cards are told once."""
    shelf = scene.library.actions
    known = [name for name in steps if name in shelf]
    alike = _alike(outlooks(sitting, known, scene))
    cases = [{"letters": _letters(same), "moved": bool(_moved(same[0])), **same[0]._asdict()} for same in alike]
    titles = [said(group, scene, shelf[name].title) for name in known]
    words = scene.say(group, "consultation.outlook.compared", titles=titles, cases=cases)
    shown = [_compared_rows(group, same, scene, alone=True) for same in alike]
    if sum(map(len, shown)) > _MOST_ROWS:
        shown = [_compared_rows(group, same, scene, alone=False) for same in alike]
    return _charted(group, sitting, words, tuple(row for rows in shown for row in rows), scene)


def _compared_rows(group: Conversation, same: Sequence[Outlook], scene: Scene, *, alone: bool) -> list[Bar]:
    """Bars for cases with equal cards: as they are, and with each step alone and all of them where that is different.

    A chart of bars that are all the same shows nothing, and shrinks on a phone until nobody can read it.
    """
    one, letters = same[0], _letters(same)
    if one.before is None or one.today <= 0:
        return []
    still = _parts(one.before, one.today)
    told = ((name, place, _parts(ends, one.today)) for name, place, ends in _moved(one) if alone or name != "one")
    return [
        Bar(
            label=scene.say(group, f"consultation.outlook.bar_{name}", letters=letters, place=place),
            value=parts[1],
            low=parts[0],
            high=parts[2],
        )
        for name, place, parts in (("before", 0, still), *(row for row in told if row[2] != still))
    ]


def _moved(one: Outlook) -> tuple[tuple[str, int, Range], ...]:
    """What is different from a case as it is: steps alone by their places, and all of them together."""
    told = (*(("one", place, ends) for place, ends in enumerate(one.each, 1)), ("all", 0, one.after))
    return tuple((name, place, ends) for name, place, ends in told if ends is not None and ends != one.before)


def _parts(ends: Range, whole: float) -> tuple[float, float, float]:
    """The low end, the middle and the high end of a range as parts of an amount."""
    return _part(ends.p10, whole), _part(ends.p50, whole), _part(ends.p90, whole)


def _part(amount: float, whole: float) -> float:
    """An amount as a part of another, to a twentieth: more would promise what nobody knows."""
    return round(amount / whole * 20) / 20


def vote(group: Conversation, sitting: Sitting, steps: Sequence[str], scene: Scene) -> Reply:
    """An anonymous vote on which of some steps to do first, or none of them; it stays open until it is closed."""
    shelf = scene.library.actions
    titles = [said(group, scene, shelf[name].title) for name in steps if name in shelf][:VOTED_ON]
    options = (*(title[:LONGEST_OPTION] for title in titles), scene.say(group, "consultation.vote.none"))
    poll = Poll(
        name=f"vote:{sitting.id}",
        question=scene.say(group, "consultation.vote.question"),
        options=options if len(options) > 1 else (*options, scene.say(group, "consultation.vote.unsure")),
        several=True,
    )
    return Reply(blocks=(poll,), topic=sitting.topic)


def quizzed(group: Conversation, sitting: Sitting, quiz: Quiz, scene: Scene) -> Reply:
    """A question to the whole group; whoever answers is told what is right, and why."""
    poll = Poll(
        name=f"quiz:{quiz.id}",
        question=said(group, scene, quiz.question),
        options=tuple(said(group, scene, option) for option in quiz.options),
        right=quiz.right,
        explanation=said(group, scene, quiz.why),
    )
    return Reply(blocks=(poll,), topic=sitting.topic)


def ready_words(who: Conversation, reply: Ready, scene: Scene) -> str:
    """A reply kept ready, with the sources that it rests on."""
    facts = source_lines(who, reply.facts, scene)
    sources = scene.say(who, "consultation.sources", facts=facts) if facts else ""
    return "\n\n".join(filter(None, (said(who, scene, reply.words), sources)))


def from_adviser(group: Conversation, sitting: Sitting, words: str, letter: str, scene: Scene) -> Reply:
    """What an adviser says to the group, about a case where one is named, marked as theirs."""
    told = scene.say(group, "consultation.adviser_says", letter=letter, words=shielded_lines(words))
    return Reply(blocks=(Text(markup=told),), topic=sitting.topic)


def shielded_lines(words: str) -> str:
    """Words that an adviser typed, line by line, so that none of them forms a heading or bold of ours."""
    return "\n".join(filter(None, (shielded(line, most=None) for line in words.splitlines())))


class Tally(NamedTuple):
    """How a vote came out: steps (ids) with how many chose each, and how many none of them."""

    steps: tuple[tuple[str, int], ...] = ()
    neither: int = 0


def summary(group: Conversation, sitting: Sitting, tally: Tally, scene: Scene, *, itself: bool = False) -> Reply:
    """What a sitting came to: how many cards lay there, the vote, what was agreed, and what answers rested on.

    Where its topic is closed it goes to the general one. No card stays in the group: whoever had taken theirs back is
    not told from anybody else by what is left of it.
    """
    facts = source_lines(group, sitting.brought.cited, scene)
    shelf = scene.library.actions
    votes = [(said(group, scene, shelf[name].title), count) for name, count in tally.steps if name in shelf]
    words = scene.say(
        group,
        "consultation.summary",
        about=shielded(sitting.about),
        cases=len(sitting.cases),
        decided=sitting.brought.decided,
        votes=votes,
        neither=tally.neither,
        facts=facts,
        days=LASTS.days if itself else 0,
    )
    return Reply(
        blocks=(Text(markup=words),), topic=None if sitting.shut else sitting.topic, board=f"summary:{sitting.id}"
    )
